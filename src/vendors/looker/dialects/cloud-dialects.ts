// Looker's support of cloud services. Their settings have no field of their own in DBConnection: some use a field of another name
// (Athena's region is in `host`), others are driver parameters.
import { athena } from '../../../dialects/athena.ts';
import { bigquery } from '../../../dialects/bigquery.ts';
import { databricks } from '../../../dialects/databricks.ts';
import { snowflake } from '../../../dialects/snowflake.ts';
import { trino } from '../../../dialects/trino.ts';
import type { DialectSupport } from '../../../domain/dialect-support.ts';
import { named, noTlsFiles, onePort, port, tls } from './shared-entries.ts';

const noField = 'its API has no field for it.';
const driverParams = { wire: 'jdbc_additional_params', derived: true } as const;
const keyFile = { wire: 'certificate', derived: true } as const;
const oauthInLooker = 'register the application in Looker and name it in options.looker.oauthApplicationId.';
const oauthOfDatabricks = 'its API accepts a personal access token; use accessToken.';

const oauthAdvice = (advice: string) =>
  Object.fromEntries(
    ['clientId', 'clientSecret', 'audience', 'authorizationUrl', 'tokenUrl'].map((name) => [`oauth.${name}`, advice]),
  );

export const cloudDialects = {
  athena: {
    dialect: athena,
    ...named('athena'),
    fields: {
      region: { wire: 'host', derived: true },
      catalog: 'database',
      schema: 'schema',
      s3StagingDir: driverParams,
      accessKeyId: 'username',
      secretAccessKey: 'password',
      ...tls,
    },
    required: [['region', 's3StagingDir']],
    advice: {
      ...noTlsFiles,
      roleArn: 'its API has no field for a role; use accessKeyId and secretAccessKey.',
      machineAuthentication: 'its API has no field for it; use accessKeyId and secretAccessKey.',
    },
  },
  bigquery: {
    dialect: bigquery,
    ...named('bigquery_standard_sql'),
    fields: {
      // Looker stores the project in `host` and the dataset in `database`.
      projectId: 'host',
      dataset: 'database',
      serviceAccountEmail: 'username',
      serviceAccountKey: keyFile,
    },
    required: [['projectId', 'dataset']],
    exclusive: [[['serviceAccountKey'], ['options.certificate.body']]],
    advice: {
      location: noField,
      billingProjectId: noField,
      maximumBytesBilled: 'it counts in gigabytes; use options.looker.maxBillingGigabytes.',
      queryTimeoutMs: noField,
    },
    note: 'Provide a PKCS#12 key as options.looker.certificate, together with serviceAccountEmail. Where serviceAccountEmail is not provided, the client_email of a JSON key is used.',
  },
  databricks: {
    dialect: databricks,
    ...named('databricks'),
    fields: {
      host: 'host',
      httpPath: driverParams,
      schema: 'database',
      accessToken: 'password',
      ...tls,
    },
    required: [['host', 'httpPath']],
    advice: {
      ...noTlsFiles,
      ...oauthAdvice(oauthOfDatabricks),
      catalog: 'its API has no field for the Unity catalog; set it in Looker afterwards.',
      machineAuthentication: 'its API has no field for it; use accessToken.',
    },
    note: 'The API cannot set the Unity catalog. The schema is `default` unless another one is provided.',
  },
  snowflake: {
    dialect: snowflake,
    ...named('snowflake'),
    fields: {
      account: { wire: 'host', derived: true },
      hostOverride: { wire: 'host', derived: true },
      warehouse: driverParams,
      role: driverParams,
      database: 'database',
      schema: 'schema',
      username: 'username',
      password: 'password',
      privateKey: keyFile,
      privateKeyPassphrase: { wire: 'password', derived: true },
      ...tls,
    },
    required: [
      ['account', 'database'],
      ['hostOverride', 'database'],
    ],
    exclusive: [[['privateKey'], ['options.certificate.body']]],
    advice: {
      ...noTlsFiles,
      ...oauthAdvice(oauthInLooker),
      queryTimeoutMs: noField,
    },
    note: 'Looker stores either a password or the passphrase of a private key. A new private key replaces a stored password, and the passphrase of the previous key.',
  },
  trino: {
    dialect: trino,
    ...named('trino'),
    fields: {
      host: 'host',
      port,
      catalog: 'database',
      schema: 'schema',
      username: 'username',
      password: 'password',
      'tls.enabled': 'ssl',
    },
    required: [['host']],
    exclusive: [onePort],
    advice: {
      ...noTlsFiles,
      'tls.mode': 'use tls.enabled.',
      'tls.verify': 'it ignores the flag for Trino.',
      peakaKey: noField,
    },
    note: 'Looker sends user name and password over TLS only.',
  },
} satisfies Record<string, DialectSupport>;
