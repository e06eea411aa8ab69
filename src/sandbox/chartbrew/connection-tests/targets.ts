// The target of a database connection, from its fields or from its connection string.
import type { Json } from '../rules.ts';
import { textOf } from './outcomes.ts';

export interface Target {
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** The URL that error messages quote, with the password and the tunnel's password in plain text. */
  readonly url: string;
}

const tunnelOf = ({ useSsh, sshHost, sshUsername, sshPassword, sshPassphrase }: Json): string =>
  useSsh ? ` via ssh://${textOf(sshUsername)}:${textOf(sshPassword)}${textOf(sshPassphrase)}@${textOf(sshHost)}` : '';

export const targetOfParts = (settings: Json, scheme: string, ownPort: string): Target => {
  const { host, username, dbName } = settings;
  const [user, password, port] = [textOf(username), textOf(settings.password), textOf(settings.port) || ownPort];
  const url = `${scheme}://${user}:${password}@${textOf(host)}:${port}/${textOf(dbName)}`;
  return { host: textOf(host), port, user, password, database: textOf(dbName), url: url + tunnelOf(settings) };
};

// The password ends at the last `@`. The vendor cannot use a string without user and password, so it has no target.
const targetOfString = (settings: Json, ownPort: string): Target | undefined => {
  const whole = textOf(settings.connectionString);
  const match = /^[^:]+:\/\/([^:]*):(.*)@(\[[^\]]*\]|[^@:/?]+)(?::(\d+))?(?:\/([^?]*))?/.exec(whole);
  if (!match) return undefined;
  const [, user = '', password = '', host = '', port = ownPort, database = ''] = match;
  return { host, port, user, password, database, url: whole + tunnelOf(settings) };
};

export const hasString = ({ connectionString }: Json): boolean => textOf(connectionString) !== '';

export const targetOf = (settings: Json, scheme: string, ownPort: string): Target | undefined =>
  hasString(settings) ? targetOfString(settings, ownPort) : targetOfParts(settings, scheme, ownPort);
