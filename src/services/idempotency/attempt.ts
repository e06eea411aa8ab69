// What attempts have in common: an attempt works on a request, holds a lease, and may follow one that is gone.
import { ConflictError, OutcomeUnknownError } from '../../domain/errors.ts';
import type { WriteGate } from '../write-gate.ts';

/** How an attempt holds a key or an operation. */
export interface Lease {
  /** Identifies the attempt. No two attempts have the same. */
  readonly attempt: string;
  /** In milliseconds: how long others leave it alone after the last sign of life. */
  readonly leaseMs: number;
}

/** Returns the error of an attempt whose request is another attempt's. */
export const inProgress = (): ConflictError =>
  new ConflictError('The first request with this key is still in progress.', null, 'IN_PROGRESS');

/** Returns whether an attempt ended because its request is another attempt's. */
export const isInProgress = (thrown: unknown): boolean =>
  thrown instanceof ConflictError && thrown.conflict === 'IN_PROGRESS';

const LOST_ANSWER = 'An earlier attempt with this key ended before its answer arrived. The change may have been made.';
const LOOK_FIRST =
  'Read the connection, or look for one with this name, before you send the change again with a new key.';

/** Returns the error of an attempt that follows a lost one. */
export const lostAnswer = (): OutcomeUnknownError => new OutcomeUnknownError(LOST_ANSWER, LOOK_FIRST);

/** Returns the gate of an attempt that follows a lost one: nothing is sent, so each write is verified like one without an answer. */
export const lookingGate = (sentAt: Date): WriteGate => ({
  sentAt,
  isRepeat: true,
  enter: async () => {
    throw lostAnswer();
  },
});

/** Signs of life per lease. */
const BEATS = 4;

/** Runs an attempt and gives signs of life until it ends. @param renew extends its lease. */
export async function keepAlive<T>(leaseMs: number, renew: () => Promise<unknown>, run: () => Promise<T>): Promise<T> {
  // A store that fails for a moment is asked again at the next beat.
  const beat = setInterval(() => void renew().catch(() => {}), leaseMs / BEATS);
  beat.unref();
  try {
    return await run();
  } finally {
    clearInterval(beat);
  }
}
