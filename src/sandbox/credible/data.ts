// The first connections of the Credible sandbox, in the order of their creation.
// Every secret contains `sandbox-secret`, so that a test can search for leaks.

export type CredibleType = 'postgres' | 'bigquery' | 'snowflake' | 'trino' | 'mysql' | 'duckdb' | 'motherduck';

/** A connection as it was sent. The server adds `resource` and `attributes`. */
export interface CredibleSeed extends Readonly<Record<string, unknown>> {
  readonly name: string;
  readonly type: CredibleType;
}

const serviceAccount = (project: string, keyId: string): string =>
  JSON.stringify({
    type: 'service_account',
    project_id: project,
    private_key_id: keyId,
    private_key: `-----BEGIN PRIVATE KEY-----\nsandbox-secret-${keyId}\n-----END PRIVATE KEY-----\n`,
    client_email: `malloy-reader@${project}.iam.gserviceaccount.com`,
    token_uri: 'https://oauth2.googleapis.com/token',
  });

export const credibleSeeds = [
  {
    name: 'orders_postgres',
    type: 'postgres',
    postgresConnection: {
      host: 'orders-db.acme.example',
      port: 5432,
      databaseName: 'orders',
      userName: 'malloy_reader',
      password: 'sandbox-secret-orders-pg',
    },
    includeTables: ['sales.orders', 'sales.order_lines', 'finance.*'],
    excludeAllTables: false,
    indexingStatus: 'INDEXED',
    indexingStatusLastUpdated: '2026-05-11T08:30:12.000Z',
  },
  {
    name: 'support-postgres',
    type: 'postgres',
    postgresConnection: {
      connectionString: 'postgresql://support_ro:sandbox-secret-support-pg@support-db.acme.example:5433/helpdesk',
    },
    includeTables: null,
    excludeTables: ['backup.records', 'temp_data.*'],
    indexingStatus: 'FAILED',
    indexingStatusLastUpdated: '2026-06-02T17:04:55.000Z',
  },
  {
    name: 'marketing_bigquery',
    type: 'bigquery',
    bigqueryConnection: {
      defaultProjectId: 'acme-marketing',
      billingProjectId: 'acme-billing',
      location: 'EU',
      serviceAccountKeyJson: serviceAccount('acme-marketing', '5f1c90ab'),
      maximumBytesBilled: '10737418240',
      queryTimeoutMilliseconds: '600000',
    },
    includeTables: ['ads.*', 'web.sessions'],
    indexingStatus: 'INDEXED',
    indexingStatusLastUpdated: '2026-05-12T09:00:00.000Z',
  },
  {
    name: 'public_datasets',
    type: 'bigquery',
    bigqueryConnection: {
      defaultProjectId: 'bigquery-public-data',
      billingProjectId: 'acme-billing',
      serviceAccountKeyJson: serviceAccount('acme-billing', 'c02d77e1'),
    },
    excludeAllTables: true,
    indexingStatus: 'SKIPPED',
    indexingStatusLastUpdated: null,
  },
  {
    name: 'warehouse_snowflake',
    type: 'snowflake',
    snowflakeConnection: {
      account: 'acme-eu_west_1',
      username: 'MALLOY_SVC',
      password: 'sandbox-secret-warehouse-sf',
      warehouse: 'REPORTING_WH',
      database: 'ANALYTICS',
      schema: 'MARTS',
      role: 'REPORTER',
      responseTimeoutMilliseconds: 120000,
    },
    indexingStatus: 'RETRY',
    indexingStatusLastUpdated: '2026-06-20T22:15:41.000Z',
  },
  {
    name: 'finance_snowflake',
    type: 'snowflake',
    snowflakeConnection: {
      account: 'acme-eu_west_1',
      username: 'FINANCE_SVC',
      privateKey:
        '-----BEGIN ENCRYPTED PRIVATE KEY-----\nsandbox-secret-finance-key\n-----END ENCRYPTED PRIVATE KEY-----\n',
      privateKeyPass: 'sandbox-secret-finance-pass',
      warehouse: 'FINANCE_WH',
      database: 'FINANCE',
    },
    includeTables: ['LEDGER.*'],
    indexingStatus: 'INDEXED',
    indexingStatusLastUpdated: '2026-04-30T06:45:00.000Z',
  },
  {
    name: 'lakehouse_trino',
    type: 'trino',
    trinoConnection: {
      server: 'https://trino.acme.example',
      port: 8443,
      catalog: 'iceberg',
      schema: 'curated',
      user: 'malloy',
      password: 'sandbox-secret-lakehouse-trino',
    },
    indexingStatus: 'PENDING',
    indexingStatusLastUpdated: '2026-07-01T10:20:30.000Z',
  },
  {
    name: 'peaka_trino',
    type: 'trino',
    trinoConnection: {
      server: 'https://dbc.peaka.example',
      port: 443,
      catalog: 'crm',
      peakaKey: 'sandbox-secret-peaka-key',
    },
    indexingStatus: 'UNKNOWN',
    indexingStatusLastUpdated: null,
  },
  {
    name: 'shop_mysql',
    type: 'mysql',
    mysqlConnection: {
      host: 'shop-db.acme.example',
      port: 3306,
      database: 'shop',
      user: 'shop_ro',
      password: 'sandbox-secret-shop-mysql',
    },
    excludeTables: ['shop.sessions'],
    indexingStatus: 'INDEXED',
    indexingStatusLastUpdated: '2026-05-20T12:00:00.000Z',
  },
  {
    name: 'lake_duckdb',
    type: 'duckdb',
    duckdbConnection: {
      attachedDatabases: [
        {
          name: 'orders',
          type: 'postgres',
          postgresConnection: {
            host: 'orders-db.acme.example',
            port: 5432,
            databaseName: 'orders',
            userName: 'duck_reader',
            password: 'sandbox-secret-lake-pg',
          },
        },
        {
          name: 'exports',
          type: 's3',
          s3Connection: {
            accessKeyId: 'AKIASANDBOX',
            secretAccessKey: 'sandbox-secret-lake-s3',
            region: 'eu-west-1',
            sessionToken: 'sandbox-secret-lake-s3-session',
          },
        },
        {
          name: 'archive',
          type: 'gcs',
          gcsConnection: { keyId: 'GOOG1SANDBOX', secret: 'sandbox-secret-lake-gcs' },
        },
      ],
    },
    indexingStatus: 'INDEXED',
    indexingStatusLastUpdated: '2026-06-28T03:10:09.000Z',
  },
  {
    name: 'campaigns_duckdb',
    type: 'duckdb',
    duckdbConnection: {
      attachedDatabases: [
        {
          name: 'ads',
          type: 'bigquery',
          bigqueryConnection: {
            defaultProjectId: 'acme-marketing',
            serviceAccountKeyJson: serviceAccount('acme-marketing', '99be42d0'),
          },
        },
        {
          name: 'marts',
          type: 'snowflake',
          snowflakeConnection: {
            account: 'acme-eu_west_1',
            username: 'DUCK_SVC',
            password: 'sandbox-secret-campaigns-sf',
            warehouse: 'REPORTING_WH',
          },
        },
      ],
    },
    indexingStatus: 'INDEXED',
    indexingStatusLastUpdated: '2026-06-29T03:10:09.000Z',
  },
  {
    name: 'scratch_motherduck',
    type: 'motherduck',
    motherduckConnection: { accessToken: 'sandbox-secret-motherduck', database: 'scratch' },
    indexingStatus: null,
    indexingStatusLastUpdated: null,
  },
] satisfies readonly CredibleSeed[];
