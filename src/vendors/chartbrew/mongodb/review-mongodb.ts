// Reviews MongoDB settings for Chartbrew: finds settings that contradict each other and settings that have no effect.
import type { Draft, Warning } from '../../../domain/connection.ts';
import { issue, type ValidationIssue } from '../../../domain/issue.ts';
import type { Values } from '../../../fields/values-by-key.ts';
import { Secret } from '../../../secrets/secret.ts';
import { configPath } from '../../../domain/input-paths.ts';
import { isSet } from '../tls/tls-modes.ts';

const PORT_BESIDE_SRV =
  'With `srv` the DNS record contains the port, and MongoDB accepts no other port: leave out `srv` or `port`.';
const SRV_BESIDE_STRING =
  'The scheme of the connection string, mongodb or mongodb+srv, already says this: leave it out.';

/** Checks whether `srv` agrees with the scheme of a provided connection string. A stored string cannot be compared. */
const agreesWithScheme = (srv: unknown, connectionString: unknown): boolean =>
  connectionString instanceof Secret && connectionString.matches(/^mongodb\+srv:/i) === srv;

/**
 * Returns the issues of MongoDB settings that contradict each other.
 * @param draft the connection as it would be saved.
 * @param provided the part of it that the caller provided.
 */
export function reviewMongodb({ dialect, config }: Draft, provided: Draft): ValidationIssue[] {
  const { srv, port, connectionString } = config;
  const { srv: providedSrv, connectionString: providedString } = provided.config;
  if (connectionString === undefined) {
    return srv === true && port !== undefined ? [issue(configPath(dialect, 'port'), 'EXCLUSIVE', PORT_BESIDE_SRV)] : [];
  }
  return providedSrv !== undefined && !agreesWithScheme(providedSrv, providedString)
    ? [issue(configPath(dialect, 'srv'), 'EXCLUSIVE', SRV_BESIDE_STRING)]
    : [];
}

const BOTH_OR_NONE =
  'Chartbrew signs in at MongoDB only with both user name and password; it does not send one without the other.';

/**
 * Returns a warning when only one of user name and password is set.
 * @param config the config as it would be saved, in which a stored secret is its status.
 * @param provided the part of it that the caller provided.
 */
export function mongodbWarnings(config: Values, provided: Values): Warning[] {
  const [hasUsername, hasPassword] = [isSet(config['username']), isSet(config['password'])];
  if (isSet(config['connectionString']) || hasUsername === hasPassword) return [];
  const key = hasUsername ? 'username' : 'password';
  return isSet(provided[key])
    ? [{ path: configPath('mongodb', key), code: 'FIELD_IGNORED', message: BOTH_OR_NONE }]
    : [];
}
