// Changes of a stored connection that the wire tables do not describe, by dialect. Secrets stay wrapped; to-wire.ts reveals them.
import type { Patch } from '../../../domain/connection.ts';
import { ValidationError } from '../../../domain/errors.ts';
import { configPath } from '../../../domain/input-paths.ts';
import { issue } from '../../../domain/issue.ts';
import { valueAt, type FieldKey, type Values } from '../../../fields/values-by-key.ts';
import { Secret } from '../../../secrets/secret.ts';
import { changesConfigParams, hasConfigParams } from '../jdbc/driver-params.ts';
import { configKeyFile } from '../key-files/key-file.ts';
import { serviceAccount } from './derived-on-create.ts';
import { athenaHost, snowflakeHost } from './derived-hosts.ts';

/** A setting after the update; null where the update clears it. */
const afterUpdate = ({ current, config }: Patch, key: FieldKey): unknown =>
  config[key] === undefined ? current.config[key] : config[key];

/** Returns the change of the host. @throws ValidationError when the update clears the setting from which the host is derived. */
function changedHost(patch: Patch, field: FieldKey, host: string | null): Values {
  if (host !== null) return { host };
  const message = 'Looker stores it as a part of the host name, so it must not be empty.';
  throw new ValidationError([issue(configPath(patch.current.dialect, field), 'REQUIRED', message)]);
}

function athena(patch: Patch): Values {
  const { region } = patch.config;
  return region === undefined ? {} : changedHost(patch, 'region', athenaHost(region));
}

function snowflakeHostChange(patch: Patch): Values {
  const { account, hostOverride } = patch.config;
  const isUnchanged = account === undefined && hostOverride === undefined;
  const isOverridden = hostOverride === undefined && Boolean(patch.current.config['hostOverride']);
  if (isUnchanged || isOverridden) return {};
  return changedHost(
    patch,
    'account',
    snowflakeHost(afterUpdate(patch, 'account'), afterUpdate(patch, 'hostOverride')),
  );
}

/** Checks whether the options provide the key file: Looker stores one file for `config` and options together. */
const hasNewOptionFile = ({ options }: Patch): boolean => valueAt(options, 'certificate.body') instanceof Secret;

/** Returns whether the connection signs in by key pair after the update; undefined or null where Looker does not report it. */
function usesKeyPair({ current, config, options }: Patch, isKeyRemoved: boolean): unknown {
  if (config['privateKey'] instanceof Secret) return true;
  const isReplaced = config['password'] instanceof Secret || isKeyRemoved;
  return options['usesKeyPairAuth'] ?? (isReplaced ? false : current.details()['usesKeyPairAuth']);
}

/** Returns the change of Looker's `password`, which stores either a password or the passphrase of a private key. */
function changedPassword({ current, config }: Patch, isOtherSignIn: boolean): Values {
  const { password, privateKeyPassphrase: passphrase } = config;
  if (passphrase instanceof Secret) return { password: passphrase };
  if (password instanceof Secret) return {};
  const isStored = ['password', 'privateKeyPassphrase'].some(
    (key) => !['NOT_SET', undefined].includes(current.config[key] as string),
  );
  // A stored password does not open a new private key, and a stored passphrase is no password.
  return passphrase === null || (isOtherSignIn && isStored) ? { password: null } : {};
}

function snowflakeSignIn(patch: Patch): Values {
  const { current, config } = patch;
  const { password, privateKey } = config;
  const isKeyNew = privateKey instanceof Secret;
  const isKeyRemoved = privateKey === null && !hasNewOptionFile(patch);
  const usesKeyPairAfter = usesKeyPair(patch, isKeyRemoved);
  const isOtherSignIn =
    usesKeyPairAfter !== current.details()['usesKeyPairAuth'] ||
    isKeyNew ||
    (hasNewOptionFile(patch) && usesKeyPairAfter === true);
  return {
    ...(isKeyNew ? configKeyFile(privateKey, '.p8') : {}),
    ...(isKeyRemoved ? { certificate: null } : {}),
    ...(isKeyNew || isKeyRemoved || password instanceof Secret ? { uses_key_pair_auth: usesKeyPairAfter } : {}),
    ...changedPassword(patch, isOtherSignIn),
  };
}

function bigquery(patch: Patch): Values {
  const { config, options } = patch;
  const { dataset, serviceAccountKey: key } = config;
  const isKeyRemoved = key === null && !hasNewOptionFile(patch);
  return {
    ...(dataset === undefined ? {} : { schema: dataset }),
    ...serviceAccount(config, options),
    ...(isKeyRemoved ? { certificate: null } : {}),
    ...(key instanceof Secret ? configKeyFile(key, '.json') : {}),
  };
}

const BY_DIALECT: Readonly<Record<string, (patch: Patch) => Values>> = {
  athena,
  bigquery,
  databricks: ({ config: { schema } }) => (schema === null ? { database: 'default' } : {}),
  snowflake: (patch) => ({ ...snowflakeHostChange(patch), ...snowflakeSignIn(patch) }),
};

/**
 * Returns the changes of DBConnection that a dialect derives from the changes of its settings; secrets in them are wrapped.
 * @throws ValidationError where no host is left.
 */
export const derivedOnUpdate = (patch: Patch): Values => BY_DIALECT[patch.current.dialect]?.(patch) ?? {};

/** The port of the dialects that have no port among their settings. */
const FIXED_PORT: Readonly<Record<string, string>> = { athena: '443', databricks: '443', snowflake: '443' };

/** Returns the change of the port. Looker stores a number and the name of a user attribute in the same field. */
export function changedPort({ current, config, options }: Patch): Values {
  const attribute = options['portUserAttribute'];
  // Where one of the two is cleared and the other one is set, the field holds the one that is set.
  if (attribute === undefined || (config['port'] ?? null) !== null) return {};
  return { port: attribute ?? FIXED_PORT[current.dialect] ?? null };
}

/** Returns the changes of settings that Looker stores in the driver parameters. */
export function paramChanges({ current, config }: Patch): Values {
  const { account, hostOverride } = config;
  const hasNewHostOnly = current.dialect === 'snowflake' && account === undefined && Boolean(hostOverride);
  // The account was part of the host. With another host the account must be a driver parameter.
  return hasNewHostOnly && !current.config['hostOverride'] ? { ...config, account: current.config['account'] } : config;
}

/** Checks whether an update changes only a part of the driver parameters, so that the stored driver parameters must be read first. */
export const needsStoredParams = (patch: Patch): boolean =>
  changesConfigParams(patch.current.dialect, paramChanges(patch)) ||
  (patch.options['jdbcAdditionalParams'] !== undefined && hasConfigParams(patch.current.dialect));
