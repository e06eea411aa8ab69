// Credible's fields, in the order of the field map: the connection itself, then the block of each type with its attachments.
import { field, takes, tells, type Field, type VendorFields } from '../../support/field-walk.ts';
import { KEY_FILE, PRIVATE_KEY } from '../cells/cell.ts';

interface Block {
  /** Of the block in the vendor's JSON. */
  readonly wire: string;
  /** Stem of our types. */
  readonly type: string;
  /** Of the base input and the base row. */
  readonly on: string;
  /** Where the block stands, where that is not the body itself. */
  readonly inWire?: string;
  readonly inInput: string;
  readonly inTold: string;
}

const blockOf = (wire: string, type: string, on: string): Block => ({
  wire,
  type,
  on,
  inInput: `config.${on}`,
  inTold: 'config',
});

/** A field that is copied as it is, both ways. */
const both = ({ wire, type, on, inWire = '', inInput, inTold }: Block) => ({
  plain: (theirs: string, ours: string, kind: string, value: unknown, raw = value): Field =>
    field(
      `${wire}.${theirs}`,
      [
        takes(`${type}Input.${ours}: ${kind}`, `${inInput}.${ours}`, value, raw, { on }),
        tells(`${type}Config.${ours}: ${kind}`, raw, `${inTold}.${ours}`, value, { on }),
      ],
      `${inWire}${wire}.${theirs}`,
    ),
  secret: (theirs: string, ours: string, value: string, input = on): Field =>
    field(
      `${wire}.${theirs}`,
      [
        takes(`${type}Input.${ours}: SecretString`, `${inInput}.${ours}`, value, value, { on: input }),
        tells(`${type}Config.${ours}: MaskedSecret!`, undefined, `${inTold}.${ours}`, 'UNKNOWN', { on }),
        tells(`${type}Config.${ours}: MaskedSecret!`, value, `${inTold}.${ours}`, 'SET', { on }),
      ],
      `${inWire}${wire}.${theirs}`,
    ),
});

const detail = (wire: string, name: string, type: string, raw: unknown, told = raw): Field =>
  field(wire, [tells(`CredibleDetails.${name}: ${type}`, raw, `details.${name}`, told)]);

const option = (wire: string, type: string, value: unknown): Field =>
  field(wire, [
    takes(`CredibleOptionsInput.${wire}: ${type}`, `options.credible.${wire}`, value, value),
    tells(`CredibleDetails.${wire}: ${type}`, value, `details.${wire}`, value),
  ]);

const connection: readonly Field[] = [
  detail('resource', 'resource', 'String', '/api/v0/organizations/acme/projects/analytics/connections/a'),
  field('name', [
    takes('CreateConnectionInput.name: String!', 'name', 'walk_by_name', 'walk_by_name'),
    tells('Connection.name: String!', 'orders_eu', 'name', 'orders_eu'),
    tells('Connection.vendorId: String!', 'orders_us', 'vendorId', 'orders_us'),
  ]),
  field('type', [
    takes('ConnectionConfigInput.bigquery: BigQueryInput', 'config.bigquery', {}, 'bigquery'),
    takes('ConnectionConfigInput.duckdb: DuckDbInput', 'config.duckdb', {}, 'duckdb'),
    takes('ConnectionConfigInput.motherduck: MotherDuckInput', 'config.motherduck', {}, 'motherduck'),
    takes('ConnectionConfigInput.mysql: MySqlInput', 'config.mysql', {}, 'mysql'),
    takes('ConnectionConfigInput.postgres: PostgresInput', 'config.postgres', {}, 'postgres'),
    takes('ConnectionConfigInput.snowflake: SnowflakeInput', 'config.snowflake', {}, 'snowflake'),
    takes('ConnectionConfigInput.trino: TrinoInput', 'config.trino', {}, 'trino'),
    tells('Connection.vendorDialect: String!', 'databricks', 'vendorDialect', 'databricks'),
    ...[
      ['bigquery', 'BIGQUERY'],
      ['duckdb', 'DUCKDB'],
      ['motherduck', 'MOTHERDUCK'],
      ['mysql', 'MYSQL'],
      ['postgres', 'POSTGRES'],
      ['snowflake', 'SNOWFLAKE'],
      ['trino', 'TRINO'],
      ['databricks', 'OTHER'],
    ].map(([word, told]) => tells('Connection.dialect: Dialect!', word, 'dialect', told)),
  ]),
  detail('attributes.dialectName', 'dialectName', 'String', 'postgres'),
  detail('attributes.isPool', 'isPool', 'Boolean', true),
  detail('attributes.canPersist', 'canPersist', 'Boolean', true),
  detail('attributes.canStream', 'canStream', 'Boolean', true),
  option('includeTables', '[String!]', ['sales.orders', 'web.*']),
  option('excludeTables', '[String!]', ['sales.drafts']),
  option('excludeAllTables', 'Boolean', true),
  field(
    'indexingStatus',
    ['UNKNOWN', 'PENDING', 'INDEXED', 'SKIPPED', 'FAILED', 'RETRY', null].map((status) =>
      tells('CredibleDetails.indexing: IndexingStatus', status, 'details.indexing', status),
    ),
  ),
  detail(
    'indexingStatusLastUpdated',
    'indexingUpdatedAt',
    'DateTime',
    '2026-06-20T22:15:41Z',
    '2026-06-20T22:15:41.000Z',
  ),
];

const postgres = both(blockOf('postgresConnection', 'Postgres', 'postgres'));
const bigquery = both(blockOf('bigqueryConnection', 'BigQuery', 'bigquery'));
const snowflake = both(blockOf('snowflakeConnection', 'Snowflake', 'snowflake'));
const trino = both(blockOf('trinoConnection', 'Trino', 'trino'));
const mysql = both(blockOf('mysqlConnection', 'MySql', 'mysql'));
const motherduck = both(blockOf('motherduckConnection', 'MotherDuck', 'motherduck'));

const blocks: readonly Field[] = [
  postgres.plain('host', 'host', 'String', 'other.acme.example'),
  postgres.plain('port', 'port', 'Int', 7001),
  postgres.plain('databaseName', 'database', 'String', 'crm'),
  postgres.plain('userName', 'username', 'String', 'ann'),
  postgres.secret('password', 'password', 'pw-secret-2'),
  postgres.secret(
    'connectionString',
    'connectionString',
    'postgresql://ann:url-secret-1@db.acme.example/crm',
    'postgresByUrl',
  ),
  bigquery.plain('defaultProjectId', 'projectId', 'String', 'acme-web'),
  bigquery.plain('billingProjectId', 'billingProjectId', 'String', 'acme-billing'),
  bigquery.plain('location', 'location', 'String', 'EU'),
  bigquery.secret('serviceAccountKeyJson', 'serviceAccountKey', KEY_FILE),
  bigquery.plain('maximumBytesBilled', 'maximumBytesBilled', 'BigInt', '9007199254740993'),
  bigquery.plain('queryTimeoutMilliseconds', 'queryTimeoutMs', 'Int', 600000, '600000'),
  snowflake.plain('account', 'account', 'String', 'acme-hr'),
  snowflake.plain('username', 'username', 'String', 'ANN'),
  snowflake.secret('password', 'password', 'pw-secret-2'),
  snowflake.secret('privateKey', 'privateKey', PRIVATE_KEY, 'snowflakeByKey'),
  field('snowflakeConnection.privateKeyPass', [
    takes(
      'SnowflakeInput.privateKeyPassphrase: SecretString',
      'config.snowflake.privateKeyPassphrase',
      'pass-secret-1',
      'pass-secret-1',
      { on: 'snowflakeByKey', beside: { 'config.snowflake.privateKey': PRIVATE_KEY } },
    ),
    tells('SnowflakeConfig.privateKeyPassphrase: MaskedSecret!', undefined, 'config.privateKeyPassphrase', 'UNKNOWN', {
      on: 'snowflake',
    }),
    tells(
      'SnowflakeConfig.privateKeyPassphrase: MaskedSecret!',
      'pass-secret-1',
      'config.privateKeyPassphrase',
      'SET',
      {
        on: 'snowflake',
      },
    ),
  ]),
  snowflake.plain('warehouse', 'warehouse', 'String', 'WH_2'),
  snowflake.plain('database', 'database', 'String', 'CRM'),
  snowflake.plain('schema', 'schema', 'String', 'EU'),
  snowflake.plain('role', 'role', 'String', 'ANALYST'),
  snowflake.plain('responseTimeoutMilliseconds', 'queryTimeoutMs', 'Int', 120000),
  field('trinoConnection.server', [
    takes('TrinoInput.host: String', 'config.trino.host', 'other.acme.example', 'https://other.acme.example'),
    takes('TlsInput.enabled: Boolean', 'config.trino.tls.enabled', true, 'https://db.acme.example'),
    takes('TlsInput.enabled: Boolean', 'config.trino.tls.enabled', false, 'http://db.acme.example'),
    tells('TrinoConfig.host: String', 'https://db.acme.example', 'config.host', 'db.acme.example', { on: 'trino' }),
    tells(
      'TrinoConfig.host: String',
      'https://ann:url-secret-1@db.acme.example/?a=b',
      'config.host',
      'db.acme.example',
      {
        on: 'trino',
      },
    ),
    tells('TlsConfig.enabled: Boolean', 'https://db.acme.example', 'config.tls.enabled', true, { on: 'trino' }),
    tells('TlsConfig.enabled: Boolean', 'http://db.acme.example', 'config.tls.enabled', false, { on: 'trino' }),
    tells('TlsConfig.enabled: Boolean', 'db.acme.example', 'config.tls.enabled', null, { on: 'trino' }),
  ]),
  trino.plain('port', 'port', 'Int', 7001),
  trino.plain('catalog', 'catalog', 'String', 'hive'),
  trino.plain('schema', 'schema', 'String', 'eu'),
  trino.plain('user', 'username', 'String', 'ann'),
  trino.secret('password', 'password', 'pw-secret-2'),
  trino.secret('peakaKey', 'peakaKey', 'peaka-secret-1'),
  mysql.plain('host', 'host', 'String', 'other.acme.example'),
  mysql.plain('port', 'port', 'Int', 7001),
  mysql.plain('database', 'database', 'String', 'crm'),
  mysql.plain('user', 'username', 'String', 'ann'),
  mysql.secret('password', 'password', 'pw-secret-2'),
  motherduck.secret('accessToken', 'accessToken', 'pw-secret-2'),
  motherduck.plain('database', 'database', 'String', 'crm'),
];

const LIST = 'duckdbConnection.attachedDatabases';
const SOURCE = 'config.attached.0.source';
const attached = (wire: string, type: string, key: string, on: string): Block => ({
  wire,
  type,
  on,
  inWire: `${LIST}.0.`,
  inInput: `config.duckdb.attached.0.source.${key}`,
  inTold: SOURCE,
});
const gcs = both(attached('gcsConnection', 'Gcs', 'gcs', 'duckdbGcs'));
const s3 = both(attached('s3Connection', 'S3', 's3', 'duckdbS3'));

const attachments: readonly Field[] = [
  field(LIST, [
    takes(
      'DuckDbInput.attached: [DuckDbAttachmentInput!]',
      'config.duckdb.attached',
      [
        { name: 'files', source: { gcs: { keyId: 'GOOG1', secret: 'pw-secret-2' } } },
        { name: 'orders', source: { postgres: { host: 'db.acme.example' } } },
      ],
      [
        { name: 'files', type: 'gcs', gcsConnection: { keyId: 'GOOG1', secret: 'pw-secret-2' } },
        { name: 'orders', type: 'postgres', postgresConnection: { host: 'db.acme.example' } },
      ],
    ),
    tells(
      'DuckDbConfig.attached: [DuckDbAttachment!]',
      [
        { name: 'files', type: 'gcs', gcsConnection: { keyId: 'GOOG1' } },
        { name: 'lake', type: 'ducklake' },
      ],
      'config.attached',
      [
        { name: 'files', source: { __typename: 'GcsConfig', keyId: 'GOOG1', secret: 'UNKNOWN' } },
        { name: 'lake', source: null },
      ],
      { on: 'duckdb' },
    ),
  ]),
  field(
    'attachedDatabases[].name',
    [
      takes('DuckDbAttachmentInput.name: String!', 'config.duckdb.attached.0.name', 'orders_2', 'orders_2'),
      tells('DuckDbAttachment.name: String', 'orders_2', 'config.attached.0.name', 'orders_2', { on: 'duckdb' }),
    ],
    `${LIST}.0.name`,
  ),
  field(
    'attachedDatabases[].type',
    [
      ...[
        ['bigquery', 'BigQuery', 'duckdbBigQuery'],
        ['snowflake', 'Snowflake', 'duckdbSnowflake'],
        ['postgres', 'Postgres', 'duckdb'],
        ['gcs', 'Gcs', 'duckdbGcs'],
        ['s3', 'S3', 'duckdbS3'],
      ].flatMap(([key, type, on]) => [
        takes(`DuckDbSourceInput.${key}: ${type}Input`, `config.duckdb.attached.0.source.${key}`, {}, key, { on: on! }),
        tells('DuckDbAttachment.source: DuckDbSource', key, `${SOURCE}.__typename`, `${type}Config`, { on: on! }),
      ]),
      tells('DuckDbAttachment.source: DuckDbSource', 'azure', SOURCE, null, { on: 'duckdb' }),
    ],
    `${LIST}.0.type`,
  ),
  field(
    'attachedDatabases[].bigqueryConnection',
    [
      takes(
        'DuckDbSourceInput.bigquery: BigQueryInput',
        'config.duckdb.attached.0.source.bigquery',
        {
          projectId: 'acme-web',
          billingProjectId: 'acme-billing',
          location: 'EU',
          serviceAccountKey: KEY_FILE,
          maximumBytesBilled: '9007199254740993',
          queryTimeoutMs: 600000,
        },
        {
          defaultProjectId: 'acme-web',
          billingProjectId: 'acme-billing',
          location: 'EU',
          serviceAccountKeyJson: KEY_FILE,
          maximumBytesBilled: '9007199254740993',
          queryTimeoutMilliseconds: '600000',
        },
        { on: 'duckdbBigQuery' },
      ),
      tells(
        'DuckDbAttachment.source: DuckDbSource',
        {
          defaultProjectId: 'acme-web',
          billingProjectId: 'acme-billing',
          location: 'EU',
          serviceAccountKeyJson: KEY_FILE,
          maximumBytesBilled: '9007199254740993',
          queryTimeoutMilliseconds: '600000',
        },
        SOURCE,
        {
          __typename: 'BigQueryConfig',
          projectId: 'acme-web',
          billingProjectId: 'acme-billing',
          location: 'EU',
          dataset: null,
          serviceAccountEmail: null,
          serviceAccountKey: 'SET',
          maximumBytesBilled: '9007199254740993',
          queryTimeoutMs: 600000,
        },
        { on: 'duckdbBigQuery' },
      ),
    ],
    `${LIST}.0.bigqueryConnection`,
  ),
  field(
    'attachedDatabases[].snowflakeConnection',
    [
      takes(
        'DuckDbSourceInput.snowflake: SnowflakeInput',
        'config.duckdb.attached.0.source.snowflake',
        {
          account: 'acme-hr',
          username: 'ANN',
          password: 'pw-secret-2',
          privateKey: PRIVATE_KEY,
          privateKeyPassphrase: 'pass-secret-1',
          warehouse: 'WH',
          database: 'CRM',
          schema: 'EU',
          role: 'ANALYST',
          queryTimeoutMs: 120000,
        },
        {
          account: 'acme-hr',
          username: 'ANN',
          password: 'pw-secret-2',
          privateKey: '-----BEGIN PRIVATE KEY-----\nkey-secret-2\n-----END PRIVATE KEY-----\n',
          privateKeyPass: 'pass-secret-1',
          warehouse: 'WH',
          database: 'CRM',
          schema: 'EU',
          role: 'ANALYST',
          responseTimeoutMilliseconds: 120000,
        },
        { on: 'duckdbSnowflake' },
      ),
      tells(
        'DuckDbAttachment.source: DuckDbSource',
        {
          account: 'acme-hr',
          username: 'ANN',
          password: 'pw-secret-2',
          privateKeyPass: 'pass-secret-1',
          warehouse: 'WH',
          database: 'CRM',
          schema: 'EU',
          role: 'ANALYST',
          responseTimeoutMilliseconds: 120000,
        },
        SOURCE,
        {
          __typename: 'SnowflakeConfig',
          account: 'acme-hr',
          hostOverride: null,
          warehouse: 'WH',
          database: 'CRM',
          schema: 'EU',
          role: 'ANALYST',
          username: 'ANN',
          password: 'SET',
          privateKey: 'UNKNOWN',
          privateKeyPassphrase: 'SET',
          oauth: null,
          queryTimeoutMs: 120000,
          tls: null,
        },
        { on: 'duckdbSnowflake' },
      ),
    ],
    `${LIST}.0.snowflakeConnection`,
  ),
  field(
    'attachedDatabases[].postgresConnection',
    [
      takes(
        'DuckDbSourceInput.postgres: PostgresInput',
        'config.duckdb.attached.0.source.postgres',
        { host: 'db.acme.example', port: 7001, database: 'crm', username: 'ann', password: 'pw-secret-2' },
        { host: 'db.acme.example', port: 7001, databaseName: 'crm', userName: 'ann', password: 'pw-secret-2' },
      ),
      takes(
        'DuckDbSourceInput.postgres: PostgresInput',
        'config.duckdb.attached.0.source.postgres',
        { connectionString: 'postgresql://ann:url-secret-1@db.acme.example/crm' },
        { connectionString: 'postgresql://ann:url-secret-1@db.acme.example/crm' },
      ),
      tells(
        'DuckDbAttachment.source: DuckDbSource',
        { host: 'db.acme.example', port: 7001, databaseName: 'crm', userName: 'ann', password: 'pw-secret-2' },
        SOURCE,
        {
          __typename: 'PostgresConfig',
          host: 'db.acme.example',
          port: 7001,
          database: 'crm',
          schema: null,
          username: 'ann',
          password: 'SET',
          connectionString: 'UNKNOWN',
          flavor: null,
          tls: null,
        },
        { on: 'duckdb' },
      ),
    ],
    `${LIST}.0.postgresConnection`,
  ),
  gcs.plain('keyId', 'keyId', 'String', 'GOOG2'),
  gcs.secret('secret', 'secret', 'pw-secret-2'),
  s3.plain('accessKeyId', 'accessKeyId', 'String', 'AKIAOTHER'),
  s3.secret('secretAccessKey', 'secretAccessKey', 'pw-secret-2'),
  s3.plain('region', 'region', 'String', 'eu-central-1'),
  s3.plain('endpoint', 'endpoint', 'String', 'https://s3.acme.example'),
  s3.secret('sessionToken', 'sessionToken', 'token-secret-1'),
];

const ofAttachment = (name: string, raw: unknown) => ({
  wire: `attachedDatabases.attributes.${name}`,
  why: "computed by the server from the attachment's type",
  unread: { on: 'duckdb', place: `${LIST}.0.attributes.${name}`, raw },
});

const server = { host: 'db.acme.example' };
const attachment = (source: Readonly<Record<string, unknown>>) => ({
  duckdb: { attached: [{ name: 'orders', source }] },
});
const attachedRow = (type: string) => ({
  type: 'duckdb',
  duckdbConnection: { attachedDatabases: [{ name: 'orders', type }] },
});

export const credibleWalk: VendorFields = {
  word: 'type',
  fields: [...connection, ...blocks, ...attachments],
  exceptions: [
    ofAttachment('dialectName', 'dialect-of-the-server'),
    ofAttachment('isPool', true),
    ofAttachment('canPersist', true),
    ofAttachment('canStream', true),
  ],
  inputs: {
    bigquery: { bigquery: {} },
    motherduck: { motherduck: { accessToken: 'pw-secret-1' } },
    mysql: { mysql: server },
    postgres: { postgres: server },
    postgresByUrl: { postgres: {} },
    snowflake: { snowflake: { account: 'acme-fin', username: 'MALLOY', warehouse: 'WH', password: 'pw-secret-1' } },
    snowflakeByKey: { snowflake: { account: 'acme-fin', username: 'MALLOY', warehouse: 'WH' } },
    trino: { trino: { ...server, port: 8080 } },
    duckdb: attachment({ postgres: server }),
    duckdbBigQuery: attachment({ bigquery: {} }),
    duckdbSnowflake: attachment({
      snowflake: { account: 'acme-fin', username: 'MALLOY', warehouse: 'WH', password: 'pw-secret-1' },
    }),
    duckdbGcs: attachment({ gcs: { keyId: 'GOOG1', secret: 'pw-secret-1' } }),
    duckdbS3: attachment({ s3: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'pw-secret-1' } }),
  },
  rows: {
    bigquery: { type: 'bigquery' },
    motherduck: { type: 'motherduck' },
    mysql: { type: 'mysql' },
    postgres: { type: 'postgres' },
    snowflake: { type: 'snowflake' },
    trino: { type: 'trino' },
    duckdb: attachedRow('postgres'),
    duckdbBigQuery: attachedRow('bigquery'),
    duckdbSnowflake: attachedRow('snowflake'),
    duckdbGcs: attachedRow('gcs'),
    duckdbS3: attachedRow('s3'),
  },
};
