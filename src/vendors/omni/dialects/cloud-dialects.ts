// Omni's support of cloud services with their own sign-in methods. A read reports the database (project, catalog) and the default
// schema (dataset) only.
import { athena } from '../../../dialects/athena.ts';
import { bigquery } from '../../../dialects/bigquery.ts';
import { databricks } from '../../../dialects/databricks.ts';
import { motherduck } from '../../../dialects/motherduck.ts';
import { snowflake } from '../../../dialects/snowflake.ts';
import type { FieldKey } from '../../../fields/values-by-key.ts';
import type { DialectSupport } from '../../../domain/dialect-support.ts';

/** Advice about the fields of `tls` for services that are always reached over TLS. */
const alwaysEncrypted: Readonly<Record<FieldKey, string>> = Object.fromEntries(
  ['enabled', 'verify', 'mode', 'ca', 'certificate', 'key'].map((name) => [
    `tls.${name}`,
    'the connection to it is always encrypted.',
  ]),
);

/** With user OAuth no secret is stored: each user signs in. The option names the sign-in method. */
const AUTHENTICATION_TYPE = 'options.authenticationType';

const snowflakeRequired = ['account', 'hostOverride'].flatMap((host) => [
  [host, 'warehouse', 'database', 'username', 'password'],
  [host, 'warehouse', 'database', 'username', 'privateKey'],
  [host, 'database', 'oauth.clientId', 'oauth.clientSecret'],
  [host, 'database', AUTHENTICATION_TYPE],
]);

const followsFromHost = 'it follows from the host.';

export const cloudDialects: Readonly<Record<string, DialectSupport>> = {
  bigquery: {
    dialect: bigquery,
    vendorDialect: 'bigquery',
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
      ['location', AUTHENTICATION_TYPE],
    ],
    advice: {
      billingProjectId: 'it bills the project that holds the data.',
      queryTimeoutMs: 'use options.omni.queryTimeoutSeconds.',
    },
  },
  snowflake: {
    dialect: snowflake,
    vendorDialect: 'snowflake',
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
    required: snowflakeRequired,
    exclusive: [[['account'], ['hostOverride']]],
    advice: {
      ...alwaysEncrypted,
      role: "it uses the user's default role; set that in Snowflake.",
      privateKeyPassphrase: 'provide a key without a passphrase.',
      queryTimeoutMs: 'use options.omni.queryTimeoutSeconds.',
    },
  },
  databricks: {
    dialect: databricks,
    vendorDialect: 'databricks',
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
      ['host', 'httpPath', AUTHENTICATION_TYPE],
    ],
    advice: {
      ...alwaysEncrypted,
      'oauth.audience': followsFromHost,
      'oauth.authorizationUrl': followsFromHost,
      'oauth.tokenUrl': followsFromHost,
    },
  },
  athena: {
    dialect: athena,
    vendorDialect: 'athena',
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
    advice: { ...alwaysEncrypted, s3StagingDir: "its API has no field for it; set it in Omni's web page." },
  },
  motherduck: {
    dialect: motherduck,
    vendorDialect: 'motherduck',
    fields: { database: 'database', schema: 'defaultSchema', accessToken: 'passwordUnencrypted' },
    required: [['database', 'accessToken']],
  },
};
