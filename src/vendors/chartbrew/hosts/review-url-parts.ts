// Reviews the values that Chartbrew puts into a URL without encoding: hosts, names of databases and MongoDB options. A value must
// not contain a character that ends its part of the URL.
import type { Draft } from '../../../domain/connection.ts';
import { issue, type ValidationCode, type ValidationIssue } from '../../../domain/issue.ts';
import type { FieldKey } from '../../../fields/values-by-key.ts';
import type { Secret } from '../../../secrets/secret.ts';
import { configPath } from '../../../domain/input-paths.ts';
import { HOST_ALONE, isHost } from './hosts.ts';

const PORT_FIELD = ' A port goes into `port`.';
const MONGODB_PORT_FIELD =
  ' A port goes into `port`; several servers go into `connectionString`, or are found by `srv`.';

/** A URL with a valid host that all URL parsers read in the same way. */
const PLAIN_URL = /^https?:\/\/(?:\[[\da-f:.]+\]|[\p{L}\p{M}\p{N}._-]+)(?::\d+)?(?:\/[^\\]*)?$/iu;
const NOT_A_URL = 'Must be a URL with one host name or address, and optionally a port.';

/** The characters that MongoDB accepts in the name of a database, without those that would end it in a URL. */
const DATABASE = /^[^\s/\\."'$*<>:|?@%#&;=,]+$/;
const NOT_A_DATABASE =
  'Must be the name of a MongoDB database: no blanks and none of / \\ . " \' $ * < > : | ? @ % # & ; = and the comma.';

/** A field with an issue. */
export type Finding = readonly [key: FieldKey, code: ValidationCode, message: string];

interface MongodbOption {
  readonly name: string;
  readonly value: Secret;
}

const OPTION_NAME = /^[A-Za-z][A-Za-z\d]*$/;
const NOT_AN_OPTION = 'Must be the name of one option: letters and digits, a letter first.';
const PERCENT_ESCAPE = /%[\da-f]{2}/i;
const ESCAPED =
  'Provide the value without percent-encoding. Patchbay encodes it for Chartbrew, so an escape would be encoded twice.';
/** Half of a surrogate pair, which no URL can contain. */
const LONE_SURROGATE = /[\ud800-\udfff]/u;
const CUT_CHARACTER = 'Must not contain an unpaired surrogate, which is half of a character.';

/** Checks whether the name at an index occurs earlier in the list, in any case. */
export const isRepeated = (names: readonly string[], index: number): boolean =>
  names.slice(0, index).some((name) => name.toLowerCase() === names[index]?.toLowerCase());

export const REPEATED = 'The list contains this name more than once. Provide it once.';

function optionFindings(options: readonly MongodbOption[]): Finding[] {
  const names = options.map(({ name }) => name);
  return options.flatMap(({ name, value }, index): Finding[] => [
    ...(OPTION_NAME.test(name) ? [] : [[`options.${index}.name`, 'INVALID', NOT_AN_OPTION] as const]),
    ...(isRepeated(names, index) ? [[`options.${index}.name`, 'EXCLUSIVE', REPEATED] as const] : []),
    ...(value.matches(PERCENT_ESCAPE) ? [[`options.${index}.value`, 'INVALID', ESCAPED] as const] : []),
    ...(value.matches(LONE_SURROGATE) ? [[`options.${index}.value`, 'INVALID', CUT_CHARACTER] as const] : []),
  ]);
}

function findings({ dialect, support, config }: Draft): Finding[] {
  const { host, database, options, baseUrl, databaseUrl } = config;
  const found: Finding[] = [];
  if ('host' in support.fields && typeof host === 'string' && !isHost(host)) {
    found.push(['host', 'INVALID', HOST_ALONE + (dialect === 'mongodb' ? MONGODB_PORT_FIELD : PORT_FIELD)]);
  }
  for (const [key, url] of Object.entries({ baseUrl, databaseUrl })) {
    if (typeof url === 'string' && !PLAIN_URL.test(url)) found.push([key, 'INVALID', NOT_A_URL]);
  }
  if (dialect !== 'mongodb') return found;
  if (typeof database === 'string' && !DATABASE.test(database)) found.push(['database', 'INVALID', NOT_A_DATABASE]);
  return [...found, ...(Array.isArray(options) ? optionFindings(options as MongodbOption[]) : [])];
}

/** Returns the issues of provided values. Stored values are not reviewed. */
export const reviewUrlParts = (provided: Draft): ValidationIssue[] =>
  findings(provided).map(([key, code, message]) => issue(configPath(provided.dialect, key), code, message));
