// The circuit breaker: an instance that fails repeatedly is not called for a while, and then one trial call decides.
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { create } from '../support/create-connection.ts';
import { startStubbedGateway } from '../support/stub-vendor.ts';
import { idOf } from '../support/watched-gateway.ts';
import { callsOf, list, NEW, type Settings } from './requests-and-counts.ts';

// The breaker reads the system's clock.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-01T10:00:00Z') }));
afterEach(() => void vi.useRealTimers());
const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

const FAILED = { __typename: 'VendorUnavailableError', unavailable: 'SERVER_ERROR' };
const circuitOpen = (retryAfterMs: number) => ({
  __typename: 'VendorUnavailableError',
  unavailable: 'CIRCUIT_OPEN',
  retryAfterMs,
});

/** Starts a gateway at a Credible that answers every request with the status in `state`. */
async function play(status: number, settings: Settings = {}) {
  const state = { status };
  const row = { name: 'fresh', type: 'postgres', postgresConnection: {} };
  const played = await startStubbedGateway(
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

describe('the circuit breaker', () => {
  it('the circuit breaker does not call an instance for ten seconds after five failures', async () => {
    const { gateway, calls } = await fail();
    expect(await list(gateway, 'credible')).toMatchObject({ count: null, error: circuitOpen(10_000) });
    pass(9999);
    expect(await list(gateway, 'credible')).toMatchObject({ error: circuitOpen(1) });
    expect(await calls()).toBe(5);
  });

  it('the circuit breaker refuses a write without sending it while the circuit is open', async () => {
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

  it('the health is DOWN with the error CIRCUIT_OPEN while the circuit is open', async () => {
    const { gateway, calls } = await fail();
    const query = `{ vendorInstance(id: "credible") {
      health { status latencyMs error { __typename ... on VendorUnavailableError { unavailable retryAfterMs } } } } }`;
    expect((await gateway.ask(query)).data.vendorInstance.health).toEqual({
      status: 'DOWN',
      latencyMs: null,
      error: circuitOpen(10_000),
    });
    expect(await calls()).toBe(5);
  });

  it('the circuit breaker does not affect the lists of other instances', async () => {
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

  it('the circuit breaker closes the circuit after a trial call that succeeds', async () => {
    const { gateway, calls, state } = await fail();
    state.status = 200;
    pass(10_000);
    expect(await list(gateway, 'credible')).toMatchObject({ count: 1, error: null });
    state.status = 500;
    expect(await list(gateway, 'credible')).toMatchObject({ error: FAILED });
    expect(await calls()).toBe(7);
  });

  it('the circuit breaker makes a single trial call, and opens the circuit again when it fails', async () => {
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
    expect(await list(gateway, 'credible')).toMatchObject({ error: circuitOpen(1) });
  });

  it('the circuit breaker keeps the circuit open for the configured time', async () => {
    const { gateway, state } = await fail({ breaker: { openMs: 300 } });
    expect(await list(gateway, 'credible')).toMatchObject({ error: circuitOpen(300) });
    state.status = 200;
    pass(300);
    expect(await list(gateway, 'credible')).toMatchObject({ count: 1 });
  });
});

describe('a closed circuit', () => {
  it.each([
    ['a success between the failures', [500, 500, 500, 500, 200, 500, 500, 500, 500], {}],
    ['answers 404 only', [404, 404, 404, 404, 404, 404], {}],
    ['a configuration without a breaker', [500, 500, 500, 500, 500, 500, 500], { breaker: { failures: 0 } }],
  ])('the circuit stays closed after %s', async (_what, statuses, settings) => {
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

describe('the last good list of an instance', () => {
  it('the last good list is served without a call while the circuit is open', async () => {
    const { gateway, calls, state } = await play(200, { cache: {} });
    await list(gateway, 'credible');
    state.status = 500;
    for (let time = 0; time < 5; time += 1) await list(gateway, 'credible');
    expect(await list(gateway, 'credible')).toMatchObject({
      names: ['fresh'],
      count: 1,
      isStale: true,
      error: circuitOpen(10_000),
    });
    expect(await calls()).toBe(6);
  });
});
