// Lists are replaced as a whole, and no vendor gives a secret back. An item that is given again without a secret that is, or may
// be, stored with it would lose that secret: the secret must come again, or null must say that there is none.
import type { ValidationIssue } from '../../domain/errors.ts';
import { itemOf, metaOf, type Fields } from '../../fields/field-meta.ts';
import { onlyEntry, valueAt, type FieldKey, type Values } from '../../fields/values.ts';
import { leavesOf, unitsOf, type Leaf } from '../../fields/walk-fields.ts';
import { issue } from '../../domain/issues.ts';
import { rivalsOf, type FieldSupport } from '../../domain/vendor.ts';
import type { Update } from './needed-secrets.ts';
import type { Side } from './side.ts';

/** One item: what identifies it, which of several kinds it is ('' where there is one kind), and the values of that kind. */
interface Item {
  readonly name: string;
  readonly kind: string;
  readonly values: Values;
  /** Path from the item to the values. */
  readonly prefix: FieldKey;
}

/** In the name of an item capitals count for nothing: two that differ only there cannot stand side by side. */
const nameOf = (item: Values): string => (typeof item['name'] === 'string' ? item['name'].toLowerCase() : '');

/** The field of an item that holds one of several kinds; '' where an item has one kind. */
const alternativesIn = (item: Fields): FieldKey =>
  Object.keys(item.shape).find((name) => metaOf(item.shape[name]).kind === 'oneOf') ?? '';

function itemFrom(alternatives: FieldKey, raw: unknown): Item {
  const item = (raw ?? {}) as Values;
  const name = nameOf(item);
  if (alternatives === '') return { name, kind: '', values: item, prefix: '' };
  const [kind, values] = onlyEntry((item[alternatives] ?? {}) as Values) ?? ['', {}];
  return { name, kind, values, prefix: `${alternatives}.${kind}.` };
}

const isGiven = (values: Values, key: FieldKey): boolean => {
  const value = valueAt(values, key);
  return value !== undefined && value !== null;
};

/** Whether the item signs in without this secret: in another way, or with something that excludes it. */
function isReplaced(support: FieldSupport, values: Values, key: FieldKey): boolean {
  const { required } = support;
  const isThere = (one: FieldKey) => isGiven(values, one);
  const isExcluded = rivalsOf(support, key).some(isThere);
  const isOfAWay = required.some((way) => way.includes(key));
  return isExcluded || (isOfAWay && required.some((way) => !way.includes(key) && way.every(isThere)));
}

const secretsOf = (fields: Fields, support: FieldSupport | undefined): Leaf[] =>
  leavesOf(fields).filter(
    // A part of another secret is nothing without it, and that one is given again or gone.
    ({ key, meta }) => meta.kind === 'secret' && meta.partOf === undefined && (!support || key in support.fields),
  );

interface List {
  readonly unit: FieldKey;
  readonly given: readonly Item[];
  readonly told: readonly Item[];
  /** The fields of one kind of item. */
  fieldsOf(kind: string): Fields;
}

/** A list that changes; null for what is no list of groups, and for one that is taken away. */
function listAt({ fields, given, told }: Side, unit: FieldKey): List | null {
  const schema = unitsOf(fields).find(({ key }) => key === unit)?.schema;
  const items = valueAt(given, unit);
  if (!schema || metaOf(schema).kind !== 'list' || !Array.isArray(items)) return null;
  if (metaOf(itemOf(schema)).kind !== 'group') return null;
  const item = itemOf(schema) as Fields;
  const alternatives = alternativesIn(item);
  const read = (raw: unknown) => itemFrom(alternatives, raw);
  const before = valueAt(told, unit);
  return {
    unit,
    given: items.map(read),
    told: Array.isArray(before) ? before.map(read) : [],
    fieldsOf: (kind) =>
      (alternatives === '' ? item : (valueAt(item.shape, alternatives) as Fields).shape[kind]) as Fields,
  };
}

/** The stored item that one stands for: that of its name, else one of its kind that is given under no name any more. */
function storedFor({ name, kind }: Item, { given, told }: List): Item | undefined {
  const named = told.find((one) => one.name === name);
  if (named) return named.kind === kind ? named : undefined;
  return told.find((one) => one.kind === kind && !given.some((other) => other.name === one.name));
}

/** The secrets of one item that are or may be stored, did not come, and would be lost. */
function neededIn({ vendor, support, config }: Update, list: List, item: Item, at: number): ValidationIssue[] {
  const stored = storedFor(item, list);
  if (!stored) return [];
  const ofKind = support.inside?.[list.unit]?.[item.kind];
  const message = `${vendor.label} replaces the list as a whole and gives no secret back: send the secret again, or null where there is none.`;
  return secretsOf(list.fieldsOf(item.kind), ofKind).flatMap(({ key }) => {
    const status = valueAt(stored.values, key);
    if (status !== 'SET' && status !== 'UNKNOWN') return [];
    if (valueAt(item.values, key) !== undefined || (ofKind && isReplaced(ofKind, item.values, key))) return [];
    return [issue(config.pathOf(`${list.unit}.${at}.${item.prefix}${key}`), 'SECRET_NEEDED', message)];
  });
}

/** What is missing in the lists that change, secret by secret. */
export const neededInLists = (update: Update): ValidationIssue[] =>
  update.config.changed.flatMap((unit) => {
    const list = listAt(update.config, unit);
    return list ? list.given.flatMap((item, at) => neededIn(update, list, item, at)) : [];
  });
