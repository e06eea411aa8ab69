// Opens the store that a configuration names. The driver of a database is loaded only when it is used.
import { createMemoryAudit, withAudit } from '../services/audit/memory-audit.ts';
import type { IdempotencyStore } from '../services/idempotency/idempotency.ts';
import { createMemoryStore } from '../services/idempotency/memory-store.ts';
import { createMemoryOperations } from '../services/operations/memory-operations.ts';
import type { StoreAddress } from './auth.ts';
import type { KeptMs, ReportStoreFailure, Store } from './store.ts';

/** Returns a store in memory. @param keys its keys. @param now the clock, in milliseconds. */
export function openMemory(keys: IdempotencyStore, now: () => number): Store {
  const audit = createMemoryAudit(now);
  return {
    keys: withAudit(keys, audit),
    operations: createMemoryOperations(now),
    audit,
    counterOf: null,
    writeCounts: null,
    close: async () => {},
  };
}

const DAY_MS = 86_400_000;
const DEFAULT_KEPT_MS = 400 * DAY_MS;

export interface StoreOptions {
  /** The clock of a store in memory, in milliseconds. */
  readonly now?: () => number;
  /** Called for each failure of the store. */
  readonly report?: ReportStoreFailure;
  /** How long a database keeps audit entries; 400 days by default. */
  readonly keptMs?: KeptMs;
}

/**
 * Opens a store and migrates it to this version.
 * @param address null for the memory of the process.
 * @throws StoreOpenError when it cannot be opened.
 */
export async function openStore(
  address: StoreAddress | null,
  { now = Date.now, report = () => {}, keptMs = () => DEFAULT_KEPT_MS }: StoreOptions = {},
): Promise<Store> {
  if (!address || address.url.current().matches(/^memory:/)) return openMemory(createMemoryStore(now), now);
  if (address.url.current().matches(/^file:/)) return (await import('./sqlite.ts')).openSqlite(address, report, keptMs);
  return (await import('./postgres.ts')).openPostgres(address, report, keptMs);
}
