// The route from a vendor to the server of a connection. A match names a server and a user. A connection with a proxy, a tunnel or
// driver parameters may send the secret to another server, so a match does not include it.
import type { LocatedConnection } from '../../domain/instance.ts';
import type { ValidationIssue } from '../../domain/issue.ts';
import type { Side } from '../../domain/field-places.ts';
import { configPath, optionPath } from '../../domain/input-paths.ts';
import { issue } from '../../domain/issues.ts';
import { normalHostIn } from '../../fields/dialect.ts';
import { isValidValue, type Fields } from '../../fields/field-meta.ts';
import { valueAt, type FieldKey, type Values } from '../../fields/values.ts';
import { switchKeyOf, unitsOf, type Leaf } from '../../fields/walk-fields.ts';
import { MATCH, type RotationMatch } from './input.ts';
import { dialectOf, isUnusualPort } from './server.ts';

interface DirectSetting {
  readonly why: string;
  /** The values that do not change the route; all values when it is missing. */
  readonly values?: RegExp;
}

const ENCRYPTION = { why: 'It says how the connection is encrypted, and not where it leads.' };
const NAME = { why: 'It names something inside the server. A value that may hold more than a name is refused.' };
const TIME_ZONE = { why: 'It names the time zone of the query results.', values: /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/ };

/**
 * The settings that a connection without a special route may have although a change of them could redirect a stored secret. They are
 * the same for all dialects and vendors. Any other setting without `safeToChange` in its definition is part of a special route.
 */
const DIRECT_SETTINGS: Readonly<Record<string, DirectSetting>> = {
  'config.database': NAME,
  'config.schema': NAME,
  'config.tls.enabled': ENCRYPTION,
  'config.tls.verify': ENCRYPTION,
  'config.tls.mode': ENCRYPTION,
  'config.tls.ca': ENCRYPTION,
  'config.flavor': { why: 'STANDARD is the database itself, with nothing special about it.', values: /^STANDARD$/ },
  'options.dialectName': { why: "It is the vendor's word for the dialect." },
  'options.dbTimezone': TIME_ZONE,
  'options.queryTimezone': TIME_ZONE,
  'options.usesKeyPairAuth': { why: 'It says what is sent to sign in, and not where it is sent.' },
};

/** A setting as its vendor reports it. */
interface Setting {
  readonly side: Side;
  readonly field: Leaf;
  readonly value: unknown;
}

/** Returns whether a reported value is no setting: no value, a flag that is off, an empty list, a secret that is not stored. */
const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  value === 'NOT_SET' ||
  (Array.isArray(value) && value.length === 0);

/** Returns whether the field belongs to a group that is switched off. The vendor then uses no field of the group. */
function isSwitchedOff(fields: Fields, reported: Values, key: FieldKey): boolean {
  const switchKey = switchKeyOf(fields, key);
  return switchKey !== undefined && valueAt(reported, switchKey) === false;
}

/** Returns whether a text is one that a caller could not provide. It may then hold more than a name, such as driver parameters. */
const isMoreThanName = ({ meta, schema }: Leaf, value: unknown): boolean =>
  meta.kind === 'text' && !isValidValue(schema, value);

/** Returns the reported settings that could send a secret to another server. */
function redirectingSettings(connection: LocatedConnection): Setting[] {
  const { vendor } = connection.instance;
  const sides = [
    { side: 'config', fields: dialectOf(connection).reportedFields, reported: connection.config },
    { side: 'options', fields: vendor.options, reported: connection.details },
  ] as const;
  return sides.flatMap(({ side, fields, reported }) =>
    unitsOf(fields).flatMap((field): Setting[] => {
      const value = valueAt(reported, field.key);
      if (isNothing(value) || isSwitchedOff(fields, reported, field.key)) return [];
      const isSafe = field.meta.safeToChange !== undefined && !isMoreThanName(field, value);
      return isSafe ? [] : [{ side, field, value }];
    }),
  );
}

/**
 * Returns whether the write of the rotation removes the secret: the vendor replaces all settings, may store the secret without
 * reporting it, and reports a setting that excludes it.
 */
function isRemovedByWrite({ instance: { vendor }, dialect, config }: LocatedConnection, setting: Setting): boolean {
  const { side, field, value } = setting;
  if (side !== 'config' || value !== 'UNKNOWN' || !vendor.update?.replacesAll) return false;
  const isReported = (key: FieldKey) => typeof valueAt(config, key) === 'string' && valueAt(config, key) !== 'UNKNOWN';
  return (vendor.dialects[dialect]?.exclusive ?? []).some(
    ([first, second]) => first.includes(field.key) && second.some(isReported),
  );
}

function isDirect(match: RotationMatch, connection: LocatedConnection, setting: Setting): boolean {
  const { side, field, value } = setting;
  const { key, meta } = field;
  if (side === 'config' && meta.role === 'host') {
    const dialect = dialectOf(connection);
    return typeof value === 'string' && normalHostIn(dialect, value) === normalHostIn(dialect, match.host);
  }
  // The port and the user of a match were compared before.
  if (side === 'config' && key === 'username') return true;
  if (side === 'config' && key === 'port') return typeof match.port === 'number' || !isUnusualPort(connection);
  if (isRemovedByWrite(connection, setting)) return true;
  const direct = DIRECT_SETTINGS[`${side}.${key}`];
  return direct !== undefined && (direct.values?.test(String(value)) ?? true) && !isMoreThanName(field, value);
}

/** Returns the names of the settings that make a special route. A field of a group has the name of the group. */
function specialSettings(match: RotationMatch, connection: LocatedConnection): string[] {
  const { instance, dialect } = connection;
  const nameOf = (side: Side, key: FieldKey) =>
    (side === 'config' ? configPath(dialect, key) : optionPath(instance.vendor.kind, key)).slice(1).join('.');
  const special = redirectingSettings(connection).filter((setting) => !isDirect(match, connection, setting));
  const names = special.map(({ side, field }) => nameOf(side, field.key.replace(/\..*$/, '')));
  const inPart = (connection.partlyReported ?? []).map((key) => nameOf('config', key));
  return [...new Set([...inPart, ...names])];
}

/** Returns why a match does not include a connection to its server; null when it does. */
export function reviewRoute(match: RotationMatch, connection: LocatedConnection): ValidationIssue | null {
  const include = 'Name its id in `ids` to include it.';
  const special = specialSettings(match, connection);
  if (special.length > 0) {
    const port = special.includes(`config.${connection.dialect}.port`) ? ' A match with `port` compares that.' : '';
    const message = `It reaches the server by another way (${special.join(', ')}). ${include}${port}`;
    return issue(MATCH, 'NOT_ALLOWED', message);
  }
  if (connection.completeness === 'FULL') return null;
  const { label } = connection.instance.vendor;
  const message = `${label} does not tell all its settings, so the way to the server is not known. ${include}`;
  return issue(MATCH, 'NOT_ALLOWED', message);
}

/** Returns a text that stands for the route of a connection. It differs when a setting of the route has changed. */
export const routeKeyOf = (connection: LocatedConnection): string =>
  JSON.stringify([
    redirectingSettings(connection).map(({ side, field, value }) => [side, field.key, value]),
    connection.partlyReported ?? [],
  ]);
