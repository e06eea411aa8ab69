// The wire names of all fields in the blocks of Credible's types. A connection and a database attached to a DuckDB share them.
import { duckdb } from '../../../dialects/duckdb.ts';
import { itemOf, type Fields } from '../../../fields/field-meta.ts';
import type { FieldSupport } from '../../../domain/dialect-support.ts';

const noTls = 'it has no setting for encryption.';
const tlsAdvice = {
  'tls.enabled': noTls,
  'tls.verify': noTls,
  'tls.mode': noTls,
  'tls.ca': noTls,
  'tls.certificate': noTls,
  'tls.key': noTls,
};
const serverAdvice = {
  schema: 'it has no default schema for this dialect.',
  flavor: 'it does not distinguish between products.',
  ...tlsAdvice,
};

export const postgresBlock: FieldSupport = {
  fields: {
    host: 'postgresConnection.host',
    port: 'postgresConnection.port',
    database: 'postgresConnection.databaseName',
    username: 'postgresConnection.userName',
    password: 'postgresConnection.password',
    connectionString: 'postgresConnection.connectionString',
  },
  // Credible requires neither. With an empty block it connects to its own machine.
  required: [['host'], ['connectionString']],
  exclusive: [[['connectionString'], ['host', 'port', 'database', 'username', 'password']]],
  advice: serverAdvice,
};

export const mysqlBlock: FieldSupport = {
  fields: {
    host: 'mysqlConnection.host',
    port: 'mysqlConnection.port',
    database: 'mysqlConnection.database',
    username: 'mysqlConnection.user',
    password: 'mysqlConnection.password',
  },
  required: [['host']],
  advice: { ...serverAdvice, connectionString: 'provide host, port, database, username and password.' },
};

export const bigqueryBlock: FieldSupport = {
  fields: {
    projectId: 'bigqueryConnection.defaultProjectId',
    billingProjectId: 'bigqueryConnection.billingProjectId',
    location: 'bigqueryConnection.location',
    serviceAccountKey: 'bigqueryConnection.serviceAccountKeyJson',
    maximumBytesBilled: 'bigqueryConnection.maximumBytesBilled',
    queryTimeoutMs: { wire: 'bigqueryConnection.queryTimeoutMilliseconds', as: 'text' },
  },
  required: [],
  advice: {
    dataset: 'name the dataset in the model.',
    serviceAccountEmail: 'it reads the account from the key.',
  },
};

const noOauth = 'it signs in by password or key pair.';

export const snowflakeBlock: FieldSupport = {
  fields: {
    account: 'snowflakeConnection.account',
    username: 'snowflakeConnection.username',
    password: 'snowflakeConnection.password',
    privateKey: 'snowflakeConnection.privateKey',
    privateKeyPassphrase: 'snowflakeConnection.privateKeyPass',
    warehouse: 'snowflakeConnection.warehouse',
    database: 'snowflakeConnection.database',
    schema: 'snowflakeConnection.schema',
    role: 'snowflakeConnection.role',
    queryTimeoutMs: 'snowflakeConnection.responseTimeoutMilliseconds',
  },
  required: [
    ['account', 'username', 'warehouse', 'password'],
    ['account', 'username', 'warehouse', 'privateKey'],
  ],
  advice: {
    hostOverride: 'it accepts only the account.',
    'oauth.clientId': noOauth,
    'oauth.clientSecret': noOauth,
    'oauth.audience': noOauth,
    'oauth.authorizationUrl': noOauth,
    'oauth.tokenUrl': noOauth,
    ...tlsAdvice,
  },
};

const noTlsDetails = 'it stores only whether the connection is encrypted. Provide only `tls.enabled`.';

export const trinoBlock: FieldSupport = {
  fields: {
    // Credible stores one URL, whose scheme says whether the connection is encrypted.
    host: { wire: 'trinoConnection.server', derived: true },
    'tls.enabled': { wire: 'trinoConnection.server', derived: true },
    port: 'trinoConnection.port',
    catalog: 'trinoConnection.catalog',
    schema: 'trinoConnection.schema',
    username: 'trinoConnection.user',
    password: 'trinoConnection.password',
    peakaKey: 'trinoConnection.peakaKey',
  },
  required: [['host', 'port']],
  advice: {
    'tls.verify': noTlsDetails,
    'tls.mode': noTlsDetails,
    'tls.ca': noTlsDetails,
    'tls.certificate': noTlsDetails,
    'tls.key': noTlsDetails,
  },
};

export const motherduckBlock: FieldSupport = {
  fields: { accessToken: 'motherduckConnection.accessToken', database: 'motherduckConnection.database' },
  required: [['accessToken']],
  advice: { schema: 'it has no default schema for this dialect.' },
};

const gcsBlock: FieldSupport = {
  fields: { keyId: 'gcsConnection.keyId', secret: 'gcsConnection.secret' },
  required: [['keyId', 'secret']],
};

const s3Block: FieldSupport = {
  fields: {
    accessKeyId: 's3Connection.accessKeyId',
    secretAccessKey: 's3Connection.secretAccessKey',
    region: 's3Connection.region',
    endpoint: 's3Connection.endpoint',
    sessionToken: 's3Connection.sessionToken',
  },
  required: [['accessKeyId', 'secretAccessKey']],
};

/** The kinds of databases that can be attached to a DuckDB, by Credible's word for each kind. */
export const sourceBlocks: Readonly<Record<string, FieldSupport>> = {
  postgres: postgresBlock,
  bigquery: bigqueryBlock,
  snowflake: snowflakeBlock,
  gcs: gcsBlock,
  s3: s3Block,
};

/** The fields of an attached database. */
export const attachmentFields = itemOf(duckdb.fields.shape['attached'] as Fields) as Fields;

/** Returns the fields of one kind of attached database. */
export const sourceFieldsOf = (kind: string): Fields =>
  (attachmentFields.shape['source'] as Fields).shape[kind] as Fields;
