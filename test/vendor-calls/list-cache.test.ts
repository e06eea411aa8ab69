// Cached lists: they are served for the configured time, dropped by a write, and served stale when the vendor cannot be read.
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { createSandboxCredible } from '../../src/sandbox/credible/server.ts';
import { create } from '../support/create-connection.ts';
import { journalOf } from '../support/journal.ts';
import type { TestGateway } from '../support/gateway.ts';
import { startStubbedGateway } from '../support/stub-vendor.ts';
import { idOf } from '../support/watched-gateway.ts';
import { askWith, freshly, list, NEW, startWith, type Settings } from './requests-and-counts.ts';

const START = Date.parse('2026-05-01T10:00:00Z');
let time = START;
const pass = (ms: number) => void (time += ms);
afterEach(() => void (time = START));

async function start(cache: Settings): Promise<TestGateway> {
  const gateway = await startWith({ cache, breaker: { failures: 0 } }, () => time);
  onTestFinished(() => gateway.close());
  return gateway;
}

const callsTo = async (gateway: TestGateway) => (await gateway.received('credible')).length;

describe('a cached list', () => {
  it('a cached list is served until it expires, with the time at which it was read', async () => {
    const gateway = await start({ ttlMs: 1000 });
    const first = await list(gateway, 'credible');
    expect(first).toMatchObject({ count: 12, readAt: START, isStale: false, isComplete: true });
    pass(999);
    expect(await list(gateway, 'credible')).toEqual(first);
    expect(await callsTo(gateway)).toBe(1);
    pass(1);
    expect(await list(gateway, 'credible')).toEqual({ ...first, readAt: START + 1000 });
    expect(await callsTo(gateway)).toBe(2);
  });

  it('lists are cached for five seconds at Omni and not at other vendors by default', async () => {
    const gateway = await start({});
    const views = async () => {
      for (const instance of ['omni', 'credible', 'looker', 'chartbrew']) await list(gateway, instance);
    };
    await views();
    pass(4999);
    await views();
    const counts = async () =>
      Promise.all(
        (['omni', 'credible', 'looker', 'chartbrew'] as const).map(async (one) => (await gateway.received(one)).length),
      );
    expect(await counts()).toEqual([1, 2, 2, 2]);
    pass(1);
    await views();
    expect(await counts()).toEqual([2, 3, 3, 3]);
  });

  it.each(['no-cache', 'No-Cache', 'NO-CACHE', 'max-age=0, No-Cache'])(
    'a cached list is not served to a request with Cache-Control: %s',
    async (cacheControl) => {
      const gateway = await start({ ttlMs: 60_000 });
      await list(gateway, 'credible');
      pass(1000);
      const read = await list(gateway, 'credible', { headers: { 'cache-control': cacheControl } });
      expect(read).toMatchObject({ readAt: START + 1000 });
      expect(await callsTo(gateway)).toBe(2);
    },
  );

  it.each(['max-age=0', 'no-store', 'x-no-cached'])(
    'a cached list is served to a request with Cache-Control: %s',
    async (cacheControl) => {
      const gateway = await start({ ttlMs: 60_000 });
      await list(gateway, 'credible');
      await list(gateway, 'credible', { headers: { 'cache-control': cacheControl } });
      expect(await callsTo(gateway)).toBe(1);
    },
  );

  it('a list that a no-cache request reads is served to other requests', async () => {
    const gateway = await start({ ttlMs: 60_000 });
    await list(gateway, 'credible');
    pass(1000);
    expect(await list(gateway, 'credible', freshly)).toMatchObject({ readAt: START + 1000 });
    expect(await callsTo(gateway)).toBe(2);
    pass(1000);
    expect(await list(gateway, 'credible')).toMatchObject({ readAt: START + 1000 });
    expect(await callsTo(gateway)).toBe(2);
  });

  it('a cached list is not used for a read by id with no-cache', async () => {
    const gateway = await start({ ttlMs: 60_000 });
    await list(gateway, 'credible');
    const query = `{ connection(id: "${idOf('v1:c:credible:shop_mysql')}") { name } }`;
    await gateway.ask(query);
    expect(await callsTo(gateway)).toBe(1);
    await askWith(gateway, query, {}, freshly);
    expect(await callsTo(gateway)).toBe(2);
  });

  it('a create drops the cached list, so that the next list has the new connection', async () => {
    const gateway = await start({ ttlMs: 60_000 });
    expect((await list(gateway, 'credible')).names).not.toContain('fresh');
    await list(gateway, 'chartbrew');
    expect((await create(gateway, NEW.credible)).result.__typename).toBe('CreateConnectionSuccess');
    const after = await list(gateway, 'credible');
    expect(after).toMatchObject({ count: 13 });
    expect(after.names).toContain('fresh');
    // What is kept of others stays.
    await list(gateway, 'chartbrew');
    expect(await gateway.received('chartbrew')).toHaveLength(1);
  });
});

/** A stub Credible that can fail, or break the connection after a POST. It records the status of each answer. */
async function playCredible(cache: Settings) {
  const vendor = createSandboxCredible();
  const state = { cutsPosts: false, isDown: false, statuses: [] as number[] };
  const played = await startStubbedGateway(
    'credible',
    async (request) => {
      if (state.isDown) return { status: 500, body: {} };
      const answer = await vendor(request);
      // The server of the sandbox breaks the connection when the vendor throws. The read by name is broken too, because it would prove
      // the create.
      const isCut = request.method === 'POST' || request.path.endsWith('/fresh');
      if (state.cutsPosts && isCut) throw new Error('cut');
      state.statuses.push(answer.status);
      return answer;
    },
    { cache, breaker: { failures: 0 } },
    { createGateway: { clock: () => time } },
  );
  onTestFinished(() => played.close());
  return { gateway: played.gateway, state };
}

describe('a create whose outcome is unknown', () => {
  it('a create with an unknown outcome drops the cached list', async () => {
    const { gateway, state } = await playCredible({ ttlMs: 600_000 });
    await list(gateway, 'credible');
    state.cutsPosts = true;
    expect((await create(gateway, NEW.credible)).result.__typename).toBe('OutcomeUnknownError');
    const after = await list(gateway, 'credible');
    expect(after).toMatchObject({ count: 13, isStale: false });
    expect(after.names).toContain('fresh');
  });

  it('a create with an unknown outcome drops the stale list', async () => {
    const { gateway, state } = await playCredible({ staleMs: 600_000 });
    await list(gateway, 'credible');
    state.cutsPosts = true;
    await create(gateway, NEW.credible);
    state.isDown = true;
    expect(await list(gateway, 'credible')).toMatchObject({ count: null, isStale: false, names: [] });
  });
});

describe('a vendor that sends ETags', () => {
  it('a list is requested with the ETag of the cached one, and 304 serves the cached one', async () => {
    const { gateway, state } = await playCredible({ ttlMs: 0 });
    const first = await list(gateway, 'credible');
    const second = await list(gateway, 'credible');
    expect(state.statuses).toEqual([200, 304]);
    expect(second.names).toHaveLength(12);
    expect({ ...second, readAt: null }).toEqual({ ...first, readAt: null });
    expect(second.readAt).toBeGreaterThanOrEqual(first.readAt ?? Infinity);
  });

  it('an old ETag is not sent after an answer without one', async () => {
    const etags: (string | undefined)[] = ['"first"', undefined, '"third"'];
    const played = await startStubbedGateway(
      'credible',
      () => {
        const etag = etags.shift();
        return { status: 200, body: [], ...(etag === undefined ? {} : { headers: { etag } }) };
      },
      { cache: { ttlMs: 0, staleMs: 600_000 } },
    );
    onTestFinished(() => played.close());
    for (let count = 0; count < 4; count += 1) await list(played.gateway, 'credible');
    const sent = (await journalOf(played.origin)).map(({ headers }) => headers['if-none-match']);
    expect(sent).toEqual([undefined, '"first"', undefined, '"third"']);
  });

  it('a list that is sent again is the list of before, and one that changes in one character is read', async () => {
    const names = ['orders', 'orders', 'orderz', 'orders'];
    const played = await startStubbedGateway('credible', () => ({
      status: 200,
      body: [{ name: names.shift(), type: 'postgres' }],
    }));
    onTestFinished(() => played.close());
    const answers = [];
    for (let count = 0; count < 4; count += 1) answers.push((await list(played.gateway, 'credible')).names);
    expect(answers).toEqual([['orders'], ['orders'], ['orderz'], ['orders']]);
  });

  it.each(['looker', 'omni', 'credible', 'chartbrew'])(
    'the list of %s is unchanged when the vendor sends the same bytes',
    async (key) => {
      const gateway = await start({ ttlMs: 0 });
      const instance = gateway.gateway.instances.find((candidate) => candidate.key === key);
      const first = await instance?.api.list({ includeDeleted: false });
      if (!first || first === 'unchanged' || !first.version) throw new Error('The first list is a list.');
      expect(first.rows.length).toBeGreaterThan(10);
      const sent = { ...first.version, etag: first.version.etag };
      expect(await instance?.api.list({ includeDeleted: false, known: sent })).toBe('unchanged');
      const other = { etag: null, digest: 'another' };
      expect(await instance?.api.list({ includeDeleted: false, known: other })).toMatchObject({
        version: first.version,
      });
    },
  );

  it('a 304 updates the time at which the list was read', async () => {
    const gateway = await start({ ttlMs: 0 });
    await list(gateway, 'credible');
    pass(5000);
    expect(await list(gateway, 'credible')).toMatchObject({ count: 12, readAt: START + 5000, isStale: false });
    const [one, two] = await gateway.received('credible');
    expect(one?.headers).not.toHaveProperty('if-none-match');
    expect(two?.headers['if-none-match']).toMatch(/^W\/"[0-9a-f]+-[A-Za-z0-9+/]{27}"$/);
  });

  it('a list after a create is requested without an ETag', async () => {
    const { gateway, state } = await playCredible({ ttlMs: 0 });
    await list(gateway, 'credible');
    await create(gateway, NEW.credible);
    expect((await list(gateway, 'credible')).names).toContain('fresh');
    expect(state.statuses).toEqual([200, 201, 200]);
  });

  it('a list that has changed at the vendor replaces the cached one', async () => {
    const gateway = await start({ ttlMs: 0 });
    await list(gateway, 'credible');
    await fetch(`${gateway.sandbox.servers.credible.origin}/api/v0/organizations/acme/projects/analytics/connections`, {
      method: 'POST',
      headers: { authorization: 'Bearer sandbox-credible-token', 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'by_hand', type: 'postgres', postgresConnection: {} }),
    });
    expect((await list(gateway, 'credible')).names).toContain('by_hand');
  });
});

describe('the last good list', () => {
  it.each(['looker', 'omni', 'credible', 'chartbrew'] as const)(
    'the last good list of %s is served stale when the vendor cannot be read',
    async (vendor) => {
      const gateway = await start({ ttlMs: 0 });
      const good = await list(gateway, vendor);
      await gateway.outage(vendor, 'reset');
      pass(599_999);
      const { error, ...stale } = await list(gateway, vendor);
      expect(error).toMatchObject({ __typename: 'VendorUnavailableError', unavailable: 'CONNECT' });
      // All rows, all counted, read when they were read; only not from now.
      expect({ ...stale, error: null }).toEqual({ ...good, isComplete: false, isStale: true });
      expect(stale.readAt).toBe(START);
      expect(stale.totalCount).toBeGreaterThan(10);
      await gateway.outage(vendor, 'none');
      expect(await list(gateway, vendor)).toEqual({ ...good, readAt: START + 599_999 });
    },
  );

  it('a stale list is served for ten minutes by default', async () => {
    const { gateway, state } = await playCredible({ ttlMs: 0 });
    await list(gateway, 'credible');
    state.isDown = true;
    pass(600_000);
    expect(await list(gateway, 'credible')).toMatchObject({
      names: [],
      totalCount: null,
      count: null,
      readAt: null,
      isStale: false,
      isComplete: false,
      error: { unavailable: 'SERVER_ERROR' },
    });
  });

  it('no stale list is served when the configuration turns it off', async () => {
    const { gateway, state } = await playCredible({ ttlMs: 0, staleMs: 0 });
    await list(gateway, 'credible');
    state.isDown = true;
    expect(await list(gateway, 'credible')).toMatchObject({ names: [], count: null, isStale: false });
  });

  it('a stale list is served to a no-cache request, marked as stale', async () => {
    const { gateway, state } = await playCredible({ ttlMs: 60_000 });
    await list(gateway, 'credible');
    state.isDown = true;
    expect(await list(gateway, 'credible')).toMatchObject({ count: 12, isStale: false, error: null });
    expect(await list(gateway, 'credible', freshly)).toMatchObject({ count: 12, isStale: true, isComplete: false });
  });

  it('no stale list is served after a create', async () => {
    const { gateway, state } = await playCredible({ ttlMs: 0 });
    await list(gateway, 'credible');
    await create(gateway, NEW.credible);
    state.isDown = true;
    expect(await list(gateway, 'credible')).toMatchObject({ names: [], count: null, isStale: false });
  });

  it('a stale list is filtered like any other', async () => {
    const { gateway, state } = await playCredible({ ttlMs: 0 });
    await list(gateway, 'credible');
    state.isDown = true;
    const query = '{ connections(filter: {instance: "credible", dialect: MYSQL}) { totalCount nodes { name } } }';
    expect((await gateway.ask(query)).data.connections).toEqual({ totalCount: 1, nodes: [{ name: 'shop_mysql' }] });
  });

  it.each([1, 4])('a stale list does not answer reads of %s connections by their ids', async (count) => {
    const { gateway, state } = await playCredible({ ttlMs: 0 });
    await gateway.ask('{ connections(filter: {instance: "credible", includeDeleted: true}) { totalCount } }');
    await list(gateway, 'credible');
    state.isDown = true;
    const names = ['shop_mysql', 'lake_duckdb', 'peaka_trino', 'lakehouse_trino'].slice(0, count);
    const { data, errors } = await gateway.ask(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Connection { name } } }',
      {
        ids: names.map((name) => idOf(`v1:c:credible:${name}`)),
      },
    );
    expect(data.nodes).toEqual(names.map(() => null));
    expect(errors?.map(({ extensions }) => extensions['unavailable'])).toEqual(names.map(() => 'SERVER_ERROR'));
  });
});
