// Values of a new connection that the wire tables do not describe, by dialect. Secrets stay wrapped; to-wire.ts reveals them.
import { valueAt, type Values } from '../../../fields/values-by-key.ts';
import { Secret } from '../../../secrets/secret.ts';
import { configKeyFile } from '../key-files/key-file.ts';
import { athenaHost, snowflakeHost } from './derived-hosts.ts';

/** Returns the user of BigQuery: the provided service account, or the account that the new key file names. */
export function serviceAccount(config: Values, options: Values): Values {
  const key = config['serviceAccountKey'] ?? valueAt(options, 'certificate.body');
  const fileAccount = key instanceof Secret ? key.serviceAccount()?.email : null;
  const username = config['serviceAccountEmail'] ?? fileAccount;
  return username ? { username } : {};
}

// Looker's guides set the schema to the dataset too.
const bigquery = (config: Values, options: Values): Values => ({
  ...(config['dataset'] ? { schema: config['dataset'] } : {}),
  ...serviceAccount(config, options),
  ...(config['serviceAccountKey'] instanceof Secret ? configKeyFile(config['serviceAccountKey'], '.json') : {}),
});

/** These dialects need TLS, or send credentials over TLS only. Looker leaves TLS off unless the flag is sent. */
const tlsByDefault = (config: Values): Values => (valueAt(config, 'tls.enabled') === undefined ? { ssl: true } : {});

const snowflake = ({ account, hostOverride, privateKey, privateKeyPassphrase, ...rest }: Values): Values => ({
  host: snowflakeHost(account, hostOverride),
  port: '443',
  ...tlsByDefault(rest),
  ...(privateKey instanceof Secret ? { ...configKeyFile(privateKey, '.p8'), uses_key_pair_auth: true } : {}),
  // Looker stores the passphrase of a key in the field of the password.
  ...(privateKeyPassphrase ? { password: privateKeyPassphrase } : {}),
});

const athena = ({ region, ...rest }: Values): Values => ({
  host: athenaHost(region),
  port: '443',
  ...tlsByDefault(rest),
});

const databricks = (config: Values): Values => ({
  port: '443',
  // Databricks expects the user name `token` with a personal access token.
  username: 'token',
  ...(config['schema'] === undefined ? { database: 'default' } : {}),
  ...tlsByDefault(config),
});

const BY_DIALECT: Readonly<Record<string, (config: Values, options: Values) => Values>> = {
  athena,
  bigquery,
  databricks,
  snowflake,
  trino: tlsByDefault,
};

/** Returns the fields of DBConnection that a dialect derives from its settings; secrets in them are wrapped. */
export const derivedOnCreate = (dialect: string, config: Values, options: Values): Values =>
  BY_DIALECT[dialect]?.(config, options) ?? {};
