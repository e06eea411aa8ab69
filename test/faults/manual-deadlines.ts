// Deadlines that the test ends itself, so that no outcome depends on how fast the machine is.

/** Deadlines of FIRST_MANUAL_MS up to MANUAL_END_MS are ended by the test, not by the clock. */
const FIRST_MANUAL_MS = 1000;
/** Below two seconds, so that a Retry-After of two seconds is later than the deadline. */
const MANUAL_END_MS = 2000;
/** Ends a deadline that the test did not end, so that a wrong call fails its test instead of blocking it. */
const FALLBACK_MS = 60_000;

/** Returns the duration, in milliseconds, that identifies the deadlines of one cell. */
export function manualDeadlineMs(cellNumber: number): number {
  const duration = FIRST_MANUAL_MS + cellNumber;
  if (duration >= MANUAL_END_MS) throw new Error('a family of faults has too many cells for their durations to differ');
  return duration;
}

export interface ManualDeadlines {
  /** Returns a function that ends the deadlines of one cell that are running now; later ones keep running. */
  readonly capture: (durationMs: number) => () => void;
  /** Restores the system's AbortSignal.timeout. */
  readonly restore: () => void;
}

/** Replaces AbortSignal.timeout: signals with the duration of a cell are aborted by the test, not by the clock. */
export function useManualDeadlines(): ManualDeadlines {
  const systemTimeout = AbortSignal.timeout.bind(AbortSignal);
  const running = new Map<number, AbortController[]>();
  AbortSignal.timeout = (durationMs) => {
    if (durationMs < FIRST_MANUAL_MS || durationMs >= MANUAL_END_MS) return systemTimeout(durationMs);
    const deadline = new AbortController();
    running.set(durationMs, [...(running.get(durationMs) ?? []), deadline]);
    return AbortSignal.any([deadline.signal, systemTimeout(FALLBACK_MS)]);
  };
  return {
    capture: (durationMs) => {
      const captured = running.get(durationMs) ?? [];
      return () => {
        for (const deadline of captured) deadline.abort(new DOMException('The deadline has passed', 'TimeoutError'));
      };
    },
    restore: () => {
      AbortSignal.timeout = systemTimeout;
    },
  };
}
