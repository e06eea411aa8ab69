// A deadline of one instance that the test ends itself, such as when a vendor that never answers has received the request. No
// outcome depends on how fast the machine is, and no test waits for a clock.

export interface ManualDeadline {
  /** For the timeouts of one instance. No other instance may have it. */
  readonly durationMs: number;
  /** Ends the deadlines with this duration that are running now; later ones keep running. */
  readonly end: () => void;
}

/** Ends a deadline that the test did not end, so that a wrong call fails its test instead of blocking it. */
const FALLBACK_MS = 60_000;

const running = new Map<number, Set<AbortController>>();
/** No timeout of another instance begins above this and below 60 s. */
let lastDurationMs = 30_000;

/** Returns a new deadline. From the first call on, AbortSignal.timeout is replaced for the durations that were returned. */
export function createManualDeadline(): ManualDeadline {
  if (running.size === 0) replaceTimeout();
  lastDurationMs += 1;
  const signals = new Set<AbortController>();
  running.set(lastDurationMs, signals);
  return {
    durationMs: lastDurationMs,
    end: () => {
      for (const signal of signals) signal.abort(new DOMException('The deadline has passed', 'TimeoutError'));
      signals.clear();
    },
  };
}

function replaceTimeout(): void {
  const systemTimeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (durationMs) => {
    const signals = running.get(durationMs);
    if (!signals) return systemTimeout(durationMs);
    const controller = new AbortController();
    signals.add(controller);
    return AbortSignal.any([controller.signal, systemTimeout(FALLBACK_MS)]);
  };
}
