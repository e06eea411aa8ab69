// What Chartbrew does with the settings of an SSH tunnel: what it needs, what contradicts, and what has no effect.
import type { Draft, Warning } from '../../domain/connection.ts';
import type { ValidationIssue } from '../../domain/errors.ts';
import type { Values } from '../../fields/fields.ts';
import { configPath, issue, optionPath } from '../../domain/support.ts';
import { ONE_HOST, isOneHost } from './url-parts.ts';

const at = (name: string): string[] => optionPath('chartbrew', `ssh.${name}`);

const sshOf = (options: Values): Values => (options['ssh'] ?? {}) as Values;

const isThere = (value: unknown): boolean => value !== undefined && value !== null;

const needed = (name: string, message: string): ValidationIssue => issue(at(name), 'REQUIRED', message);

const givenBeside = (said: Values): string[] =>
  Object.keys(said).filter((name) => name !== 'enabled' && isThere(said[name]));

/** What a tunnel that is on cannot do without. */
function missing(ssh: Values): ValidationIssue[] {
  const [hasPassword, hasKey, hasPassphrase] = ['password', 'privateKey', 'passphrase'].map((name) =>
    isThere(ssh[name]),
  );
  const issues = ['host', 'username']
    .filter((name) => !isThere(ssh[name]))
    .map((name) => needed(name, `Chartbrew needs \`ssh.${name}\` for a tunnel.`));
  if (hasPassphrase && !hasKey) {
    issues.push(needed('privateKey', 'The passphrase opens a private key: give `ssh.privateKey` too.'));
  } else if (!hasPassword && !hasKey) {
    issues.push(needed('password', 'Chartbrew needs `ssh.password` for a tunnel, or `ssh.privateKey` in its place.'));
  }
  return issues;
}

const PAST_THE_TUNNEL =
  'Chartbrew connects directly with a connection string, past the tunnel: give host, port, database, user and password in its place, or set `ssh.enabled` to false.';

/** A connection string and a tunnel that is on; told at what was given last. */
function besideString({ dialect, config, options }: Draft, said: Values): ValidationIssue[] {
  if (config['connectionString'] === undefined || sshOf(options)['enabled'] !== true) return [];
  const path = said['enabled'] === true ? at('enabled') : configPath(dialect, 'connectionString');
  return [issue(path, 'EXCLUSIVE', PAST_THE_TUNNEL)];
}

/**
 * @param draft the connection as it is to be.
 * @param given what was given of it.
 */
export function reviewSsh(draft: Draft, given: Draft): ValidationIssue[] {
  const [ssh, said] = [sshOf(draft.options), sshOf(given.options)];
  const isOn = ssh['enabled'] === true;
  const issues = ['host', 'jumpHost']
    .filter((name) => typeof said[name] === 'string' && !isOneHost(said[name]))
    .map((name) =>
      issue(at(name), 'INVALID', `${ONE_HOST}${name === 'host' ? ' The port goes into `ssh.port`.' : ''}`),
    );
  // Of a stored tunnel that is not told to be on or off nothing is known: there a warning says it.
  const isOff = ssh['enabled'] === false || draft === given;
  if (!isOn && isOff && said['enabled'] === undefined && givenBeside(said).length > 0) {
    issues.push(needed('enabled', 'Chartbrew uses the tunnel only when this is true; the rest says how.'));
  }
  return [...issues, ...(isOn ? missing(ssh) : []), ...besideString(draft, said)];
}

const NOT_USED = 'Chartbrew keeps it and connects to `ssh.host` without it.';
const SWITCHED_OFF = 'Chartbrew keeps it and uses it only once `ssh.enabled` is true.';

/** @param options what was given. @param isOn whether the tunnel is on then. */
export function sshWarnings(options: Values, isOn: boolean): Warning[] {
  const names = givenBeside(sshOf(options)).filter((name) => !isOn || name.startsWith('jump'));
  return names.map((name) => ({ path: at(name), code: 'FIELD_IGNORED', message: isOn ? NOT_USED : SWITCHED_OFF }));
}
