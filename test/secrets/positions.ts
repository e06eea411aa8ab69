// Every write-only field that a vendor accepts in a create, and where it must arrive in the vendor's JSON or files. Typed from the
// vendors' documents, not from Patchbay's support tables.
import type { VendorName } from '../support/gateway.ts';
import { CERTIFICATE as READABLE_CERTIFICATE, PRIVATE_KEY } from '../support/keys.ts';

export interface Position {
  readonly vendor: VendorName;
  readonly dialect: string;
  /** The input path below `input`, joined by dots. */
  readonly field: string;
  /** The path in the body, or `file:<part>` for the upload. */
  readonly wire: string;
  /** The form that the vendor requires. */
  readonly as?: 'base64' | 'json';
  /** A template of the secret, with CANARY in place of the canary. */
  readonly shape?: string;
  /** The fields of the base input that the secret replaces. */
  readonly without?: readonly string[];
  /** Further values that the input needs, by path. */
  readonly beside?: Readonly<Record<string, unknown>>;
}

/** A valid input for each vendor and dialect, with only the required secrets. */
export const BASES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'looker postgres': { host: 'db.example.com', database: 'app' },
  'looker mysql': { host: 'db.example.com', database: 'app' },
  'looker bigquery': { projectId: 'acme-data', dataset: 'sales' },
  'looker snowflake': { account: 'xy12345', database: 'SALES', username: 'bi' },
  ...Object.fromEntries(
    ['clickhouse', 'exasol', 'mariadb', 'mssql', 'oracle', 'redshift', 'sapHana'].map((dialect) => [
      `looker ${dialect}`,
      { host: 'db.example.com', database: 'app' },
    ]),
  ),
  'looker athena': { region: 'eu-central-1', s3StagingDir: 's3://acme-athena/results/', accessKeyId: 'AKIAEXAMPLE' },
  'looker databricks': { host: 'dbc-1.cloud.databricks.com', httpPath: '/sql/1.0/warehouses/abc' },
  'looker trino': { host: 'trino.example.com', port: 8443, catalog: 'hive', username: 'bi' },
  'looker other': { dialectName: 'vertica', host: 'db.example.com', database: 'app', username: 'bi' },
  'omni postgres': { host: 'db.example.com', port: 5432, database: 'app', username: 'bi', password: 'needed' },
  'omni mysql': { host: 'db.example.com', port: 3306, database: 'app', username: 'bi', password: 'needed' },
  'omni bigquery': { projectId: 'acme-data', location: 'us' },
  'omni snowflake': { account: 'xy12345', warehouse: 'WH', database: 'SALES', username: 'bi', password: 'needed' },
  ...Object.fromEntries(
    [
      'clickhouse',
      'databricksLakebase',
      'exasol',
      'mariadb',
      'mssql',
      'oracle',
      'redshift',
      'sapHana',
      'starrocks',
    ].map((dialect) => [
      `omni ${dialect}`,
      {
        host: 'db.example.com',
        port: 4321,
        database: 'app',
        username: 'bi',
        password: 'needed',
        ...(dialect === 'mssql' ? { schema: 'dbo' } : {}),
        ...(dialect === 'oracle' ? { acceptsLicense: true } : {}),
      },
    ]),
  ),
  'omni athena': { region: 'eu-central-1', accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'needed' },
  'omni databricks': { host: 'dbc-1.cloud.databricks.com', httpPath: '/sql/1.0/warehouses/abc', accessToken: 'needed' },
  'omni motherduck': { database: 'app', accessToken: 'needed' },
  'omni trino': { host: 'trino.example.com', port: 8443, catalog: 'hive', username: 'bi', password: 'needed' },
  'credible motherduck': { database: 'app', accessToken: 'needed' },
  'credible trino': { host: 'trino.example.com', port: 8443, catalog: 'hive', username: 'bi' },
  'credible duckdb': { attached: [{ name: 'orders', source: { postgres: { host: 'db.example.com' } } }] },
  'credible postgres': { host: 'db.example.com', port: 5432, database: 'app', username: 'bi' },
  'credible mysql': { host: 'db.example.com', port: 3306, database: 'app', username: 'bi' },
  'credible bigquery': { projectId: 'acme-data' },
  'credible snowflake': { account: 'xy12345', username: 'bi', warehouse: 'WH', password: 'needed' },
  'chartbrew postgres': { host: 'db.example.com', database: 'app', username: 'bi', tls: { enabled: true } },
  'chartbrew mysql': { host: 'db.example.com', database: 'app', username: 'bi', tls: { enabled: true } },
  'chartbrew clickhouse': { host: 'db.example.com', database: 'app', username: 'bi', tls: { enabled: true } },
  'chartbrew mongodb': { host: 'db.example.com', database: 'app', username: 'bi', password: 'needed' },
  'chartbrew api': { baseUrl: 'https://api.example.com/v1' },
  'chartbrew realtimeDb': { databaseUrl: 'https://acme.firebaseio.com' },
  'chartbrew firestore': {},
  'chartbrew googleAnalytics': { oauthId: '6f1c1f5e-8f0a-4c0e-9a55-0d2b6f5a7c11' },
  'chartbrew customerIo': { region: 'eu' },
};

const KEY =
  '{"type":"service_account","project_id":"acme-data","client_email":"bi@acme-data.iam.gserviceaccount.com","private_key":"CANARY"}';
const PEM = '-----BEGIN PRIVATE KEY-----\nMIICANARY\n-----END PRIVATE KEY-----\n';
const CERTIFICATE = PEM.replaceAll('PRIVATE KEY', 'CERTIFICATE');
/** A private key without a canary, for inputs that need a key in addition to the secret. */
export const PLAIN_PEM = PEM.replace('CANARY', 'ordinary');
/** An SSH tunnel without its secrets. */
const TUNNEL = {
  'options.chartbrew.ssh.enabled': true,
  'options.chartbrew.ssh.host': 'bastion.example.com',
  'options.chartbrew.ssh.username': 'hop',
};
const PARTS = ['host', 'port', 'database', 'username', 'password'];

const at = (
  cell: string,
  field: string,
  wire: string,
  rest: Pick<Position, 'as' | 'shape' | 'without' | 'beside'> = {},
): Position => {
  const [vendor = '', dialect = ''] = cell.split(' ');
  return { vendor: vendor as VendorName, dialect, field, wire, ...rest };
};

/** The other fields of a DuckDB attachment. */
const SOURCES: Readonly<Record<string, unknown>> = {
  postgres: { postgres: { host: 'db.example.com' } },
  bigquery: { bigquery: { projectId: 'acme-data' } },
  snowflake: { snowflake: { account: 'xy12345', username: 'bi', warehouse: 'WH', password: 'needed' } },
  gcs: { gcs: { keyId: 'GOOG1EXAMPLE' } },
  // An update clears the token, because one may be stored.
  s3: { s3: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'needed', sessionToken: null } },
};

const DUCKDB_SOURCES: readonly (readonly [string, string, string, Pick<Position, 'shape'>?])[] = [
  ['postgres', 'password', 'postgresConnection.password'],
  ['bigquery', 'serviceAccountKey', 'bigqueryConnection.serviceAccountKeyJson', { shape: KEY }],
  ['snowflake', 'password', 'snowflakeConnection.password'],
  ['snowflake', 'privateKey', 'snowflakeConnection.privateKey', { shape: PEM }],
  ['snowflake', 'privateKeyPassphrase', 'snowflakeConnection.privateKeyPass'],
  ['gcs', 'secret', 'gcsConnection.secret'],
  ['s3', 'secretAccessKey', 's3Connection.secretAccessKey'],
  ['s3', 'sessionToken', 's3Connection.sessionToken'],
];

export const POSITIONS: readonly Position[] = [
  at('looker postgres', 'config.postgres.password', 'password'),
  at('looker mysql', 'config.mysql.password', 'password'),
  at('looker bigquery', 'config.bigquery.serviceAccountKey', 'certificate', { as: 'base64', shape: KEY }),
  at('looker snowflake', 'config.snowflake.password', 'password'),
  at('looker snowflake', 'config.snowflake.privateKey', 'certificate', { as: 'base64', shape: PEM }),
  at('looker snowflake', 'config.snowflake.privateKeyPassphrase', 'password', {
    beside: { 'config.snowflake.privateKey': PLAIN_PEM },
  }),
  at('looker postgres', 'options.looker.jdbcAdditionalParams', 'jdbc_additional_params', { shape: 'token=CANARY' }),
  at('looker postgres', 'options.looker.afterConnectStatements', 'after_connect_statements', {
    shape: "SET app.key = 'CANARY'",
  }),
  at('omni postgres', 'config.postgres.password', 'passwordUnencrypted'),
  at('omni mysql', 'config.mysql.password', 'passwordUnencrypted'),
  ...['clickhouse', 'exasol', 'mariadb', 'mssql', 'oracle', 'redshift', 'sapHana', 'trino', 'other'].map((dialect) =>
    at(`looker ${dialect}`, `config.${dialect}.password`, 'password'),
  ),
  at('looker athena', 'config.athena.secretAccessKey', 'password'),
  at('looker databricks', 'config.databricks.accessToken', 'password'),
  at('looker postgres', 'options.looker.certificate.body', 'certificate', {
    as: 'base64',
    shape: PEM,
    beside: { 'options.looker.certificate.fileType': 'P8' },
  }),
  at('looker postgres', 'options.looker.pdtOverride.password', 'pdt_context_override.password'),
  at('looker postgres', 'options.looker.pdtOverride.certificate.body', 'pdt_context_override.certificate', {
    as: 'base64',
    shape: KEY,
    beside: { 'options.looker.pdtOverride.certificate.fileType': 'JSON' },
  }),
  at(
    'looker postgres',
    'options.looker.pdtOverride.jdbcAdditionalParams',
    'pdt_context_override.jdbc_additional_params',
    { shape: 'token=CANARY' },
  ),
  at(
    'looker postgres',
    'options.looker.pdtOverride.afterConnectStatements',
    'pdt_context_override.after_connect_statements',
    { shape: "SET app.key = 'CANARY'" },
  ),
  ...['clickhouse', 'databricksLakebase', 'exasol', 'mariadb', 'mssql', 'oracle', 'redshift', 'sapHana'].map(
    (dialect) => at(`omni ${dialect}`, `config.${dialect}.password`, 'passwordUnencrypted'),
  ),
  at('omni starrocks', 'config.starrocks.password', 'passwordUnencrypted'),
  at('omni trino', 'config.trino.password', 'passwordUnencrypted'),
  at('omni athena', 'config.athena.secretAccessKey', 'passwordUnencrypted'),
  at('omni databricks', 'config.databricks.accessToken', 'passwordUnencrypted'),
  at('omni databricks', 'config.databricks.oauth.clientSecret', 'oauthClientSecretUnencrypted', {
    without: ['accessToken'],
    beside: { 'config.databricks.oauth.clientId': 'client-1' },
  }),
  at('omni motherduck', 'config.motherduck.accessToken', 'passwordUnencrypted'),
  at('credible motherduck', 'config.motherduck.accessToken', 'motherduckConnection.accessToken'),
  at('credible trino', 'config.trino.password', 'trinoConnection.password'),
  at('credible trino', 'config.trino.peakaKey', 'trinoConnection.peakaKey'),
  ...DUCKDB_SOURCES.map(([source, field, wire, rest]) =>
    at(
      'credible duckdb',
      `config.duckdb.attached.0.source.${source}.${field}`,
      `duckdbConnection.attachedDatabases.0.${wire}`,
      { ...rest, beside: { 'config.duckdb.attached.0.source': SOURCES[source] } },
    ),
  ),
  at('omni bigquery', 'config.bigquery.serviceAccountKey', 'passwordUnencrypted', { shape: KEY }),
  at('omni snowflake', 'config.snowflake.password', 'passwordUnencrypted'),
  at('omni snowflake', 'config.snowflake.privateKey', 'privateKey', { shape: PEM, without: ['password'] }),
  at('omni snowflake', 'config.snowflake.oauth.clientSecret', 'oauthClientSecretUnencrypted', {
    without: ['password'],
    beside: { 'config.snowflake.oauth.clientId': 'client-1' },
  }),
  at(
    'credible duckdb',
    'config.duckdb.attached.0.source.postgres.connectionString',
    'duckdbConnection.attachedDatabases.0.postgresConnection.connectionString',
    {
      shape: 'postgres://bi:CANARY@db.example.com/app',
      beside: { 'config.duckdb.attached.0.source': { postgres: {} } },
    },
  ),
  at('credible postgres', 'config.postgres.password', 'postgresConnection.password'),
  at('credible postgres', 'config.postgres.connectionString', 'postgresConnection.connectionString', {
    shape: 'postgres://bi:CANARY@db.example.com/app',
    without: PARTS,
  }),
  at('credible mysql', 'config.mysql.password', 'mysqlConnection.password'),
  at('credible bigquery', 'config.bigquery.serviceAccountKey', 'bigqueryConnection.serviceAccountKeyJson', {
    shape: KEY,
  }),
  at('credible snowflake', 'config.snowflake.password', 'snowflakeConnection.password'),
  at('credible snowflake', 'config.snowflake.privateKey', 'snowflakeConnection.privateKey', { shape: PEM }),
  at('credible snowflake', 'config.snowflake.privateKeyPassphrase', 'snowflakeConnection.privateKeyPass', {
    without: ['password'],
    beside: { 'config.snowflake.privateKey': PLAIN_PEM },
  }),
  ...['postgres', 'mysql'].flatMap((dialect) => [
    at(`chartbrew ${dialect}`, `config.${dialect}.password`, 'password'),
    at(`chartbrew ${dialect}`, `config.${dialect}.connectionString`, 'connectionString', {
      shape: `${dialect}://bi:CANARY@db.example.com/app`,
      without: PARTS,
    }),
    at(`chartbrew ${dialect}`, `config.${dialect}.tls.ca`, 'file:sslCa', { shape: CERTIFICATE }),
    at(`chartbrew ${dialect}`, `config.${dialect}.tls.certificate`, 'file:sslCert', {
      shape: CERTIFICATE,
      beside: { [`config.${dialect}.tls.key`]: PRIVATE_KEY },
    }),
    at(`chartbrew ${dialect}`, `config.${dialect}.tls.key`, 'file:sslKey', {
      shape: PEM,
      beside: { [`config.${dialect}.tls.certificate`]: READABLE_CERTIFICATE },
    }),
  ]),
  at('chartbrew clickhouse', 'config.clickhouse.password', 'password'),
  at('chartbrew mongodb', 'config.mongodb.password', 'password'),
  at('chartbrew mongodb', 'config.mongodb.connectionString', 'connectionString', {
    shape: 'mongodb://bi:CANARY@db.example.com/app',
    without: PARTS,
  }),
  at('chartbrew mongodb', 'config.mongodb.options.0.value', 'options.0.tlsCertificateKeyFilePassword', {
    beside: { 'config.mongodb.options': [{ name: 'tlsCertificateKeyFilePassword' }] },
  }),
  at('chartbrew api', 'config.api.authentication.bearer', 'authentication.token'),
  at('chartbrew api', 'config.api.authentication.basic.password', 'authentication.pass', {
    beside: { 'config.api.authentication': { basic: { username: 'bi' } } },
  }),
  at('chartbrew api', 'config.api.headers.0.value', 'options.0.X-Api-Key', {
    beside: { 'config.api.headers': [{ name: 'X-Api-Key' }] },
  }),
  at('chartbrew realtimeDb', 'config.realtimeDb.serviceAccountKey', 'firebaseServiceAccount', {
    as: 'json',
    shape: KEY,
  }),
  at('chartbrew firestore', 'config.firestore.serviceAccountKey', 'firebaseServiceAccount', { as: 'json', shape: KEY }),
  at('chartbrew customerIo', 'config.customerIo.apiKey', 'password'),
  at('chartbrew postgres', 'options.chartbrew.ssh.password', 'sshPassword', { beside: TUNNEL }),
  at('chartbrew postgres', 'options.chartbrew.ssh.passphrase', 'sshPassphrase', {
    beside: { ...TUNNEL, 'options.chartbrew.ssh.privateKey': PLAIN_PEM },
  }),
  at('chartbrew postgres', 'options.chartbrew.ssh.privateKey', 'file:sshPrivateKey', { shape: PEM, beside: TUNNEL }),
];
