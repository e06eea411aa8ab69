// Runs the example operations unchanged, in the order of their file names, as in GraphiQL.
import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestGateway } from '../support/gateway.ts';
import { startWatchedGateway } from '../support/watched-gateway.ts';
import type {
  CreateConnectionMutation,
  CreateConnectionsMutation,
  DeleteConnectionMutation,
  DialectFormQuery,
  ListConnectionsQuery,
  ListDialectsQuery,
  NodeQuery,
  NodesQuery,
  OperationQuery,
  ReadConnectionQuery,
  RotateConnectionSecretMutation,
  TestConnectionConfigMutation,
  TestConnectionMutation,
  UpdateConnectionMutation,
  VendorHealthQuery,
  VendorInstanceQuery,
  ViewerQuery,
} from '../generated/graphql.ts';

const FOLDER = new URL('../../schema/operations/', import.meta.url);
const PASSWORD = 'correct horse battery staple';

const read = (name: string): Promise<string> => readFile(new URL(name, FOLDER), 'utf8');

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startWatchedGateway();
});
afterAll(() => gateway.close());

/** Runs an example operation. Its data has the generated type. */
async function run<T>(name: string): Promise<T> {
  const files = await readdir(FOLDER);
  const variables = files.includes(`${name}.variables.json`) ? await read(`${name}.variables.json`) : '{}';
  const answer = await gateway.ask(await read(`${name}.graphql`), JSON.parse(variables) as Record<string, unknown>);
  expect(answer.errors).toBeUndefined();
  expect(answer.text).not.toMatch(/horse|staple/);
  return answer.data as T;
}

const done = (key: string) => ({ instance: { key }, status: 'DONE', compensation: null });

describe('the worked examples', () => {
  it('an example lists the connections of all four vendors', async () => {
    const { connections } = await run<ListConnectionsQuery>('1-list-connections');
    expect(new Set(connections.nodes.map(({ vendor }) => vendor))).toEqual(
      new Set(['LOOKER', 'OMNI', 'CREDIBLE', 'CHARTBREW']),
    );
    expect(connections).toMatchObject({ isComplete: true, totalCount: 54, pageInfo: { hasNextPage: false } });
    expect(connections.nodes).toHaveLength(54);
    expect(connections.sources.map(({ error }) => error)).toEqual([null, null, null, null]);
  });

  it('an example creates a connection and shows everything except its password', async () => {
    const { createConnection } = await run<CreateConnectionMutation>('2-create-connection');
    expect(createConnection).toMatchObject({
      __typename: 'CreateConnectionSuccess',
      connection: {
        id: 'djE6Yzpsb29rZXI6b3JkZXJz',
        name: 'orders',
        vendor: 'LOOKER',
        config: {
          __typename: 'PostgresConfig',
          host: 'db.example.com',
          port: 5432,
          database: 'orders',
          username: 'bi',
          password: { status: 'SET', mask: '••••••••' },
        },
      },
      warnings: [],
    });
    const [body] = (await gateway.posted('looker')) as { password: string }[];
    expect(body?.password).toBe(PASSWORD);
  });

  it('an example reads one connection that every sandbox has', async () => {
    const { connection } = await run<ReadConnectionQuery>('3-read-connection');
    expect(connection).toMatchObject({
      id: 'djE6Yzpsb29rZXI6cHJvZHVjdGlvbl9vcmRlcnM',
      vendorId: 'production_orders',
      dialect: 'POSTGRES',
      vendorDialect: 'postgres',
      completeness: 'FULL',
      createdAt: '2022-06-14T12:26:50.000Z',
      config: {
        __typename: 'PostgresConfig',
        host: 'orders-db.acme.example',
        schema: 'public',
        password: { status: 'SET' },
        tls: { enabled: true, verify: true, mode: null },
      },
      details: { __typename: 'LookerDetails', maxConnections: 30, jdbcAdditionalParams: { status: 'NOT_SET' } },
    });
  });

  it('an example reads the health of each instance', async () => {
    const { vendors } = await run<VendorHealthQuery>('4-vendor-health');
    const health = vendors.flatMap(({ instances }) =>
      instances.map((instance) => [instance.key, instance.health.status, instance.health.error]),
    );
    expect(health).toEqual([
      ['looker', 'UP', null],
      ['omni', 'UP', null],
      ['credible', 'UP', null],
      ['chartbrew', 'UP', null],
    ]);
  });

  it('an example reads what a form needs for a dialect', async () => {
    const { dialect } = await run<DialectFormQuery>('5-dialect-form');
    expect(dialect).toMatchObject({ label: 'Snowflake', inputField: 'snowflake' });
    expect(dialect.support.map(({ vendor, status }) => [vendor, status])).toEqual([
      ['LOOKER', 'SUPPORTED'],
      ['OMNI', 'SUPPORTED'],
      ['CREDIBLE', 'SUPPORTED'],
      ['CHARTBREW', 'UNSUPPORTED'],
    ]);
    expect(dialect.support[2]?.createSchema).toMatchObject({ required: ['account', 'username', 'warehouse'] });
    expect(dialect.support[3]).toMatchObject({ createSchema: null, optionsSchema: null });
  });

  it('an example updates a password and a time zone, and keeps the rest', async () => {
    const { updateConnection } = await run<UpdateConnectionMutation>('6-update-connection');
    expect(updateConnection).toMatchObject({
      __typename: 'UpdateConnectionSuccess',
      connection: {
        name: 'production_orders',
        config: { host: 'orders-db.acme.example', username: 'looker_reader', password: { status: 'SET' } },
        details: { queryTimezone: 'Europe/Berlin' },
      },
      warnings: [],
    });
  });

  it('an example tests a saved connection', async () => {
    const { testConnection } = await run<TestConnectionMutation>('7-test-connection');
    expect(testConnection).toMatchObject({
      __typename: 'TestConnectionSuccess',
      test: {
        outcome: 'PASSED',
        checks: [
          { name: 'connect', outcome: 'PASSED', vendorOutcome: 'success' },
          { name: 'query', outcome: 'PASSED', vendorOutcome: 'success' },
        ],
      },
    });
  });

  it('an example tests settings that the database refuses', async () => {
    const { testConnectionConfig } = await run<TestConnectionConfigMutation>('8-test-connection-config');
    expect(testConnectionConfig).toEqual({
      __typename: 'TestConnectionSuccess',
      test: {
        outcome: 'FAILED',
        checks: [
          {
            name: 'connect',
            outcome: 'FAILED',
            vendorOutcome: '28P01',
            message: 'The database refuses this user or password.',
          },
        ],
      },
    });
  });

  it('an example creates one connection at three vendors', async () => {
    const { createConnections } = await run<CreateConnectionsMutation>('9-create-connections');
    expect(createConnections).toMatchObject({
      __typename: 'CreateConnectionsSuccess',
      fanOut: { status: 'COMPLETE', outcomes: ['looker', 'omni', 'credible'].map(done) },
    });
    // The same request again gets the same answer and creates nothing.
    const again = await run<CreateConnectionsMutation>('9-create-connections');
    expect(again.createConnections).toEqual(createConnections);
  });

  it('an example plans a rotation', async () => {
    const { rotateConnectionSecret } = await run<RotateConnectionSecretMutation>('10-rotate-connection-secret');
    const [credible, chartbrew] = ['djE6YzpjcmVkaWJsZTpzaG9wX215c3Fs', 'djE6YzpjaGFydGJyZXc6MTY'];
    const planned = { status: 'PLANNED', result: null, verification: null, reason: null };
    expect(rotateConnectionSecret).toMatchObject({
      __typename: 'RotateConnectionSecretSuccess',
      rotation: {
        outcomes: [
          { connection: { id: credible, vendor: 'CREDIBLE' }, ...planned },
          { connection: { id: chartbrew, vendor: 'CHARTBREW' }, ...planned },
        ],
        remaining: [{ id: credible }, { id: chartbrew }],
        unsearchable: [{ key: 'omni' }],
      },
    });
  });

  it('an example deletes the connection that the second one created', async () => {
    const { deleteConnection } = await run<DeleteConnectionMutation>('11-delete-connection');
    expect(deleteConnection).toEqual({
      __typename: 'DeleteConnectionSuccess',
      deletedId: 'djE6Yzpsb29rZXI6b3JkZXJz',
      archived: false,
    });
  });

  it('an example says who the caller is', async () => {
    const { viewer } = await run<ViewerQuery>('12-viewer');
    expect(viewer).toMatchObject({ name: 'anonymous', expiresAt: null });
    expect(viewer.scopes).toContain('connections:write');
  });

  it('an example lists the dialects of one vendor', async () => {
    const { dialects } = await run<ListDialectsQuery>('13-list-dialects');
    const omni = dialects.map(({ support }) => support.map(({ vendor, status }) => `${vendor} ${status}`));
    expect(omni.length).toBeGreaterThan(5);
    expect(omni.filter((support) => support.includes('OMNI UNSUPPORTED'))).toEqual([]);
  });

  it('an example reads one instance with its newest connections', async () => {
    const { vendorInstance } = await run<VendorInstanceQuery>('14-vendor-instance');
    expect(vendorInstance).toMatchObject({ label: 'Looker (sandbox)', vendor: 'LOOKER' });
    expect(vendorInstance?.connections.nodes).toHaveLength(3);
  });

  it('an example reads a connection as a node', async () => {
    const { node } = await run<NodeQuery>('15-node');
    expect(node).toMatchObject({ __typename: 'Connection', name: 'production_orders', dialect: 'POSTGRES' });
  });

  it('an example reads a connection and an instance as nodes', async () => {
    const { nodes } = await run<NodesQuery>('16-nodes');
    expect(nodes).toMatchObject([
      { __typename: 'Connection', name: 'production_orders' },
      { __typename: 'VendorInstance', label: 'Looker (sandbox)' },
    ]);
  });

  it('an example tells how far the fan-out of the ninth example is', async () => {
    const { operation } = await run<OperationQuery>('17-operation');
    expect(operation).toMatchObject({
      mutation: 'CREATE_CONNECTIONS',
      status: 'FINISHED',
      counts: { total: 3, done: 3, unknown: 0 },
      targets: ['looker', 'omni', 'credible'].map((key) => ({ instance: { key }, state: 'DONE' })),
    });
  });
});
