// Which call is tried again, and after how long: reads at most twice, a write only when nothing of it was sent, and no
// more than a fifth of all calls, so that an instance in trouble is not asked three times as much.
import { isRead, type HttpAnswer, type HttpRequest } from './request.ts';
import { HttpFailure, type FailureReason } from './failures.ts';

const MOST = 2;
const SHORTEST_MS = 100;
const LONGEST_MS = 800;
/** A read waits this long for its turn, no longer. */
const WORTH_WAITING_MS = 2000;
const PER_CALL = 0.2;
const SAVED_AT_MOST = 10;

const PASSING_STATUS: ReadonlySet<number> = new Set([502, 503, 504]);
const PASSING_FAILURE: ReadonlySet<FailureReason> = new Set(['CONNECT', 'CONNECTION_LOST', 'TIMEOUT']);

type Outcome = HttpAnswer | HttpFailure;

const isRefusal = (outcome: Outcome): boolean =>
  outcome instanceof HttpFailure ? outcome.reason === 'RATE_LIMITED' : outcome.status === 429;

/** One that may go otherwise the next time. */
function isPassing(outcome: Outcome, request: HttpRequest): boolean {
  const { neverHangUp } = request;
  const isWrite = !isRead(request);
  if (isRefusal(outcome)) return !isWrite && outcome.retryAfterMs !== null;
  if (!(outcome instanceof HttpFailure)) return !isWrite && PASSING_STATUS.has(outcome.status);
  // One that is never hung up on may be under way still.
  const isOver = !outcome.mayHaveArrived || !(isWrite || (neverHangUp && outcome.reason === 'TIMEOUT'));
  return isOver && PASSING_FAILURE.has(outcome.reason);
}

export interface Retries {
  /**
   * Milliseconds until the next try; null when the outcome stands.
   * @param leftMs how long the call has until its deadline.
   */
  pauseAfter(outcome: Outcome, request: HttpRequest, tries: number, leftMs: number): number | null;
}

export function createRetries(random: () => number = Math.random): Retries {
  let saved = SAVED_AT_MOST;
  return {
    pauseAfter: (outcome, request, tries, leftMs) => {
      if (tries === 0) saved = Math.min(saved + PER_CALL, SAVED_AT_MOST);
      if (tries >= MOST || saved < 1 || !isPassing(outcome, request)) return null;
      const asked = outcome.retryAfterMs;
      if (asked !== null && asked > WORTH_WAITING_MS) return null;
      // A timer may fire within the millisecond before.
      const pause = asked === null ? SHORTEST_MS + random() * (LONGEST_MS - SHORTEST_MS) : asked + 1;
      if (pause >= leftMs) return null;
      saved -= 1;
      return pause;
    },
  };
}
