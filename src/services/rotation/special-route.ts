// The route from a vendor to the server of a connection. A route is special when a setting of the connection, such as a proxy, a tunnel
// or driver parameters, may send the secret to another server than its host. A match names a server and a user, so it leaves out
// every connection with a special route.
import { optionPlaces, reportedConfigPlaces, type FieldPlace, type SidePlaces } from '../../domain/field-places.ts';
import type { LocatedConnection } from '../../domain/instance.ts';
import { issue, type ValidationIssue } from '../../domain/issue.ts';
import { supportOf } from '../../domain/vendor.ts';
import { normalHostIn } from '../../fields/dialect.ts';
import { isValidValue } from '../../fields/field-meta.ts';
import { valueAt, type FieldKey, type Values } from '../../fields/values-by-key.ts';
import { MATCH, type RotationMatch } from './rotation-input.ts';
import { dialectOf, isUnusualPort } from './database-server.ts';

interface DirectSetting {
  readonly why: string;
  /** The values that do not change the route; all values when it is missing. */
  readonly values?: RegExp;
}

const ENCRYPTION = { why: 'It says how the connection is encrypted, and not where it leads.' };
const NAME = { why: 'It names something inside the server. A value that may hold more than a name is refused.' };
const TIME_ZONE = { why: 'It names the time zone of the query results.', values: /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/ };

/**
 * Settings that do not make a route special, by their keys in the support tables. The update rule still treats a change of one as a
 * possible redirect. Any other setting that is not `safeToChange` makes the route special: a match then leaves the connection out.
 * The table is the same for all dialects and vendors.
 */
const DIRECT_SETTINGS: Readonly<Record<string, DirectSetting>> = {
  database: NAME,
  schema: NAME,
  'tls.enabled': ENCRYPTION,
  'tls.verify': ENCRYPTION,
  'tls.mode': ENCRYPTION,
  'tls.ca': ENCRYPTION,
  flavor: { why: 'STANDARD is the database itself, with nothing special about it.', values: /^STANDARD$/ },
  'options.dialectName': { why: "It is the vendor's word for the dialect." },
  'options.dbTimezone': TIME_ZONE,
  'options.queryTimezone': TIME_ZONE,
  'options.usesKeyPairAuth': { why: 'It says what is sent to sign in, and not where it is sent.' },
};

/** A setting as its vendor reports it. */
interface Setting {
  readonly place: FieldPlace;
  readonly value: unknown;
}

/** Returns whether a reported value is no setting: no value, a flag that is off, an empty list, a secret that is not stored. */
const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  value === 'NOT_SET' ||
  (Array.isArray(value) && value.length === 0);

/** Returns whether a reported text breaks the input rules of its field. Such a text may hold more than a name, such as driver parameters. */
const isMoreThanName = ({ place: { meta, schema }, value }: Setting): boolean =>
  meta.kind === 'text' && !isValidValue(schema, value);

/** Returns the reported settings of one side that could send a secret to another server. */
const redirectingIn = ({ units }: SidePlaces, reported: Values): Setting[] =>
  units
    .map((place) => ({ place, value: valueAt(reported, place.key) }))
    .filter((setting) => {
      const { meta, switchKey } = setting.place;
      // A vendor uses no field of a group that is switched off.
      const isSwitchedOff = switchKey !== undefined && valueAt(reported, switchKey) === false;
      if (isNothing(setting.value) || isSwitchedOff) return false;
      return meta.safeToChange === undefined || isMoreThanName(setting);
    });

/** Returns the reported settings that could send a secret to another server. */
function redirectingSettings({ instance: { vendor }, dialect, config, details }: LocatedConnection): Setting[] {
  const configFields = reportedConfigPlaces(supportOf(vendor, dialect));
  return [...redirectingIn(configFields, config), ...redirectingIn(optionPlaces(vendor), details())];
}

/**
 * Returns whether the write of the rotation removes the secret: the vendor replaces all settings, may store the secret without
 * reporting it, and reports a setting that excludes it.
 */
function isRemovedByWrite({ instance: { vendor }, dialect, config }: LocatedConnection, setting: Setting): boolean {
  const { place, value } = setting;
  if (place.side !== 'config' || value !== 'UNKNOWN' || !vendor.update?.replacesAll) return false;
  const isReported = (key: FieldKey) => typeof valueAt(config, key) === 'string' && valueAt(config, key) !== 'UNKNOWN';
  const { exclusive = [] } = supportOf(vendor, dialect);
  return exclusive.some(([first, second]) => first.includes(place.tableKey) && second.some(isReported));
}

function isDirect(match: RotationMatch, connection: LocatedConnection, setting: Setting): boolean {
  const { place, value } = setting;
  const { side, tableKey, meta } = place;
  if (side === 'config' && meta.role === 'host') {
    const dialect = dialectOf(connection);
    return typeof value === 'string' && normalHostIn(dialect, value) === normalHostIn(dialect, match.host);
  }
  // The port and the user of a match were compared before.
  if (tableKey === 'username') return true;
  if (tableKey === 'port') return typeof match.port === 'number' || !isUnusualPort(connection);
  if (isRemovedByWrite(connection, setting)) return true;
  const direct = DIRECT_SETTINGS[tableKey];
  return direct !== undefined && (direct.values?.test(String(value)) ?? true) && !isMoreThanName(setting);
}

/** Returns the names of the settings that make a special route. A field of a group has the name of the group. */
function specialSettings(match: RotationMatch, connection: LocatedConnection): string[] {
  const special = redirectingSettings(connection).filter((setting) => !isDirect(match, connection, setting));
  // A path starts with `input`, the side and the dialect or vendor.
  const names = special.map(({ place }) => place.path.slice(1, 4).join('.'));
  const inPart = (connection.partlyReported ?? []).map((key) => `config.${connection.dialect}.${key}`);
  return [...new Set([...inPart, ...names])];
}

/** Returns why a match does not include a connection to its server; null when it does. */
export function reviewRoute(match: RotationMatch, connection: LocatedConnection): ValidationIssue | null {
  const include = 'Name its id in `ids` to include it.';
  const special = specialSettings(match, connection);
  if (special.length > 0) {
    const port = special.includes(`config.${connection.dialect}.port`) ? ' A match with `port` compares that.' : '';
    const message = `Its settings may send the secret to another server (${special.join(', ')}). ${include}${port}`;
    return issue(MATCH, 'NOT_ALLOWED', message);
  }
  if (connection.completeness === 'FULL') return null;
  const { label } = connection.instance.vendor;
  const message = `${label} does not report all its settings, so its route to the server is unknown. ${include}`;
  return issue(MATCH, 'NOT_ALLOWED', message);
}

/** Returns a text that identifies the route of a connection. It differs when a setting of the route has changed. */
export const routeKeyOf = (connection: LocatedConnection): string =>
  JSON.stringify([
    redirectingSettings(connection).map(({ place, value }) => [place.tableKey, value]),
    connection.partlyReported ?? [],
  ]);
