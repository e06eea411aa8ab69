// A draft as Looker's DBConnection. One of the places where a caller's secret is revealed.
import type { Draft } from '../../domain/connection.ts';
import { clientEmailIn } from '../../formats/service-account-key.ts';
import { valueAt, type FieldKey, type Values } from '../../fields/fields.ts';
import { Secret } from '../../secrets/secret.ts';
import { writeFields } from '../wire-fields.ts';
import { OVERRIDE } from './field-groups.ts';
import { lookerOptions, lookerOptionsWire } from './fields.ts';
import { athenaHost, snowflakeHost } from './hosts.ts';
import { configParams, writeParams } from './jdbc-params.ts';
import { base64, fileTypeWord, keyFileBase64 } from './key-file.ts';

export type Body = Record<string, unknown>;

export const reveal = (secret: Secret): string => secret.reveal();
export const textOf = (value: unknown): string => (value instanceof Secret ? reveal(value) : '');

/** The account that a key file names; null where it names none, or is not there. */
export const clientEmail = (key: unknown): string | null => clientEmailIn(textOf(key));

/** The fields of the key file that a dialect's own settings hold. */
export const configKeyFile = (key: unknown, fileType: '.json' | '.p8'): Body => ({
  certificate: base64(textOf(key)),
  file_type: fileType,
});

/** The user that BigQuery signs in as: the account of the key file that comes with the change, where no other is named. */
export function serviceAccount(config: Values, options: Values): Body {
  const username =
    config['serviceAccountEmail'] ?? clientEmail(config['serviceAccountKey'] ?? valueAt(options, 'certificate.body'));
  return username ? { username } : {};
}

// The schema is the dataset again: Looker's own guides set both.
const bigquery = (config: Values, options: Values): Body => ({
  ...(config['dataset'] ? { schema: config['dataset'] } : {}),
  ...serviceAccount(config, options),
  ...(config['serviceAccountKey'] ? configKeyFile(config['serviceAccountKey'], '.json') : {}),
});

/** These speak over TLS, or send credentials over it alone; Looker leaves the flag off unless told. */
const encrypted = (config: Values): Body => (valueAt(config, 'tls.enabled') === undefined ? { ssl: true } : {});

const snowflake = ({ account, hostOverride, privateKey, privateKeyPassphrase, ...rest }: Values): Body => ({
  host: snowflakeHost(account, hostOverride),
  port: '443',
  ...encrypted(rest),
  ...(privateKey ? { ...configKeyFile(privateKey, '.p8'), uses_key_pair_auth: true } : {}),
  // Looker keeps the passphrase of a key where it keeps a password.
  ...(privateKeyPassphrase ? { password: textOf(privateKeyPassphrase) } : {}),
});

const athena = ({ region, ...rest }: Values): Body => ({
  host: athenaHost(region),
  port: '443',
  ...encrypted(rest),
});

const databricks = (config: Values): Body => ({
  port: '443',
  // The word stands for any user: the access token says who it is.
  username: 'token',
  ...(config['schema'] === undefined ? { database: 'default' } : {}),
  ...encrypted(config),
});

/** What no table says, by dialect. */
const DERIVED: Readonly<Record<string, (config: Values, options: Values) => Body>> = {
  athena,
  bigquery,
  databricks,
  snowflake,
  trino: encrypted,
};

/** The driver's parameters. */
function driverParams({ dialect, config, options }: Draft): Body {
  const params = writeParams(configParams(dialect, config), textOf(options['jdbcAdditionalParams']));
  return params === '' ? {} : { jdbc_additional_params: params };
}

/** A key file among the options. */
export function keyFile(options: Values, key: FieldKey): Body {
  const file = valueAt(options, key) as Values | null | undefined;
  if (!file) return {};
  return { certificate: keyFileBase64(file, reveal), file_type: fileTypeWord(file['fileType'] as string) };
}

/** The body of a draft that `review` let through. */
export function toWire(draft: Draft): Body {
  const { name, support, config, options } = draft;
  const { [OVERRIDE]: override, ...written } = writeFields(lookerOptions, lookerOptionsWire, options, reveal);
  const { portUserAttribute, pdtOverride } = options;
  const overrideFile = keyFile(options, 'pdtOverride.certificate');
  return {
    name,
    dialect_name: options['dialectName'] ?? support.word,
    ...writeFields(support.dialect.fields, support.fields, config, reveal),
    ...written,
    ...keyFile(options, 'certificate'),
    ...DERIVED[support.dialect.key]?.(config, options),
    ...driverParams(draft),
    ...(portUserAttribute ? { port: portUserAttribute } : {}),
    ...(pdtOverride ? { [OVERRIDE]: { context: 'pdt', ...(override as Body | undefined), ...overrideFile } } : {}),
  };
}
