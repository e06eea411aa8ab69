// Runs an async function for many items with limited concurrency. Items with the same key run one after another.

/** How many instances one mutation calls at the same time. */
export const MAX_CONCURRENT_INSTANCES = 4;

/**
 * Runs a function for each item. Items with the same key run in order, items with different keys run concurrently.
 * @param maxConcurrent the largest number of keys that run at a time.
 * @param run a function that throws only for a bug. Then the running items finish, no further item starts, and the error is thrown.
 * @returns the results in the order of the items.
 */
export async function runInOrderPerKey<T, R>(
  items: readonly T[],
  keyOf: (item: T) => unknown,
  maxConcurrent: number,
  run: (item: T) => Promise<R>,
): Promise<R[]> {
  const queues = new Map<unknown, T[]>();
  for (const item of items) queues.set(keyOf(item), [...(queues.get(keyOf(item)) ?? []), item]);
  const waiting = queues.values();
  const results = new Map<T, R>();
  const errors: unknown[] = [];
  const work = async (): Promise<void> => {
    for (const queue of waiting) {
      for (const item of queue) {
        if (errors.length > 0) return;
        try {
          results.set(item, await run(item));
        } catch (error) {
          errors.push(error);
        }
      }
    }
  };
  await Promise.all(Array.from({ length: maxConcurrent }, work));
  if (errors.length > 0) throw errors[0];
  return items.map((item) => results.get(item) as R);
}
