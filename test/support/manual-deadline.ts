// Deadlines of vendor calls that the test ends itself, such as when a vendor that never answers has received the request. No outcome
// depends on how fast the machine is, and no test waits for a clock.

export interface ManualDeadline {
  /** In milliseconds, for the timeouts of one instance. No other instance may have it. */
  readonly durationMs: number;
  /** Returns a function that ends the deadlines that are running now; later deadlines keep running. */
  readonly capture: () => () => void;
  /** Ends the deadlines that are running now; later deadlines keep running. */
  readonly end: () => void;
}

/** Ends a deadline that the test did not end, so that a wrong call fails its test instead of blocking it. */
const FALLBACK_MS = 60_000;

/** The running deadlines by their durations. */
const running = new Map<number, Set<AbortController>>();
/** No timeout of another instance is between this and 60 s. */
let lastDurationMs = 30_000;
let isTimeoutReplaced = false;

/**
 * Returns a new deadline. From the first call on, AbortSignal.timeout is replaced for the durations that were returned.
 * @param durationMs a duration of which the outcome depends; by default one that no other instance has.
 */
export function createManualDeadline(durationMs = (lastDurationMs += 1)): ManualDeadline {
  replaceTimeout();
  const deadlines = new Set<AbortController>();
  running.set(durationMs, deadlines);
  const capture = () => {
    const captured = [...deadlines];
    return () => {
      for (const deadline of captured) deadline.abort(new DOMException('The deadline has passed', 'TimeoutError'));
    };
  };
  return { durationMs, capture, end: () => capture()() };
}

/** Makes the durations of all manual deadlines usual ones again. Needed after durations that other tests use. */
export const releaseManualDeadlines = (): void => running.clear();

function replaceTimeout(): void {
  if (isTimeoutReplaced) return;
  isTimeoutReplaced = true;
  const systemTimeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (durationMs) => {
    const deadlines = running.get(durationMs);
    if (!deadlines) return systemTimeout(durationMs);
    const deadline = new AbortController();
    deadlines.add(deadline);
    return AbortSignal.any([deadline.signal, systemTimeout(FALLBACK_MS)]);
  };
}
