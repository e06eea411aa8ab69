// The callers that wait for one execution. Its vendor calls end when all of them have left.

export interface Callers {
  /** Aborts when all callers have left. */
  readonly signal: AbortSignal;
  /** Adds a caller. @param signal aborts when the caller leaves. */
  readonly add: (signal: AbortSignal) => void;
}

/** Returns the callers of an execution, with its first one. @param first aborts when the first caller leaves. */
export function createCallers(first: AbortSignal): Callers {
  const controller = new AbortController();
  let waiting = 0;
  const leave = () => {
    waiting -= 1;
    if (waiting === 0) controller.abort();
  };
  const add = (signal: AbortSignal) => {
    waiting += 1;
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  };
  add(first);
  return { signal: controller.signal, add };
}
