// Filters of lists: which connections they find, which vendors get no call, and which filters are refused.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestGateway } from '../support/gateway.ts';
import { callsDuring, NO_CALLS, ONE_LIST_EACH, startWatchedGateway } from '../support/watched-gateway.ts';

const FIND = `query ($filter: ConnectionFilter) {
  connections(first: 200, filter: $filter) {
    totalCount
    isComplete
    nodes { name instance { key } }
    sources { instance { key } count }
    unsearchable { key }
  }
}`;

type Filter = Readonly<Record<string, unknown>>;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startWatchedGateway();
});
afterAll(() => gateway.close());

/** Returns the connections that a filter finds, as `instance: name`, sorted by name. */
async function find(filter: Filter): Promise<string[]> {
  const { data, errors } = await gateway.ask(FIND, { filter });
  expect(errors).toBeUndefined();
  const nodes = data.connections.nodes as { name: string; instance: { key: string } }[];
  expect(data.connections).toMatchObject({ totalCount: nodes.length, isComplete: true });
  return nodes.map(({ name, instance }) => `${instance.key}: ${name}`);
}

const WAREHOUSES = [
  'omni: Finance Warehouse',
  'credible: finance_snowflake',
  'looker: finance_warehouse',
  'credible: warehouse_snowflake',
];
const TWO_ERPS = ['looker: erp', 'omni: ERP'];
const LOOKERS_MYSQL = ['looker: billing', 'looker: crm_replica', 'looker: looker__internal__analytics'];

describe('a list is filtered', () => {
  it.each<[string, Filter, readonly string[]]>([
    ['by dialect', { dialect: ['SNOWFLAKE'] }, WAREHOUSES],
    [
      'by two dialects and a vendor',
      { dialect: ['SNOWFLAKE', 'BIGQUERY'], vendor: ['OMNI'] },
      ['omni: Finance Warehouse', 'omni: Web Analytics'],
    ],
    [
      'by two vendors',
      { vendor: ['OMNI', 'CREDIBLE'], dialect: ['POSTGRES'], name: { contains: 'o' } },
      ['credible: orders_postgres', 'omni: Production Database', 'credible: support-postgres'],
    ],
    ['by the key of an instance', { instance: ['looker'], dialect: ['MYSQL'] }, LOOKERS_MYSQL],
    ['by the id of an instance', { instance: ['djE6aTpsb29rZXI'], dialect: ['MYSQL'] }, LOOKERS_MYSQL],
    [
      'by the key and the id of the same instance',
      { instance: ['looker', 'djE6aTpsb29rZXI'], dialect: ['MYSQL'] },
      LOOKERS_MYSQL,
    ],
    ['by an instance of another vendor', { instance: ['looker'], vendor: ['OMNI'] }, []],
    ['by a whole name in any case', { name: { equals: 'eRP' } }, TWO_ERPS],
    ['by equality with a part of a name, which finds nothing', { name: { equals: 'Finance' } }, []],
    [
      'by a part of a name in any case',
      { name: { contains: 'WAREHOUSE' } },
      ['omni: Finance Warehouse', 'looker: finance_warehouse', 'credible: warehouse_snowflake'],
    ],
    [
      'by characters that are special in patterns',
      { name: { contains: '(MONGO)' } },
      ['chartbrew: Events (Mongo)', 'chartbrew: Orders (Mongo)'],
    ],
    ['by a text that would be a regular expression', { name: { contains: '.*' } }, []],
    ['by the beginning of a name in any case', { name: { startsWith: 'FIN' } }, WAREHOUSES.slice(0, 3)],
    [
      'by several names in any case',
      { name: { in: ['THELOOK', 'web analytics', 'nobody'] } },
      ['looker: thelook', 'omni: Web Analytics'],
    ],
    [
      'by a host',
      { host: { equals: 'ORDERS-DB.acme.example' } },
      ['credible: orders_postgres', 'looker: production_orders'],
    ],
    ['by a Snowflake account', { host: { equals: 'ACME-FIN' } }, ['looker: finance_warehouse']],
    [
      'by the beginning of an account',
      { host: { startsWith: 'acme-eu' } },
      ['credible: finance_snowflake', 'credible: warehouse_snowflake'],
    ],
    ['by a host that is a URL at the vendor', { host: { in: ['status.acme.example'] } }, ['chartbrew: Status page']],
    [
      'by a host in any case, of a URL that leads to a database',
      { host: { equals: 'Acme-Chat-default-rtdb.firebaseio.example' } },
      ['chartbrew: Chat presence'],
    ],
    ['by the scheme or path of such a URL', { host: { contains: '/' } }, []],
    ['by the user name inside such a URL', { host: { contains: 'monitor' } }, []],
    ['by a database', { database: { equals: 'SHOP' } }, ['chartbrew: Shop', 'credible: shop_mysql']],
    ['by a BigQuery project', { database: { equals: 'acme-marketing' } }, ['credible: marketing_bigquery']],
    [
      'by a BigQuery project that Looker stores in the host',
      { database: { equals: 'ACME-thelook' } },
      ['looker: thelook'],
    ],
    ['by a BigQuery project as a host', { host: { equals: 'acme-thelook' } }, []],
    [
      'by all conditions together',
      {
        vendor: ['CHARTBREW', 'LOOKER'],
        dialect: ['POSTGRES', 'MYSQL'],
        name: { contains: 'o' },
        host: { contains: 'acme' },
        database: { startsWith: 'o' },
      },
      ['looker: production_orders'],
    ],
    [
      'by conditions that are null, which count as left out',
      {
        instance: ['omni'],
        dialect: ['MYSQL'],
        vendor: null,
        name: null,
        host: null,
        database: null,
      },
      ['omni: Development Database'],
    ],
  ])('%s', async (_by, filter, expected) => {
    expect(await find(filter)).toEqual(expected);
  });

  it.each<[string, Filter, readonly string[]]>([
    ['vendor', { vendor: [] }, []],
    ['instance', { instance: [] }, []],
    ['dialect', { dialect: [] }, ['looker', 'omni', 'credible', 'chartbrew']],
    ['name', { name: { in: [] } }, ['looker', 'omni', 'credible', 'chartbrew']],
  ])('a filter with an empty list of %s finds nothing', async (_field, filter, sources) => {
    const { data } = await gateway.ask(FIND, { filter });
    expect(data.connections).toMatchObject({ totalCount: 0, isComplete: true, nodes: [], unsearchable: [] });
    expect(data.connections.sources).toEqual(sources.map((key) => ({ instance: { key }, count: 0 })));
  });
});

describe('a vendor and the filter of a list', () => {
  it('a vendor that the filter excludes gets no call', async () => {
    const [, calls] = await callsDuring(gateway, () => find({ vendor: ['OMNI'] }));
    expect(calls).toEqual({ ...NO_CALLS, omni: ['GET /api/v1/connections'] });
  });

  it('a vendor that never reports the filtered field is unsearchable and gets no call', async () => {
    const ask = () => gateway.ask(FIND, { filter: { host: { contains: 'orders-db' } } });
    const [{ data }, calls] = await callsDuring(gateway, ask);
    expect(data.connections).toEqual({
      totalCount: 2,
      isComplete: true,
      nodes: [
        { name: 'orders_postgres', instance: { key: 'credible' } },
        { name: 'production_orders', instance: { key: 'looker' } },
      ],
      sources: [
        { instance: { key: 'looker' }, count: 1 },
        { instance: { key: 'credible' }, count: 1 },
        { instance: { key: 'chartbrew' }, count: 0 },
      ],
      unsearchable: [{ key: 'omni' }],
    });
    expect(calls).toEqual({ ...ONE_LIST_EACH, omni: [] });
  });

  it('a vendor that the filter excludes is not unsearchable', async () => {
    const { data } = await gateway.ask(FIND, { filter: { host: { contains: 'orders-db' }, vendor: ['LOOKER'] } });
    expect(data.connections).toMatchObject({ totalCount: 1, unsearchable: [] });
  });
});

describe('a filter of the connections of one instance', () => {
  const WITHIN = `query ($filter: ConnectionFilter) {
    vendorInstance(id: "credible") {
      connections(filter: $filter) { totalCount nodes { name } sources { instance { key } } }
    }
  }`;
  const within = async (filter: Filter) => (await gateway.ask(WITHIN, { filter })).data.vendorInstance.connections;

  it('a filter within an instance finds only connections of that instance', async () => {
    expect(await within({ dialect: ['SNOWFLAKE'] })).toEqual({
      totalCount: 2,
      nodes: [{ name: 'finance_snowflake' }, { name: 'warehouse_snowflake' }],
      sources: [{ instance: { key: 'credible' } }],
    });
  });

  it('a filter within an instance that names another instance finds nothing', async () => {
    expect(await within({ instance: ['looker'] })).toEqual({ totalCount: 0, nodes: [], sources: [] });
  });
});

describe('a filter that cannot be used', () => {
  const instances = ['nowhere', 'LOOKER', '', 'djE6aTpub3doZXJl', 'djE6Yzpsb29rZXI6dGhlbG9vaw'];

  it.each(instances)('a filter with an unknown instance is refused: "%s"', async (instance) => {
    const queries = [FIND, FIND.replace('connections', 'vendorInstance(id: "omni") { connections') + '}'];
    for (const query of queries) {
      const ask = () => gateway.ask(query, { filter: { instance: ['looker', instance] } });
      const [{ errors }, calls] = await callsDuring(gateway, ask);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
      const owner = query === FIND ? 'Query' : 'VendorInstance';
      expect(errors?.[0]?.message).toBe(
        `Argument filter.instance.1 on ${owner}.connections: There is no instance with this key or id; \`vendors\` lists them.`,
      );
      expect(calls).toEqual(NO_CALLS);
    }
  });

  it.each<[string, Filter]>([
    ['two comparisons', { name: { equals: 'erp', contains: 'e' } }],
    ['no comparison', { name: {} }],
    ['a comparison with null', { host: { equals: null } }],
    ['an unknown comparison', { name: { endsWith: 'x' } }],
    ['an unknown vendor', { vendor: ['TABLEAU'] }],
    ['an unknown dialect', { dialect: ['postgres'] }],
  ])('an invalid filter is refused: %s', async (_what, filter) => {
    const [{ data, errors }, calls] = await callsDuring(gateway, () => gateway.ask(FIND, { filter }));
    expect(data).toBeUndefined();
    expect(new Set(errors?.map(({ extensions }) => extensions['code']))).toEqual(new Set(['BAD_USER_INPUT']));
    expect(calls).toEqual(NO_CALLS);
  });

  it('a filter with two comparisons in the document is refused', async () => {
    const query = '{ connections(filter: { name: { equals: "erp", contains: "e" } }) { totalCount } }';
    const [{ data, errors }, calls] = await callsDuring(gateway, () => gateway.ask(query));
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
    expect(calls).toEqual(NO_CALLS);
  });
});
