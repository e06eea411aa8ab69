// The audit entry of a mutation: the operation, the instance, the outcome, and the secrets that were sent. The observability code
// replaces each secret by a keyed hash before an entry is written anywhere.
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

/** What a mutation did to the secrets of one connection. */
export interface SecretChange {
  /** Global id. */
  readonly connection: string;
  /** The secrets that were set, each by the path of its field in the input of a create: `config.postgres.password`. */
  readonly set: readonly string[];
  /** Whether the connection has no other secrets from before: it is new, or it was deleted. */
  readonly isFresh: boolean;
}

/** What an entry and its record have in common. */
interface AuditFacts {
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
}

export interface AuditEntry extends AuditFacts {
  readonly secrets: readonly SentSecret[];
  readonly secretChanges: readonly SecretChange[];
}

/** What is known of a mutation before it has an outcome. It has no secret. */
export interface AuditOrigin {
  readonly requestId: string;
  readonly traceId?: string | undefined;
  readonly caller: string;
  /** The address of the client; null for a request that did not come through a socket. */
  readonly address: string | null;
  readonly secrets: readonly { readonly path: string; readonly tag: string }[];
}

/** An entry with the request and the caller, as the log and the store get it. It has no secret. */
export interface AuditRecord extends AuditFacts, AuditOrigin {
  /** Identifies the entry: 32 hexadecimal digits. Of two entries of one process, the later one has the greater id. */
  readonly id: string;
  /** When the mutation ended, on the clock of `performance.now()`. */
  readonly endedAt: number;
  readonly secretChanges: readonly SecretChange[];
}

/** Writes an entry to the log. Returns its record for the store. */
export type Audit = (entry: AuditEntry) => AuditRecord;

/** Returns every secret in an input, at any depth. */
export function sentSecrets(value: unknown, path: string): SentSecret[] {
  if (value instanceof Secret) return [{ path, secret: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => sentSecrets(child, `${path}.${key}`));
}

/** Returns the paths of all secrets in the input of a mutation, starting with `input`. */
export const sentPaths = (input: object): string[] => sentSecrets(input, 'input').map(({ path }) => path);
