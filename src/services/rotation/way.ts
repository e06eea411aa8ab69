// The way by which a connection reaches its server. A match names a server and a user; a connection that has a proxy, a tunnel,
// driver parameters or the like may hand the secret to somebody else, so a match does not include it.
import type { LocatedConnection } from '../../domain/connection.ts';
import { normalHostIn } from '../../fields/dialect.ts';
import type { ValidationIssue } from '../../domain/errors.ts';
import { isValidValue, type Fields } from '../../fields/field-meta.ts';
import { valueAt, type FieldKey, type Values } from '../../fields/values.ts';
import { switchKeyOf, unitsOf, type Leaf } from '../../fields/walk-fields.ts';
import { fieldPath } from '../../domain/input-paths.ts';
import { issue } from '../../domain/issues.ts';
import { MATCH, type RotationMatch } from './input.ts';
import { dialectOf, isUnusualPort } from './server.ts';

interface Plain {
  readonly why: string;
  /** The values that are plain, where not all are. */
  readonly values?: RegExp;
}

const LINE = { why: 'It says how well the line is protected, and not where it leads.' };
const NAME = { why: 'It names something inside the server. A name that could be more than that is not plain.' };
const TIME_ZONE = { why: 'It says in which time zone times are read.', values: /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/ };

/**
 * What may be set on the plain way to a server, though a change of it could redirect a stored secret; whatever the dialect or
 * the vendor. Everything else that is set and has no `safeToChange` in its definition is another way.
 */
const PLAIN: Readonly<Record<string, Plain>> = {
  'config.database': NAME,
  'config.schema': NAME,
  'config.tls.enabled': LINE,
  'config.tls.verify': LINE,
  'config.tls.mode': LINE,
  'config.tls.ca': LINE,
  'config.flavor': { why: 'The database itself, with nothing special about it.', values: /^STANDARD$/ },
  'options.dialectName': { why: "The vendor's own word for the dialect." },
  'options.dbTimezone': TIME_ZONE,
  'options.queryTimezone': TIME_ZONE,
  'options.usesKeyPairAuth': { why: 'It says what is sent to prove who signs in, and not where it is sent.' },
};

/** A setting as its vendor tells it. */
interface Setting {
  readonly of: 'config' | 'options';
  readonly leaf: Leaf;
  readonly value: unknown;
}

/** Nothing, as it may be told: no value, a flag that is off, an empty list, a secret that is not stored. */
const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  value === 'NOT_SET' ||
  (Array.isArray(value) && value.length === 0);

/** Whether it stands in a group that is switched off: the vendor uses nothing of the group. */
function isSwitchedOff(fields: Fields, told: Values, key: FieldKey): boolean {
  const place = switchKeyOf(fields, key);
  return place !== undefined && valueAt(told, place) === false;
}

/** A name that a caller could not have given holds more than a name: parameters of a driver, say. */
const isMoreThanName = ({ meta, schema }: Leaf, value: unknown): boolean =>
  meta.kind === 'text' && !isValidValue(schema, value);

/** Everything told that could send a secret to another place. */
function redirecting(connection: LocatedConnection): Setting[] {
  const { vendor } = connection.instance;
  const sides = [
    { of: 'config', fields: dialectOf(connection).reportedFields, told: connection.config },
    { of: 'options', fields: vendor.options, told: connection.details },
  ] as const;
  return sides.flatMap(({ of, fields, told }) =>
    unitsOf(fields).flatMap((leaf): Setting[] => {
      const value = valueAt(told, leaf.key);
      if (isNothing(value) || isSwitchedOff(fields, told, leaf.key)) return [];
      return leaf.meta.safeToChange === undefined || isMoreThanName(leaf, value) ? [{ of, leaf, value }] : [];
    }),
  );
}

/** Where the vendor keeps a secret unseen beside settings that exclude it, and replaces all of them: the write takes it away. */
function goesWithWrite({ instance: { vendor }, dialect, config }: LocatedConnection, { of, leaf, value }: Setting) {
  if (of !== 'config' || value !== 'UNKNOWN' || !vendor.update?.replacesAll) return false;
  const isTold = (key: FieldKey) => typeof valueAt(config, key) === 'string' && valueAt(config, key) !== 'UNKNOWN';
  return (vendor.dialects[dialect]?.exclusive ?? []).some(
    ([ones, others]) => ones.includes(leaf.key) && others.some(isTold),
  );
}

function isPlain(match: RotationMatch, connection: LocatedConnection, setting: Setting): boolean {
  const { of, leaf, value } = setting;
  const { key, meta } = leaf;
  if (of === 'config' && meta.role === 'host') {
    const dialect = dialectOf(connection);
    return typeof value === 'string' && normalHostIn(dialect, value) === normalHostIn(dialect, match.host);
  }
  // A port or a user that a match names is compared before.
  if (of === 'config' && key === 'username') return true;
  if (of === 'config' && key === 'port') return typeof match.port === 'number' || !isUnusualPort(connection);
  if (goesWithWrite(connection, setting)) return true;
  const plain = PLAIN[`${of}.${key}`];
  return plain !== undefined && (plain.values?.test(String(value)) ?? true) && !isMoreThanName(leaf, value);
}

/** The settings that make it another way, by their names in the input; a group by its own. */
function otherWays(match: RotationMatch, connection: LocatedConnection): string[] {
  const { instance, dialect } = connection;
  const nameOf = (of: Setting['of'], key: FieldKey) => fieldPath(instance.vendor, dialect, of, key).join('.');
  const others = redirecting(connection).filter((setting) => !isPlain(match, connection, setting));
  const names = others.map(({ of, leaf }) => nameOf(of, leaf.key.replace(/\..*$/, '')));
  const inPart = (connection.toldInPart ?? []).map((key) => nameOf('config', key));
  return [...new Set([...inPart, ...names])];
}

/** Why a match does not include a connection to its server; null when it does. */
export function issueWithWay(match: RotationMatch, connection: LocatedConnection): ValidationIssue | null {
  const include = 'Name its id in `ids` to include it.';
  const ways = otherWays(match, connection);
  if (ways.length > 0) {
    const port = ways.includes(`config.${connection.dialect}.port`) ? ' A match with `port` compares that.' : '';
    return issue(MATCH, 'NOT_ALLOWED', `It reaches the server by another way (${ways.join(', ')}). ${include}${port}`);
  }
  if (connection.completeness === 'FULL') return null;
  const { label } = connection.instance.vendor;
  const message = `${label} does not tell all its settings, so the way to the server is not known. ${include}`;
  return issue(MATCH, 'NOT_ALLOWED', message);
}

/** Everything by which a connection reaches its server; another text once any of it is changed. */
export const wayOf = (connection: LocatedConnection): string =>
  JSON.stringify([
    redirecting(connection).map(({ of, leaf, value }) => [of, leaf.key, value]),
    connection.toldInPart ?? [],
  ]);
