// Rate limits: the requests that the gateway counts itself, and what it does after a vendor answered 429.
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createSandboxOmni } from '../../src/sandbox/omni/server.ts';
import type { SandboxResponse } from '../../src/sandbox/server.ts';
import { create } from '../support/create-connection.ts';
import type { TestGateway } from '../support/gateway.ts';
import { startStubbedGateway } from '../support/stub-vendor.ts';
import { idOf } from '../support/watched-gateway.ts';
import { callsOf, list, NEW, STANDARD, startWith, type Settings } from './requests-and-counts.ts';

// The rate limiter's library reads the system's clock.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-01T10:00:00Z') }));
afterEach(() => void vi.useRealTimers());
const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

const RATE_LIMIT = '{ vendorInstance(id: "omni") { rateLimit { limit remaining resetAt } } }';
const rateLimitOf = async ({ ask }: TestGateway) => (await ask(RATE_LIMIT)).data.vendorInstance.rateLimit;

/** Starts a gateway at an Omni that accepts 60 requests per minute and then answers 429. */
async function startOmni(settings: Settings) {
  const omni = createSandboxOmni({ perMinute: 60, now: () => Date.now() });
  const statuses: number[] = [];
  const played = await startStubbedGateway(
    'omni',
    async (request) => {
      const answer = await omni(request);
      statuses.push(answer.status);
      return answer;
    },
    { ...STANDARD, ...settings },
  );
  onTestFinished(() => played.close());
  return { gateway: played.gateway, calls: () => callsOf(played.origin), statuses };
}

/** Starts a gateway with a limit of ten requests per minute. */
async function playTen() {
  const gateway = await startWith({ ...STANDARD, rateLimit: { perMinute: 10 } });
  onTestFinished(() => gateway.close());
  return { gateway };
}

describe('a limit of sixty requests per minute', () => {
  it('sixty requests per minute are enough for 200 lists', async () => {
    const { gateway, calls, statuses } = await startOmni({});
    for (let view = 0; view < 200; view += 1) {
      expect(await list(gateway, 'omni')).toMatchObject({ count: 11, isComplete: true, isStale: false });
      pass(300);
    }
    // The cache answers for five seconds.
    expect(await calls()).toHaveLength(12);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it('a read beyond the limit is refused without a call until the minute ends', async () => {
    const { gateway, statuses } = await startOmni({ cache: { ttlMs: 0, staleMs: 0 } });
    for (let view = 0; view < 48; view += 1) await list(gateway, 'omni');
    pass(20_000);
    expect(await list(gateway, 'omni')).toMatchObject({
      count: null,
      isComplete: false,
      error: { __typename: 'RateLimitedError', retryAfterMs: 40_000 },
    });
    expect(statuses).toHaveLength(48);
    pass(40_000);
    expect(await list(gateway, 'omni')).toMatchObject({ count: 11, error: null });
    expect(statuses).toHaveLength(49);
  });

  it('reads leave a part of the limit to writes', async () => {
    const { gateway, statuses } = await startOmni({ cache: { ttlMs: 0, staleMs: 0 } });
    for (let view = 0; view < 50; view += 1) await list(gateway, 'omni');
    expect(statuses).toHaveLength(48);
    const { result, text } = await create(gateway, NEW.omni);
    expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess', connection: { name: 'Fresh' } });
    expect(text).not.toMatch(/secret-\d/);
    expect(statuses.slice(48)).toEqual([201]);
    expect(await rateLimitOf(gateway)).toMatchObject({ limit: 60, remaining: 11 });
  });

  it('reads leave a part of the limit to writes when all reads start at once', async () => {
    const { gateway } = await playTen();
    const ids = Array.from({ length: 20 }, (_, at) => idOf(`v1:c:chartbrew:${at + 1}`));
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Connection { secrets { status } } } }';
    const { errors } = await gateway.ask(query, { ids });
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(
      Array.from({ length: 12 }, () => 'RATE_LIMITED'),
    );
    expect(await gateway.received('chartbrew')).toHaveLength(8);
  });

  it('a write beyond the limit is refused without a call', async () => {
    const { gateway, statuses } = await startOmni({ cache: { ttlMs: 0, staleMs: 0 }, rateLimit: { perMinute: 2 } });
    // One of the two is reserved for writes. None is left to read back what was created.
    for (const name of ['First', 'Second']) {
      expect((await create(gateway, { ...NEW.omni, name })).result.__typename).toBe('CreateConnectionSuccess');
    }
    expect((await create(gateway, { ...NEW.omni, name: 'Third' })).result).toMatchObject({
      __typename: 'RateLimitedError',
      retryAfterMs: 60_000,
    });
    expect(statuses).toEqual([201, 201]);
  });

  it('an instance reports its limit, what remains of it and when it resets', async () => {
    const { gateway } = await startOmni({});
    expect(await rateLimitOf(gateway)).toEqual({ limit: 60, remaining: 60, resetAt: null });
    await list(gateway, 'omni');
    pass(5000);
    await list(gateway, 'omni');
    const reported = { limit: 60, remaining: 58, resetAt: '2026-05-01T10:01:00.000Z' };
    expect(await rateLimitOf(gateway)).toEqual(reported);
    pass(30_000);
    expect(await rateLimitOf(gateway)).toEqual(reported);
    pass(25_000);
    expect(await rateLimitOf(gateway)).toEqual({ limit: 60, remaining: 60, resetAt: null });
  });
});

/** Starts a gateway at a Credible that answers the first requests with 429 and accepts all others. */
async function startRefusing(refusals: number, retryAfter: string | null, settings: Settings = {}) {
  const state = { refusals };
  const refusal: SandboxResponse = {
    status: 429,
    headers: retryAfter === null ? {} : { 'retry-after': retryAfter },
    body: { code: 'RESOURCE_EXHAUSTED', message: 'slow down' },
  };
  const played = await startStubbedGateway(
    'credible',
    ({ method }) => {
      state.refusals -= 1;
      if (state.refusals >= 0) return refusal;
      const row = { name: 'fresh', type: 'postgres', postgresConnection: {} };
      return method === 'POST' ? { status: 201, body: row } : { status: 200, body: [row] };
    },
    { cache: { ttlMs: 0, staleMs: 0 }, rateLimit: {}, breaker: {}, ...settings },
  );
  onTestFinished(() => played.close());
  return { gateway: played.gateway, calls: async () => (await callsOf(played.origin)).length, state };
}

const limited = (retryAfterMs: number | null) => ({
  count: null,
  error: { __typename: 'RateLimitedError', retryAfterMs },
});

describe('a vendor that answers 429', () => {
  it.each(['1', '2', '0'])('a read is sent again when a vendor answers 429 with Retry-After %s', async (retryAfter) => {
    vi.useRealTimers();
    const { gateway, calls } = await startRefusing(1, retryAfter);
    const began = performance.now();
    expect(await list(gateway, 'credible')).toMatchObject({ count: 1, error: null });
    expect(performance.now() - began).toBeGreaterThan(Number(retryAfter) * 1000 - 50);
    expect(await calls()).toBe(2);
  });

  it.each([
    ['as seconds', '3', 3000],
    ['as a date', 'Fri, 01 May 2026 10:00:30 GMT', 30_000],
    ['of more than an hour, which counts as an hour', '99999999', 3_600_000],
  ])('a vendor is not called until its Retry-After has passed: a Retry-After %s', async (_form, retryAfter, ms) => {
    const { gateway, calls } = await startRefusing(1, retryAfter);
    const began = performance.now();
    expect(await list(gateway, 'credible')).toMatchObject(limited(ms));
    // A read that waited would have taken three seconds at least.
    expect(performance.now() - began).toBeLessThan(2900);
    pass(500);
    expect(await list(gateway, 'credible')).toMatchObject(limited(ms - 500));
    expect((await create(gateway, NEW.credible)).result).toMatchObject({
      __typename: 'RateLimitedError',
      retryAfterMs: ms - 500,
    });
    expect(await calls()).toBe(1);
    pass(ms - 500);
    expect(await list(gateway, 'credible')).toMatchObject({ count: 1, error: null });
    expect(await calls()).toBe(2);
  });

  it.each([null, '-5', 'soon'])(
    'a vendor that answers 429 with Retry-After %s is not called for a time that doubles',
    async (retryAfter) => {
      const { gateway, calls, state } = await startRefusing(2, retryAfter);
      expect(await list(gateway, 'credible')).toMatchObject(limited(null));
      expect(await list(gateway, 'credible')).toMatchObject(limited(5000));
      pass(5000);
      expect(await list(gateway, 'credible')).toMatchObject(limited(null));
      expect(await list(gateway, 'credible')).toMatchObject(limited(10_000));
      expect(await calls()).toBe(2);
      pass(10_000);
      expect(await list(gateway, 'credible')).toMatchObject({ count: 1 });
      // A success resets the pause.
      state.refusals = 1;
      expect(await list(gateway, 'credible')).toMatchObject(limited(null));
      expect(await list(gateway, 'credible')).toMatchObject(limited(5000));
    },
  );

  it('a write that is answered with 429 is not sent again', async () => {
    vi.useRealTimers();
    const { gateway, calls } = await startRefusing(1, '1');
    expect((await create(gateway, NEW.credible)).result).toMatchObject({
      __typename: 'RateLimitedError',
      retryAfterMs: 1000,
    });
    expect(await calls()).toBe(1);
  });

  it('a pause of one vendor does not affect the others', async () => {
    const { gateway } = await startRefusing(1, '60');
    await list(gateway, 'credible');
    expect(await list(gateway, 'chartbrew')).toMatchObject({ count: 16, error: null });
  });

  it('an instance reports the pause after a 429, and null before and after it', async () => {
    const { gateway } = await startRefusing(1, '60');
    const reported = async () =>
      (await gateway.ask('{ vendorInstance(id: "credible") { rateLimit { limit remaining resetAt } } }')).data
        .vendorInstance.rateLimit;
    expect(await reported()).toBeNull();
    await list(gateway, 'credible');
    expect(await reported()).toEqual({ limit: null, remaining: 0, resetAt: '2026-05-01T10:01:00.000Z' });
    pass(60_000);
    expect(await reported()).toBeNull();
  });
});
