// Omni's table: its word for each dialect, and where each field goes in its create body. Of all that is sent it tells
// again only the database and the default schema.
import { bigquery } from '../../dialects/bigquery.ts';
import { mysql } from '../../dialects/mysql.ts';
import { other } from '../../dialects/other.ts';
import { postgres } from '../../dialects/postgres.ts';
import { snowflake } from '../../dialects/snowflake.ts';
import type { FieldKey } from '../../domain/fields.ts';
import type { DialectSupport, WireTable } from '../../domain/vendor.ts';

const server = {
  host: 'host',
  port: 'port',
  database: 'database',
  schema: 'defaultSchema',
  username: 'username',
  password: 'passwordUnencrypted',
} as const satisfies WireTable;

const needsServer: readonly (readonly FieldKey[])[] = [['host', 'port', 'database', 'username', 'password']];

const noTls = 'it has no setting for the encryption of this dialect.';
const serverAdvice = {
  connectionString: 'give host, port, database, username and password.',
  flavor: 'it makes no difference between products.',
  'tls.enabled': noTls,
  'tls.verify': noTls,
};

const snowflakeWays = ['account', 'hostOverride'].flatMap((host) => [
  [host, 'warehouse', 'database', 'username', 'password'],
  [host, 'warehouse', 'database', 'username', 'privateKey'],
  [host, 'database', 'oauth.clientId', 'oauth.clientSecret'],
]);

export const omniDialects: Readonly<Record<string, DialectSupport>> = {
  postgres: {
    dialect: postgres,
    word: 'postgres',
    fields: server,
    required: needsServer,
    advice: serverAdvice,
  },
  mysql: { dialect: mysql, word: 'mysql', fields: server, required: needsServer, advice: serverAdvice },
  bigquery: {
    dialect: bigquery,
    word: 'bigquery',
    fields: {
      projectId: 'database',
      dataset: 'defaultSchema',
      location: 'region',
      serviceAccountEmail: 'username',
      serviceAccountKey: 'passwordUnencrypted',
      maximumBytesBilled: 'maxBillingBytes',
    },
    required: [
      ['location', 'serviceAccountKey'],
      ['location', 'options.workloadIdentityAudience'],
    ],
    advice: {
      billingProjectId: 'it bills the project that holds the data.',
      queryTimeoutMs: 'use options.omni.queryTimeoutSeconds.',
    },
  },
  snowflake: {
    dialect: snowflake,
    word: 'snowflake',
    fields: {
      account: 'host',
      hostOverride: 'hostOverride',
      warehouse: 'warehouse',
      database: 'database',
      schema: 'defaultSchema',
      username: 'username',
      password: 'passwordUnencrypted',
      privateKey: 'privateKey',
      'oauth.clientId': 'oauthClientId',
      'oauth.clientSecret': 'oauthClientSecretUnencrypted',
      'oauth.audience': 'externalOauthAudience',
      'oauth.authorizationUrl': 'externalOauthAuthorizationUrl',
      'oauth.tokenUrl': 'externalOauthTokenUrl',
    },
    required: snowflakeWays,
    exclusive: [[['account'], ['hostOverride']]],
    advice: {
      role: "it uses the user's default role; set that in Snowflake.",
      privateKeyPassphrase: 'give a key without passphrase.',
      queryTimeoutMs: 'use options.omni.queryTimeoutSeconds.',
    },
  },
  other: {
    dialect: other,
    word: null,
    fields: { database: 'database', schema: 'defaultSchema', password: 'passwordUnencrypted' },
    required: [],
  },
};
