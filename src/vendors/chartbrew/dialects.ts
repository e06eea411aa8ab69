// Chartbrew's support table: its type for each dialect, and the wire name of each field. The server requires no fields. The fields
// that are required here are those that a working connection needs.
import { api } from '../../dialects/api.ts';
import { clickhouse } from '../../dialects/clickhouse.ts';
import { customerIo } from '../../dialects/customer-io.ts';
import { firestore } from '../../dialects/firestore.ts';
import { googleAnalytics } from '../../dialects/google-analytics.ts';
import { mongodb } from '../../dialects/mongodb.ts';
import { mysql } from '../../dialects/mysql.ts';
import { other } from '../../dialects/other.ts';
import { postgres } from '../../dialects/postgres.ts';
import { realtimeDb } from '../../dialects/realtime-db.ts';
import type { DialectSupport, WireTable } from '../../domain/dialect-support.ts';

const postgresFlavors = { STANDARD: 'postgres', TIMESCALE: 'timescaledb', SUPABASE: 'supabasedb', RDS: 'rdsPostgres' };
const mysqlFlavors = { STANDARD: 'mysql', RDS: 'rdsMysql' };

/** For each dialect, Chartbrew's `subType` of each flavor. A flavor that is missing here is refused. */
export const subTypes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  postgres: postgresFlavors,
  mysql: mysqlFlavors,
};

/** The values of `sslMode`, and whether Chartbrew verifies the server's certificate in each. */
export const sslModes: Readonly<Record<string, boolean>> = {
  require: false,
  'verify-ca': true,
  'verify-full': true,
  prefer: false,
  disable: false,
};

/** Dialects for which Chartbrew can open an SSH tunnel. For all others it connects directly. */
export const tunnelDialects: readonly string[] = ['postgres', 'mysql'];

const server = {
  host: 'host',
  port: { wire: 'port', as: 'text' },
  database: 'dbName',
  username: 'username',
  password: 'password',
} as const satisfies WireTable;

const tls = {
  'tls.enabled': 'ssl',
  // Listed before the mode: a refusal of sslMode gets the path of the first of the two fields that was provided.
  'tls.verify': { wire: 'sslMode', derived: true },
  'tls.mode': { wire: 'sslMode', derived: true },
  // Files, which are uploaded in a request of their own.
  'tls.ca': { wire: 'sslCa', derived: true },
  'tls.certificate': { wire: 'sslCert', derived: true },
  'tls.key': { wire: 'sslKey', derived: true },
} as const satisfies WireTable;

// For ClickHouse, Chartbrew always verifies the certificate, and accepts no files.
const clickhouseTls = {
  'tls.enabled': 'ssl',
  'tls.verify': { wire: 'sslMode', derived: true },
} as const satisfies WireTable;

const noSchemaAdvice = { schema: 'it has no default schema; name it in the queries.' };
const SYSTEM_AUTHORITIES = 'it trusts only the certificate authorities of its own system.';
const NO_CLIENT_CERTIFICATE = 'it signs in at ClickHouse only with user name and password.';
const modes = { 'tls.mode': Object.keys(sslModes) };
const connectionParts = ['host', 'port', 'database', 'username', 'password'];

const sqlWithUrl = (flavors: Readonly<Record<string, string>>) =>
  ({
    fields: {
      ...server,
      ...tls,
      connectionString: 'connectionString',
      flavor: { wire: 'subType', derived: true },
    },
    required: [['host', 'database', 'username'], ['connectionString']],
    exclusive: [[['connectionString'], connectionParts]],
    staysUntilCleared: ['connectionString'],
    values: { ...modes, flavor: Object.keys(flavors) },
    advice: noSchemaAdvice,
  }) as const satisfies Omit<DialectSupport, 'dialect' | 'vendorDialect'>;

// Chartbrew builds the URL for MongoDB and uses neither `ssl` nor the files.
const TLS_BY_OPTION =
  'add an entry `tls` with the value `true` to `options`, or write `tls=true` into the connection string.';

export const chartbrewDialects: Readonly<Record<string, DialectSupport>> = {
  postgres: {
    dialect: postgres,
    vendorDialect: 'postgres',
    ...sqlWithUrl(postgresFlavors),
    note: 'Chartbrew 5.3.0 accepts an SSH tunnel for PostgreSQL, but cannot connect through it.',
  },
  mysql: { dialect: mysql, vendorDialect: 'mysql', ...sqlWithUrl(mysqlFlavors) },
  clickhouse: {
    dialect: clickhouse,
    vendorDialect: 'clickhouse',
    fields: { ...server, ...clickhouseTls },
    required: [['host', 'database', 'username']],
    values: { 'tls.verify': [true] },
    advice: {
      ...noSchemaAdvice,
      'tls.verify': SYSTEM_AUTHORITIES,
      'tls.mode': `${SYSTEM_AUTHORITIES} Use only \`tls.enabled\`.`,
      'tls.ca': SYSTEM_AUTHORITIES,
      'tls.certificate': NO_CLIENT_CERTIFICATE,
      'tls.key': NO_CLIENT_CERTIFICATE,
    },
    note: `Only newer Chartbrew servers support it. An older server stores the connection and cannot use it. With TLS ${SYSTEM_AUTHORITIES}`,
  },
  mongodb: {
    dialect: mongodb,
    vendorDialect: 'mongodb',
    fields: {
      ...server,
      connectionString: 'connectionString',
      srv: 'srv',
      options: { wire: 'options', derived: true },
    },
    required: [['host', 'database'], ['connectionString']],
    exclusive: [[['connectionString'], [...connectionParts, 'options']]],
    staysUntilCleared: ['connectionString'],
    advice: Object.fromEntries(Object.keys(tls).map((key) => [key, TLS_BY_OPTION])),
  },
  api: {
    dialect: api,
    vendorDialect: 'api',
    fields: {
      baseUrl: 'host',
      'authentication.basic.username': 'authentication.user',
      'authentication.basic.password': 'authentication.pass',
      'authentication.bearer': 'authentication.token',
      headers: { wire: 'options', derived: true },
    },
    required: [['baseUrl']],
  },
  realtimeDb: {
    dialect: realtimeDb,
    vendorDialect: 'realtimedb',
    fields: {
      databaseUrl: 'connectionString',
      authOverrideUid: 'username',
      serviceAccountKey: { wire: 'firebaseServiceAccount', derived: true },
    },
    required: [['serviceAccountKey']],
  },
  firestore: {
    dialect: firestore,
    vendorDialect: 'firestore',
    fields: {
      projectId: 'firebaseServiceAccount.project_id',
      serviceAccountKey: { wire: 'firebaseServiceAccount', derived: true },
    },
    required: [['serviceAccountKey']],
  },
  googleAnalytics: {
    dialect: googleAnalytics,
    vendorDialect: 'googleAnalytics',
    fields: { oauthId: 'oauth_id' },
    required: [['oauthId']],
    note: "A user gives the grant in a browser, on Chartbrew's web page. There is no API for it.",
  },
  customerIo: {
    dialect: customerIo,
    vendorDialect: 'customerio',
    fields: { region: 'host', apiKey: 'password' },
    required: [['region', 'apiKey']],
    values: { region: ['us', 'eu'] },
  },
  // All other types that Chartbrew stores, such as jira and stripeOfficial.
  other: { dialect: other, vendorDialect: null, readOnly: true, fields: { ...server, ...tls }, required: [] },
};
