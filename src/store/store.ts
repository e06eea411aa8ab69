// What a store offers to the gateway: it remembers idempotency keys, operations and the audit, and counts what callers did.
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import type { AuditStore } from '../services/audit/audit-store.ts';
import type { IdempotencyStore } from '../services/idempotency/idempotency.ts';
import type { OperationStore } from '../services/operations/operation-store.ts';
import type { WriteCounts } from '../services/write-counts.ts';

/** Returns the counter of a limit, by its name. A counter counts for one minute. */
export type CounterOf = (name: string, perMinute: number) => RateLimiterAbstract;

/** Returns how long audit entries are kept, in milliseconds. A reload may change it. */
export type KeptMs = () => number;

export interface Store {
  readonly keys: IdempotencyStore;
  readonly operations: OperationStore;
  readonly audit: AuditStore;
  /** Counts over all replicas; null where each process counts for itself. */
  readonly counterOf: CounterOf | null;
  /** Reads how often anybody wrote at each instance; null where no other process uses the store. @throws when the store cannot be used. */
  readonly writeCounts: (() => Promise<WriteCounts>) | null;
  /** Closes the connections to the store. */
  close(): Promise<void>;
}

/** Called when a store fails. @param code what the database or the system calls the failure; null when it has no such name. */
export type ReportStoreFailure = (thrown: unknown, code: string | null) => void;

/** Why a store cannot be opened. Its message has no value of the configuration. */
export class StoreOpenError extends Error {}

/** Returns the code of a failure, such as ECONNREFUSED or an SQLSTATE; null when there is none. */
export function codeOf(thrown: unknown): string | null {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  return typeof code === 'string' && /^[A-Z0-9_]{3,40}$/.test(code) ? code : null;
}
