// The audit entry of a mutation: the operation, the instance, the outcome, and the secrets that were sent. The observability code
// writes a keyed hash of each secret, never its text.
import { Secret } from '../secrets/secret.ts';

export interface SentSecret {
  /** Path of the field, starting with `input`, joined by dots. */
  readonly path: string;
  readonly secret: Secret;
}

/** The outcome of one target of a mutation that has several. */
export interface AuditTarget {
  readonly instance: string | null;
  /** Global id of the connection; null when there is none. */
  readonly connection: string | null;
  readonly status: string;
  /** Status of the compensation; missing when there was none. */
  readonly compensation?: string;
}

export interface AuditEntry {
  readonly mutation: string;
  /** Keys of instances of the configuration. */
  readonly instances: readonly string[];
  /** Global ids. */
  readonly connections: readonly string[];
  /** The type of the result, or the code of the error in its place. */
  readonly outcome: string;
  /** Overall status and outcomes of a mutation that has several targets. */
  readonly status?: string | undefined;
  readonly targets?: readonly AuditTarget[] | undefined;
  /** Whether nothing was done, because the idempotency key returned the first answer again. */
  readonly isReplay: boolean;
  readonly durationMs: number;
  readonly secrets: readonly SentSecret[];
}

export type Audit = (entry: AuditEntry) => void;

/** Returns every secret in an input, at any depth. */
export function sentSecrets(value: unknown, path: string): SentSecret[] {
  if (value instanceof Secret) return [{ path, secret: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => sentSecrets(child, `${path}.${key}`));
}
