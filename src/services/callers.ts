// The callers that wait for one piece of work, such as a call to a vendor. The work is aborted when all of them have left.

export interface Callers {
  /** Aborts when all callers have left. */
  readonly signal: AbortSignal;
  /**
   * Adds a caller.
   * @param signal aborts when the caller leaves; a caller without one never leaves.
   * @returns a function that stops listening to the signal, for a caller that no longer waits.
   */
  readonly add: (signal: AbortSignal | undefined) => () => void;
}

export function createCallers(): Callers {
  const controller = new AbortController();
  let waiting = 0;
  const leave = () => {
    waiting -= 1;
    if (waiting === 0) controller.abort();
  };
  return {
    signal: controller.signal,
    add: (signal) => {
      waiting += 1;
      if (signal?.aborted) leave();
      else signal?.addEventListener('abort', leave, { once: true });
      return () => signal?.removeEventListener('abort', leave);
    },
  };
}
