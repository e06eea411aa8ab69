// Limits the requests of one credential: a count per minute where the vendor has such a limit, with a reserve for writes,
// and a pause after each answer 429.
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Layer } from './deadline.ts';
import { HttpFailure } from './failures.ts';
import { isRead } from './request.ts';

export interface RateLimiterSettings {
  /** Requests per minute. Default: no limit. */
  readonly perMinute?: number | undefined;
}

export interface RateLimiterState {
  /** Requests per minute; null without such a limit. */
  readonly limit: number | null;
  /** Requests left in this minute; null without such a limit. */
  readonly remaining: number | null;
  /** When the count starts again, or when the pause ends; null when nothing was counted. */
  readonly resetAt: Date | null;
}

export interface RateLimiter {
  /**
   * Counts one request.
   * @throws HttpFailure with RATE_LIMITED when the request may not be sent now.
   */
  countOrRefuse(isWrite: boolean): Promise<void>;
  /**
   * Records that the vendor answered 429.
   * @param retryAfterMs the pause that the vendor asked for; null when it named none.
   */
  pauseAfter429(retryAfterMs: number | null): void;
  /** Records any other answer. */
  recordOtherAnswer(): void;
  /** Returns the current state; null when there is neither a limit nor a pause. */
  state(): RateLimiterState | null;
}

const SECONDS_PER_MINUTE = 60;
/** The part of the requests per minute that is reserved for writes. */
const WRITE_RESERVE = 0.2;
/** The pause after a 429 without Retry-After. It doubles with each 429 in a row. */
const MIN_PAUSE_MS = 5000;
const MAX_PAUSE_MS = 60_000;

const rateLimited = (waitMs: number) =>
  new HttpFailure('RATE_LIMITED', { mayHaveArrived: false, retryAfterMs: Math.ceil(waitMs) });

/**
 * Creates the limiter of one credential.
 * @param now the clock, in milliseconds.
 */
export function createRateLimiter({ perMinute }: RateLimiterSettings, now: () => number = Date.now): RateLimiter {
  const counter =
    perMinute === undefined ? null : new RateLimiterMemory({ points: perMinute, duration: SECONDS_PER_MINUTE });
  const reserve = perMinute === undefined ? 0 : Math.max(1, Math.floor(perMinute * WRITE_RESERVE));
  let lastCount = { remaining: perMinute ?? null, resetsAt: 0 };
  let pausedUntil = 0;
  let refusalsInARow = 0;
  let queue: Promise<void> = Promise.resolve();

  async function count(isWrite: boolean): Promise<void> {
    if (!counter || perMinute === undefined) return;
    const used = await counter.get('all');
    const limit = isWrite ? perMinute : perMinute - reserve;
    // The library may report a minute that is over until its timer runs.
    if (used && used.msBeforeNext > 0 && used.consumedPoints >= limit) throw rateLimited(used.msBeforeNext);
    const { remainingPoints, msBeforeNext } = await counter.consume('all').catch((exceeded: RateLimiterRes) => {
      throw rateLimited(exceeded.msBeforeNext);
    });
    lastCount = { remaining: remainingPoints, resetsAt: now() + msBeforeNext };
  }

  async function acquireNow(isWrite: boolean): Promise<void> {
    const wait = pausedUntil - now();
    if (wait > 0) throw rateLimited(wait);
    await count(isWrite);
  }

  return {
    countOrRefuse: async (isWrite) => {
      // One at a time: many reads that check the count together would use the reserve for writes.
      const turn = queue.then(async () => acquireNow(isWrite));
      queue = turn.catch(() => {});
      await turn;
    },
    pauseAfter429: (retryAfterMs) => {
      const wait = retryAfterMs ?? Math.min(MIN_PAUSE_MS * 2 ** refusalsInARow, MAX_PAUSE_MS);
      refusalsInARow += 1;
      pausedUntil = Math.max(pausedUntil, now() + wait);
    },
    recordOtherAnswer: () => {
      refusalsInARow = 0;
    },
    state: () => {
      const isPaused = pausedUntil > now();
      if (!counter && !isPaused) return null;
      if (isPaused) return { limit: perMinute ?? null, remaining: 0, resetAt: new Date(pausedUntil) };
      const isCounting = lastCount.resetsAt > now();
      return {
        limit: perMinute ?? null,
        remaining: isCounting ? lastCount.remaining : (perMinute ?? null),
        resetAt: isCounting ? new Date(lastCount.resetsAt) : null,
      };
    },
  };
}

/** Counts each attempt at the limiter, and pauses the limiter when the vendor answers 429. */
export const withRateLimit =
  (limiter: RateLimiter): Layer =>
  (next) =>
  async (request, time) => {
    await limiter.countOrRefuse(!isRead(request));
    const answer = await next(request, time);
    if (answer.status === 429) limiter.pauseAfter429(answer.retryAfterMs);
    else limiter.recordOtherAnswer();
    return answer;
  };
