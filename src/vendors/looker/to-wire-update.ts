// A patch as the partial DBConnection that makes it so: what is kept is left out, null clears. Secrets are revealed by the
// functions of to-wire.ts.
import type { Draft, Patch } from '../../domain/connection.ts';
import { ValidationError } from '../../domain/errors.ts';
import { valueAt, type FieldKey, type Values } from '../../fields/fields.ts';
import { afterChanges, presentValues } from '../../fields/patch.ts';
import { Secret } from '../../secrets/secret.ts';
import { configPath, issue } from '../../domain/support.ts';
import { writeFields } from '../wire-fields.ts';
import { OVERRIDE } from './field-groups.ts';
import { lookerOptions, lookerOptionsWire } from './fields.ts';
import { athenaHost, snowflakeHost } from './hosts.ts';
import { changesParams, paramsOfConfig, replaceKnown, replaceOwn, sharesParams } from './jdbc-params.ts';
import { reviewSecrets, reviewTwice } from './to-wire-checks.ts';
import { configKeyFile, keyFile, reveal, serviceAccount, textOf, type Body } from './to-wire.ts';

/** A setting as it is to be: what is given, null for what is cleared, else what is there. */
const afterwards = ({ current, config }: Patch, key: FieldKey): unknown =>
  config[key] === undefined ? current.config[key] : config[key];

/** The host that follows from a setting. A setting without a value makes no host. */
function hostOf(patch: Patch, field: FieldKey, host: string | null): Body {
  if (host !== null) return { host };
  const message = 'Looker keeps it as a part of the host name, and without it there is none.';
  throw new ValidationError([issue(configPath(patch.current.dialect, field), 'REQUIRED', message)]);
}

function snowflakeHostChange(patch: Patch): Body {
  const { account, hostOverride } = patch.config;
  const isKept = account === undefined && hostOverride === undefined;
  const isOverridden = hostOverride === undefined && Boolean(patch.current.config['hostOverride']);
  if (isKept || isOverridden) return {};
  return hostOf(patch, 'account', snowflakeHost(afterwards(patch, 'account'), afterwards(patch, 'hostOverride')));
}

/** Another way to give the one key file that Looker keeps. */
const bringsFile = ({ options }: Patch): boolean => valueAt(options, 'certificate.body') instanceof Secret;

/** Whether a key pair signs in once the change is made. */
function usesKeyPair({ current, config, options }: Patch, isKeyGone: boolean): unknown {
  if (config['privateKey'] instanceof Secret) return true;
  const isOther = config['password'] instanceof Secret || isKeyGone;
  return options['usesKeyPairAuth'] ?? (isOther ? false : current.details['usesKeyPairAuth']);
}

/** The change of the one place in which Looker keeps a password or the passphrase of a key. */
function passwordPlace({ current, config }: Patch, isOtherSignIn: boolean): Body {
  const { password, privateKeyPassphrase: passphrase } = config;
  if (passphrase instanceof Secret) return { password: reveal(passphrase) };
  if (password instanceof Secret) return {};
  const isStored = ['password', 'privateKeyPassphrase'].some(
    (key) => !['NOT_SET', undefined].includes(current.config[key] as string),
  );
  // A stored password is not the passphrase of a new key, and a stored passphrase is no password.
  return passphrase === null || (isOtherSignIn && isStored) ? { password: null } : {};
}

function snowflakeSignIn(patch: Patch): Body {
  const { current, config } = patch;
  const { password, privateKey } = config;
  const isNew = privateKey instanceof Secret;
  const isGone = privateKey === null && !bringsFile(patch);
  const after = usesKeyPair(patch, isGone);
  const isOtherSignIn = after !== current.details['usesKeyPairAuth'] || isNew || (bringsFile(patch) && after === true);
  return {
    ...(isNew ? configKeyFile(privateKey, '.p8') : {}),
    ...(isGone ? { certificate: null } : {}),
    ...(isNew || isGone || password instanceof Secret ? { uses_key_pair_auth: after } : {}),
    ...passwordPlace(patch, isOtherSignIn),
  };
}

function bigquery(patch: Patch): Body {
  const { config, options } = patch;
  const { dataset, serviceAccountKey: key } = config;
  const isGone = key === null && !bringsFile(patch);
  return {
    ...(dataset === undefined ? {} : { schema: dataset }),
    ...serviceAccount(config, options),
    ...(isGone ? { certificate: null } : {}),
    ...(key instanceof Secret ? configKeyFile(key, '.json') : {}),
  };
}

/** What no table says, by dialect. */
const DERIVED: Readonly<Record<string, (patch: Patch) => Body>> = {
  athena: (patch) => {
    const { region } = patch.config;
    return region === undefined ? {} : hostOf(patch, 'region', athenaHost(region));
  },
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

function driverParams(patch: Patch, before: string): Body {
  const { dialect } = patch.current;
  const given = patch.options['jdbcAdditionalParams'];
  const known = replaceKnown(dialect, before, paramChanges(patch));
  // The stored parameters are known only now, so `review` could not compare with them.
  const issues = reviewTwice(dialect, paramsOfConfig(dialect, known), textOf(given));
  if (issues.length > 0) throw new ValidationError(issues);
  const after = given === undefined ? known : replaceOwn(dialect, known, textOf(given));
  const isSame = after === before && (given === undefined || sharesParams(dialect));
  return isSame ? {} : { jdbc_additional_params: after === '' ? null : after };
}

/** A key file that is one of a change: null, or null as its text, takes it away. */
const changedFile = (options: Values, key: FieldKey): Body =>
  [valueAt(options, key), valueAt(options, `${key}.body`)].includes(null)
    ? { certificate: null }
    : keyFile(options, key);

/** What the patch sets, and the connection as it will be. */
function draftsOf({ current, support, config, options }: Patch): { readonly given: Draft; readonly after: Draft } {
  const { name, dialect, details } = current;
  const draftOf = (told: Values, toldDetails: Values): Draft => ({
    name,
    dialect,
    support,
    config: afterChanges(support.dialect.fields, presentValues(support.dialect.fields, told), config),
    options: afterChanges(lookerOptions, presentValues(lookerOptions, toldDetails), options),
  });
  return { given: draftOf({}, {}), after: draftOf(current.config, details) };
}

/**
 * The changes alone.
 * @param params the driver's parameters as they are, where they are needed.
 * @throws ValidationError where reviewSecrets finds an issue that `review` did not report as new, or a driver parameter is given twice.
 */
export function toPatchWire(patch: Patch, params: string): Body {
  const { current, support, config, options } = patch;
  const { given, after } = draftsOf(patch);
  const issues = reviewSecrets(after, given);
  if (issues.length > 0) throw new ValidationError(issues);

  const { [OVERRIDE]: override, ...written } = writeFields(lookerOptions, lookerOptionsWire, options, reveal);
  const { dialectName } = options;
  const overrideChange = { ...(override as Body | undefined), ...changedFile(options, 'pdtOverride.certificate') };
  return {
    ...(dialectName ? { dialect_name: dialectName } : {}),
    ...writeFields(support.dialect.fields, support.fields, config, reveal),
    ...written,
    ...changedFile(options, 'certificate'),
    ...DERIVED[current.dialect]?.(patch),
    ...driverParams(patch, params),
    ...port(patch),
    ...(Object.keys(overrideChange).length > 0 ? { [OVERRIDE]: { context: 'pdt', ...overrideChange } } : {}),
  };
}
