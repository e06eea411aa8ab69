// What Chartbrew joins into a URL as it stands: hosts, names of databases, options. None of them may end its place there.
import type { Draft } from '../../domain/connection.ts';
import type { ValidationCode, ValidationIssue } from '../../domain/errors.ts';
import { type FieldKey } from '../../fields/fields.ts';
import { bareHost, hostInUrl, bracketedIpv6, withoutBrackets } from '../../formats/host.ts';
import type { Secret } from '../../secrets/secret.ts';
import { configPath, issue } from '../../domain/support.ts';

/** Dialects whose host stands in a URL, where an IPv6 address is in brackets. */
const HOST_IN_URL: ReadonlySet<string> = new Set(['clickhouse', 'mongodb']);

const NAME = /^[\p{L}\p{M}\p{N}._-]+$/u;

export const isOneHost = (host: unknown): boolean =>
  typeof host === 'string' && (NAME.test(host) || bracketedIpv6(host) !== null);

/** A host as Chartbrew wants it: an IPv6 address has brackets inside a URL and none outside. @param of a dialect, or ssh. */
export const hostToWire = (of: string, host: string): string =>
  HOST_IN_URL.has(of) ? hostInUrl(host) : bareHost(host);

/** The same way back. */
export const hostFromWire = (host: unknown): unknown =>
  typeof host === 'string' && bracketedIpv6(host) !== null ? withoutBrackets(host) : host;

export const ONE_HOST = 'Must be one host name or address alone: Chartbrew reads it as it stands.';
const HOST_ALONE: Readonly<Record<string, string>> = {
  mongodb: ' A port goes into `port`; several servers go into `connectionString`, or are found by `srv`.',
};
const PORT_APART = ' A port goes into `port`.';

/** A URL whose host is a host, and can be read in one way only. */
const PLAIN_URL = /^https?:\/\/(?:\[[\da-f:.]+\]|[\p{L}\p{M}\p{N}._-]+)(?::\d+)?(?:\/[^\\]*)?$/iu;
const WHOLE_URL = 'Must be a URL with one host name or address, and a port where it has one.';

/** What MongoDB takes in the name of a database, without what would end it in a URL. */
const DATABASE = /^[^\s/\\."'$*<>:|?@%#&;=,]+$/;
const DATABASE_NAME =
  'Must be the name of a MongoDB database: no blanks and none of / \\ . " \' $ * < > : | ? @ % # & ; = and the comma.';

type Finding = readonly [key: FieldKey, code: ValidationCode, message: string];

interface Option {
  readonly name: string;
  readonly value: Secret;
}

const OPTION_NAME = 'Must be the name of one option: letters and digits, a letter first.';
const ESCAPED =
  'Write the value as it is: Chartbrew gets it percent-encoded, and an escape in it would be encoded again.';
const CUT_CHARACTER = 'Must be whole characters; one is cut in half.';
/** Half a character, which no URL can carry. */
const HALF = /[\ud800-\udfff]/u;

export const listedTwice = (names: readonly string[], at: number): boolean =>
  names.slice(0, at).some((name) => name.toLowerCase() === names[at]?.toLowerCase());

export const TWICE = 'This name is in the list already; give it once.';

function optionFindings(options: readonly Option[]): Finding[] {
  const names = options.map(({ name }) => name);
  return options.flatMap(({ name, value }, at): Finding[] => [
    ...(/^[A-Za-z][A-Za-z\d]*$/.test(name) ? [] : [[`options.${at}.name`, 'INVALID', OPTION_NAME] as const]),
    ...(listedTwice(names, at) ? [[`options.${at}.name`, 'EXCLUSIVE', TWICE] as const] : []),
    ...(value.matches(/%[\da-f]{2}/i) ? [[`options.${at}.value`, 'INVALID', ESCAPED] as const] : []),
    ...(value.matches(HALF) ? [[`options.${at}.value`, 'INVALID', CUT_CHARACTER] as const] : []),
  ]);
}

function findings({ dialect, support, config }: Draft): Finding[] {
  const { host, database, options, baseUrl, databaseUrl } = config;
  const found: Finding[] = [];
  if ('host' in support.fields && typeof host === 'string' && !isOneHost(host)) {
    found.push(['host', 'INVALID', ONE_HOST + (HOST_ALONE[dialect] ?? PORT_APART)]);
  }
  for (const [key, url] of Object.entries({ baseUrl, databaseUrl })) {
    if (typeof url === 'string' && !PLAIN_URL.test(url)) found.push([key, 'INVALID', WHOLE_URL]);
  }
  if (dialect !== 'mongodb') return found;
  if (typeof database === 'string' && !DATABASE.test(database)) found.push(['database', 'INVALID', DATABASE_NAME]);
  return [...found, ...(Array.isArray(options) ? optionFindings(options as Option[]) : [])];
}

/** What would end its place in a URL. @param given what was given: what is stored stays as it is. */
export const reviewUrlParts = (given: Draft): ValidationIssue[] =>
  findings(given).map(([key, code, message]) => issue(configPath(given.dialect, key), code, message));
