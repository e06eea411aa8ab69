// How many requests a credential may make: a count for each minute where the vendor has one, with a share kept for writes,
// and a wait after each refusal. Reads may wait a little; writes never wait silently.
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { HttpFailure } from './failures.ts';

export interface LimiterSettings {
  /** Requests in a minute; no count when left out. */
  readonly perMinute?: number | undefined;
}

export interface LimiterState {
  readonly limit: number | null;
  readonly remaining: number | null;
  readonly resetAt: Date | null;
}

export interface Limiter {
  /** @throws HttpFailure when there is no turn now; nothing was sent then. */
  take(isWrite: boolean): Promise<void>;
  /** The vendor refused a request for being one too many. */
  refused(retryAfterMs: number | null): void;
  /** The vendor took one. */
  taken(): void;
  /** Null when nothing is known. */
  state(): LimiterState | null;
}

const MINUTE = 60;
/** Of ten requests, how many reads leave to writes. */
const KEPT_FOR_WRITES = 0.2;
const FIRST_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 60_000;

const shut = (ms: number) => new HttpFailure('RATE_LIMITED', { mayHaveArrived: false, retryAfterMs: Math.ceil(ms) });

export function createLimiter({ perMinute }: LimiterSettings, now: () => number = Date.now): Limiter {
  const counter = perMinute === undefined ? null : new RateLimiterMemory({ points: perMinute, duration: MINUTE });
  const share = perMinute === undefined ? 0 : Math.max(1, Math.floor(perMinute * KEPT_FOR_WRITES));
  let last = { remaining: perMinute ?? null, resetsAt: 0 };
  let shutUntil = 0;
  let refusals = 0;
  let line: Promise<void> = Promise.resolve();

  async function count(isWrite: boolean): Promise<void> {
    if (!counter || perMinute === undefined) return;
    const used = await counter.get('all');
    const most = isWrite ? perMinute : perMinute - share;
    // The library may keep a minute that is over until its timer runs.
    if (used && used.msBeforeNext > 0 && used.consumedPoints >= most) throw shut(used.msBeforeNext);
    const { remainingPoints, msBeforeNext } = await counter.consume('all').catch((spent: RateLimiterRes) => {
      throw shut(spent.msBeforeNext);
    });
    last = { remaining: remainingPoints, resetsAt: now() + msBeforeNext };
  }

  async function pass(isWrite: boolean): Promise<void> {
    const wait = shutUntil - now();
    if (wait > 0) throw shut(wait);
    await count(isWrite);
  }

  return {
    take: async (isWrite) => {
      // One after the other: many reads that looked at the count together would take the share of the writes.
      const turn = line.then(async () => pass(isWrite));
      line = turn.catch(() => {});
      await turn;
    },
    refused: (retryAfterMs) => {
      // A vendor that names no time: longer each time.
      const wait = retryAfterMs ?? Math.min(FIRST_WAIT_MS * 2 ** refusals, LONGEST_WAIT_MS);
      refusals += 1;
      shutUntil = Math.max(shutUntil, now() + wait);
    },
    taken: () => {
      refusals = 0;
    },
    state: () => {
      const isShut = shutUntil > now();
      if (!counter && !isShut) return null;
      if (isShut) return { limit: perMinute ?? null, remaining: 0, resetAt: new Date(shutUntil) };
      const isCounting = last.resetsAt > now();
      return {
        limit: perMinute ?? null,
        remaining: isCounting ? last.remaining : (perMinute ?? null),
        resetAt: isCounting ? new Date(last.resetsAt) : null,
      };
    },
  };
}
