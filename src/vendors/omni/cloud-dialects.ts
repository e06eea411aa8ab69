// What Omni takes of the dialects that are services with sign-ins of their own. What a read tells again: the database
// (project, catalog) and the default schema (dataset).
import { athena } from '../../dialects/athena.ts';
import { bigquery } from '../../dialects/bigquery.ts';
import { databricks } from '../../dialects/databricks.ts';
import { motherduck } from '../../dialects/motherduck.ts';
import { snowflake } from '../../dialects/snowflake.ts';
import type { FieldKey } from '../../fields/values.ts';
import type { DialectSupport } from '../../domain/vendor.ts';

/** Advice about every field of `tls`, where there is nothing to choose. */
const alwaysEncrypted: Readonly<Record<FieldKey, string>> = Object.fromEntries(
  ['enabled', 'verify', 'mode', 'ca', 'certificate', 'key'].map((name) => [
    `tls.${name}`,
    'the line to it is always encrypted.',
  ]),
);

/** With OAuth users sign in themselves: a word of Omni's says so, and no secret is stored. */
const SAYS_HOW = 'options.authenticationType';

const snowflakeWays = ['account', 'hostOverride'].flatMap((host) => [
  [host, 'warehouse', 'database', 'username', 'password'],
  [host, 'warehouse', 'database', 'username', 'privateKey'],
  [host, 'database', 'oauth.clientId', 'oauth.clientSecret'],
  [host, 'database', SAYS_HOW],
]);

const fromHost = 'it follows from the host.';

export const cloudDialects: Readonly<Record<string, DialectSupport>> = {
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
      ['location', SAYS_HOW],
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
      ...alwaysEncrypted,
      role: "it uses the user's default role; set that in Snowflake.",
      privateKeyPassphrase: 'give a key without passphrase.',
      queryTimeoutMs: 'use options.omni.queryTimeoutSeconds.',
    },
  },
  databricks: {
    dialect: databricks,
    word: 'databricks',
    fields: {
      host: 'host',
      httpPath: 'warehouse',
      catalog: 'database',
      schema: 'defaultSchema',
      accessToken: 'passwordUnencrypted',
      'oauth.clientId': 'oauthClientId',
      'oauth.clientSecret': 'oauthClientSecretUnencrypted',
      machineAuthentication: 'useMachineAuth',
    },
    required: [
      ['host', 'httpPath', 'accessToken'],
      ['host', 'httpPath', 'oauth.clientId', 'oauth.clientSecret'],
      ['host', 'httpPath', SAYS_HOW],
    ],
    advice: {
      ...alwaysEncrypted,
      'oauth.audience': fromHost,
      'oauth.authorizationUrl': fromHost,
      'oauth.tokenUrl': fromHost,
    },
  },
  athena: {
    dialect: athena,
    word: 'athena',
    fields: {
      region: 'region',
      catalog: 'database',
      schema: 'defaultSchema',
      accessKeyId: 'username',
      secretAccessKey: 'passwordUnencrypted',
      roleArn: 'awsRoleArn',
      machineAuthentication: 'useMachineAuth',
    },
    required: [
      ['region', 'accessKeyId', 'secretAccessKey'],
      ['region', 'roleArn'],
      ['region', 'machineAuthentication'],
    ],
    advice: { ...alwaysEncrypted, s3StagingDir: "its API has no field for it; set it in Omni's own web page." },
  },
  motherduck: {
    dialect: motherduck,
    word: 'motherduck',
    fields: { database: 'database', schema: 'defaultSchema', accessToken: 'passwordUnencrypted' },
    required: [['database', 'accessToken']],
  },
};
