// How a database answers Credible's test before an update and at a dry run. What fails: a host that ends in `.invalid`
// (also in a server, an endpoint or a connection string), and a password, token or key that contains the word `wrong`;
// all else passes. A connection string is cut at its first `@`: a password with one of its own becomes a piece of the
// host, fails, and is quoted, as the engine was seen to do. It must not know any adapter.
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
 * What is attached to a DuckDB goes into an SQL text as it is, and the parts of a PostgreSQL into a libpq string, where a blank
 * begins the next part and the last of several hosts counts.
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

/** The database's own words; undefined when the test passes. A connection string wins over the parts beside it. */
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
