// A draft as Looker's DBConnection. One of the places where a caller's secret is revealed.
import type { Draft } from '../../domain/connection.ts';
import { ValidationError, type ValidationIssue } from '../../domain/errors.ts';
import { valueAt, type FieldKey, type Values } from '../../domain/fields.ts';
import { Secret } from '../../domain/secret.ts';
import { issue, optionPath } from '../../domain/support.ts';
import { writeFields } from '../wire-fields.ts';
import { OVERRIDE } from './field-groups.ts';
import { lookerOptions, lookerOptionsWire } from './fields.ts';
import { configParams, namesTwice, writeParams } from './jdbc-params.ts';
import { base64, fileTypeWord, keyFileBase64, keyFileBody, keyFileProblem } from './key-file.ts';

export type Body = Record<string, unknown>;

export const reveal = (secret: Secret): string => secret.reveal();
export const textOf = (value: unknown): string => (value instanceof Secret ? reveal(value) : '');

/** The account that a key file belongs to. */
export function clientEmail(key: unknown): string | undefined {
  const { client_email: email } = JSON.parse(textOf(key)) as { client_email?: unknown };
  return typeof email === 'string' ? email : undefined;
}

/** The fields of the key file that a dialect's own settings hold. */
export const configKeyFile = (key: unknown, fileType: '.json' | '.p8'): Body => ({
  certificate: base64(textOf(key)),
  file_type: fileType,
});

function bigquery({ dataset, serviceAccountEmail, serviceAccountKey }: Values): Body {
  // The schema is the dataset again: Looker's own guides set both.
  const body: Body = dataset ? { schema: dataset } : {};
  if (!serviceAccountKey) return body;
  const username = serviceAccountEmail ?? clientEmail(serviceAccountKey);
  return {
    ...body,
    ...(username ? { username } : {}),
    ...configKeyFile(serviceAccountKey, '.json'),
  };
}

/** These speak over TLS, or send credentials over it alone; Looker leaves the flag off unless told. */
const encrypted = (config: Values): Body => (valueAt(config, 'tls.enabled') === undefined ? { ssl: true } : {});

export const snowflakeHost = (account: unknown, hostOverride: unknown): unknown =>
  hostOverride ?? `${account as string}.snowflakecomputing.com`;

export const athenaHost = (region: unknown): string => `athena.${region as string}.amazonaws.com`;

const snowflake = ({ account, hostOverride, privateKey, ...rest }: Values): Body => ({
  host: snowflakeHost(account, hostOverride),
  port: '443',
  ...encrypted(rest),
  ...(privateKey ? { ...configKeyFile(privateKey, '.p8'), uses_key_pair_auth: true } : {}),
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
const DERIVED: Readonly<Record<string, (config: Values) => Body>> = {
  athena,
  bigquery,
  databricks,
  snowflake,
  trino: encrypted,
};

/** What stands against a caller's own driver parameters beside those of `config`. */
export function reviewParams(dialect: string, known: ReturnType<typeof configParams>, own: string): ValidationIssue[] {
  const twice = namesTwice(known, own).join(', ');
  const path = optionPath('looker', 'jdbcAdditionalParams');
  const message = `It sets ${twice}, which config.${dialect} sets too; give it once.`;
  return twice ? [issue(path, 'EXCLUSIVE', message)] : [];
}

/** The driver's parameters. */
function driverParams({ dialect, config, options }: Draft): Body {
  const own = textOf(options['jdbcAdditionalParams']);
  const known = configParams(dialect, config);
  const params = writeParams(known, own);
  return params === '' ? {} : { jdbc_additional_params: params };
}

/** A private key of Snowflake's that an option of the same input denies. What is only stored may be denied. */
export const reviewKeyPair = (config: Values, options: Values): ValidationIssue[] =>
  config['privateKey'] instanceof Secret && options['usesKeyPairAuth'] === false
    ? [
        issue(
          optionPath('looker', 'usesKeyPairAuth'),
          'EXCLUSIVE',
          'config.snowflake.privateKey signs in by key pair; give one of them.',
        ),
      ]
    : [];

/** A key file among the options, with what stands against it. */
export function keyFile(options: Values, key: FieldKey): [Body, ValidationIssue[]] {
  const file = valueAt(options, key) as Values | null | undefined;
  const problem = keyFileProblem(file);
  if (problem !== null) return [{}, [issue(optionPath('looker', `${key}.body`), 'INVALID', problem)]];
  if (typeof file?.['fileType'] !== 'string') return [{}, []];
  const { fileType } = file;
  const certificate = keyFileBase64(reveal(keyFileBody(file)), fileType);
  return [{ certificate, file_type: fileTypeWord(fileType) }, []];
}

/**
 * What stands against secrets that its table does not say: it is told before any call.
 * @param given of a change, what it sets: what is stored already is not looked at.
 */
export function secretIssues({ dialect, config }: Draft, given: Draft): ValidationIssue[] {
  const { options } = given;
  const known = configParams(dialect, config);
  const [, fileIssues] = keyFile(options, 'certificate');
  const [, overrideIssues] = keyFile(options, 'pdtOverride.certificate');
  return [
    ...reviewParams(dialect, known, textOf(options['jdbcAdditionalParams'])),
    ...fileIssues,
    ...overrideIssues,
    ...reviewKeyPair(given.config, options),
  ];
}

/** @throws ValidationError when a driver parameter is given twice, or a key file in a form that is none, or denied. */
export function toWire(draft: Draft): Body {
  const { name, support, config, options } = draft;
  const issues = secretIssues(draft, draft);
  if (issues.length > 0) throw new ValidationError(issues);
  const [file] = keyFile(options, 'certificate');
  const [overrideFile] = keyFile(options, 'pdtOverride.certificate');

  const { [OVERRIDE]: override, ...written } = writeFields(lookerOptions, lookerOptionsWire, options, reveal);
  const { portUserAttribute, pdtOverride } = options;
  return {
    name,
    dialect_name: options['dialectName'] ?? support.word,
    ...writeFields(support.dialect.fields, support.fields, config, reveal),
    ...written,
    ...file,
    ...DERIVED[support.dialect.key]?.(config),
    ...driverParams(draft),
    ...(portUserAttribute ? { port: portUserAttribute } : {}),
    ...(pdtOverride ? { [OVERRIDE]: { context: 'pdt', ...(override as Body | undefined), ...overrideFile } } : {}),
  };
}
