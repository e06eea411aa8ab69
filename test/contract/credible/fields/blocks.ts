// The fields in the block of each of Credible's types, in the order of the field map.
import { field, writeSample, readSample, type Field } from '../../../support/field-samples.ts';
import { KEY_FILE, PRIVATE_KEY } from '../../create-case.ts';

export interface Block {
  /** The name of the block in the vendor's JSON. */
  readonly wire: string;
  /** The stem of the schema's type names. */
  readonly type: string;
  /** The key of the base input and the base row. */
  readonly on: string;
  /** The path of the parent of the block, when it is not the body. */
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

/** A field that is written and read unchanged. */
export const both = ({ wire, type, on, inWire = '', inInput, inTold }: Block) => ({
  plain: (theirs: string, ours: string, kind: string, value: unknown, raw = value): Field =>
    field(
      `${wire}.${theirs}`,
      [
        writeSample(`${type}Input.${ours}: ${kind}`, `${inInput}.${ours}`, value, raw, { on }),
        readSample(`${type}Config.${ours}: ${kind}`, raw, `${inTold}.${ours}`, value, { on }),
      ],
      `${inWire}${wire}.${theirs}`,
    ),
  secret: (theirs: string, ours: string, value: string, input = on): Field =>
    field(
      `${wire}.${theirs}`,
      [
        writeSample(`${type}Input.${ours}: SecretString`, `${inInput}.${ours}`, value, value, { on: input }),
        readSample(`${type}Config.${ours}: MaskedSecret!`, undefined, `${inTold}.${ours}`, 'UNKNOWN', { on }),
        readSample(`${type}Config.${ours}: MaskedSecret!`, value, `${inTold}.${ours}`, 'SET', { on }),
      ],
      `${inWire}${wire}.${theirs}`,
    ),
});

const postgres = both(blockOf('postgresConnection', 'Postgres', 'postgres'));
const bigquery = both(blockOf('bigqueryConnection', 'BigQuery', 'bigquery'));
const snowflake = both(blockOf('snowflakeConnection', 'Snowflake', 'snowflake'));
const trino = both(blockOf('trinoConnection', 'Trino', 'trino'));
const mysql = both(blockOf('mysqlConnection', 'MySql', 'mysql'));
const motherduck = both(blockOf('motherduckConnection', 'MotherDuck', 'motherduck'));

export const credibleBlocks: readonly Field[] = [
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
    writeSample(
      'SnowflakeInput.privateKeyPassphrase: SecretString',
      'config.snowflake.privateKeyPassphrase',
      'pass-secret-1',
      'pass-secret-1',
      { on: 'snowflakeByKey', beside: { 'config.snowflake.privateKey': PRIVATE_KEY } },
    ),
    readSample(
      'SnowflakeConfig.privateKeyPassphrase: MaskedSecret!',
      undefined,
      'config.privateKeyPassphrase',
      'UNKNOWN',
      {
        on: 'snowflake',
      },
    ),
    readSample(
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
    writeSample('TrinoInput.host: String', 'config.trino.host', 'other.acme.example', 'https://other.acme.example'),
    writeSample('TlsInput.enabled: Boolean', 'config.trino.tls.enabled', true, 'https://db.acme.example'),
    writeSample('TlsInput.enabled: Boolean', 'config.trino.tls.enabled', false, 'http://db.acme.example'),
    readSample('TrinoConfig.host: String', 'https://db.acme.example', 'config.host', 'db.acme.example', {
      on: 'trino',
    }),
    readSample(
      'TrinoConfig.host: String',
      'https://ann:url-secret-1@db.acme.example/?a=b',
      'config.host',
      'db.acme.example',
      {
        on: 'trino',
      },
    ),
    readSample('TlsConfig.enabled: Boolean', 'https://db.acme.example', 'config.tls.enabled', true, { on: 'trino' }),
    readSample('TlsConfig.enabled: Boolean', 'http://db.acme.example', 'config.tls.enabled', false, { on: 'trino' }),
    readSample('TlsConfig.enabled: Boolean', 'db.acme.example', 'config.tls.enabled', null, { on: 'trino' }),
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
