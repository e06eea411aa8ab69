// Many connections by their ids in one query: the gateway chooses the fewest calls. The calls are counted at the vendor.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { TestGateway, VendorName } from '../support/gateway.ts';
import { vendorWithRows, type WireRow } from '../support/stub-rows.ts';
import { startStubbedGateway } from '../support/stub-vendor.ts';
import { idOf, LOOKER_LIST_WITHOUT_DETAILS } from '../support/watched-gateway.ts';
import { askWith, callsOf, freshly, VENDORS, type Settings } from './requests-and-counts.ts';

const PATHS = {
  looker: '/api/4.0/connections',
  omni: '/api/v1/connections',
  credible: '/api/v0/organizations/acme/projects/analytics/connections',
  chartbrew: '/team/7/connections',
} as const;

/** The list of Omni is requested with deleted connections, because a read by id returns them too. */
const LIST_CALL = {
  looker: LOOKER_LIST_WITHOUT_DETAILS,
  omni: `GET ${PATHS.omni}?includeDeleted=true`,
  credible: `GET ${PATHS.credible}`,
  chartbrew: `GET ${PATHS.chartbrew}`,
} as const;

const uuid = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;

const ROW: Readonly<Record<VendorName, (at: number) => WireRow>> = {
  looker: (at) => ({ name: `row_${at}`, dialect_name: 'mysql', host: 'db.example' }),
  omni: (at) => ({ id: uuid(at), name: `row_${at}`, dialect: 'mysql', deletedAt: null }),
  credible: (at) => ({ name: `row_${at}`, type: 'mysql', mysqlConnection: { password: 'pw-secret-1' } }),
  chartbrew: (at) => ({ id: at + 1, name: `row_${at}`, type: 'mysql', password: 'pw-secret-1' }),
};

const VENDOR_ID = {
  looker: (at) => `row_${at}`,
  omni: uuid,
  credible: (at) => `row_${at}`,
  chartbrew: (at) => String(at + 1),
} as const satisfies Record<VendorName, (at: number) => string>;

const idAt = (vendor: VendorName, at: number) => idOf(`v1:c:${vendor}:${VENDOR_ID[vendor](at)}`);
const times = <T>(count: number, one: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => one(at));
const idsOf = (vendor: VendorName, count: number) => times(count, (at) => idAt(vendor, at));

interface Many {
  readonly gateway: TestGateway;
  readonly calls: () => Promise<string[]>;
}

/** A vendor with fifty connections. */
async function playFifty(vendor: VendorName, settings: Settings = {}): Promise<Many> {
  const played = await startStubbedGateway(vendor, vendorWithRows(vendor, times(50, ROW[vendor])), settings);
  onTestFinished(() => played.close());
  return { gateway: played.gateway, calls: () => callsOf(played.origin) };
}

const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Connection { name } } }';
const NODES_WITH = (fields: string) => `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Connection { ${fields} } } }`;
const namesTo = (count: number) => times(count, (at) => ({ name: `row_${at}` }));

describe.each(VENDORS)('reads of many ids of %s', (vendor) => {
  it('fifty ids of an instance cost one list', async () => {
    const { gateway, calls } = await playFifty(vendor);
    const { data, errors } = await gateway.ask(NODES, { ids: idsOf(vendor, 50) });
    expect(errors).toBeUndefined();
    expect(data.nodes).toEqual(namesTo(50));
    expect(await calls()).toEqual([LIST_CALL[vendor]]);
  });

  it('fifty ids of an instance cost one list with Cache-Control: no-cache', async () => {
    const { gateway, calls } = await playFifty(vendor);
    const { data } = await askWith(gateway, NODES, { ids: idsOf(vendor, 50) }, freshly);
    expect(data.nodes).toEqual(namesTo(50));
    expect(await calls()).toEqual([LIST_CALL[vendor]]);
  });

  it('four ids of an instance cost one list, and three ids cost a read each', async () => {
    const { gateway, calls } = await playFifty(vendor);
    expect((await gateway.ask(NODES, { ids: idsOf(vendor, 4) })).data.nodes).toEqual(namesTo(4));
    expect(await calls()).toEqual([LIST_CALL[vendor]]);
    expect((await gateway.ask(NODES, { ids: idsOf(vendor, 3) })).data.nodes).toEqual(namesTo(3));
    expect((await calls()).slice(1).toSorted()).toEqual(
      times(3, (at) => `GET ${PATHS[vendor]}/${VENDOR_ID[vendor](at)}`),
    );
  });

  it('an id that occurs repeatedly is read once', async () => {
    const { gateway, calls } = await playFifty(vendor);
    const ids = times(30, (at) => idAt(vendor, at % 3));
    const { data } = await gateway.ask(NODES, { ids });
    expect(data.nodes).toEqual(times(30, (at) => ({ name: `row_${at % 3}` })));
    expect(await calls()).toHaveLength(3);
  });

  it('ten ids under fifty aliases cost at most ten calls', async () => {
    const { gateway, calls } = await playFifty(vendor);
    const fields = times(
      50,
      (at) => `f${at}: connection(id: "${idAt(vendor, at % 10)}") { name ${at % 2 ? 'id' : ''} }`,
    );
    const { data, errors } = await gateway.ask(`{ ${fields.join(' ')} }`);
    expect(errors).toBeUndefined();
    expect(data.f49).toEqual({ name: 'row_9', id: idAt(vendor, 9) });
    expect(await calls()).toEqual([LIST_CALL[vendor]]);
  });

  it('an id that the list does not contain is null', async () => {
    const { gateway, calls } = await playFifty(vendor);
    const { data, errors } = await gateway.ask(NODES, { ids: times(6, (at) => idAt(vendor, at + 46)) });
    expect(errors).toBeUndefined();
    expect(data.nodes).toEqual([
      { name: 'row_46' },
      { name: 'row_47' },
      { name: 'row_48' },
      { name: 'row_49' },
      null,
      null,
    ]);
    expect(await calls()).toEqual([LIST_CALL[vendor]]);
  });
});

describe('reads of many ids of Chartbrew, whose list lacks some fields', () => {
  it.each([
    ['password', 'name config { ... on MySqlConfig { password { status } } }'],
    ['secrets', 'name secrets { status }'],
    ['discoveredSchema', 'name details { ... on ChartbrewDetails { discoveredSchema } }'],
    ['oauthEmail', 'name details { ... on ChartbrewDetails { oauthEmail } }'],
  ])('each id of Chartbrew costs a read when the query selects %s', async (_field, fields) => {
    const { gateway, calls } = await playFifty('chartbrew');
    const ids = times(20, (at) => idAt('chartbrew', at % 10));
    const { data, errors, text } = await gateway.ask(NODES_WITH(fields), { ids });
    expect(errors).toBeUndefined();
    expect(text).not.toMatch(/secret-\d/);
    expect(data.nodes[19]).toMatchObject({ name: 'row_9' });
    expect((await calls()).toSorted()).toEqual(times(10, (at) => `GET /team/7/connections/${at + 1}`).toSorted());
  });

  it('each id of Chartbrew costs a read when a fragment selects secrets, and the password is reported as set', async () => {
    const { gateway, calls } = await playFifty('chartbrew');
    const query = `${NODES_WITH('...Whole')} fragment Whole on Connection { config { ...My } }
      fragment My on MySqlConfig { password { status } }`;
    const { data } = await gateway.ask(query, { ids: idsOf('chartbrew', 5) });
    expect(data.nodes).toEqual(times(5, () => ({ config: { password: { status: 'SET' } } })));
    expect(await calls()).toHaveLength(5);
  });

  it('ids of Chartbrew cost one list, and a read for the one connection whose secrets are selected', async () => {
    const { gateway, calls } = await playFifty('chartbrew');
    const query = `query ($ids: [ID!]!) {
      nodes(ids: $ids) { id }
      connection(id: "${idAt('chartbrew', 49)}") { secrets { status } }
    }`;
    expect((await gateway.ask(query, { ids: idsOf('chartbrew', 40) })).errors).toBeUndefined();
    expect((await calls()).toSorted()).toEqual([LIST_CALL.chartbrew, 'GET /team/7/connections/50']);
  });

  it('an id is read by itself for the alias that selects secrets, although other aliases of it need only the list', async () => {
    const { gateway, calls } = await playFifty('chartbrew');
    const names = times(4, (at) => `name${at}: connection(id: "${idAt('chartbrew', at)}") { name }`);
    const query = `{ ${names.join(' ')} secrets: connection(id: "${idAt('chartbrew', 0)}") { secrets { status } } }`;
    const { data, errors } = await gateway.ask(query);
    expect(errors).toBeUndefined();
    expect(data.name0).toEqual({ name: 'row_0' });
    expect(data.secrets.secrets).toContainEqual({ status: 'SET' });
    expect((await calls()).toSorted()).toEqual([LIST_CALL.chartbrew, 'GET /team/7/connections/1']);
  });

  it('ids of Credible cost one list when the query selects secrets', async () => {
    const { gateway, calls } = await playFifty('credible');
    const { data } = await gateway.ask(NODES_WITH('name secrets { status }'), { ids: idsOf('credible', 50) });
    expect(data.nodes[0].secrets).toContainEqual({ status: 'SET' });
    expect(await calls()).toEqual([LIST_CALL.credible]);
  });
});

describe('reads of many ids together with lists', () => {
  it('an id of a cached list costs no call', async () => {
    const { gateway, calls } = await playFifty('credible', { cache: { ttlMs: 600_000 } });
    await gateway.ask('{ connections(filter: {instance: "credible"}) { totalCount } }');
    const { data } = await gateway.ask(NODES, { ids: idsOf('credible', 2) });
    expect(data.nodes).toEqual(namesTo(2));
    expect(await calls()).toEqual([LIST_CALL.credible]);
  });

  it('ids of several instances cost each instance its own minimum', async () => {
    const { gateway, calls } = await playFifty('looker');
    const ids = [
      ...idsOf('looker', 20),
      idOf('v1:c:credible:shop_mysql'),
      idOf('v1:c:omni:789e0123-e45b-47d8-a456-426614174000'),
    ];
    const { data, errors } = await gateway.ask(NODES, { ids });
    expect(errors).toBeUndefined();
    expect(data.nodes[20]).toEqual({ name: 'shop_mysql' });
    expect(await calls()).toEqual([LIST_CALL.looker]);
    expect((await gateway.received('credible')).map(({ path }) => path)).toEqual([`${PATHS.credible}/shop_mysql`]);
    expect(await gateway.received('omni')).toHaveLength(1);
    expect(await gateway.received('chartbrew')).toHaveLength(0);
  });
});
