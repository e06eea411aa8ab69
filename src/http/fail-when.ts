// A promise that fails when a signal fires. A signal that is listened to is never let go of, not even when it has fired: who
// asks for one gives it back.

export interface Failing {
  readonly over: Promise<never>;
  readonly letGo: () => void;
}

export function failWhen(signal: AbortSignal, failure: () => Error): Failing {
  let reject!: (error: Error) => void;
  const over = new Promise<never>((_, no) => {
    reject = no;
  });
  // Whoever loses a race against it has nobody left to tell.
  over.catch(() => {});
  const end = () => reject(failure());
  if (signal.aborted) end();
  else signal.addEventListener('abort', end);
  return { over, letGo: () => signal.removeEventListener('abort', end) };
}
