// Shares calls in flight: callers that need the same result at the same time wait for one call.
import { setImmediate as nextEventLoopTurn } from 'node:timers/promises';
import { createCallers } from './callers.ts';

/** A call in flight that any number of callers wait for. */
export interface SharedCall<T> {
  /** Settles when the call ends, also when all callers have left. */
  readonly result: Promise<T>;
  /** Returns whether all callers have left. The call was aborted then, so its result is of no use to a new caller. */
  isAbandoned(): boolean;
  /** Waits for the result. The caller leaves when the signal aborts. */
  join(signal: AbortSignal | undefined): Promise<T>;
}

/** Starts a call. It is aborted when all callers that joined it have left. */
function startSharedCall<T>(run: (signal: AbortSignal) => Promise<T>): SharedCall<T> {
  const callers = createCallers();
  // Each caller continues in its own turn of the event loop, because hundreds of callers in one turn would block all other work.
  let lastTurn: Promise<void> = Promise.resolve();
  const result = run(callers.signal);
  // Without a handler a rejection would end the process when all callers have left.
  result.catch(() => {});
  return {
    result,
    isAbandoned: () => callers.signal.aborted,
    join: async (signal) => {
      const stopListening = callers.add(signal);
      try {
        return await result;
      } finally {
        stopListening();
        const turn = lastTurn;
        lastTurn = lastTurn.then(nextEventLoopTurn);
        await turn;
      }
    },
  };
}

/** The calls in flight, by key. */
export interface SharedCalls<K, T> {
  /** Returns the call in flight under the key. It starts a call when there is none, or when `isFresh` is true. */
  startOrJoin(key: K, isFresh: boolean, run: (signal: AbortSignal) => Promise<T>): SharedCall<T>;
  /** Returns whether a call that a new caller can join is in flight under the key. */
  has(key: K): boolean;
  /** Removes all calls, so that no new caller joins them. They continue for the callers that wait for them. */
  clear(): void;
}

/** Returns an empty set of shared calls. */
export function createSharedCalls<K, T>(): SharedCalls<K, T> {
  const callsInFlight = new Map<K, SharedCall<T>>();
  return {
    startOrJoin: (key, isFresh, run) => {
      const callInFlight = isFresh ? undefined : callsInFlight.get(key);
      if (callInFlight && !callInFlight.isAbandoned()) return callInFlight;
      const call = startSharedCall(run);
      callsInFlight.set(key, call);
      const removeCall = () => {
        // A fresh call may have replaced this one.
        if (callsInFlight.get(key) === call) callsInFlight.delete(key);
      };
      call.result.then(removeCall, removeCall);
      return call;
    },
    has: (key) => callsInFlight.get(key)?.isAbandoned() === false,
    clear: () => {
      callsInFlight.clear();
    },
  };
}
