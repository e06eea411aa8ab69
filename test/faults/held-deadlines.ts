// Deadlines that the test ends itself, so that no outcome depends on how fast the machine is.

/** Durations from here on, below HELD_END_MS, belong to cells whose deadline the test ends. */
const HELD_START_MS = 1000;
/** Below two seconds, so that a vendor that asks for a pause of two seconds asks for too much. */
const HELD_END_MS = 2000;
/** Ends a held deadline that the test never ended, so that a wrong call fails its test instead of blocking it. */
const FALLBACK_MS = 60_000;

/** Returns the duration, in milliseconds, that identifies the deadlines of one cell. */
export function heldDurationOf(cellNumber: number): number {
  const duration = HELD_START_MS + cellNumber;
  if (duration >= HELD_END_MS) throw new Error('a family of faults has too many cells for their durations to differ');
  return duration;
}

export interface HeldDeadlines {
  /** Returns a function that ends the deadlines of one cell that are running now; later ones keep running. */
  readonly capture: (durationMs: number) => () => void;
  /** Puts the system's AbortSignal.timeout back. */
  readonly restore: () => void;
}

/** Replaces AbortSignal.timeout: signals with the duration of a cell are aborted by the test, not by the clock. */
export function holdDeadlines(): HeldDeadlines {
  const systemTimeout = AbortSignal.timeout.bind(AbortSignal);
  const running = new Map<number, AbortController[]>();
  AbortSignal.timeout = (durationMs) => {
    if (durationMs < HELD_START_MS || durationMs >= HELD_END_MS) return systemTimeout(durationMs);
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
