// What is told of a connection at Looker: every field of the schema is selected, and expected as the sandbox's rows have it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestGateway } from '../support/gateway.ts';
import { idOf, startWatchedGateway } from '../support/reading.ts';
import { listWhole, readWhole } from '../support/whole-connection.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startWatchedGateway();
});
afterAll(() => gateway.close());

const byName = async (name: string) => listWhole(gateway, { instance: ['looker'], name: { equals: name } });

const row = (name: string) => ({
  id: idOf(`v1:c:looker:${name}`),
  vendorId: name,
  name,
  vendor: 'LOOKER',
  completeness: 'FULL',
  updatedAt: null,
  deletedAt: null,
});

/** As Looker shows a connection of which nothing was said. */
const unset = {
  __typename: 'LookerDetails',
  // prettier-ignore
  allowedActions: [
    'index', 'index_limited', 'show', 'explore', 'access_data', 'run_sql_queries', 'refresh_schemas', 'cost_estimate',
    'create', 'test', 'update', 'destroy',
  ],
  managed: false,
  example: false,
  pdtsEnabled: false,
  defaultBigQueryConnection: false,
  supportsDataStudioLink: false,
  usesOauth: false,
  usesInstanceOauth: false,
  usesServiceAuth: false,
  serviceAccountName: null,
  driverVersionActual: null,
  lastRegeneratedAt: null,
  lastReapedAt: null,
  lastModifiedByUserId: '1',
  driverVersionRequested: null,
  dbTimezone: null,
  queryTimezone: null,
  maxConnections: null,
  maxQueries: null,
  maxQueriesPerUser: null,
  poolTimeoutSeconds: null,
  connectionPooling: false,
  maxBillingGigabytes: null,
  costEstimateEnabled: null,
  storageProjectId: null,
  rolesVerified: null,
  tmpSchema: null,
  tmpHost: null,
  maintenanceCron: null,
  pdtConcurrency: null,
  pdtApiControlEnabled: null,
  alwaysRetryFailedBuilds: null,
  precacheTables: false,
  infoSchemaForSqlWriting: false,
  contextCommentDisabled: null,
  queryHoldingDisabled: false,
  usesUserCredentials: null,
  usesKeyPairAuth: false,
  usesApplicationDefaultCredentials: null,
  impersonatedServiceAccount: null,
  oauthApplicationId: null,
  tunnelId: null,
  customLocalPort: null,
  userAttributeFields: null,
  jdbcAdditionalParams: 'NOT_SET',
  afterConnectStatements: 'NOT_SET',
};

const tls = { enabled: false, verify: false, mode: null, ca: 'NOT_SET', certificate: 'NOT_SET', key: 'NOT_SET' };

const secrets = (dialect: string, config: Readonly<Record<string, string>>, afterConnectStatements = 'NOT_SET') => [
  ...Object.entries(config).map(([name, status]) => ({ path: ['config', dialect, name], status })),
  { path: ['options', 'looker', 'jdbcAdditionalParams'], status: 'NOT_SET' },
  { path: ['options', 'looker', 'afterConnectStatements'], status: afterConnectStatements },
];

describe('at Looker', () => {
  it('a PostgreSQL connection is told whole, what may hold credentials as set', async () => {
    expect(await byName('production_orders')).toEqual([
      {
        ...row('production_orders'),
        dialect: 'POSTGRES',
        vendorDialect: 'postgres',
        createdAt: '2022-06-14T12:26:50.000Z',
        config: {
          __typename: 'PostgresConfig',
          host: 'orders-db.acme.example',
          port: 5432,
          database: 'orders',
          schema: 'public',
          username: 'looker_reader',
          password: 'SET',
          connectionString: 'NOT_SET',
          flavor: null,
          tls: { ...tls, enabled: true, verify: true },
        },
        details: {
          ...unset,
          pdtsEnabled: true,
          maxConnections: 30,
          poolTimeoutSeconds: 120,
          tmpSchema: 'looker_scratch',
          queryTimezone: 'America/New_York',
          afterConnectStatements: 'SET',
          // Unix seconds on the wire.
          lastRegeneratedAt: '2026-07-14T09:00:00.000Z',
          lastReapedAt: '2026-07-14T09:00:05.000Z',
        },
        secrets: secrets('postgres', { password: 'SET' }, 'SET'),
      },
    ]);
  });

  it('a Snowflake connection has account, warehouse and role apart, and nothing left over', async () => {
    expect(await byName('finance_warehouse')).toEqual([
      {
        ...row('finance_warehouse'),
        dialect: 'SNOWFLAKE',
        vendorDialect: 'snowflake',
        createdAt: '2023-09-05T16:12:33.000Z',
        config: {
          __typename: 'SnowflakeConfig',
          account: 'acme-fin',
          hostOverride: null,
          warehouse: 'REPORTING_WH',
          database: 'FINANCE',
          schema: 'PUBLIC',
          role: 'LOOKER_ROLE',
          username: 'LOOKER_SVC',
          password: 'NOT_SET',
          privateKey: 'SET',
          privateKeyPassphrase: 'NOT_SET',
          oauth: null,
          queryTimeoutMs: null,
          tls: { ...tls, enabled: true },
        },
        details: { ...unset, usesKeyPairAuth: true },
        secrets: secrets('snowflake', { password: 'NOT_SET', privateKey: 'SET' }),
      },
    ]);
  });

  it('a BigQuery connection has its project, which Looker keeps in the host, and its dataset', async () => {
    expect(await byName('thelook')).toEqual([
      {
        ...row('thelook'),
        dialect: 'BIGQUERY',
        vendorDialect: 'bigquery_standard_sql',
        createdAt: '2021-11-02T08:00:00.000Z',
        config: {
          __typename: 'BigQueryConfig',
          projectId: 'acme-thelook',
          billingProjectId: null,
          location: null,
          dataset: 'thelook_ecommerce',
          serviceAccountEmail: 'looker@acme-thelook.iam.gserviceaccount.com',
          serviceAccountKey: 'SET',
          maximumBytesBilled: null,
          queryTimeoutMs: null,
        },
        details: {
          ...unset,
          example: true,
          pdtsEnabled: true,
          supportsDataStudioLink: true,
          usesServiceAuth: true,
          maxBillingGigabytes: '50',
          tmpSchema: 'looker_scratch',
          costEstimateEnabled: true,
          lastRegeneratedAt: '2026-07-14T09:00:00.000Z',
        },
        secrets: secrets('bigquery', { serviceAccountKey: 'SET' }),
      },
    ]);
  });

  const other = {
    __typename: 'OtherConfig',
    host: null,
    port: null,
    database: null,
    schema: null,
    username: null,
    tls,
  };

  it.each([
    [
      'crm_replica',
      { vendorDialect: 'mysql_8', dialect: 'MYSQL' },
      { host: 'localhost', port: 10_017, password: 'SET' },
      { tunnelId: '3' },
    ],
    // The driver's parameters of another dialect are nobody's but the caller's.
    ['lakehouse', { vendorDialect: 'databricks', dialect: 'OTHER' }, { port: 443 }, { jdbcAdditionalParams: 'SET' }],
    [
      'ledger',
      { createdAt: null },
      { ...other, host: 'ledger-scan.acme.example', port: 1521, username: 'LOOKER', password: 'SET' },
      {},
    ],
    ['sap_reporting', {}, { password: 'NOT_SET', username: null }, { usesUserCredentials: true }],
    ['billing', {}, {}, { tmpSchema: null, jdbcAdditionalParams: 'NOT_SET', dbTimezone: 'UTC' }],
  ])('%s has its settings', async (name, whole, config, details) => {
    const [found] = await byName(name);
    expect(found).toMatchObject({ ...whole, config, details });
  });

  it('a connection that Looker manages itself may not be changed', async () => {
    const [found] = await byName('looker__internal__analytics');
    expect(found?.['details']).toMatchObject({
      managed: true,
      // prettier-ignore
      allowedActions: [
        'index', 'index_limited', 'show', 'explore', 'access_data', 'run_sql_queries', 'refresh_schemas',
        'cost_estimate', 'create',
      ],
    });
  });

  it('parameters beyond account, warehouse and role are told as set', async () => {
    const create = `mutation ($input: CreateConnectionInput!) {
      createConnection(input: $input) { ... on CreateConnectionSuccess { connection { id } } }
    }`;
    const input = {
      instance: 'looker',
      name: 'snow_with_params',
      config: { snowflake: { account: 'acme-fin', database: 'D', warehouse: 'WH 1', username: 'u', password: 'pw' } },
      options: { looker: { jdbcAdditionalParams: 'CLIENT_SESSION_KEEP_ALIVE=true' } },
    };
    const { data } = await gateway.ask(create, { input });
    const [found] = await readWhole(gateway, [data.createConnection.connection.id]);
    expect(found).toMatchObject({
      config: { account: 'acme-fin', warehouse: 'WH 1', role: null },
      details: { jdbcAdditionalParams: 'SET' },
    });
  });
});
