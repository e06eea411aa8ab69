// Reads through a gateway: joins of two subgraphs in both directions, and pages.
import { expect, it } from 'vitest';
import type { GatewayName } from '../supergraph.ts';
import type { SupergraphClient } from './send-queries.ts';

const SETTINGS = `name vendor dialect instance { key } config {
  __typename
  ... on ~ServerConfig { host port database username password { status mask } }
  ... on ~BigQueryConfig { projectId serviceAccountKey { status mask } }
}`;

const JOIN = `{ dataProduct(id: "orders") {
  name owner { name } main { id } connections { id ${SETTINGS} owner { name } dataProducts { name } }
} }`;

const PAGE = `query ($first: Int, $after: String, $filter: ~ConnectionFilter, $orderBy: ~ConnectionOrder) {
  connections(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    totalCount isComplete nodes { name owner { name } } edges { cursor node { id } } pageInfo { hasNextPage endCursor }
    sources { instance { key } count isStale error { __typename } }
  }
}`;

const ORDERS = [
  {
    id: 'djE6Yzpsb29rZXI6cHJvZHVjdGlvbl9vcmRlcnM',
    name: 'production_orders',
    vendor: 'LOOKER',
    dialect: 'POSTGRES',
    instance: { key: 'looker' },
    config: {
      host: 'orders-db.acme.example',
      port: 5432,
      database: 'orders',
      username: 'looker_reader',
      password: { status: 'SET', mask: '••••••••' },
    },
  },
  {
    id: 'djE6YzpjcmVkaWJsZTpvcmRlcnNfcG9zdGdyZXM',
    name: 'orders_postgres',
    vendor: 'CREDIBLE',
    dialect: 'POSTGRES',
    instance: { key: 'credible' },
    config: {
      host: 'orders-db.acme.example',
      port: 5432,
      database: 'orders',
      username: 'malloy_reader',
      password: { status: 'SET', mask: '••••••••' },
    },
  },
  {
    id: 'djE6YzpvbW5pOmMwZjEyMzUzLTQ4MTctNDM5OC1iY2MwLWQ1MDFlNmRkMmY2NA',
    name: 'Production Database',
    vendor: 'OMNI',
    dialect: 'POSTGRES',
    instance: { key: 'omni' },
    config: {
      host: null,
      port: null,
      database: 'prod_db',
      username: null,
      password: { status: 'UNKNOWN', mask: null },
    },
  },
];

const COUNTS = [
  { instance: { key: 'looker' }, count: 1, isStale: false, error: null },
  { instance: { key: 'omni' }, count: 1, isStale: false, error: null },
  { instance: { key: 'credible' }, count: 2, isStale: false, error: null },
  { instance: { key: 'chartbrew' }, count: 4, isStale: false, error: null },
];

export function reads(client: SupergraphClient, gateway: GatewayName): void {
  it('a data product has its connections from Patchbay and their owner from the other subgraph', async () => {
    await client.reset();
    const { data, errors } = await client.ask(gateway, JOIN);
    expect(errors).toBeUndefined();
    const config = { __typename: client.type('PostgresConfig') };
    expect(data.dataProduct).toEqual({
      name: 'Orders',
      owner: { name: 'Commerce' },
      main: { id: 'djE6Yzpsb29rZXI6cHJvZHVjdGlvbl9vcmRlcnM' },
      connections: ORDERS.map((one) => ({
        ...one,
        config: { ...config, ...one.config },
        owner: { name: 'Commerce' },
        dataProducts: [{ name: 'Orders' }],
      })),
    });
  });

  it('a connection has the same settings as at Patchbay, and its owner', async () => {
    const { data } = await client.askBoth(
      gateway,
      `query ($id: ID!) { connection(id: $id) { ${SETTINGS} owner { name } } }`,
      {
        id: 'djE6YzpjcmVkaWJsZTptYXJrZXRpbmdfYmlncXVlcnk',
      },
    );
    expect(data.connection).toEqual({
      name: 'marketing_bigquery',
      vendor: 'CREDIBLE',
      dialect: 'BIGQUERY',
      instance: { key: 'credible' },
      config: {
        __typename: client.type('BigQueryConfig'),
        projectId: 'acme-marketing',
        serviceAccountKey: { status: 'SET', mask: '••••••••' },
      },
      owner: { name: 'Growth' },
    });
  });

  it('the end cursor of a page leads to the next page', async () => {
    const filter = { dialect: ['POSTGRES'] };
    const first = await client.askBoth(gateway, PAGE, { first: 4, filter });
    expect(first.data.connections).toMatchObject({
      totalCount: 8,
      isComplete: true,
      nodes: [
        { name: 'App (Supabase)', owner: null },
        { name: 'Ledger', owner: null },
        { name: 'orders_postgres', owner: { name: 'Commerce' } },
        { name: 'Production Database', owner: { name: 'Commerce' } },
      ],
      pageInfo: { hasNextPage: true },
      sources: COUNTS,
    });
    const after = first.data.connections.pageInfo.endCursor as unknown;
    expect(after).toBe(first.data.connections.edges[3].cursor);

    const second = await client.askBoth(gateway, PAGE, { first: 4, after, filter });
    expect(second.data.connections).toMatchObject({
      totalCount: 8,
      nodes: [
        { name: 'production_orders', owner: { name: 'Commerce' } },
        { name: 'Reporting (RDS)', owner: null },
        { name: 'Sensor metrics', owner: null },
        { name: 'support-postgres', owner: null },
      ],
      pageInfo: { hasNextPage: false },
      sources: COUNTS,
    });
  });

  it('filters and an order reach Patchbay', async () => {
    const { data } = await client.askBoth(gateway, PAGE, {
      filter: {
        name: { contains: 'orders' },
        vendor: ['LOOKER', 'CREDIBLE'],
        instance: ['looker', 'credible', 'omni'],
      },
      orderBy: { field: 'NAME', direction: 'DESC' },
    });
    expect(data.connections).toMatchObject({
      totalCount: 2,
      nodes: [
        { name: 'production_orders', owner: { name: 'Commerce' } },
        { name: 'orders_postgres', owner: { name: 'Commerce' } },
      ],
      sources: [
        { instance: { key: 'looker' }, count: 1 },
        { instance: { key: 'credible' }, count: 1 },
      ],
    });
  });
}
