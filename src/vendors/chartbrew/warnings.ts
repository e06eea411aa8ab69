// What is to be known of a connection that Chartbrew made or changed: settings that it keeps and does not use.
import type { Draft, Patch, Warning } from '../../domain/connection.ts';
import { valueAt, type FieldKey, type Values } from '../../fields/fields.ts';
import { configPath } from '../../domain/support.ts';
import { sshWarnings } from './ssh.ts';
import { isThere, tlsWarnings } from './tls.ts';

const ignored = (dialect: string, key: FieldKey, message: string): Warning => ({
  path: configPath(dialect, key),
  code: 'FIELD_IGNORED',
  message,
});

const BOTH_OR_NONE = 'Chartbrew signs in at MongoDB with user and password together; one of them alone is not sent.';

/** @param config as it is, a stored secret as its status. @param said what was given of it. */
function mongoWarnings(config: Values, said: Values): Warning[] {
  const [hasUser, hasPassword] = ['username', 'password'].map((key) => isThere(config[key]));
  if (isThere(config['connectionString']) || hasUser === hasPassword) return [];
  const key = hasUser ? 'username' : 'password';
  return isThere(said[key]) ? [ignored('mongodb', key, BOTH_OR_NONE)] : [];
}

const isOn = (options: Values): boolean => valueAt(options, 'ssh.enabled') === true;

export const warningsFor = ({ dialect, support, config, options }: Draft): Warning[] => [
  ...tlsWarnings(support, config, config),
  ...(dialect === 'mongodb' ? mongoWarnings(config, config) : []),
  ...sshWarnings(options, isOn(options)),
];

/** The parts that a connection string takes the place of, and that Chartbrew cannot forget. */
const PARTS = ['host', 'port', 'database', 'username', 'password', 'srv'];

/** Parts that stay stored beside a connection string that is new. */
function partsLeft({ current, config }: Patch): Warning[] {
  const isNew = isThere(config['connectionString']) && !isThere(current.config['connectionString']);
  const left = PARTS.filter((key) => isThere(current.config[key]) && current.config[key] !== false);
  if (!isNew || left.length === 0) return [];
  const names = left.map((key) => `\`${key}\``).join(', ');
  const message = `Chartbrew uses the connection string now. It cannot forget ${names}: what is stored there stays, without effect.`;
  return [ignored(current.dialect, 'connectionString', message)];
}

/** What is there after a change; null clears. */
const merged = (before: Values, change: Values): Values => {
  const tls = { ...(before['tls'] as Values | null), ...(change['tls'] as Values | null) };
  return { ...before, ...change, tls };
};

/** What is to be known of a change that was made. */
export function warningsForUpdate(patch: Patch): Warning[] {
  const { current, support, config, options } = patch;
  const after = merged(current.config, config);
  const tunnel = { ssh: { ...(current.details['ssh'] as Values | null), ...(options['ssh'] as Values | null) } };
  return [
    ...tlsWarnings(support, after, config),
    ...(current.dialect === 'mongodb' ? mongoWarnings(after, config) : []),
    ...sshWarnings(options, isOn(tunnel)),
    ...partsLeft(patch),
  ];
}
