// Removes what a database no longer needs.
import type { KeyDatabase } from './key-store.ts';
import { removeOldOperations } from './operation-table.ts';

const HOUR_MS = 3_600_000;

/** Removes the keys and the operations whose day is over, now and every hour. Returns the function that ends this. */
export async function sweep(database: KeyDatabase): Promise<() => void> {
  const { db, now } = database;
  const remove = async () => {
    try {
      await db.deleteFrom('patchbay_keys').where('expires_at', '<=', now).where('lease_until', '<=', now).execute();
      await removeOldOperations(database);
    } catch {
      // The next hour removes them. Until then they are only not used.
    }
  };
  await remove();
  const timer = setInterval(() => void remove(), HOUR_MS);
  timer.unref();
  return () => clearInterval(timer);
}
