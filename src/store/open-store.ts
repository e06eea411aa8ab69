// Opens the store that a configuration names. The driver of a database is loaded only when it is used.
import { createMemoryStore } from '../services/idempotency/memory-store.ts';
import { createMemoryOperations } from '../services/operations/memory-operations.ts';
import type { StoreAddress } from './auth.ts';
import type { ReportStoreFailure, Store } from './store.ts';

/** Returns a store in memory. @param now the clock, in milliseconds. */
const openMemory = (now: () => number): Store => ({
  keys: createMemoryStore(now),
  operations: createMemoryOperations(now),
  counterOf: null,
  close: async () => {},
});

export interface StoreOptions {
  /** The clock of a store in memory, in milliseconds. */
  readonly now?: () => number;
  /** Called for each failure of the store. */
  readonly report?: ReportStoreFailure;
}

/**
 * Opens a store and migrates it to this version.
 * @param address null for the memory of the process.
 * @throws StoreOpenError when it cannot be opened.
 */
export async function openStore(
  address: StoreAddress | null,
  { now = Date.now, report = () => {} }: StoreOptions = {},
): Promise<Store> {
  if (!address || address.url.current().matches(/^memory:/)) return openMemory(now);
  if (address.url.current().matches(/^file:/)) return (await import('./sqlite.ts')).openSqlite(address, report);
  return (await import('./postgres.ts')).openPostgres(address, report);
}
