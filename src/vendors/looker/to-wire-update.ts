// A patch as the partial DBConnection that makes it so: what is kept is left out, null clears. Secrets are revealed by the
// functions of to-wire.ts.
import type { Patch } from '../../domain/connection.ts';
import { ValidationError, type ValidationIssue } from '../../domain/errors.ts';
import { valueAt, type FieldKey, type Values } from '../../domain/fields.ts';
import { Secret } from '../../domain/secret.ts';
import { writeFields } from '../wire-fields.ts';
import { OVERRIDE } from './field-groups.ts';
import { lookerOptions, lookerOptionsWire } from './fields.ts';
import { changesParams, paramsOfConfig, replaceKnown, replaceOwn, sharesParams } from './jdbc-params.ts';
import {
  athenaHost,
  clientEmail,
  configKeyFile,
  keyFile,
  reveal,
  reviewKeyPair,
  reviewParams,
  snowflakeHost,
  textOf,
  type Body,
} from './to-wire.ts';

/** A setting as it is to be: what is given, null for what is cleared, else what is there. */
const afterwards = ({ current, config }: Patch, key: FieldKey): unknown =>
  config[key] === undefined ? current.config[key] : config[key];

function snowflakeHostChange(patch: Patch): Body {
  const { account, hostOverride } = patch.config;
  const isKept = account === undefined && hostOverride === undefined;
  const isOverridden = hostOverride === undefined && Boolean(patch.current.config['hostOverride']);
  if (isKept || isOverridden) return {};
  return { host: snowflakeHost(afterwards(patch, 'account'), afterwards(patch, 'hostOverride')) };
}

/** Another way to give the one key file that Looker keeps. */
const bringsFile = ({ options }: Patch): boolean => valueAt(options, 'certificate.body') instanceof Secret;

function snowflakeSignIn(patch: Patch): Body {
  const { password, privateKey } = patch.config;
  if (privateKey instanceof Secret) return { ...configKeyFile(privateKey, '.p8'), uses_key_pair_auth: true };
  const usesKeyPair = { uses_key_pair_auth: patch.options['usesKeyPairAuth'] ?? false };
  if (privateKey === null && !bringsFile(patch)) return { certificate: null, ...usesKeyPair };
  return password instanceof Secret ? usesKeyPair : {};
}

function bigquery(patch: Patch): Body {
  const { dataset, serviceAccountEmail, serviceAccountKey } = patch.config;
  const schema = dataset === undefined ? {} : { schema: dataset };
  if (serviceAccountKey === null && !bringsFile(patch)) return { ...schema, certificate: null };
  if (!(serviceAccountKey instanceof Secret)) return schema;
  const username = serviceAccountEmail ?? clientEmail(serviceAccountKey);
  return { ...schema, ...(username ? { username } : {}), ...configKeyFile(serviceAccountKey, '.json') };
}

/** What no table says, by dialect. */
const DERIVED: Readonly<Record<string, (patch: Patch) => Body>> = {
  athena: ({ config: { region } }) => (region === undefined ? {} : { host: athenaHost(region) }),
  bigquery,
  databricks: ({ config: { schema } }) => (schema === null ? { database: 'default' } : {}),
  snowflake: (patch) => ({ ...snowflakeHostChange(patch), ...snowflakeSignIn(patch) }),
};

/** Of dialects that have no port among their settings. */
const FIXED_PORT: Readonly<Record<string, string>> = { athena: '443', databricks: '443', snowflake: '443' };

function port({ current, config, options }: Patch): Body {
  const attribute = options['portUserAttribute'];
  // Both are kept in one place: of what is cleared and what is set, the latter stands there.
  if (attribute === undefined || (config['port'] ?? null) !== null) return {};
  return { port: attribute ?? FIXED_PORT[current.dialect] ?? null };
}

/** Settings that own a part of the driver's parameters, with what must join them there. */
function paramChanges({ current, config }: Patch): Values {
  const { account, hostOverride } = config;
  const isHostAlone = current.dialect === 'snowflake' && account === undefined && Boolean(hostOverride);
  // The host told the account, and no longer does.
  return isHostAlone && !current.config['hostOverride'] ? { ...config, account: current.config['account'] } : config;
}

/** Whether the driver's parameters must be read, since what changes is a part of them. */
export const needsParams = (patch: Patch): boolean =>
  changesParams(patch.current.dialect, paramChanges(patch)) ||
  (patch.options['jdbcAdditionalParams'] !== undefined && sharesParams(patch.current.dialect));

function driverParams(patch: Patch, before: string): [Body, ValidationIssue[]] {
  const { dialect } = patch.current;
  const given = patch.options['jdbcAdditionalParams'];
  const known = replaceKnown(dialect, before, paramChanges(patch));
  const after = given === undefined ? known : replaceOwn(dialect, known, textOf(given));
  const isSame = after === before && (given === undefined || sharesParams(dialect));
  const issues = reviewParams(dialect, paramsOfConfig(dialect, known), textOf(given));
  return [isSame ? {} : { jdbc_additional_params: after === '' ? null : after }, issues];
}

/** A key file that is one of a change: null, or null as its text, takes it away. */
const changedFile = (options: Values, key: FieldKey): ReturnType<typeof keyFile> =>
  [valueAt(options, key), valueAt(options, `${key}.body`)].includes(null)
    ? [{ certificate: null }, []]
    : keyFile(options, key);

/**
 * The changes alone.
 * @param params the driver's parameters as they are, where they are needed.
 * @throws ValidationError when a driver parameter is given twice, or a key file in a form that is none, or denied.
 */
export function toPatchWire(patch: Patch, params: string): Body {
  const { current, support, config, options } = patch;
  const [paramChange, paramIssues] = driverParams(patch, params);
  const [file, fileIssues] = changedFile(options, 'certificate');
  const [overrideFile, overrideIssues] = changedFile(options, 'pdtOverride.certificate');
  const issues = [...paramIssues, ...fileIssues, ...overrideIssues, ...reviewKeyPair(config, options)];
  if (issues.length > 0) throw new ValidationError(issues);

  const { [OVERRIDE]: override, ...written } = writeFields(lookerOptions, lookerOptionsWire, options, reveal);
  const { dialectName } = options;
  const overrideChange = { ...(override as Body | undefined), ...overrideFile };
  return {
    ...(dialectName ? { dialect_name: dialectName } : {}),
    ...writeFields(support.dialect.fields, support.fields, config, reveal),
    ...written,
    ...file,
    ...DERIVED[current.dialect]?.(patch),
    ...paramChange,
    ...port(patch),
    ...(Object.keys(overrideChange).length > 0 ? { [OVERRIDE]: { context: 'pdt', ...overrideChange } } : {}),
  };
}
