// The retry budget of an instance: ten retries at first, and one more for every five calls.
import { describe, expect, it } from 'vitest';
import { HttpFailure } from '../../src/http/failures.ts';
import type { HttpAnswer, HttpRequest } from '../../src/http/request.ts';
import { createRetryPolicy, type RetryPolicy } from '../../src/http/retries.ts';

const READ: HttpRequest = { kind: 'read', method: 'GET', path: '/' };
const UNAVAILABLE: HttpAnswer = { status: 503, json: undefined, retryAfterMs: null };
const OK: HttpAnswer = { status: 200, json: [], retryAfterMs: null };

/** Reports the first outcome of so many calls. Returns how many of them get a retry. */
const retriesOf = (policy: RetryPolicy, calls: number, outcome: HttpAnswer | HttpFailure): number =>
  Array.from({ length: calls }, () => policy.pauseAfter(outcome, READ, 0, 60_000)).filter((pause) => pause !== null)
    .length;

describe('the retry budget', () => {
  it('the retry budget allows ten retries, and two more after ten calls', () => {
    // 10 at first and 0.2 for each call; n calls can be retried while n <= 10 + 0.2 * (n - 1).
    const policy = createRetryPolicy();
    expect(retriesOf(policy, 12, UNAVAILABLE)).toBe(12);
    expect(retriesOf(policy, 2, UNAVAILABLE)).toBe(0);
  });

  it('a spent retry budget allows one retry for every five calls', () => {
    const policy = createRetryPolicy();
    retriesOf(policy, 100, UNAVAILABLE);
    expect(retriesOf(policy, 500, UNAVAILABLE)).toBeGreaterThanOrEqual(99);
    expect(retriesOf(policy, 500, UNAVAILABLE)).toBeLessThanOrEqual(101);
  });

  it('retries after a failed call and retries after an error status both spend the retry budget', () => {
    const policy = createRetryPolicy();
    expect(retriesOf(policy, 12, new HttpFailure('CONNECT', { mayHaveArrived: false }))).toBe(12);
    expect(retriesOf(policy, 2, UNAVAILABLE)).toBe(0);
  });

  it('the retry budget grows by successful calls, up to ten retries', () => {
    const policy = createRetryPolicy();
    retriesOf(policy, 20, UNAVAILABLE);
    retriesOf(policy, 1000, OK);
    expect(retriesOf(policy, 100, UNAVAILABLE)).toBeLessThan(35);
    retriesOf(policy, 15, OK);
    expect(retriesOf(policy, 3, UNAVAILABLE)).toBe(3);
  });

  it('a call that is not retried does not spend the retry budget', () => {
    const policy = createRetryPolicy();
    for (let count = 0; count < 100; count += 1) policy.pauseAfter(UNAVAILABLE, READ, 0, 1);
    expect(retriesOf(policy, 10, UNAVAILABLE)).toBe(10);
  });
});
