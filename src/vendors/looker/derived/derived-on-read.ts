// Settings that a read derives from several fields of DBConnection, by dialect, and the status of the stored secrets.
import { valueAt, type Values } from '../../../fields/values-by-key.ts';
import { snowflakeAccountOf } from '../../../formats/host.ts';
import type { SecretStatus } from '../../../secrets/secret.ts';
import { echoedStatus } from '../../read-fields.ts';
import { readHost, readUrl, textOf } from '../../read-values.ts';
import { OVERRIDE } from '../fields/field-groups.ts';
import { readParam } from '../jdbc/driver-params.ts';
import { athenaRegion } from './derived-hosts.ts';

const statusOfFlag = (flag: unknown): SecretStatus =>
  typeof flag === 'boolean' ? (flag ? 'SET' : 'NOT_SET') : 'UNKNOWN';

/** Returns the driver parameters of a DBConnection. */
export const paramsOf = (wire: Values): string => textOf(wire['jdbc_additional_params']);

/** Returns the statuses of the two secrets that Looker stores in one field. With key pair sign-in it is the passphrase, otherwise the password. */
function snowflakeSecrets(wire: Values): Values {
  const status = statusOfFlag(wire['has_password']);
  const usesKeyPair = wire['uses_key_pair_auth'];
  if (usesKeyPair === true) return { password: 'NOT_SET', privateKeyPassphrase: status };
  if (usesKeyPair === false) return { password: status, privateKeyPassphrase: 'NOT_SET' };
  return { password: status, privateKeyPassphrase: status === 'NOT_SET' ? 'NOT_SET' : 'UNKNOWN' };
}

function snowflake(wire: Values): Values {
  const host = readHost(wire['host']);
  const account = host === null ? null : snowflakeAccountOf(host);
  const param = (key: string) => readParam('snowflake', key, paramsOf(wire));
  return {
    account: account ?? readHost(param('account')),
    hostOverride: account === null ? host : null,
    warehouse: param('warehouse'),
    role: param('role'),
    ...snowflakeSecrets(wire),
  };
}

const athena = (wire: Values): Values => ({
  region: athenaRegion(readHost(wire['host']) ?? ''),
  s3StagingDir: readUrl(readParam('athena', 's3StagingDir', paramsOf(wire))),
});

const databricks = (wire: Values): Values => ({
  // A query after the path is left out, because it may contain a credential.
  httpPath: readParam('databricks', 'httpPath', paramsOf(wire))?.replace(/[?#].*$/s, '') ?? null,
});

const BY_DIALECT: Readonly<Record<string, (wire: Values) => Values>> = { athena, databricks, snowflake };

/** Returns the settings of a dialect that the wire tables do not describe. */
export const derivedOnRead = (dialect: string, wire: Values): Values => BY_DIALECT[dialect]?.(wire) ?? {};

/** A key file that is in use is stored. A Snowflake key file that is not in use may be stored: Looker does not report it. */
function keyFileStatus(wire: Values, dialect: string): SecretStatus {
  const uses = [wire['uses_key_pair_auth'], wire['uses_service_auth']];
  if (uses.includes(true)) return 'SET';
  if (dialect === 'bigquery') return statusOfFlag(wire['uses_service_auth']);
  return dialect !== 'snowflake' && uses.every((flag) => flag === false) ? 'NOT_SET' : 'UNKNOWN';
}

/** Returns a function that returns the status of a secret in `config` by its wire name. Older Lookers have no `has_password`. */
export const configStatus =
  (wire: Values, dialect: string) =>
  (wireName: string): SecretStatus =>
    wireName === 'password' ? statusOfFlag(wire['has_password']) : keyFileStatus(wire, dialect);

/** Returns a function that returns the status of a secret in the details by its wire name. */
export function detailsStatus(wire: Values, dialect: string): (wireName: string) => SecretStatus {
  const hasConfigFile = dialect === 'bigquery' || dialect === 'snowflake';
  const file = keyFileStatus(wire, dialect);
  return (wireName) => {
    switch (wireName) {
      case 'certificate':
        // Looker does not report whether the file was provided in `config` or in the options.
        return hasConfigFile && file === 'SET' ? 'UNKNOWN' : file;
      case `${OVERRIDE}.password`:
        return statusOfFlag(valueAt(wire, `${OVERRIDE}.has_password`));
      case `${OVERRIDE}.certificate`:
        return 'UNKNOWN';
      default:
        return echoedStatus(wire, wireName, 'UNKNOWN');
    }
  };
}
