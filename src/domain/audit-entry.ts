// What is written down of a mutation: who did what where, what came of it, and which secrets were sent. Of a secret only
// its place; its text is for the one who makes a tag of it.
import { Secret } from '../secrets/secret.ts';

export interface SentSecret {
  /** From `input` down, joined by dots. */
  readonly path: string;
  readonly secret: Secret;
}

/** What one of several came to. */
export interface AuditTarget {
  readonly instance: string | null;
  /** Global id of the connection, where there is one. */
  readonly connection: string | null;
  readonly status: string;
  /** What became of it when it was to be taken back. */
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
  /** Of a mutation that does several things. */
  readonly status?: string | undefined;
  readonly targets?: readonly AuditTarget[] | undefined;
  /** Whether nothing was done: an idempotency key gave the first answer again. */
  readonly isReplay: boolean;
  readonly durationMs: number;
  readonly secrets: readonly SentSecret[];
}

export type Audit = (entry: AuditEntry) => void;

/** Every secret in an input, wherever it stands. */
export function sentSecrets(value: unknown, path: string): SentSecret[] {
  if (value instanceof Secret) return [{ path, secret: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => sentSecrets(one, `${path}.${key}`));
}
