// Credible's table: its type for each dialect, and where each field goes in that type's own block.
import { bigquery } from '../../dialects/bigquery.ts';
import { mysql } from '../../dialects/mysql.ts';
import { other } from '../../dialects/other.ts';
import { postgres } from '../../dialects/postgres.ts';
import { snowflake } from '../../dialects/snowflake.ts';
import type { DialectSupport } from '../../domain/vendor.ts';

const noTls = 'it has no setting for encryption.';
const serverAdvice = {
  schema: 'it has no default schema for this dialect.',
  flavor: 'it makes no difference between products.',
  'tls.enabled': noTls,
  'tls.verify': noTls,
};

export const credibleDialects: Readonly<Record<string, DialectSupport>> = {
  postgres: {
    dialect: postgres,
    word: 'postgres',
    fields: {
      host: 'postgresConnection.host',
      port: 'postgresConnection.port',
      database: 'postgresConnection.databaseName',
      username: 'postgresConnection.userName',
      password: 'postgresConnection.password',
      connectionString: 'postgresConnection.connectionString',
    },
    // Credible itself requires neither, and an empty block makes it connect to its own machine.
    required: [['host'], ['connectionString']],
    exclusive: [[['connectionString'], ['host', 'port', 'database', 'username', 'password']]],
    advice: serverAdvice,
  },
  mysql: {
    dialect: mysql,
    word: 'mysql',
    fields: {
      host: 'mysqlConnection.host',
      port: 'mysqlConnection.port',
      database: 'mysqlConnection.database',
      username: 'mysqlConnection.user',
      password: 'mysqlConnection.password',
    },
    required: [['host']],
    advice: { ...serverAdvice, connectionString: 'give host, port, database, username and password.' },
  },
  bigquery: {
    dialect: bigquery,
    word: 'bigquery',
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
      serviceAccountEmail: 'it takes the account from the key.',
    },
  },
  snowflake: {
    dialect: snowflake,
    word: 'snowflake',
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
    advice: { hostOverride: 'it takes the account alone.', 'tls.enabled': noTls, 'tls.verify': noTls },
  },
  // The blocks of its other types are not read; a field named here that no row has says that a password may be stored.
  other: { dialect: other, word: null, fields: { password: 'password' }, required: [] },
};
