// What a rotation is asked for, and where in its input an issue stands.
import type { Warning } from '../../domain/connection.ts';
import { ValidationError } from '../../domain/errors.ts';
import type { ValidationIssue } from '../../domain/issue.ts';
import type { Secret } from '../../secrets/secret.ts';
import { WRONG_PASSPHRASE, type SecretFormat } from '../../secrets/secret-formats.ts';
import { configPath } from '../../domain/input-paths.ts';
import { issue } from '../../domain/issues.ts';

/** The field of a dialect's input that each of them is. */
export const ROTATABLE = {
  PASSWORD: 'password',
  PRIVATE_KEY: 'privateKey',
  SERVICE_ACCOUNT_KEY: 'serviceAccountKey',
  ACCESS_TOKEN: 'accessToken',
  API_KEY: 'apiKey',
} as const;
export type RotatableSecret = keyof typeof ROTATABLE;

/** The form that the new secret must have. */
const FORMS: Readonly<Partial<Record<RotatableSecret, SecretFormat>>> = {
  PRIVATE_KEY: 'pkcs8Key',
  SERVICE_ACCOUNT_KEY: 'jsonKey',
};

export const PASSPHRASE = 'privateKeyPassphrase';

export interface RotationMatch {
  readonly host: string;
  readonly port?: number | null | undefined;
  readonly username: string;
  /** Kinds. */
  readonly vendor?: readonly string[] | null | undefined;
}

/** One of the two is given. */
export interface RotationSelector {
  readonly ids?: readonly string[] | null | undefined;
  readonly match?: RotationMatch | null | undefined;
}

/** What must have passed a test before a secret is written. */
export type RotationVerification = 'PER_CONNECTION' | 'PER_SERVER' | 'NONE';

export interface RotationInput {
  readonly connections: RotationSelector;
  readonly secret: Secret;
  readonly field: RotatableSecret;
  readonly privateKeyPassphrase?: Secret | null | undefined;
  readonly verification?: RotationVerification | null | undefined;
  /** The older form of it: false is NONE, true PER_SERVER. */
  readonly verifyFirst?: boolean | null | undefined;
  readonly dryRun: boolean;
}

/** Without a word of the caller's nothing is written that was tested nowhere. */
export const verificationOf = ({ verification, verifyFirst }: RotationInput): RotationVerification =>
  verification ?? (verifyFirst === false ? 'NONE' : 'PER_SERVER');

export const MOST_CONNECTIONS = 100;

const IDS = ['input', 'connections', 'ids'];
export const MATCH = ['input', 'connections', 'match'];
/** Where an id was sent. */
export const idPath = (at: number): string[] => [...IDS, String(at)];

function reviewVerification({ verification, verifyFirst }: RotationInput): ValidationIssue[] {
  const isOneMissing = (verification ?? null) === null || (verifyFirst ?? null) === null;
  if (isOneMissing || verifyFirst === (verification !== 'NONE')) return [];
  return [issue(['input', 'verifyFirst'], 'EXCLUSIVE', 'It contradicts `verification`; leave it out.')];
}

function reviewVendors({ match }: RotationSelector): ValidationIssue[] {
  if (match?.vendor?.length !== 0) return [];
  return [issue([...MATCH, 'vendor'], 'TOO_SHORT', 'Name one vendor at least, or leave it out for all of them.')];
}

function reviewIds({ ids }: RotationSelector): ValidationIssue[] {
  if (!ids) return [];
  const count = new Set(ids).size;
  if (count === 0) return [issue(IDS, 'TOO_SHORT', 'Name one connection at least.')];
  if (count <= MOST_CONNECTIONS) return [];
  return [issue(IDS, 'TOO_LONG', `At most ${MOST_CONNECTIONS} connections can be changed at once; name fewer.`)];
}

/** What stands against an input, whatever the connections are. */
export function reviewRotation(input: RotationInput): ValidationIssue[] {
  const { connections, secret, field, privateKeyPassphrase } = input;
  const issues = [...reviewIds(connections), ...reviewVendors(connections), ...reviewVerification(input)];
  const problem = secret.formatProblem(FORMS[field]);
  if (problem !== null) issues.push(issue(['input', 'secret'], 'INVALID', problem));
  if (problem === null && field === 'PRIVATE_KEY' && privateKeyPassphrase?.decrypts(secret) === 'DOES_NOT_OPEN') {
    issues.push(issue(['input', PASSPHRASE], 'INVALID', WRONG_PASSPHRASE));
  }
  if (field !== 'PRIVATE_KEY' && privateKeyPassphrase) {
    issues.push(issue(['input', PASSPHRASE], 'NOT_ALLOWED', 'It goes with field PRIVATE_KEY alone; leave it out.'));
  }
  return issues;
}

/** Where the fields of an update's input are in that of a rotation. */
export interface Paths {
  readonly dialect: string;
  readonly field: RotatableSecret;
  /** Where the connection was named. */
  readonly named: readonly string[];
}

const startsWith = (path: readonly string[], start: readonly string[]): boolean =>
  start.every((step, at) => step === path[at]);

/** Null for what a rotation has no field for. */
function ownPath(path: readonly string[], { dialect, field }: Paths): readonly string[] | null {
  if (startsWith(path, configPath(dialect, ROTATABLE[field]))) return ['input', 'secret'];
  return startsWith(path, configPath(dialect, PASSPHRASE)) ? ['input', PASSPHRASE] : null;
}

/** An issue of an update. One with what a rotation cannot give is an issue with the connection. */
export function toRotationIssue(found: ValidationIssue, paths: Paths): ValidationIssue {
  const path = ownPath(found.path, paths);
  if (path) return { ...found, path };
  const subject = found.path.length > 1 ? `${found.path.slice(1).join('.')}: ` : '';
  const advice = found.source === 'GATEWAY' ? ' A rotation cannot do that; use updateConnection.' : '';
  return { ...found, path: paths.named, message: `${subject}${found.message}${advice}` };
}

export const toRotationError = ({ issues }: ValidationError, paths: Paths): ValidationError =>
  new ValidationError(issues.map((one) => toRotationIssue(one, paths)));

export const toRotationWarning = (warning: Warning, paths: Paths): Warning => ({
  ...warning,
  path: warning.path && (ownPath(warning.path, paths) ?? paths.named),
});
