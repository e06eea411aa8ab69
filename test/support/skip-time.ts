// Moves the clock that measures the time of a request, so that no test waits for it.
import { onTestFinished, vi } from 'vitest';

/** Returns a function that moves performance.now() forward by some milliseconds. The clock is restored after the test. */
export function useSkippedTime(): (skippedMs: number) => void {
  const systemNow = performance.now.bind(performance);
  let skipped = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => systemNow() + skipped);
  onTestFinished(() => clock.mockRestore());
  return (skippedMs) => {
    skipped += skippedMs;
  };
}
