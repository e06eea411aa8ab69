// The fields of DuckDB attachments at Credible, in the order of the field map.
import { field, writeSample, readSample, type Exception, type Field } from '../../../support/field-samples.ts';
import { KEY_FILE, PRIVATE_KEY } from '../../create-case.ts';
import { both, type Block } from './blocks.ts';

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

export const credibleAttachments: readonly Field[] = [
  field(LIST, [
    writeSample(
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
    readSample(
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
      writeSample('DuckDbAttachmentInput.name: String!', 'config.duckdb.attached.0.name', 'orders_2', 'orders_2'),
      readSample('DuckDbAttachment.name: String', 'orders_2', 'config.attached.0.name', 'orders_2', { on: 'duckdb' }),
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
        writeSample(`DuckDbSourceInput.${key}: ${type}Input`, `config.duckdb.attached.0.source.${key}`, {}, key, {
          on: on!,
        }),
        readSample('DuckDbAttachment.source: DuckDbSource', key, `${SOURCE}.__typename`, `${type}Config`, { on: on! }),
      ]),
      readSample('DuckDbAttachment.source: DuckDbSource', 'azure', SOURCE, null, { on: 'duckdb' }),
    ],
    `${LIST}.0.type`,
  ),
  field(
    'attachedDatabases[].bigqueryConnection',
    [
      writeSample(
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
      readSample(
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
      writeSample(
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
          privateKey: PRIVATE_KEY,
          privateKeyPass: 'pass-secret-1',
          warehouse: 'WH',
          database: 'CRM',
          schema: 'EU',
          role: 'ANALYST',
          responseTimeoutMilliseconds: 120000,
        },
        { on: 'duckdbSnowflake' },
      ),
      readSample(
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
      writeSample(
        'DuckDbSourceInput.postgres: PostgresInput',
        'config.duckdb.attached.0.source.postgres',
        { host: 'db.acme.example', port: 7001, database: 'crm', username: 'ann', password: 'pw-secret-2' },
        { host: 'db.acme.example', port: 7001, databaseName: 'crm', userName: 'ann', password: 'pw-secret-2' },
      ),
      writeSample(
        'DuckDbSourceInput.postgres: PostgresInput',
        'config.duckdb.attached.0.source.postgres',
        { connectionString: 'postgresql://ann:url-secret-1@db.acme.example/crm' },
        { connectionString: 'postgresql://ann:url-secret-1@db.acme.example/crm' },
      ),
      readSample(
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
  unread: { on: 'duckdb', wirePath: `${LIST}.0.attributes.${name}`, raw },
});

export const attributesOfAttachments: readonly Exception[] = [
  ofAttachment('dialectName', 'dialect-of-the-server'),
  ofAttachment('isPool', true),
  ofAttachment('canPersist', true),
  ofAttachment('canStream', true),
];
