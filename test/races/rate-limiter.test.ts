// Compares the rate limiter with a simple model in random runs on a fake clock: the requests per minute, the reserve for writes, and
// the pause after a 429, in any order and many at once.
// oxlint-disable vitest/no-conditional-expect -- what is expected depends on the random step
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { parseRetryAfter } from '../../src/http/retry-after.ts';
import { HttpFailure } from '../../src/http/failures.ts';
import { createRateLimiter } from '../../src/http/rate-limiter.ts';
import { isExhaustive } from '../support/exhaustive.ts';

const RUNS = isExhaustive ? 2000 : 400;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Of so many a minute, how many may be reads. */
const READS: Readonly<Record<number, number>> = { 2: 1, 5: 4, 10: 8, 60: 48 };

const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ takes: fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }) }) },
    { weight: 3, arbitrary: fc.record({ passes: fc.constantFrom(1, 999, 2000, 30_000, 59_999, 60_000, 3_600_000) }) },
    { weight: 2, arbitrary: fc.record({ refused: fc.option(fc.constantFrom(0, 1, 1500, 20_000, 3_600_000)) }) },
    { weight: 1, arbitrary: fc.record({ taken: fc.constant(true) }) },
  ),
  { maxLength: 30, size: 'max' },
);

/** Returns a model of the limiter. */
function createModel(perMinute: number) {
  const reads = READS[perMinute] as number;
  let minute = { ends: 0, used: 0 };
  let shutUntil = 0;
  let refusals = 0;
  return {
    /** Returns the milliseconds to wait; null when the request may be sent. */
    take: (isWrite: boolean, now: number): number | null => {
      if (shutUntil > now) return shutUntil - now;
      if (now >= minute.ends) minute = { ends: now + MINUTE_MS, used: 0 };
      if (minute.used >= (isWrite ? perMinute : reads)) return minute.ends - now;
      minute.used += 1;
      return null;
    },
    refused: (wait: number | null, now: number) => {
      // Without a time of the vendor the pause is 5 seconds, and doubles with each 429 up to a minute.
      const defaultWait = [5000, 10_000, 20_000, 40_000, 60_000][Math.min(refusals, 4)] as number;
      shutUntil = Math.max(shutUntil, now + (wait ?? defaultWait));
      refusals += 1;
    },
    taken: () => {
      refusals = 0;
    },
    state: (now: number) => {
      const isCounting = now < minute.ends;
      if (shutUntil > now) return { limit: perMinute, remaining: 0, resetAt: new Date(shutUntil) };
      return {
        limit: perMinute,
        remaining: isCounting ? perMinute - minute.used : perMinute,
        resetAt: isCounting ? new Date(minute.ends) : null,
      };
    },
  };
}

/** Returns the milliseconds to wait; null when the limiter allowed the request. */
const askFor = async (turn: Promise<void>): Promise<number | null> =>
  turn.then(
    () => null,
    (error: unknown) => {
      if (!(error instanceof HttpFailure) || error.reason !== 'RATE_LIMITED' || error.mayHaveArrived) throw error;
      return error.retryAfterMs;
    },
  );

it('the limiter allows what its model allows, in 2,000 random runs', { timeout: 240_000 }, async () => {
  const counts = { passed: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(2, 5, 10, 60), steps, async (perMinute, run) => {
      const limiter = createRateLimiter({ perMinute });
      const model = createModel(perMinute);
      const [actual, expected]: [unknown[], unknown[]] = [[], []];
      for (const step of run) {
        if ('passes' in step) vi.advanceTimersByTime(step.passes);
        else if ('taken' in step) {
          limiter.recordOtherAnswer();
          model.taken();
        } else if ('refused' in step) {
          limiter.pauseAfter429(step.refused);
          model.refused(step.refused, Date.now());
        } else {
          expected.push(step.takes.map((isWrite) => model.take(isWrite, Date.now())));
          // The requests start at the same time. None waits for another.
          const waits = await Promise.all(step.takes.map((isWrite) => askFor(limiter.countOrRefuse(isWrite))));
          actual.push(waits);
          counts.passed += waits.filter((wait) => wait === null).length;
          counts.refused += waits.filter((wait) => wait !== null).length;
        }
        actual.push(limiter.state());
        expected.push(model.state(Date.now()));
      }
      expect(actual).toEqual(expected);
    }),
    { numRuns: RUNS },
  );
  expect(counts.passed).toBeGreaterThan(RUNS * 2.5);
  expect(counts.refused).toBeGreaterThan(RUNS * 2.5);
});

it('the limiter allows no more requests per minute than configured, and leaves the reserve to writes', async () => {
  const limiter = createRateLimiter({ perMinute: 60 });
  const reads = await Promise.all(Array.from({ length: 100 }, async () => askFor(limiter.countOrRefuse(false))));
  const writes = await Promise.all(Array.from({ length: 100 }, async () => askFor(limiter.countOrRefuse(true))));
  expect(reads.filter((wait) => wait === null)).toHaveLength(48);
  expect(writes.filter((wait) => wait === null)).toHaveLength(12);
  vi.advanceTimersByTime(59_999);
  expect(await askFor(limiter.countOrRefuse(true))).toBe(1);
  vi.advanceTimersByTime(1);
  expect(await askFor(limiter.countOrRefuse(false))).toBe(null);
});

it('a minute ends by the clock even if its timer has not run', async () => {
  const limiter = createRateLimiter({ perMinute: 2 });
  expect(await askFor(limiter.countOrRefuse(true))).toBe(null);
  expect(await askFor(limiter.countOrRefuse(true))).toBe(null);
  expect(await askFor(limiter.countOrRefuse(true))).toBe(60_000);
  vi.setSystemTime(Date.now() + HOUR_MS);
  expect(await askFor(limiter.countOrRefuse(false))).toBe(null);
});

/** What vendors may write there, with the wait that comes of it. */
const absurd = fc.oneof(
  fc.bigInt({ min: 3601n, max: 10n ** 40n }).map((seconds) => [String(seconds), HOUR_MS] as const),
  fc.constantFrom(
    ['86400', HOUR_MS] as const,
    ['Fri, 31 Dec 9999 23:59:59 GMT', HOUR_MS] as const,
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0] as const,
    ['0', 0] as const,
    ['-5', 5000] as const,
    ['abc', 5000] as const,
    ['', 5000] as const,
    ['1e9', 5000] as const,
    ['Infinity', 5000] as const,
    ['NaN', 5000] as const,
    ['9'.repeat(400), 5000] as const,
  ),
  fc.nat(3600).map((seconds) => [String(seconds), seconds * 1000] as const),
);

it('the pause is what the vendor asked for, at most an hour', async () => {
  await fc.assert(
    fc.asyncProperty(absurd, fc.boolean(), async ([header, wait], isWrite) => {
      const limiter = createRateLimiter({});
      limiter.pauseAfter429(parseRetryAfter(header));
      expect(limiter.state()?.resetAt?.getTime() ?? Date.now()).toBe(Date.now() + wait);
      if (wait > 0) {
        vi.advanceTimersByTime(wait - 1);
        expect(await askFor(limiter.countOrRefuse(isWrite))).toBe(1);
        vi.advanceTimersByTime(1);
      }
      expect(await askFor(limiter.countOrRefuse(isWrite))).toBe(null);
      expect(limiter.state()).toBe(null);
    }),
    { numRuns: RUNS },
  );
});
