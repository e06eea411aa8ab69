// Removes what a database no longer needs.
import { removeOldEntries } from './audit-store.ts';
import type { StoreDatabase } from './database.ts';
import { removeOldKeys } from './key-store.ts';
import { removeOldOperations } from './operation-table.ts';
import type { KeptMs } from './store.ts';

const HOUR_MS = 3_600_000;

/**
 * Removes the keys and the operations whose day is over, and old audit entries: now and every hour. What fails is done in the next hour.
 * @returns the function that ends this.
 */
export async function sweep(database: StoreDatabase, keptMs: KeptMs): Promise<() => void> {
  const remove = async () => {
    await Promise.allSettled([
      removeOldKeys(database),
      removeOldOperations(database),
      removeOldEntries(database, keptMs()),
    ]);
  };
  await remove();
  const timer = setInterval(() => void remove(), HOUR_MS);
  timer.unref();
  return () => clearInterval(timer);
}
