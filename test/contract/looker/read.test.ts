// Reads of connections at Looker. Every field of the schema is selected. The expected values are those of the sandbox's rows.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestGateway } from '../../support/gateway.ts';
import { idOf, startWatchedGateway } from '../../support/watched-gateway.ts';
import { listWhole, readWhole } from '../../support/whole-connection.ts';

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
  capabilities: ['READ', 'UPDATE', 'DELETE', 'UPDATE_SECRETS', 'TEST_SAVED'],
});

/** The details of a connection without provided options. */
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
  portUserAttribute: null,
  jdbcAdditionalParams: 'NOT_SET',
  afterConnectStatements: 'NOT_SET',
  // Looker reports that no key file is in use.
  certificate: 'NOT_SET',
  pdtOverride: null,
  snippets: [],
};

/** The usual dialect information of Looker. */
const plainDialect = {
  costEstimateStyle: null,
  persistentTableIndexes: null,
  persistentTableSortkeys: null,
  persistentTableDistkey: null,
  supportsCostEstimate: false,
  supportsStreaming: true,
  automaticallyRunSqlRunnerSnippets: true,
  supportsInducer: false,
  supportsMultipleDatabases: false,
  supportsPersistentDerivedTables: true,
  hasSslSupport: true,
};
const estimated = { ...plainDialect, supportsCostEstimate: true, costEstimateStyle: 'standard' };
// prettier-ignore
const TESTS = [
  'connect', 'kill', 'query', 'database_timezone', 'database_version', 'tmp_db', 'cdt', 'tmp_db_views',
];

const tls = { enabled: false, verify: false, mode: null, ca: 'NOT_SET', certificate: 'NOT_SET', key: 'NOT_SET' };

interface OptionSecrets {
  readonly afterConnectStatements?: string;
  readonly certificate?: string;
}

const secrets = (
  dialect: string,
  config: Readonly<Record<string, string>>,
  { afterConnectStatements = 'NOT_SET', certificate = 'NOT_SET' }: OptionSecrets = {},
) => [
  ...Object.entries(config).map(([name, status]) => ({ path: ['config', dialect, name], status })),
  { path: ['options', 'looker', 'jdbcAdditionalParams'], status: 'NOT_SET' },
  { path: ['options', 'looker', 'afterConnectStatements'], status: afterConnectStatements },
  { path: ['options', 'looker', 'certificate', 'body'], status: certificate },
  { path: ['options', 'looker', 'pdtOverride', 'password'], status: 'NOT_SET' },
  { path: ['options', 'looker', 'pdtOverride', 'jdbcAdditionalParams'], status: 'NOT_SET' },
  { path: ['options', 'looker', 'pdtOverride', 'afterConnectStatements'], status: 'NOT_SET' },
  { path: ['options', 'looker', 'pdtOverride', 'certificate', 'body'], status: 'NOT_SET' },
];

describe('the list of the sandbox Looker', () => {
  it('a PostgreSQL connection is reported whole, and fields that may contain credentials as SET', async () => {
    expect(await byName('production_orders')).toEqual([
      {
        ...row('production_orders'),
        dialect: 'POSTGRES',
        vendorDialect: 'postgres',
        host: 'orders-db.acme.example',
        database: 'orders',
        username: 'looker_reader',
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
          dialectDetails: {
            ...estimated,
            name: 'postgres',
            label: 'PostgreSQL 9.5+',
            connectionTests: TESTS,
          },
          snippets: [
            {
              name: 'show_processes',
              label: 'Show Processes',
              sql: 'SELECT * FROM pg_stat_activity',
            },
          ],
          pdtsEnabled: true,
          maxConnections: 30,
          poolTimeoutSeconds: 120,
          tmpSchema: 'looker_scratch',
          queryTimezone: 'America/New_York',
          afterConnectStatements: 'SET',
          // On the wire this is in Unix seconds.
          lastRegeneratedAt: '2026-07-14T09:00:00.000Z',
          lastReapedAt: '2026-07-14T09:00:05.000Z',
        },
        secrets: secrets('postgres', { password: 'SET' }, { afterConnectStatements: 'SET' }),
      },
    ]);
  });

  it('a Snowflake connection has account, warehouse and role in separate fields, and no further driver parameters', async () => {
    expect(await byName('finance_warehouse')).toEqual([
      {
        ...row('finance_warehouse'),
        dialect: 'SNOWFLAKE',
        vendorDialect: 'snowflake',
        host: 'acme-fin',
        database: 'FINANCE',
        username: 'LOOKER_SVC',
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
        details: {
          ...unset,
          dialectDetails: {
            ...estimated,
            name: 'snowflake',
            label: 'Snowflake',
            connectionTests: TESTS,
            supportsMultipleDatabases: true,
          },
          usesKeyPairAuth: true,
          certificate: 'UNKNOWN',
        },
        secrets: secrets(
          'snowflake',
          { password: 'NOT_SET', privateKey: 'SET', privateKeyPassphrase: 'NOT_SET' },
          { certificate: 'UNKNOWN' },
        ),
      },
    ]);
  });

  it('a BigQuery connection has its dataset, and its project, which Looker stores in the host', async () => {
    expect(await byName('thelook')).toEqual([
      {
        ...row('thelook'),
        dialect: 'BIGQUERY',
        vendorDialect: 'bigquery_standard_sql',
        host: null,
        database: 'acme-thelook',
        username: 'looker@acme-thelook.iam.gserviceaccount.com',
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
          dialectDetails: {
            ...estimated,
            name: 'bigquery_standard_sql',
            label: 'Google BigQuery Standard SQL',
            connectionTests: TESTS,
            supportsMultipleDatabases: true,
          },
          example: true,
          pdtsEnabled: true,
          supportsDataStudioLink: true,
          usesServiceAuth: true,
          certificate: 'UNKNOWN',
          maxBillingGigabytes: '50',
          tmpSchema: 'looker_scratch',
          costEstimateEnabled: true,
          lastRegeneratedAt: '2026-07-14T09:00:00.000Z',
        },
        secrets: secrets('bigquery', { serviceAccountKey: 'SET' }, { certificate: 'UNKNOWN' }),
      },
    ]);
  });

  it.each([
    [
      'crm_replica',
      { vendorDialect: 'mysql_8', dialect: 'MYSQL' },
      { host: 'localhost', port: 10_017, password: 'SET' },
      { tunnelId: '3' },
    ],
    [
      'lakehouse',
      { vendorDialect: 'databricks', dialect: 'DATABRICKS' },
      {
        __typename: 'DatabricksConfig',
        host: 'dbc-0a1b2c3d-4e5f.cloud.databricks.com',
        httpPath: '/sql/1.0/warehouses/0a1b2c3d4e5f6789',
        catalog: null,
        schema: 'default',
        accessToken: 'SET',
        oauth: null,
        machineAuthentication: null,
        tls: { ...tls, enabled: true },
      },
      { jdbcAdditionalParams: 'NOT_SET', portUserAttribute: null },
    ],
    [
      'clickstream',
      { vendorDialect: 'athena', dialect: 'ATHENA' },
      {
        __typename: 'AthenaConfig',
        region: 'eu-west-1',
        catalog: 'clickstream',
        schema: null,
        s3StagingDir: 's3://acme-athena-results/looker/',
        roleArn: null,
        accessKeyId: 'AKIASTOREDCLICKSTREAM',
        secretAccessKey: 'SET',
        machineAuthentication: null,
        tls,
      },
      {
        jdbcAdditionalParams: 'NOT_SET',
        dialectDetails: {
          ...plainDialect,
          name: 'athena',
          label: 'Amazon Athena',
          connectionTests: ['connect', 'kill', 'query'],
        },
      },
    ],
    [
      'erp',
      { vendorDialect: 'mssql_2017', dialect: 'MSSQL' },
      {
        __typename: 'MsSqlConfig',
        host: 'erp-sql.acme.example',
        port: 1433,
        database: 'ERP',
        schema: 'dbo',
        username: 'looker',
        password: 'SET',
        tls,
      },
      {},
    ],
    [
      'ledger',
      { vendorDialect: 'oracle', dialect: 'ORACLE', createdAt: null },
      {
        __typename: 'OracleConfig',
        host: 'ledger-scan.acme.example',
        port: 1521,
        database: null,
        schema: null,
        username: 'LOOKER',
        password: 'SET',
        tls,
        usesTns: true,
        serviceName: 'LEDGER.ACME.EXAMPLE',
        acceptsLicense: null,
      },
      {},
    ],
    [
      'federated',
      { vendorDialect: 'trino', dialect: 'TRINO' },
      {
        __typename: 'TrinoConfig',
        host: 'trino.acme.example',
        port: 8443,
        catalog: 'hive',
        schema: 'web',
        username: 'bi',
        password: 'SET',
        peakaKey: 'NOT_SET',
        // Looker does not use verify_ssl for this dialect.
        tls: { ...tls, enabled: true, verify: null },
      },
      {},
    ],
    [
      'marketing',
      { vendorDialect: 'redshift', dialect: 'REDSHIFT' },
      { __typename: 'RedshiftConfig', database: 'marketing', port: 5439, password: 'SET' },
      {
        pdtOverride: {
          context: 'pdt',
          host: null,
          port: null,
          username: 'looker_pdt',
          password: 'SET',
          database: null,
          schema: null,
          serviceName: null,
          certificate: 'UNKNOWN',
          jdbcAdditionalParams: 'NOT_SET',
          afterConnectStatements: 'NOT_SET',
        },
      },
    ],
    [
      'events',
      { vendorDialect: 'clickhouse', dialect: 'CLICKHOUSE' },
      { __typename: 'ClickHouseConfig', username: 'default', password: 'NOT_SET' },
      {
        dialectDetails: {
          ...plainDialect,
          name: 'clickhouse',
          label: 'ClickHouse',
          connectionTests: TESTS,
          supportsPersistentDerivedTables: false,
        },
      },
    ],
    [
      'sap_reporting',
      { vendorDialect: 'hana_2', dialect: 'SAP_HANA' },
      { __typename: 'SapHanaConfig', schema: 'SAPABAP1', password: 'NOT_SET', username: null },
      { usesUserCredentials: true },
    ],
    [
      'catalogue',
      { vendorDialect: 'mongobi', dialect: 'OTHER' },
      {
        __typename: 'OtherConfig',
        host: 'mongobi.acme.example',
        port: 3307,
        database: 'catalogue',
        schema: null,
        username: 'looker?source=admin',
        password: 'SET',
        tls,
      },
      {},
    ],
    ['billing', {}, {}, { tmpSchema: null, jdbcAdditionalParams: 'NOT_SET', dbTimezone: 'UTC' }],
  ])('the connection %s at Looker has its settings', async (name, whole, config, details) => {
    const [found] = await byName(name);
    expect(found).toMatchObject({ ...whole, config, details });
  });

  it('an unknown Looker dialect name has the secrets of a dialect with a host', async () => {
    const [found] = await byName('catalogue');
    expect(found?.secrets).toEqual(secrets('other', { password: 'SET' }));
  });

  it('a connection that Looker manages cannot be changed', async () => {
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

  it('driver parameters besides account, warehouse and role are reported as SET', async () => {
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
