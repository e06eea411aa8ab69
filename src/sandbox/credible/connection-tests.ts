// The results of Credible's connection test, which runs before an update and in a dry run of a create. A host, server or endpoint that
// ends in `.invalid` fails, and so does a password, token or key that contains `wrong`. Everything else passes. A connection string is
// split at its first `@`: with an `@` in the password, the rest of the password becomes part of the host and is quoted in the error,
// as in the vendor's engine.
import { isObject, type Fault, type Json } from './rules.ts';

const hostFields = ['host', 'server', 'endpoint'];
const userFields = ['userName', 'username', 'user', 'accessKeyId', 'keyId'];
const secretFields = `password privateKey privateKeyPass serviceAccountKeyJson accessToken peakaKey
  secret secretAccessKey sessionToken`.split(/\s+/);

const textsOf = (block: Json, fields: readonly string[]): readonly string[] =>
  fields.map((field) => block[field]).filter((value) => typeof value === 'string');

const hostOf = (address: string): string => address.replace(/^[a-z]+:\/\//i, '').split(/[:/?]/, 1)[0] ?? '';

const unreachable = (host: string): Fault =>
  host.toLowerCase().endsWith('.invalid') ? `getaddrinfo ENOTFOUND ${host}` : undefined;

const refused = (user: string | undefined, secrets: readonly string[]): Fault =>
  secrets.some((secret) => secret.includes('wrong'))
    ? `password authentication failed for user "${user ?? ''}"`
    : undefined;

const connectionStringFault = (text: string): Fault => {
  const [address = ''] = text.replace(/^[^:]*:\/\//, '').split('?', 1);
  const [userInfo = '', ...rest] = address.split('@');
  if (rest.length === 0) return unreachable(hostOf(userInfo));
  const [, user = '', password = ''] = /^([^:]*):?(.*)$/.exec(userInfo) ?? [];
  const host = hostOf(rest[0] ?? '');
  return rest.length > 1 ? `getaddrinfo ENOTFOUND ${host}` : (unreachable(host) ?? refused(user, [password]));
};

const libpqNames = { host: 'host', port: 'port', dbname: 'databaseName', user: 'userName', password: 'password' };

/**
 * Returns the error of an attached PostgreSQL. DuckDB puts its settings into an SQL text without escaping, as a libpq string: a blank
 * begins the next setting, and the last of several hosts wins.
 */
const attachedFault = ({ name, type, postgresConnection: block }: Json): Fault => {
  if (type !== 'postgres' || !isObject(block)) return undefined;
  const { connectionString } = block;
  const parts = Object.entries(libpqNames).flatMap(([key, field]) => {
    const value = block[field];
    return typeof value === 'string' || typeof value === 'number' ? [`${key}=${value}`] : [];
  });
  const text = typeof connectionString === 'string' && connectionString !== '' ? connectionString : parts.join(' ');
  if (`${textsOf({ name }, ['name']).join('')}${text}`.includes("'"))
    return `Parser Error: syntax error at or near "${text.split("'")[1] ?? ''}"`;
  const [, host] = [...text.matchAll(/(?:^|\s)host=(\S*)/g)].at(-1) ?? [];
  return host === undefined ? undefined : unreachable(host);
};

/** Returns the database's error message, or undefined if the test passes. A connection string wins over the separate fields. */
export const testFault = (block: unknown): Fault => {
  if (!isObject(block)) return undefined;
  const inList = Array.isArray(block.attachedDatabases) ? block.attachedDatabases.filter(isObject) : [];
  const attached = inList.map(attachedFault).find((fault) => fault !== undefined);
  if (attached !== undefined) return attached;
  if (typeof block.connectionString === 'string' && block.connectionString !== '')
    return connectionStringFault(block.connectionString);
  const nested = Object.values(block).flat().map(testFault);
  const [user] = textsOf(block, userFields);
  return [
    ...textsOf(block, hostFields).map((address) => unreachable(hostOf(address))),
    refused(user, textsOf(block, secretFields)),
    ...nested,
  ].find((fault) => fault !== undefined);
};
