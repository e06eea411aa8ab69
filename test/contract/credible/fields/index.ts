// Credible's fields, in the order of the field map: the connection itself, the block of each type, the attachments.
import { field, writeSample, readSample, type Field, type VendorFields } from '../../../support/field-samples.ts';
import { attributesOfAttachments, credibleAttachments } from './attachments.ts';
import { credibleBlocks } from './blocks.ts';

const detail = (wire: string, name: string, type: string, raw: unknown, told = raw): Field =>
  field(wire, [readSample(`CredibleDetails.${name}: ${type}`, raw, `details.${name}`, told)]);

const option = (wire: string, type: string, value: unknown): Field =>
  field(wire, [
    writeSample(`CredibleOptionsInput.${wire}: ${type}`, `options.credible.${wire}`, value, value),
    readSample(`CredibleDetails.${wire}: ${type}`, value, `details.${wire}`, value),
  ]);

const connection: readonly Field[] = [
  detail('resource', 'resource', 'String', '/api/v0/organizations/acme/projects/analytics/connections/a'),
  field('name', [
    writeSample('CreateConnectionInput.name: String!', 'name', 'walk_by_name', 'walk_by_name'),
    readSample('Connection.name: String!', 'orders_eu', 'name', 'orders_eu'),
    readSample('Connection.vendorId: String!', 'orders_us', 'vendorId', 'orders_us'),
  ]),
  field('type', [
    writeSample('ConnectionConfigInput.bigquery: BigQueryInput', 'config.bigquery', {}, 'bigquery'),
    writeSample('ConnectionConfigInput.duckdb: DuckDbInput', 'config.duckdb', {}, 'duckdb'),
    writeSample('ConnectionConfigInput.motherduck: MotherDuckInput', 'config.motherduck', {}, 'motherduck'),
    writeSample('ConnectionConfigInput.mysql: MySqlInput', 'config.mysql', {}, 'mysql'),
    writeSample('ConnectionConfigInput.postgres: PostgresInput', 'config.postgres', {}, 'postgres'),
    writeSample('ConnectionConfigInput.snowflake: SnowflakeInput', 'config.snowflake', {}, 'snowflake'),
    writeSample('ConnectionConfigInput.trino: TrinoInput', 'config.trino', {}, 'trino'),
    readSample('Connection.vendorDialect: String!', 'databricks', 'vendorDialect', 'databricks'),
    ...[
      ['bigquery', 'BIGQUERY'],
      ['duckdb', 'DUCKDB'],
      ['motherduck', 'MOTHERDUCK'],
      ['mysql', 'MYSQL'],
      ['postgres', 'POSTGRES'],
      ['snowflake', 'SNOWFLAKE'],
      ['trino', 'TRINO'],
      ['databricks', 'OTHER'],
    ].map(([word, told]) => readSample('Connection.dialect: Dialect!', word, 'dialect', told)),
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
      readSample('CredibleDetails.indexing: IndexingStatus', status, 'details.indexing', status),
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

const server = { host: 'db.acme.example' };
const attachment = (source: Readonly<Record<string, unknown>>) => ({
  duckdb: { attached: [{ name: 'orders', source }] },
});
const attachedRow = (type: string) => ({
  type: 'duckdb',
  duckdbConnection: { attachedDatabases: [{ name: 'orders', type }] },
});

export const credibleFields: VendorFields = {
  dialectWirePath: 'type',
  fields: [...connection, ...credibleBlocks, ...credibleAttachments],
  exceptions: attributesOfAttachments,
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
