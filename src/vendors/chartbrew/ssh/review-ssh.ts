// Reviews the settings of an SSH tunnel for Chartbrew: finds missing settings, contradictions, and settings without effect.
import type { Draft, Warning } from '../../../domain/connection.ts';
import { issue, type ValidationIssue } from '../../../domain/issue.ts';
import type { Values } from '../../../fields/values-by-key.ts';
import { configPath, optionPath } from '../../../domain/input-paths.ts';
import { HOST_ALONE, isHost } from '../hosts/hosts.ts';

const pathOf = (name: string): string[] => optionPath('chartbrew', `ssh.${name}`);

const sshOf = (options: Values): Values => (options['ssh'] ?? {}) as Values;

const hasValue = (value: unknown): boolean => value !== undefined && value !== null;

const required = (name: string, message: string): ValidationIssue => issue(pathOf(name), 'REQUIRED', message);

/** Returns the names of the provided settings other than `enabled`. */
const settingsBeside = (ssh: Values): string[] =>
  Object.keys(ssh).filter((name) => name !== 'enabled' && hasValue(ssh[name]));

/** Returns the issues of settings that an enabled tunnel needs and does not have. */
function missingSettings(ssh: Values): ValidationIssue[] {
  const [hasPassword, hasKey, hasPassphrase] = ['password', 'privateKey', 'passphrase'].map((name) =>
    hasValue(ssh[name]),
  );
  const issues = ['host', 'username']
    .filter((name) => !hasValue(ssh[name]))
    .map((name) => required(name, `Chartbrew needs \`ssh.${name}\` for a tunnel.`));
  if (hasPassphrase && !hasKey) {
    issues.push(required('privateKey', 'The passphrase belongs to a private key. Provide `ssh.privateKey` too.'));
  } else if (!hasPassword && !hasKey) {
    issues.push(required('password', 'Chartbrew needs `ssh.password` for a tunnel, or `ssh.privateKey` in its place.'));
  }
  return issues;
}

const TUNNEL_NOT_USED =
  'With a connection string Chartbrew ignores the tunnel. Provide host, port, database, user and password instead of the string, or set `ssh.enabled` to false.';

/** Returns an issue when an enabled tunnel is combined with a connection string: at the tunnel if that was provided. */
function besideConnectionString({ dialect, config, options }: Draft, provided: Values): ValidationIssue[] {
  if (config['connectionString'] === undefined || sshOf(options)['enabled'] !== true) return [];
  const path = provided['enabled'] === true ? pathOf('enabled') : configPath(dialect, 'connectionString');
  return [issue(path, 'EXCLUSIVE', TUNNEL_NOT_USED)];
}

function hostIssues(provided: Values): ValidationIssue[] {
  return ['host', 'jumpHost']
    .filter((name) => typeof provided[name] === 'string' && !isHost(provided[name]))
    .map((name) =>
      issue(pathOf(name), 'INVALID', `${HOST_ALONE}${name === 'host' ? ' The port goes into `ssh.port`.' : ''}`),
    );
}

/**
 * Returns the issues of the tunnel's settings.
 * @param draft the connection as it would be saved.
 * @param providedDraft the part of it that the caller provided; the same object for a create or a test.
 */
export function reviewSsh(draft: Draft, providedDraft: Draft): ValidationIssue[] {
  const [ssh, provided] = [sshOf(draft.options), sshOf(providedDraft.options)];
  const isOn = ssh['enabled'] === true;
  const issues = hostIssues(provided);
  // When Chartbrew does not report whether a stored tunnel is on, sshWarnings warns instead.
  const isKnownToBeOff = !isOn && (ssh['enabled'] === false || draft === providedDraft);
  if (isKnownToBeOff && provided['enabled'] === undefined && settingsBeside(provided).length > 0) {
    issues.push(required('enabled', 'Chartbrew uses the tunnel and the other fields of `ssh` only when this is true.'));
  }
  return [...issues, ...(isOn ? missingSettings(ssh) : []), ...besideConnectionString(draft, provided)];
}

const NOT_USED = 'Chartbrew stores it and connects to `ssh.host` without it.';
const SWITCHED_OFF = 'Chartbrew stores it and uses it only when `ssh.enabled` is true.';

/**
 * Returns a warning for each provided setting that has no effect.
 * @param options the options that the caller provided.
 * @param isOn whether the tunnel is enabled after the write.
 */
export function sshWarnings(options: Values, isOn: boolean): Warning[] {
  const unused = settingsBeside(sshOf(options)).filter((name) => !isOn || name.startsWith('jump'));
  const message = isOn ? NOT_USED : SWITCHED_OFF;
  return unused.map((name) => ({ path: pathOf(name), code: 'FIELD_IGNORED', message }));
}
