// Reads connection strings of the form scheme://user:password@host:port/database?options. Callers write the password as plain text
// or percent-encoded, and each vendor expects one of the two. An ambiguous string is refused, so that every accepted string leads
// to the host that the caller meant, at every vendor. Problems are reported as codes.
import { findInvisible, trimInvisible } from './invisible-characters.ts';
import { hostProblem } from './host-checks.ts';
import { bracketedIpv6 } from './host.ts';
import { containsMaskedCredential, placeholderKind } from './placeholders.ts';

export type ConnectionStringProblem =
  | 'JDBC'
  | 'KEYWORDS'
  | 'NO_URL'
  | 'SCHEME'
  | 'AMBIGUOUS'
  | 'ESCAPE'
  | 'PLACEHOLDER_INSIDE'
  | 'INVISIBLE'
  | 'NO_HOST'
  | 'HOST'
  | 'IPV6'
  | 'PORT'
  | 'SEVERAL_HOSTS'
  | 'SRV_PORT'
  | 'DATABASE'
  | 'FRAGMENT';

export interface ConnectionUrl {
  readonly problem: null;
  /** The scheme in lower case. */
  readonly scheme: string;
  /** The user with its escapes decoded, or null if there is none. */
  readonly user: string | null;
  /** The password with its escapes decoded, or null if there is none. */
  readonly password: string | null;
  /** Everything after the user info: hosts, ports, database and options. It contains no unescaped `@`. */
  readonly hostsPathAndOptions: string;
  readonly hasHost: boolean;
}

export type ConnectionStringReading = ConnectionUrl | { readonly problem: ConnectionStringProblem };

interface UrlParts {
  /** One or more `host:port`, separated by commas. */
  readonly hosts: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

function splitHostsPathAndOptions(hostsPathAndOptions: string): UrlParts {
  const [, hosts = '', path = '', query = '', fragment = ''] =
    /^([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(hostsPathAndOptions) ?? [];
  return { hosts, path, query, fragment };
}

/** Returns the text with its percent-escapes decoded, or null if they are no UTF-8. A `%` that begins no escape stays. */
export function decodePercent(text: string): string | null {
  try {
    return text.replaceAll(/(?:%[\da-f]{2})+/gi, (escapes) => decodeURIComponent(escapes));
  } catch {
    return null;
  }
}

function hostPartProblem(part: string): ConnectionStringProblem | null {
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(part) ?? [];
  if (host === '') return bracketedIpv6(part) === null ? 'NO_HOST' : 'IPV6';
  if (port !== undefined && port.includes(':')) return 'IPV6';
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)) return 'PORT';
  if (findInvisible(host)) return 'INVISIBLE';
  return hostProblem(host) === null ? null : 'HOST';
}

/** Returns whether the options name the host, in a string that has no host before its path. */
const namesHost = (query: string): boolean => /[?&](?:host|hostaddr)=[^&]/i.test(query);

function hostsProblem(hosts: string, query: string, scheme: string): ConnectionStringProblem | null {
  if (hosts === '') return namesHost(query) ? null : 'NO_HOST';
  const parts = hosts.split(',');
  if (parts.length > 1 && scheme !== 'mongodb') return 'SEVERAL_HOSTS';
  const problem = parts.map(hostPartProblem).find((found) => found !== null) ?? null;
  return problem === null && scheme === 'mongodb+srv' && /:\d+$/.test(hosts) ? 'SRV_PORT' : problem;
}

/** Characters that would end the name of a database or begin a parameter. The field `database` refuses the same ones. */
const NOT_IN_A_NAME = /[?&#;='"`\\/]/;

function databaseProblem(path: string): ConnectionStringProblem | null {
  const name = decodePercent(path.slice(1));
  if (name === null) return 'ESCAPE';
  if (findInvisible(name)) return 'INVISIBLE';
  return NOT_IN_A_NAME.test(name) ? 'DATABASE' : null;
}

function hostsPathAndOptionsProblem(hostsPathAndOptions: string, scheme: string): ConnectionStringProblem | null {
  const { hosts, path, query, fragment } = splitHostsPathAndOptions(hostsPathAndOptions);
  if (fragment !== '') return 'FRAGMENT';
  const problem = hostsProblem(hosts, query, scheme) ?? databaseProblem(path);
  if (problem !== null) return problem;
  if (findInvisible(query)) return 'INVISIBLE';
  return containsMaskedCredential(decodePercent(query) ?? query) ? 'PLACEHOLDER_INSIDE' : null;
}

interface UserInfoSplit {
  /** `user:password`, or null if there is no `@`. */
  readonly userInfo: string | null;
  readonly hostsPathAndOptions: string;
}

/** Returns how the text can be split at an `@` into the user info and what follows it. Two results mean that the string is ambiguous. */
function userInfoSplits(text: string, scheme: string): UserInfoSplit[] {
  const at = text.lastIndexOf('@');
  if (at < 0) return [{ userInfo: null, hostsPathAndOptions: text }];
  const lenient: UserInfoSplit = { userInfo: text.slice(0, at), hostsPathAndOptions: text.slice(at + 1) };
  const end = text.search(/[/?#]/);
  const strictAt = end < 0 ? at : text.lastIndexOf('@', end);
  if (strictAt === at) return [lenient];
  // By the URL standard the host ends at the first / ? or #. A password in plain text may contain these characters.
  const strict: UserInfoSplit = {
    userInfo: strictAt < 0 ? null : text.slice(0, strictAt),
    hostsPathAndOptions: text.slice(strictAt + 1),
  };
  const isLenientValid =
    lenient.userInfo?.includes(':') && hostsPathAndOptionsProblem(lenient.hostsPathAndOptions, scheme) === null;
  const isStrictValid = hostsPathAndOptionsProblem(strict.hostsPathAndOptions, scheme) === null;
  if (isLenientValid && isStrictValid) return [lenient, strict];
  return [isStrictValid ? strict : lenient];
}

/** Returns the user and the password with their escapes decoded, or null if an escape is invalid. */
function decodeUserInfo(userInfo: string | null): Pick<ConnectionUrl, 'user' | 'password'> | null {
  if (userInfo === null) return { user: null, password: null };
  const colon = userInfo.indexOf(':');
  const [userText, passwordText] = colon < 0 ? [userInfo, null] : [userInfo.slice(0, colon), userInfo.slice(colon + 1)];
  const user = decodePercent(userText);
  const password = passwordText === null ? '' : decodePercent(passwordText);
  if (user === null || password === null) return null;
  return { user: user === '' ? null : user, password: password === '' ? null : password };
}

const isPlaceholder = (value: string | null): boolean => value !== null && placeholderKind(value) !== null;

/** Returns whether the user or the password is a placeholder, in plain text or percent-encoded. */
function hasPlaceholder({ userInfo }: UserInfoSplit): boolean {
  if (userInfo === null) return false;
  const colon = userInfo.indexOf(':');
  const parts = colon < 0 ? [userInfo] : [userInfo.slice(0, colon), userInfo.slice(colon + 1)];
  return parts.some((part) => isPlaceholder(part) || isPlaceholder(decodePercent(part)));
}

/** Returns the problem of a text that is no database URL. */
function nonUrlProblem(text: string): ConnectionStringProblem {
  if (/^jdbc:/i.test(text)) return 'JDBC';
  return /^[\w ]+=/.test(text) ? 'KEYWORDS' : 'NO_URL';
}

const withoutQuotes = (text: string): string =>
  /^(["'`])[^"'`]*\1$/.test(text) ? trimInvisible(text.slice(1, -1)) : text;

/** Returns the connection string without white space and quotes around it. */
export const trimConnectionString = (text: string): string => withoutQuotes(trimInvisible(text));

/**
 * Reads a connection string.
 * @param schemes the schemes that the dialect accepts, in lower case.
 */
export function readConnectionString(input: string, schemes: readonly string[]): ConnectionStringReading {
  const text = trimConnectionString(input);
  const [, name = '', afterScheme] = /^([a-z][a-z\d+.-]*):\/\/(.*)$/is.exec(text) ?? [];
  if (afterScheme === undefined || /^jdbc:/i.test(text)) return { problem: nonUrlProblem(text) };
  const scheme = name.toLowerCase();
  if (!schemes.includes(scheme)) return { problem: 'SCHEME' };
  const [split, other] = userInfoSplits(afterScheme, scheme);
  if (!split) throw new Error('userInfoSplits returned no reading.');
  if (hasPlaceholder(split)) return { problem: 'PLACEHOLDER_INSIDE' };
  if (other) return { problem: 'AMBIGUOUS' };
  const problem = hostsPathAndOptionsProblem(split.hostsPathAndOptions, scheme);
  if (problem !== null) return { problem };
  const signIn = decodeUserInfo(split.userInfo);
  if (!signIn || /\p{Cs}/u.test(text)) return { problem: 'ESCAPE' };
  if (findInvisible(signIn.user ?? '')) return { problem: 'INVISIBLE' };
  // Vendors must not mistake a later `@` for the end of the user info.
  const hostsPathAndOptions = split.hostsPathAndOptions.replaceAll('@', '%40');
  return {
    problem: null,
    scheme,
    ...signIn,
    hostsPathAndOptions,
    hasHost: splitHostsPathAndOptions(hostsPathAndOptions).hosts !== '',
  };
}

const SCHEMES = ['postgres', 'postgresql', 'mysql', 'mongodb', 'mongodb+srv'];

/** Reads a connection string whose scheme was already checked against its dialect. */
export const readCheckedConnectionString = (text: string): ConnectionStringReading =>
  readConnectionString(text, SCHEMES);

/** Returns the connection string with its user and password percent-encoded. */
export function formatConnectionUrl({ scheme, user, password, hostsPathAndOptions }: ConnectionUrl): string {
  const signIn = user === null && password === null ? '' : encodeURIComponent(user ?? '');
  const secret = password === null ? '' : `:${encodeURIComponent(password)}`;
  return `${scheme}://${signIn}${secret}${signIn === '' && secret === '' ? '' : '@'}${hostsPathAndOptions}`;
}
