// Repeats a change that the store did not take.
import { setTimeout } from 'node:timers/promises';

/** When a change that the store did not take is repeated, in milliseconds after each failure. The first is repeated while the caller waits. */
const REPEAT_MS = [0, 1000, 10_000, 60_000];

/**
 * Makes a change in the store. When the store fails, the change is repeated for a while, and the caller does not wait for it.
 * @param onFailure called with what the store threw, when it failed twice.
 * @returns whether the change was made.
 */
export async function storeSurely(change: () => Promise<void>, onFailure: (thrown: unknown) => void): Promise<boolean> {
  const [first = 0, ...others] = REPEAT_MS;
  const isStoredAfter = async (ms: number) =>
    setTimeout(ms, undefined, { ref: false })
      .then(change)
      .then(
        () => true,
        () => false,
      );
  try {
    await change();
    return true;
  } catch (error) {
    if (await isStoredAfter(first)) return true;
    onFailure(error);
    void (async () => {
      for (const ms of others) if (await isStoredAfter(ms)) return;
    })();
    return false;
  }
}
