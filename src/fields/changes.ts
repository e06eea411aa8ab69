// A change to a saved connection: what a caller sent, held against what is there. What says the same as what is there is
// no change, so that writing back what was read changes nothing.
import { itemOf, metaOf, type Fields, type FieldSchema } from './field-meta.ts';
import { onlyEntry, putAt, valueAt, type FieldKey, type Values, withoutNulls } from './values.ts';
import { leavesOf, unitsOf, type Leaf } from './walk-fields.ts';
import { isSameHost, normalizeUrl } from '../formats/host.ts';
import { Secret, SECRET_TEXT, type SecretStatus } from '../secrets/secret.ts';

/** Nothing, as it may be told: null, an empty list, a way to sign in that is none. */
const isNothing = (told: unknown): boolean =>
  told === undefined ||
  told === null ||
  (Array.isArray(told) && told.length === 0) ||
  (typeof told === 'object' && (told as Values)['kind'] === 'NONE');

/** Values of plain fields are texts, numbers, flags and lists of those. */
const isSame = (given: unknown, told: unknown): boolean =>
  JSON.stringify(given) === JSON.stringify(told) || (isNothing(given) && isNothing(told));

/** Whether null, `replace` and `clear` say what becomes of it, since null keeps it. */
export const isSecretUnit = (meta: Leaf['meta']): boolean => meta.kind === 'secret' || meta.isUnit === true;

/** Whether two texts are spellings of one host, or of one URL. */
function isSamePlace({ isHost, isUrl }: Leaf['meta'], given: unknown, told: unknown): boolean {
  if (typeof given !== 'string' || typeof told !== 'string') return false;
  return (isHost === true && isSameHost(given, told)) || (isUrl === true && normalizeUrl(given) === normalizeUrl(told));
}

const isGroup = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Secret);

/** Whether a value given in a list's item says what is told there. A secret that is left out says nothing. */
function isSameInItem(schema: FieldSchema, given: unknown, told: unknown): boolean {
  const meta = metaOf(schema);
  if (meta.kind === 'secret') return given === undefined || (given === null && told !== 'SET' && told !== 'UNKNOWN');
  if (meta.kind !== 'group' && meta.kind !== 'oneOf') {
    const value = withoutNulls(given);
    return isSame(value, told) || isSamePlace(meta, value, told);
  }
  if (!isGroup(given)) return isNothing(told);
  const there = isGroup(told) ? told : {};
  if (meta.kind === 'oneOf' && onlyEntry(given)?.[0] !== onlyEntry(there)?.[0]) return false;
  return Object.entries((schema as Fields).shape).every(([name, one]) => isSameInItem(one, given[name], there[name]));
}

/** Whether two lists are the same. In a list of groups, an item may leave out the secrets that are stored with it. */
function isSameList({ schema }: Leaf, given: unknown, told: unknown): boolean {
  const item = itemOf(schema);
  if (!Array.isArray(given) || !Array.isArray(told) || metaOf(item).kind !== 'group') {
    return isSame(withoutNulls(given), told);
  }
  return given.length === told.length && given.every((one, at) => isSameInItem(item, one, told[at]));
}

/** The change that one value makes; undefined for none, null for what is cleared. */
function changeOf(leaf: Leaf, given: unknown, told: unknown): unknown {
  const { meta } = leaf;
  if (!isSecretUnit(meta)) {
    const value = withoutNulls(given);
    const isKept = meta.kind === 'list' ? isSameList(leaf, given, told) : isSame(value, told);
    return isKept || isSamePlace(meta, value, told) ? undefined : value;
  }
  const { replace, clear } = (given ?? {}) as { replace?: unknown; clear?: unknown };
  if (replace !== undefined && replace !== null) return withoutNulls(replace);
  // What the vendor has no place for is cleared already.
  return clear === true && (told === 'SET' || told === 'UNKNOWN') ? null : undefined;
}

function putChanges(
  changes: Record<string, unknown>,
  fields: Fields,
  given: Values,
  told: Values,
  prefix: string,
): void {
  for (const [name, schema] of Object.entries(fields.shape)) {
    const key = prefix + name;
    const meta = metaOf(schema);
    const value = given[name];
    const there = valueAt(told, key);
    if (value === undefined) continue;
    if (meta.kind === 'group' && !meta.isUnit) {
      if (value !== null) putChanges(changes, schema as Fields, value as Values, told, `${key}.`);
      else if (!meta.isRemovable) clearPlain(changes, schema as Fields, told, `${key}.`);
      else if (!isNothing(there)) putAt(changes, key, null);
      continue;
    }
    const change = changeOf({ key, meta, schema }, value, there);
    if (change !== undefined) putAt(changes, key, change);
  }
}

/** A group that is null: what is plain in it is cleared; secrets are cleared in words alone. */
function clearPlain(changes: Record<string, unknown>, fields: Fields, told: Values, prefix: string): void {
  for (const { key, meta } of unitsOf(fields)) {
    if (!isSecretUnit(meta) && !isNothing(valueAt(told, prefix + key))) putAt(changes, prefix + key, null);
  }
}

/**
 * What changes: units of a definition with their new values, null for what is cleared.
 * @param given as GraphQL hands it over.
 * @param told what the vendor tells of the connection now.
 */
export function findChanges(fields: Fields, given: Values, told: Values): Values {
  const changes: Record<string, unknown> = {};
  putChanges(changes, fields, given, told, '');
  return changes;
}

/** The units that change, null ones among them; a group that is taken away by its own key. */
export function changedKeys(fields: Fields, changes: Values): FieldKey[] {
  const units = unitsOf(fields).filter(({ key }) => valueAt(changes, key) !== undefined);
  return [...units.map(({ key }) => key), ...removedGroups(fields, changes, '')];
}

function removedGroups(fields: Fields, changes: Values, prefix: string): FieldKey[] {
  return Object.entries(fields.shape).flatMap(([name, schema]) => {
    const meta = metaOf(schema);
    if (meta.kind !== 'group' || meta.isUnit) return [];
    const value = changes[name];
    if (value === null) return [prefix + name];
    return value === undefined ? [] : removedGroups(schema as Fields, value as Values, `${prefix}${name}.`);
  });
}

/** Stands for a secret that is, or may be, stored: whether one is there is all that may be asked of it. */
const STORED = new Secret(SECRET_TEXT);

/** What is there, as a caller would have written it: plain values, and STORED for each secret that may be there. */
export function storedValues(fields: Fields, told: Values): Values {
  const present: Record<string, unknown> = {};
  for (const { key, meta } of leavesOf(fields)) {
    const value = valueAt(told, key);
    if (meta.kind === 'secret') {
      const status = (
        meta.isReportedByGroup ? valueAt(told, key.slice(0, key.lastIndexOf('.'))) : value
      ) as SecretStatus;
      if (status === 'SET' || status === 'UNKNOWN') putAt(present, key, STORED);
    } else if (value !== undefined && value !== null) putAt(present, key, value);
  }
  return present;
}

/** What is there once the changes are made; `without` names what else goes. */
export function applyChanges(
  fields: Fields,
  present: Values,
  changes: Values,
  without: readonly FieldKey[] = [],
): Values {
  const after: Record<string, unknown> = {};
  const removed = removedGroups(fields, changes, '');
  for (const { key } of unitsOf(fields)) {
    const change = valueAt(changes, key);
    const value = change === undefined ? valueAt(present, key) : change;
    const isGone = value === null || value === undefined || without.includes(key);
    if (!isGone && !removed.some((group) => key.startsWith(`${group}.`))) putAt(after, key, value);
  }
  return after;
}

/** The same without what is only known to be stored. */
export function withoutStoredSecrets(values: Values): Values {
  const kept = Object.entries(values).flatMap(([key, value]) => {
    if (value === STORED) return [];
    return [[key, isGroup(value) ? withoutStoredSecrets(value) : value] as const];
  });
  return Object.fromEntries(kept);
}
