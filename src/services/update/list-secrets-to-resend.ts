// The secrets of list items that an update must send again. A list is replaced as a whole, and no vendor returns a secret. An item
// that is sent without its stored secret would lose it: the caller must send the secret again, or null if the item has none.
import { issue, type ValidationIssue } from '../../domain/issue.ts';
import type { FieldPlace } from '../../domain/field-places.ts';
import { type FieldSupport, excludedBy } from '../../domain/dialect-support.ts';
import { itemOf, metaOf, type Fields } from '../../fields/field-meta.ts';
import { onlyEntry, valueAt, type FieldKey, type Values } from '../../fields/values-by-key.ts';
import { leavesOf } from '../../fields/walk-fields.ts';
import type { FieldChange } from './field-changes.ts';
import type { UpdateChanges } from './update-changes.ts';

/** One item of a list. */
interface Item {
  /** The name that identifies the item, in lower case. Two names that differ only in case cannot exist in one list. */
  readonly name: string;
  /** The name of the chosen alternative; '' when the items of the list have no alternatives. */
  readonly kind: string;
  readonly values: Values;
  /** Key of `values` in the item, with a dot at its end: `connection.postgres.`; '' when `values` is the item. */
  readonly prefix: FieldKey;
}

/** Returns the name of the one-of group in the items of a list; '' when there is none. */
const alternativesIn = (item: Fields): FieldKey =>
  Object.keys(item.shape).find((name) => metaOf(item.shape[name]).kind === 'oneOf') ?? '';

function readItem(alternatives: FieldKey, raw: unknown): Item {
  const item = (raw ?? {}) as Values;
  const name = typeof item['name'] === 'string' ? item['name'].toLowerCase() : '';
  if (alternatives === '') return { name, kind: '', values: item, prefix: '' };
  const [kind, values] = onlyEntry((item[alternatives] ?? {}) as Values) ?? ['', {}];
  return { name, kind, values, prefix: `${alternatives}.${kind}.` };
}

/** Returns whether the item authenticates without a secret: by another sign-in method, or by a field that excludes the secret. */
function signsInWithout(support: FieldSupport, values: Values, secret: FieldKey): boolean {
  const { required } = support;
  const hasValue = (key: FieldKey) => (valueAt(values, key) ?? null) !== null;
  if (excludedBy(support, secret).some(hasValue)) return true;
  const isRequired = required.some((signInMethod) => signInMethod.includes(secret));
  return isRequired && required.some((signInMethod) => !signInMethod.includes(secret) && signInMethod.every(hasValue));
}

/** A list that an update replaces. */
interface ListChange {
  readonly place: FieldPlace;
  readonly provided: readonly Item[];
  readonly stored: readonly Item[];
  /** Returns the fields of an item by its kind. */
  readonly fieldsOf: (kind: string) => Fields;
}

/** Returns the change of a list of groups; null for any other unit, and for a list that is cleared. */
function listChangeOf({ place, provided, stored }: FieldChange): ListChange | null {
  const { meta, schema } = place;
  if (meta.kind !== 'list' || !Array.isArray(provided) || metaOf(itemOf(schema)).kind !== 'group') return null;
  const item = itemOf(schema) as Fields;
  const alternatives = alternativesIn(item);
  const readAll = (list: unknown) =>
    Array.isArray(list) ? list.map((raw: unknown) => readItem(alternatives, raw)) : [];
  return {
    place,
    provided: readAll(provided),
    stored: readAll(stored),
    fieldsOf: (kind) =>
      (alternatives === '' ? item : (item.shape[alternatives] as unknown as Fields).shape[kind]) as Fields,
  };
}

/**
 * Returns the stored item that a provided item replaces: the one with the same name and kind. When no stored item has the name, it is
 * one of the same kind whose name is not provided any more.
 */
function storedItemFor({ name, kind }: Item, { provided, stored }: ListChange): Item | undefined {
  const sameName = stored.find((item) => item.name === name);
  if (sameName) return sameName.kind === kind ? sameName : undefined;
  return stored.find((item) => item.kind === kind && !provided.some((other) => other.name === item.name));
}

/** Returns an issue for each stored secret of an item that the caller does not send and the item still needs. */
function requiredInItem(
  { vendor, support }: UpdateChanges,
  list: ListChange,
  item: Item,
  at: number,
): ValidationIssue[] {
  const stored = storedItemFor(item, list);
  if (!stored) return [];
  const kindSupport = support.itemSupport?.[list.place.key]?.[item.kind];
  const message = `${vendor.label} replaces the list as a whole and never returns a secret: send the secret again, or null if there is none.`;
  return leavesOf(list.fieldsOf(item.kind)).flatMap(({ key, meta }) => {
    // A secret that is part of another one has no use without it, and the other one is sent again or removed.
    const isOwnSecret = meta.kind === 'secret' && meta.partOf === undefined;
    if (!isOwnSecret || (kindSupport && !(key in kindSupport.fields))) return [];
    const status = valueAt(stored.values, key);
    if (status !== 'SET' && status !== 'UNKNOWN') return [];
    if (valueAt(item.values, key) !== undefined) return [];
    if (kindSupport && signsInWithout(kindSupport, item.values, key)) return [];
    const path = [...list.place.path, String(at), ...`${item.prefix}${key}`.split('.')];
    return [issue(path, 'SECRET_NEEDED', message)];
  });
}

/** Returns an issue for each stored secret that the lists which the update replaces would lose. */
export const listSecretsToResend = (changes: UpdateChanges): ValidationIssue[] =>
  changes.config.changed.flatMap((field) => {
    const list = listChangeOf(field);
    return list ? list.provided.flatMap((item, at) => requiredInItem(changes, list, item, at)) : [];
  });
