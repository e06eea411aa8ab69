// Looker's table: its word for each dialect, and where each field goes in DBConnection (API 4.0).
import { bigquery } from '../../dialects/bigquery.ts';
import { mysql } from '../../dialects/mysql.ts';
import { other } from '../../dialects/other.ts';
import { postgres } from '../../dialects/postgres.ts';
import { snowflake } from '../../dialects/snowflake.ts';
import type { DialectSupport, WireTable } from '../../domain/vendor.ts';

const tls = { 'tls.enabled': 'ssl', 'tls.verify': 'verify_ssl' } as const;

const server = {
  host: 'host',
  port: { wire: 'port', as: 'text' },
  database: 'database',
  schema: 'schema',
  username: 'username',
  password: 'password',
  ...tls,
} as const satisfies WireTable;

const noTlsFiles = {
  'tls.mode': 'use tls.enabled and tls.verify.',
  'tls.ca': 'its API takes no certificates; install them on the Looker host.',
  'tls.certificate': 'its API takes no certificates; install them on the Looker host.',
  'tls.key': 'its API takes no certificates; install them on the Looker host.',
};

const serverAdvice = { ...noTlsFiles, connectionString: 'give host, port, database, username and password.' };

export const lookerDialects: Readonly<Record<string, DialectSupport>> = {
  postgres: {
    dialect: postgres,
    word: 'postgres',
    alsoReads: ['google_cloud_postgres', 'azure_postgres', 'postgres9_1'],
    fields: server,
    required: [['host']],
    advice: { ...serverAdvice, flavor: 'name the product in options.looker.dialectName, as azure_postgres.' },
  },
  mysql: {
    dialect: mysql,
    word: 'mysql',
    alsoReads: ['mysql_8', 'googlecloudsql', 'amazonaurora'],
    fields: server,
    required: [['host']],
    advice: { ...serverAdvice, flavor: 'name the product in options.looker.dialectName, as googlecloudsql.' },
  },
  bigquery: {
    dialect: bigquery,
    word: 'bigquery_standard_sql',
    fields: {
      // Looker keeps the project in `host` and the dataset in `database`; the reverse makes every query fail.
      projectId: 'host',
      dataset: 'database',
      serviceAccountEmail: 'username',
      serviceAccountKey: { wire: 'certificate', derived: true },
    },
    required: [['projectId', 'dataset']],
    advice: {
      location: 'its API has no field for it.',
      billingProjectId: 'its API has no field for it.',
      maximumBytesBilled: 'it counts in gigabytes; use options.looker.maxBillingGigabytes.',
      queryTimeoutMs: 'its API has no field for it.',
    },
  },
  snowflake: {
    dialect: snowflake,
    word: 'snowflake',
    fields: {
      account: { wire: 'host', derived: true },
      hostOverride: { wire: 'host', derived: true },
      warehouse: { wire: 'jdbc_additional_params', derived: true },
      role: { wire: 'jdbc_additional_params', derived: true },
      database: 'database',
      schema: 'schema',
      username: 'username',
      password: 'password',
      privateKey: { wire: 'certificate', derived: true },
      ...tls,
    },
    required: [
      ['account', 'database'],
      ['hostOverride', 'database'],
    ],
    advice: {
      ...noTlsFiles,
      privateKeyPassphrase: 'its API has no field for it; give a key without passphrase.',
      'oauth.clientId': 'register the application in Looker and name it in options.looker.oauthApplicationId.',
      'oauth.clientSecret': 'register the application in Looker and name it in options.looker.oauthApplicationId.',
      queryTimeoutMs: 'its API has no field for it.',
    },
  },
  other: { dialect: other, word: null, fields: server, required: [] },
};
