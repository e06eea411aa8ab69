// Repeats work in the background.
import { setTimeout } from 'node:timers/promises';

/**
 * Runs the work now, and again and again, each time some time after it has ended.
 * @param work never throws.
 * @returns the function that ends this. It resolves when the work in progress has ended.
 */
export function repeat(work: () => Promise<void>, pauseMs: number): () => Promise<void> {
  const ending = new AbortController();
  const pause = async () =>
    setTimeout(pauseMs, undefined, { ref: false, signal: ending.signal }).catch(() => {
      // It is over.
    });
  const running = (async () => {
    while (!ending.signal.aborted) {
      await work();
      await pause();
    }
  })();
  return async () => {
    ending.abort();
    await running;
  };
}
