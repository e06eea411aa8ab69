// The deadline of one call to a vendor, and the signature of the layers that the call passes through.
import { HttpFailure } from './failures.ts';
import { rejectOnAbort } from './reject-on-abort.ts';
import type { HttpAnswer, HttpRequest } from './request.ts';
import type { Timeouts } from './settings.ts';

/** The time of one call, shared by all its attempts. */
export interface CallTime {
  /** Aborted at the deadline, or when the caller leaves. */
  readonly signal: AbortSignal;
  /** Rejects when `signal` is aborted. */
  readonly ended: Promise<never>;
  /** The deadline on the clock of performance.now(), in milliseconds. */
  readonly endsAt: number;
  /** Returns the failure of a call that ended before its answer arrived. */
  readonly failure: (options: { readonly mayHaveArrived: boolean }) => HttpFailure;
  /** Called when an attempt has its turn and is sent. */
  readonly onSent?: () => void;
}

/** Sends a request. @throws HttpFailure */
export type Send = (request: HttpRequest, time: CallTime) => Promise<HttpAnswer>;

/** Wraps a Send in another. */
export type Layer = (next: Send) => Send;

export interface Deadlines {
  /** Returns a signal that is aborted after the time that the settings allow for this kind of call. */
  readonly start: (kind: HttpRequest['kind']) => AbortSignal;
  /** Returns the deadline of a signal from `start`, on the clock of performance.now(). Infinity for any other signal. */
  readonly endOf: (signal: AbortSignal) => number;
}

/** Creates the deadlines of one client. */
export function createDeadlines(timeouts: Timeouts): Deadlines {
  const durations = {
    list: timeouts.listMs,
    read: timeouts.readMs,
    write: timeouts.writeMs,
    test: timeouts.testMs,
  } as const satisfies Record<HttpRequest['kind'], number>;
  const ends = new WeakMap<AbortSignal, number>();
  return {
    start: (kind) => {
      const signal = AbortSignal.timeout(durations[kind]);
      ends.set(signal, performance.now() + durations[kind]);
      return signal;
    },
    endOf: (signal) => ends.get(signal) ?? Infinity,
  };
}

/** How many exchanges may continue in the background after their callers were answered. */
const MAX_IN_BACKGROUND = 4;

/**
 * Answers the caller at the deadline at the latest, or when the caller leaves. A request that may not be aborted then
 * continues in the background.
 * @throws HttpFailure with TOO_BUSY for such a request while too many others are in the background.
 */
export function withDeadline(deadlines: Deadlines, next: Send): (request: HttpRequest) => Promise<HttpAnswer> {
  let inBackground = 0;
  const countInBackground = (running: Promise<unknown>): void => {
    inBackground += 1;
    const onEnd = () => {
      inBackground -= 1;
    };
    running.then(onEnd, onEnd);
  };
  return async (request) => {
    const deadline = request.deadline ?? deadlines.start(request.kind);
    const signal = request.signal ? AbortSignal.any([request.signal, deadline]) : deadline;
    const failure: CallTime['failure'] = (options) =>
      new HttpFailure(deadline.aborted ? 'TIMEOUT' : 'CALLER_LEFT', options);
    if (signal.aborted) throw failure({ mayHaveArrived: false });
    const mayAbort = request.atDeadline !== 'continue';
    if (!mayAbort && inBackground >= MAX_IN_BACKGROUND) throw new HttpFailure('TOO_BUSY', { mayHaveArrived: false });
    let running: Promise<HttpAnswer> | null = null;
    const { rejected: ended, stopListening } = rejectOnAbort(signal, () => {
      if (!mayAbort && running) countInBackground(running);
      return failure({ mayHaveArrived: true });
    });
    running = next(request, { signal, ended, endsAt: deadlines.endOf(deadline), failure });
    return Promise.race([ended, running]).finally(stopListening);
  };
}
