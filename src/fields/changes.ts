// Finds what an update changes, and applies changes to stored values. A provided value that equals the reported one is no change, so
// that an update with the values of a read changes nothing.
import { isSameHost, normalizeUrl } from '../formats/host.ts';
import { Secret, SECRET_TEXT, type SecretStatus } from '../secrets/secret.ts';
import { itemOf, metaOf, type FieldMeta, type Fields, type FieldSchema } from './field-meta.ts';
import { onlyEntry, putAt, valueAt, type FieldKey, type Values, withoutNulls } from './values-by-key.ts';
import { groupsOf, leavesOf, statusKeyOf, unitsOf, type Leaf } from './walk-fields.ts';

const isGroup = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Secret);

/** Returns whether a value means "none": null, an empty list, or a group that is reported although nothing is stored. */
const isNothing = ({ reportedIfNone }: FieldMeta, value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (Array.isArray(value) && value.length === 0) ||
  (reportedIfNone !== undefined &&
    isGroup(value) &&
    Object.entries(reportedIfNone).every(([name, part]) => value[name] === part));

/** Returns whether two values are equal. Values of plain fields are texts, numbers, flags and lists of those. */
const isSame = (meta: FieldMeta, provided: unknown, reported: unknown): boolean =>
  JSON.stringify(provided) === JSON.stringify(reported) || (isNothing(meta, provided) && isNothing(meta, reported));

/** Returns whether an update changes the field by `replace` or `clear`. Null keeps such a field. */
export const isSecretUnit = (meta: FieldMeta): boolean => meta.kind === 'secret' || meta.isUnit === true;

/** Returns whether two texts are spellings of the same host, or of the same URL. */
function isSameAddress({ isHost, isUrl }: FieldMeta, provided: unknown, reported: unknown): boolean {
  if (typeof provided !== 'string' || typeof reported !== 'string') return false;
  if (isHost === true && isSameHost(provided, reported)) return true;
  return isUrl === true && normalizeUrl(provided) === normalizeUrl(reported);
}

/** Returns whether a value in the item of a list equals the reported one. A secret that is left out equals any. */
function isSameInItem(schema: FieldSchema, provided: unknown, reported: unknown): boolean {
  const meta = metaOf(schema);
  if (meta.kind === 'secret') {
    return provided === undefined || (provided === null && reported !== 'SET' && reported !== 'UNKNOWN');
  }
  if (meta.kind !== 'group' && meta.kind !== 'oneOf') {
    const value = withoutNulls(provided);
    return isSame(meta, value, reported) || isSameAddress(meta, value, reported);
  }
  if (!isGroup(provided)) return isNothing(meta, reported);
  const stored = isGroup(reported) ? reported : {};
  if (meta.kind === 'oneOf' && onlyEntry(provided)?.[0] !== onlyEntry(stored)?.[0]) return false;
  const fields = Object.entries((schema as Fields).shape);
  return fields.every(([name, field]) => isSameInItem(field, provided[name], stored[name]));
}

/** Returns whether two lists are equal. In a list of groups, an item may leave out its stored secrets. */
function isSameList({ meta, schema }: Leaf, provided: unknown, reported: unknown): boolean {
  const itemSchema = itemOf(schema);
  if (!Array.isArray(provided) || !Array.isArray(reported) || metaOf(itemSchema).kind !== 'group') {
    return isSame(meta, withoutNulls(provided), reported);
  }
  return (
    provided.length === reported.length && provided.every((item, at) => isSameInItem(itemSchema, item, reported[at]))
  );
}

/** Returns the new value of a unit; undefined when it does not change, null when it is cleared. */
function changeOf(unit: Leaf, provided: unknown, reported: unknown): unknown {
  const { meta } = unit;
  if (!isSecretUnit(meta)) {
    const value = withoutNulls(provided);
    const isEqual = meta.kind === 'list' ? isSameList(unit, provided, reported) : isSame(meta, value, reported);
    return isEqual || isSameAddress(meta, value, reported) ? undefined : value;
  }
  const { replace, clear } = (provided ?? {}) as { replace?: unknown; clear?: unknown };
  if (replace !== undefined && replace !== null) return withoutNulls(replace);
  // A secret that the vendor does not store is cleared already.
  return clear === true && (reported === 'SET' || reported === 'UNKNOWN') ? null : undefined;
}

function putChanges(
  changes: Record<string, unknown>,
  fields: Fields,
  provided: Values,
  reported: Values,
  prefix: string,
): void {
  for (const [name, schema] of Object.entries(fields.shape)) {
    const key = prefix + name;
    const meta = metaOf(schema);
    const value = provided[name];
    const reportedValue = valueAt(reported, key);
    if (value === undefined) continue;
    if (meta.kind === 'group' && !meta.isUnit) {
      if (value !== null) putChanges(changes, schema as Fields, value as Values, reported, `${key}.`);
      else if (!meta.isRemovable) clearPlainFields(changes, schema as Fields, reported, `${key}.`);
      else if (!isNothing(meta, reportedValue)) putAt(changes, key, null);
      continue;
    }
    const change = changeOf({ key, meta, schema }, value, reportedValue);
    if (change !== undefined) putAt(changes, key, change);
  }
}

/** Clears the fields of a group for which the caller provided null. Its secrets stay: only `clear` clears a secret. */
function clearPlainFields(changes: Record<string, unknown>, fields: Fields, reported: Values, prefix: string): void {
  for (const { key, meta } of unitsOf(fields)) {
    if (!isSecretUnit(meta) && !isNothing(meta, valueAt(reported, prefix + key))) putAt(changes, prefix + key, null);
  }
}

/**
 * Returns the new value of each unit that changes, null for a cleared unit or a removed group.
 * @param provided the values as GraphQL passes them.
 * @param reported the values as the vendor reports them now.
 */
export function findChanges(fields: Fields, provided: Values, reported: Values): Values {
  const changes: Record<string, unknown> = {};
  putChanges(changes, fields, provided, reported, '');
  return changes;
}

/** The marker of a secret that is stored or may be stored. Patchbay does not know its text. */
const STORED_SECRET = new Secret(SECRET_TEXT);

/** Returns the reported values as a caller would send them. Each secret that is, or may be, stored is the same marker. */
export function storedValues(fields: Fields, reported: Values): Values {
  const stored: Record<string, unknown> = {};
  for (const leaf of leavesOf(fields)) {
    const value = valueAt(reported, leaf.key);
    if (leaf.meta.kind === 'secret') {
      const status = valueAt(reported, statusKeyOf(leaf)) as SecretStatus;
      if (status === 'SET' || status === 'UNKNOWN') putAt(stored, leaf.key, STORED_SECRET);
    } else if (value !== undefined && value !== null) putAt(stored, leaf.key, value);
  }
  return stored;
}

/**
 * Returns the stored values with the changes applied.
 * @param removedKeys keys of further units to remove.
 */
export function applyChanges(
  fields: Fields,
  stored: Values,
  changes: Values,
  removedKeys: readonly FieldKey[] = [],
): Values {
  const after: Record<string, unknown> = {};
  const removedGroups = groupsOf(fields).filter(({ key }) => valueAt(changes, key) === null);
  for (const { key } of unitsOf(fields)) {
    const change = valueAt(changes, key);
    const value = change === undefined ? valueAt(stored, key) : change;
    const isRemoved = removedKeys.includes(key) || removedGroups.some((group) => key.startsWith(`${group.key}.`));
    if (value !== null && value !== undefined && !isRemoved) putAt(after, key, value);
  }
  return after;
}

/** Returns the values without the markers of stored secrets. */
export function withoutStoredSecrets(values: Values): Values {
  const others = Object.entries(values).filter(([, value]) => value !== STORED_SECRET);
  return Object.fromEntries(
    others.map(([key, value]) => [key, isGroup(value) ? withoutStoredSecrets(value) : value] as const),
  );
}
