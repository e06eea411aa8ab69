// One reader for connection strings, scheme://user:password@host:port/database?options. People write the password in them as it
// is, or percent-encoded; vendors take it in one way each. This reads what is meant, once, and refuses what could be read in two
// ways: whatever is let through leads to the host that the caller meant, at every vendor. It says what is wrong by a code.
import { findInvisible, trimInvisible } from './invisible-characters.ts';
import { hostProblem } from './host-checks.ts';
import { bracketedIpv6 } from './host.ts';
import { placeholderKind, standInAmong } from './placeholders.ts';

export type ConnectionStringProblem =
  | 'JDBC'
  | 'KEYWORDS'
  | 'NO_URL'
  | 'SCHEME'
  | 'AMBIGUOUS'
  | 'ESCAPE'
  | 'MASK_INSIDE'
  | 'HIDDEN'
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
  /** In lower case. */
  readonly scheme: string;
  /** As it is meant, escapes undone; null when there is none. */
  readonly user: string | null;
  readonly password: string | null;
  /** Hosts and ports, database and options, as they stand behind the user; without an @. */
  readonly rest: string;
  readonly hasHost: boolean;
}

export type ConnectionStringReading = ConnectionUrl | { readonly problem: ConnectionStringProblem };

interface UrlParts {
  readonly hosts: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

function splitRest(rest: string): UrlParts {
  const [, hosts = '', path = '', query = '', fragment = ''] = /^([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(rest) ?? [];
  return { hosts, path, query, fragment };
}

/** The bytes that escapes stand for; a % that begins none is itself. Null where they make no text. */
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
  if (findInvisible(host)) return 'HIDDEN';
  return hostProblem(host) === null ? null : 'HOST';
}

/** Options that name the host in a string that has none in its place. */
const namesHost = (query: string): boolean => /[?&](?:host|hostaddr)=[^&]/i.test(query);

function hostsProblem(hosts: string, query: string, scheme: string): ConnectionStringProblem | null {
  if (hosts === '') return namesHost(query) ? null : 'NO_HOST';
  const parts = hosts.split(',');
  if (parts.length > 1 && scheme !== 'mongodb') return 'SEVERAL_HOSTS';
  const problem = parts.map(hostPartProblem).find((one) => one !== null) ?? null;
  return problem === null && scheme === 'mongodb+srv' && /:\d+$/.test(hosts) ? 'SRV_PORT' : problem;
}

/** What would end the name of a database, or begin a parameter: the same as in a field of its own. */
const NOT_IN_A_NAME = /[?&#;='"`\\/]/;

function databaseProblem(path: string): ConnectionStringProblem | null {
  const name = decodePercent(path.slice(1));
  if (name === null) return 'ESCAPE';
  if (findInvisible(name)) return 'HIDDEN';
  return NOT_IN_A_NAME.test(name) ? 'DATABASE' : null;
}

function restProblem(rest: string, scheme: string): ConnectionStringProblem | null {
  const { hosts, path, query, fragment } = splitRest(rest);
  if (fragment !== '') return 'FRAGMENT';
  const problem = hostsProblem(hosts, query, scheme) ?? databaseProblem(path);
  if (problem !== null) return problem;
  if (findInvisible(query)) return 'HIDDEN';
  return standInAmong(decodePercent(query) ?? query) === null ? null : 'MASK_INSIDE';
}

interface UserInfoSplit {
  readonly userInfo: string | null;
  readonly rest: string;
}

/** Of the two ways to read an @ behind a / ? or #, those that name a host. */
function userInfoSplits(text: string, scheme: string): UserInfoSplit[] {
  const at = text.lastIndexOf('@');
  if (at < 0) return [{ userInfo: null, rest: text }];
  const written: UserInfoSplit = { userInfo: text.slice(0, at), rest: text.slice(at + 1) };
  const end = text.search(/[/?#]/);
  const strictAt = end < 0 ? at : text.lastIndexOf('@', end);
  if (strictAt === at) return [written];
  // A URL ends its host at the first / ? or #. A password that is written as it is may hold one of these itself.
  const strict: UserInfoSplit = {
    userInfo: strictAt < 0 ? null : text.slice(0, strictAt),
    rest: text.slice(strictAt + 1),
  };
  const isWritten = written.userInfo?.includes(':') && restProblem(written.rest, scheme) === null;
  const isStrict = restProblem(strict.rest, scheme) === null;
  if (isWritten && isStrict) return [written, strict];
  return [isStrict ? strict : written];
}

/** User and password, each with its escapes undone. */
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

/** Whether the string stands for nothing in the place of its user or password, written as it is or percent-encoded. */
function hasPlaceholder({ userInfo }: UserInfoSplit): boolean {
  if (userInfo === null) return false;
  const colon = userInfo.indexOf(':');
  const parts = colon < 0 ? [userInfo] : [userInfo.slice(0, colon), userInfo.slice(colon + 1)];
  return parts.some((part) => isPlaceholder(part) || isPlaceholder(decodePercent(part)));
}

/** What the text is that is no URL of a database. */
function nonUrlProblem(text: string): ConnectionStringProblem {
  if (/^jdbc:/i.test(text)) return 'JDBC';
  return /^[\w ]+=/.test(text) ? 'KEYWORDS' : 'NO_URL';
}

const withoutQuotes = (text: string): string =>
  /^(["'`])[^"'`]*\1$/.test(text) ? trimInvisible(text.slice(1, -1)) : text;

/** The string without blanks and quotes around it. */
export const trimConnectionString = (given: string): string => withoutQuotes(trimInvisible(given));

/** @param schemes that the dialect knows. */
export function readConnectionString(given: string, schemes: readonly string[]): ConnectionStringReading {
  const text = trimConnectionString(given);
  const [, name = '', behind] = /^([a-z][a-z\d+.-]*):\/\/(.*)$/is.exec(text) ?? [];
  if (behind === undefined || /^jdbc:/i.test(text)) return { problem: nonUrlProblem(text) };
  const scheme = name.toLowerCase();
  if (!schemes.includes(scheme)) return { problem: 'SCHEME' };
  const [split, other] = userInfoSplits(behind, scheme);
  if (!split) throw new Error('A text can be split in one way at least.');
  if (hasPlaceholder(split)) return { problem: 'MASK_INSIDE' };
  if (other) return { problem: 'AMBIGUOUS' };
  const problem = restProblem(split.rest, scheme);
  if (problem !== null) return { problem };
  const signIn = decodeUserInfo(split.userInfo);
  if (!signIn || /\p{Cs}/u.test(text)) return { problem: 'ESCAPE' };
  if (findInvisible(signIn.user ?? '')) return { problem: 'HIDDEN' };
  // An @ that is none of the user's end is written so that nobody takes it for that.
  const rest = split.rest.replaceAll('@', '%40');
  return { problem: null, scheme, ...signIn, rest, hasHost: splitRest(rest).hosts !== '' };
}

const SCHEMES = ['postgres', 'postgresql', 'mysql', 'mongodb', 'mongodb+srv'];

/** The same for a string whose scheme was held against its dialect before. */
export const readAnyConnectionString = (given: string): ConnectionStringReading => readConnectionString(given, SCHEMES);

/** The string as a URL, everything in it percent-encoded as URLs want it. */
export function formatConnectionUrl({ scheme, user, password, rest }: ConnectionUrl): string {
  const signIn = user === null && password === null ? '' : encodeURIComponent(user ?? '');
  const secret = password === null ? '' : `:${encodeURIComponent(password)}`;
  return `${scheme}://${signIn}${secret}${signIn === '' && secret === '' ? '' : '@'}${rest}`;
}
