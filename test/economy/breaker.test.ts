// An instance that fails again and again is left alone for a while, and one call finds out whether it is well again.
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { create } from '../support/create-connection.ts';
import { playVendor } from '../support/stub-vendor.ts';
import { idOf } from '../support/watched-gateway.ts';
import { callsOf, list, NEW, type Settings } from './requests.ts';

// What leaves it alone knows the real clock alone, so that one stands still.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-01T10:00:00Z') }));
afterEach(() => void vi.useRealTimers());
const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

const FAILED = { __typename: 'VendorUnavailableError', unavailable: 'SERVER_ERROR' };
const leftAlone = (retryAfterMs: number) => ({
  __typename: 'VendorUnavailableError',
  unavailable: 'CIRCUIT_OPEN',
  retryAfterMs,
});

/** A Credible that answers everything with a status until it is told another. */
async function play(status: number, settings: Settings = {}) {
  const state = { status };
  const row = { name: 'fresh', type: 'postgres', postgresConnection: {} };
  const played = await playVendor(
    'credible',
    ({ path }) => ({ status: state.status, body: path.endsWith('/connections') ? [row] : row }),
    { cache: { staleMs: 0 }, breaker: {}, ...settings },
  );
  onTestFinished(() => played.close());
  return { gateway: played.gateway, calls: async () => (await callsOf(played.origin)).length, state };
}

const READ = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Connection { name } } }';

async function fail(settings?: Settings) {
  const played = await play(500, settings);
  for (let time = 0; time < 5; time += 1) {
    expect(await list(played.gateway, 'credible')).toMatchObject({ error: FAILED });
  }
  return played;
}

describe('an instance that failed five times', () => {
  it('is not asked for ten seconds', async () => {
    const { gateway, calls } = await fail();
    expect(await list(gateway, 'credible')).toMatchObject({ count: null, error: leftAlone(10_000) });
    pass(9999);
    expect(await list(gateway, 'credible')).toMatchObject({ error: leftAlone(1) });
    expect(await calls()).toBe(5);
  });

  it('takes no write either: nothing was sent', async () => {
    const { gateway, calls } = await fail();
    const { result, text } = await create(gateway, NEW.credible);
    expect(result).toMatchObject({
      __typename: 'VendorUnavailableError',
      unavailable: 'CIRCUIT_OPEN',
      retryable: true,
    });
    expect(text).not.toMatch(/secret-\d/);
    expect(await calls()).toBe(5);
  });

  it('is told to be down, and why', async () => {
    const { gateway, calls } = await fail();
    const query = `{ vendorInstance(id: "credible") {
      health { status latencyMs error { __typename ... on VendorUnavailableError { unavailable retryAfterMs } } } } }`;
    expect((await gateway.ask(query)).data.vendorInstance.health).toEqual({
      status: 'DOWN',
      latencyMs: null,
      error: leftAlone(10_000),
    });
    expect(await calls()).toBe(5);
  });

  it('keeps nobody else from being listed', async () => {
    const { gateway } = await fail();
    const { data } = await gateway.ask('{ connections { isComplete sources { instance { key } count } } }');
    expect(data.connections).toEqual({
      isComplete: false,
      sources: [
        { instance: { key: 'looker' }, count: 15 },
        { instance: { key: 'omni' }, count: 11 },
        { instance: { key: 'credible' }, count: null },
        { instance: { key: 'chartbrew' }, count: 16 },
      ],
    });
  });

  it('is asked again after that, and then is as before', async () => {
    const { gateway, calls, state } = await fail();
    state.status = 200;
    pass(10_000);
    expect(await list(gateway, 'credible')).toMatchObject({ count: 1, error: null });
    state.status = 500;
    expect(await list(gateway, 'credible')).toMatchObject({ error: FAILED });
    expect(await calls()).toBe(7);
  });

  it('is asked by one call alone after that, and left alone again when that fails', async () => {
    const { gateway, calls } = await fail();
    pass(10_000);
    const ids = ['one', 'two', 'three'].map((name) => idOf(`v1:c:credible:${name}`));
    const { errors } = await gateway.ask(READ, { ids });
    expect(errors?.map(({ extensions }) => extensions['unavailable']).toSorted()).toEqual([
      'CIRCUIT_OPEN',
      'CIRCUIT_OPEN',
      'SERVER_ERROR',
    ]);
    expect(await calls()).toBe(6);
    pass(9999);
    expect(await list(gateway, 'credible')).toMatchObject({ error: leftAlone(1) });
  });

  it('is left alone as long as the configuration says', async () => {
    const { gateway, state } = await fail({ breaker: { openMs: 300 } });
    expect(await list(gateway, 'credible')).toMatchObject({ error: leftAlone(300) });
    state.status = 200;
    pass(300);
    expect(await list(gateway, 'credible')).toMatchObject({ count: 1 });
  });
});

describe('an instance that is not left alone', () => {
  it.each([
    ['answered once between', [500, 500, 500, 500, 200, 500, 500, 500, 500], {}],
    ['answers what it will not do', [404, 404, 404, 404, 404, 404], {}],
    ['is asked whatever it does, as configured', [500, 500, 500, 500, 500, 500, 500], { breaker: { failures: 0 } }],
  ])('%s', async (_what, statuses, settings) => {
    const { gateway, calls, state } = await play(200, settings);
    for (const status of statuses) {
      state.status = status;
      await list(gateway, 'credible');
    }
    state.status = 200;
    expect(await list(gateway, 'credible')).toMatchObject({ count: 1 });
    expect(await calls()).toBe(statuses.length + 1);
  });
});

describe('the last good list', () => {
  it('stands in for one of an instance that is left alone, and costs nothing', async () => {
    const { gateway, calls, state } = await play(200, { cache: {} });
    await list(gateway, 'credible');
    state.status = 500;
    for (let time = 0; time < 5; time += 1) await list(gateway, 'credible');
    expect(await list(gateway, 'credible')).toMatchObject({
      names: ['fresh'],
      count: 1,
      isStale: true,
      error: leftAlone(10_000),
    });
    expect(await calls()).toBe(6);
  });
});
