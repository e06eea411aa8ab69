// The input of a rotation, its checks, and the translation of the paths of an update's issues into those of a rotation.
import type { Warning } from '../../domain/connection.ts';
import { ValidationError } from '../../domain/errors.ts';
import { issue, type ValidationIssue } from '../../domain/issue.ts';
import type { Secret } from '../../secrets/secret.ts';
import type { SecretFormat } from '../../secrets/secret-formats.ts';
import { WRONG_PASSPHRASE } from '../../secrets/secret-problems.ts';
import { configPath } from '../../domain/input-paths.ts';

/** The secrets that a rotation can replace, each with the name of its field in the config. */
export const ROTATABLE = {
  PASSWORD: 'password',
  PRIVATE_KEY: 'privateKey',
  SERVICE_ACCOUNT_KEY: 'serviceAccountKey',
  ACCESS_TOKEN: 'accessToken',
  API_KEY: 'apiKey',
} as const;
export type RotatableSecret = keyof typeof ROTATABLE;

/** The form that the text of a new secret must have. */
const FORMS: Readonly<Partial<Record<RotatableSecret, SecretFormat>>> = {
  PRIVATE_KEY: 'pkcs8Key',
  SERVICE_ACCOUNT_KEY: 'jsonKey',
};

export const PASSPHRASE = 'privateKeyPassphrase';

export interface RotationMatch {
  readonly host: string;
  readonly port?: number | null | undefined;
  readonly username: string;
  /** Keys of vendors: `looker`. */
  readonly vendor?: readonly string[] | null | undefined;
}

/** The caller provides exactly one of the two. */
export interface RotationSelector {
  readonly ids?: readonly string[] | null | undefined;
  readonly match?: RotationMatch | null | undefined;
}

/** Which test must pass before a secret is written. */
export type RotationVerification = 'PER_CONNECTION' | 'PER_SERVER' | 'NONE';

export interface RotationInput {
  readonly connections: RotationSelector;
  readonly secret: Secret;
  readonly field: RotatableSecret;
  readonly privateKeyPassphrase?: Secret | null | undefined;
  readonly verification?: RotationVerification | null | undefined;
  /** The older form of `verification`: false means NONE, true means PER_SERVER. */
  readonly verifyFirst?: boolean | null | undefined;
  readonly dryRun: boolean;
  readonly idempotencyKey?: string | null | undefined;
}

/** Returns the names of the fields in the config that a rotation sets. */
export const rotatedKeys = ({ field, privateKeyPassphrase }: RotationInput): string[] => [
  ROTATABLE[field],
  ...(privateKeyPassphrase ? [PASSPHRASE] : []),
];

/** Returns the verification of a rotation; PER_SERVER when the caller provides none. */
export const verificationOf = ({ verification, verifyFirst }: RotationInput): RotationVerification =>
  verification ?? (verifyFirst === false ? 'NONE' : 'PER_SERVER');

export const MAX_CONNECTIONS = 100;

const IDS = ['input', 'connections', 'ids'];
export const MATCH = ['input', 'connections', 'match'];
/** Returns the path of an id in the input. */
export const idPath = (at: number): string[] => [...IDS, String(at)];

function reviewVerification({ verification, verifyFirst }: RotationInput): ValidationIssue[] {
  const isEitherMissing = (verification ?? null) === null || (verifyFirst ?? null) === null;
  if (isEitherMissing || verifyFirst === (verification !== 'NONE')) return [];
  return [issue(['input', 'verifyFirst'], 'EXCLUSIVE', 'It contradicts `verification`; leave it out.')];
}

function reviewVendors({ match }: RotationSelector): ValidationIssue[] {
  if (match?.vendor?.length !== 0) return [];
  return [issue([...MATCH, 'vendor'], 'TOO_SHORT', 'Name at least one vendor, or leave it out for all of them.')];
}

function reviewIds({ ids }: RotationSelector): ValidationIssue[] {
  if (!ids) return [];
  const count = new Set(ids).size;
  if (count === 0) return [issue(IDS, 'TOO_SHORT', 'Name at least one connection.')];
  if (count <= MAX_CONNECTIONS) return [];
  return [issue(IDS, 'TOO_LONG', `At most ${MAX_CONNECTIONS} connections can be changed at once; name fewer.`)];
}

/** Returns the issues of an input that do not depend on the connections. */
export function reviewRotation(input: RotationInput): ValidationIssue[] {
  const { connections, secret, field, privateKeyPassphrase } = input;
  const issues = [...reviewIds(connections), ...reviewVendors(connections), ...reviewVerification(input)];
  const problem = secret.problemAs(FORMS[field]);
  if (problem !== null) issues.push(issue(['input', 'secret'], 'INVALID', problem));
  if (problem === null && field === 'PRIVATE_KEY' && privateKeyPassphrase?.decrypts(secret) === 'DOES_NOT_OPEN') {
    issues.push(issue(['input', PASSPHRASE], 'INVALID', WRONG_PASSPHRASE));
  }
  if (field !== 'PRIVATE_KEY' && privateKeyPassphrase) {
    issues.push(
      issue(['input', PASSPHRASE], 'NOT_ALLOWED', 'It is allowed only with the field PRIVATE_KEY; leave it out.'),
    );
  }
  return issues;
}

/** What translates the paths of an update's input into those of a rotation. */
export interface Paths {
  readonly dialect: string;
  readonly field: RotatableSecret;
  /** The path that names the connection. */
  readonly named: readonly string[];
}

const startsWith = (path: readonly string[], start: readonly string[]): boolean =>
  start.every((step, at) => step === path[at]);

/** Returns the path in a rotation's input; null for a field that a rotation does not have. */
function rotationPath(path: readonly string[], { dialect, field }: Paths): readonly string[] | null {
  if (startsWith(path, configPath(dialect, ROTATABLE[field]))) return ['input', 'secret'];
  return startsWith(path, configPath(dialect, PASSPHRASE)) ? ['input', PASSPHRASE] : null;
}

/** Returns the issue of a rotation for that of an update. An issue about any other field becomes one about the connection. */
export function toRotationIssue(found: ValidationIssue, paths: Paths): ValidationIssue {
  const path = rotationPath(found.path, paths);
  if (path) return { ...found, path };
  const subject = found.path.length > 1 ? `${found.path.slice(1).join('.')}: ` : '';
  const advice = found.source === 'GATEWAY' ? ' A rotation cannot do that; use updateConnection.' : '';
  return { ...found, path: paths.named, message: `${subject}${found.message}${advice}` };
}

/** Returns the error with paths of a rotation's input. */
export const toRotationError = ({ issues }: ValidationError, paths: Paths): ValidationError =>
  new ValidationError(issues.map((found) => toRotationIssue(found, paths)));

/** Returns the warning with a path of a rotation's input. */
export const toRotationWarning = (warning: Warning, paths: Paths): Warning => ({
  ...warning,
  path: warning.path && (rotationPath(warning.path, paths) ?? paths.named),
});
