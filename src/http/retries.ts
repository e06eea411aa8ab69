// Repeats calls that may succeed the next time: reads at most twice, writes only when nothing was sent. A budget limits
// retries to a fifth of all calls, so that an instance in trouble does not get three times the load.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Layer } from './deadline.ts';
import { HttpFailure, type FailureReason } from './failures.ts';
import { isRead, type HttpAnswer, type HttpRequest } from './request.ts';

const MAX_RETRIES = 2;
const MIN_PAUSE_MS = 100;
const MAX_PAUSE_MS = 800;
/** A call is not retried when the vendor asks for a longer pause. */
const MAX_RETRY_AFTER_MS = 2000;
/** What each call adds to the budget. A retry costs 1. */
const BUDGET_PER_CALL = 0.2;
const MAX_BUDGET = 10;

const TRANSIENT_STATUSES: ReadonlySet<number> = new Set([502, 503, 504]);
const TRANSIENT_FAILURES: ReadonlySet<FailureReason> = new Set(['CONNECT', 'CONNECTION_LOST', 'TIMEOUT']);

type Outcome = HttpAnswer | HttpFailure;

const isRateLimited = (outcome: Outcome): boolean =>
  outcome instanceof HttpFailure ? outcome.reason === 'RATE_LIMITED' : outcome.status === 429;

/** True when another attempt is safe and may have another outcome. */
function isRetryable(outcome: Outcome, request: HttpRequest): boolean {
  const isWrite = !isRead(request);
  if (isRateLimited(outcome)) return !isWrite && outcome.retryAfterMs !== null;
  if (!(outcome instanceof HttpFailure)) return !isWrite && TRANSIENT_STATUSES.has(outcome.status);
  const isStillRunning = request.atDeadline === 'continue' && outcome.reason === 'TIMEOUT';
  const isSafe = !outcome.mayHaveArrived || !(isWrite || isStillRunning);
  return isSafe && TRANSIENT_FAILURES.has(outcome.reason);
}

export interface RetryPolicy {
  /**
   * Returns the pause in milliseconds before the next attempt; null when the outcome is final.
   * @param retries how many retries the call already had.
   * @param leftMs the time until the deadline of the call.
   */
  pauseAfter(outcome: Outcome, request: HttpRequest, retries: number, leftMs: number): number | null;
}

/**
 * Creates a policy with a full budget.
 * @param random returns numbers from 0 to 1.
 */
export function createRetryPolicy(random: () => number = Math.random): RetryPolicy {
  let budget = MAX_BUDGET;
  return {
    pauseAfter: (outcome, request, retries, leftMs) => {
      if (retries === 0) budget = Math.min(budget + BUDGET_PER_CALL, MAX_BUDGET);
      if (retries >= MAX_RETRIES || budget < 1 || !isRetryable(outcome, request)) return null;
      const { retryAfterMs } = outcome;
      if (retryAfterMs !== null && retryAfterMs > MAX_RETRY_AFTER_MS) return null;
      // Plus 1, because a timer may fire up to a millisecond early.
      const pause = retryAfterMs === null ? MIN_PAUSE_MS + random() * (MAX_PAUSE_MS - MIN_PAUSE_MS) : retryAfterMs + 1;
      if (pause >= leftMs) return null;
      budget -= 1;
      return pause;
    },
  };
}

/** Repeats a call until its outcome is final. */
export const withRetries =
  (policy: RetryPolicy): Layer =>
  (next) =>
  async (request, time) => {
    for (let retries = 0; ; retries += 1) {
      const outcome = await next(request, time).catch((error: unknown) => {
        if (error instanceof HttpFailure) return error;
        throw error;
      });
      const leftMs = time.signal.aborted ? 0 : time.endsAt - performance.now();
      const pauseMs = policy.pauseAfter(outcome, request, retries, leftMs);
      if (pauseMs === null) {
        if (outcome instanceof HttpFailure) throw outcome;
        return outcome;
      }
      await sleep(pauseMs, undefined, { signal: time.signal }).catch(() => {
        throw time.failure({ mayHaveArrived: false });
      });
    }
  };
