// The response example in Credible's documentation (Create database connection), with its placeholders replaced by values.
import { KEY_FILE, PRIVATE_KEY } from '../create-case.ts';

const postgresConnection = {
  host: 'pg.acme.example',
  port: 123,
  databaseName: 'orders',
  userName: 'reader',
  password: 'pw-secret-1',
  connectionString: 'postgresql://reader:url-secret-1@pg.acme.example:123/orders',
};
const bigqueryConnection = {
  defaultProjectId: 'acme-web',
  billingProjectId: 'acme-billing',
  location: 'EU',
  serviceAccountKeyJson: KEY_FILE,
  maximumBytesBilled: '9007199254740993',
  queryTimeoutMilliseconds: '60000',
};
const snowflakeConnection = {
  account: 'acme-fin',
  username: 'SVC',
  password: 'pw-secret-2',
  privateKey: PRIVATE_KEY,
  privateKeyPass: 'pass-secret-1',
  warehouse: 'WH',
  database: 'FINANCE',
  schema: 'PUBLIC',
  role: 'ANALYST',
  responseTimeoutMilliseconds: 123,
};
const gcsConnection = { keyId: 'GOOG1EXAMPLE', secret: 'gcs-secret-1' };
const s3Connection = {
  accessKeyId: 'AKIAEXAMPLE',
  secretAccessKey: 's3-secret-1',
  region: 'us-east-1',
  endpoint: 'https://s3.acme.example',
  sessionToken: 'session-secret-1',
};
const attributes = { dialectName: 'standardsql', isPool: true, canPersist: true, canStream: true };

/** The documentation shows one attachment with every block. */
const attachment = (name: string, type: string) => ({
  name,
  type,
  attributes,
  bigqueryConnection,
  snowflakeConnection,
  postgresConnection,
  gcsConnection,
  s3Connection,
});

export const credibleSources = {
  bigqueryConnection,
  snowflakeConnection,
  postgresConnection,
  gcsConnection,
  s3Connection,
};

export const credibleResponse = {
  resource: '/api/v0/organizations/acme/projects/analytics/connections/one',
  name: 'one',
  type: 'postgres',
  attributes,
  postgresConnection,
  bigqueryConnection,
  snowflakeConnection,
  trinoConnection: {
    server: 'https://trino.acme.example',
    port: 123,
    catalog: 'iceberg',
    schema: 'curated',
    user: 'malloy',
    password: 'pw-secret-3',
    peakaKey: 'peaka-secret-1',
  },
  mysqlConnection: {
    host: 'my.acme.example',
    port: 123,
    database: 'shop',
    user: 'reader',
    password: 'pw-secret-4',
  },
  duckdbConnection: {
    attachedDatabases: [
      attachment('test_connection', 'bigquery'),
      attachment('_connection', 'snowflake'),
      attachment('test_connection_1', 'postgres'),
      attachment('g', 'gcs'),
      attachment('s', 's3'),
    ],
  },
  motherduckConnection: { accessToken: 'token-secret-1', database: 'scratch' },
  includeTables: ['sales.orders', 'finance.*'],
  excludeAllTables: false,
  excludeTables: ['backup.records', 'temp_data.*'],
  indexingStatus: 'UNKNOWN',
  indexingStatusLastUpdated: '2023-11-07T05:31:56Z',
};
