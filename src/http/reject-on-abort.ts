// Turns an AbortSignal into a promise.

export interface AbortRejection {
  /** Rejects when the signal is aborted. Never resolves. */
  readonly rejected: Promise<never>;
  /** Removes the listener from the signal. Call it when the promise is no longer needed: long-lived signals would leak. */
  readonly stopListening: () => void;
}

/**
 * Returns a promise that rejects when the signal is aborted.
 * @param failure makes the error. It is called once, at the moment of the abort.
 */
export function rejectOnAbort(signal: AbortSignal, failure: () => Error): AbortRejection {
  let reject!: (error: Error) => void;
  const rejected = new Promise<never>((_resolve, rejectPromise) => {
    reject = rejectPromise;
  });
  // Avoids an unhandled rejection when nobody waits for the promise any more.
  rejected.catch(() => {});
  const onAbort = () => reject(failure());
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort);
  return { rejected, stopListening: () => signal.removeEventListener('abort', onAbort) };
}
