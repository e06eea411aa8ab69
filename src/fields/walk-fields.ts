// Lists the fields of a definition: its leaves, its units, its secrets, and the leaves inside of lists.
import * as z from 'zod';
import { itemOf, metaOf, type FieldMeta, type Fields, type FieldSchema } from './field-meta.ts';
import { memoize } from './memoize.ts';
import { valueAt, type FieldKey, type Values } from './values-by-key.ts';

/** A field of a definition with its key in that definition. */
export interface Leaf {
  readonly key: FieldKey;
  readonly meta: FieldMeta;
  readonly schema: FieldSchema;
}

const isGroup = ({ kind }: FieldMeta): boolean => kind === 'group' || kind === 'oneOf';

/** Lists the fields of a definition in order. A group for which `isOpened` is true is replaced by its fields. */
const fieldsIn = (fields: Fields, isOpened: (meta: FieldMeta) => boolean, prefix = ''): Leaf[] =>
  Object.entries(fields.shape).flatMap(([name, schema]) => {
    const key = prefix + name;
    const meta = metaOf(schema);
    return isOpened(meta) ? fieldsIn(schema as Fields, isOpened, `${key}.`) : [{ key, meta, schema }];
  });

/** Returns the fields of a definition in order, with groups and one-of groups replaced by their fields. */
export const leavesOf = memoize((fields: Fields): readonly Leaf[] => fieldsIn(fields, isGroup));

/** Returns the units of a definition in order: what an update replaces as a whole. One-of groups and lists stay whole. */
export const unitsOf = memoize((fields: Fields): readonly Leaf[] =>
  fieldsIn(fields, ({ kind, isUnit }) => kind === 'group' && !isUnit),
);

const groupsIn = (fields: Fields, prefix: string): Leaf[] =>
  Object.entries(fields.shape).flatMap(([name, schema]) => {
    const key = prefix + name;
    const meta = metaOf(schema);
    const isOpened = meta.kind === 'group' && !meta.isUnit;
    return isOpened ? [{ key, meta, schema }, ...groupsIn(schema as Fields, `${key}.`)] : [];
  });

/** Returns the groups of a definition that are not units, outer groups before inner ones. */
export const groupsOf = memoize((fields: Fields): readonly Leaf[] => groupsIn(fields, ''));

/** Returns the definition of what a read reports: without the fields that are only written, and in the shape that reads have. */
export const reportedFieldsOf = memoize((fields: Fields): Fields => {
  const reported = Object.entries(fields.shape).flatMap(([name, schema]) => {
    const { only, readAs } = metaOf(schema);
    return only === 'input' ? [] : [[name, readAs ?? schema] as const];
  });
  return z.object(Object.fromEntries(reported));
});

/** Returns the keys of the secrets of a definition. */
export const secretKeysOf = (fields: Fields): FieldKey[] =>
  leavesOf(fields).flatMap(({ key, meta }) => (meta.kind === 'secret' ? [key] : []));

/** Returns the fields of a list's item that its values reach: groups that are null have no fields here. */
function leavesOfItem(fields: Fields, item: unknown, prefix: string): Leaf[] {
  return Object.entries(fields.shape).flatMap(([name, schema]) => {
    const key = prefix + name;
    const meta = metaOf(schema);
    if (!isGroup(meta)) return [{ key, meta, schema }];
    const part = valueAt(item as Values, name);
    return part === undefined || part === null ? [] : leavesOfItem(schema as Fields, part, `${key}.`);
  });
}

const isListOfGroups = ({ meta, schema }: Leaf): boolean => meta.kind === 'list' && isGroup(metaOf(itemOf(schema)));

/** Returns whether a definition has a list of groups. */
export const hasListOfGroups = memoize((fields: Fields): boolean => leavesOf(fields).some(isListOfGroups));

/** Returns the leaves of a definition. A list of groups is replaced by the fields of the items that it has: `headers.0.value`. */
export const leavesWithItems = (fields: Fields, values: Values): Leaf[] =>
  leavesOf(fields).flatMap((leaf) => {
    if (!isListOfGroups(leaf)) return [leaf];
    const items = valueAt(values, leaf.key);
    if (!Array.isArray(items)) return [];
    return items.flatMap((item, at) => leavesOfItem(itemOf(leaf.schema) as Fields, item, `${leaf.key}.${at}.`));
  });

/** Returns the key at which a read reports the status of a secret: the key of the secret, or that of its group. */
export const statusKeyOf = ({ key, meta }: Leaf): FieldKey =>
  meta.isReportedByGroup ? key.slice(0, key.lastIndexOf('.')) : key;

/** Returns the key of the flag that switches the group of a field on and off; undefined when there is none. */
export function switchKeyOf(fields: Fields, key: FieldKey): FieldKey | undefined {
  const [name = ''] = key.split('.');
  const schema = name === key ? undefined : fields.shape[name];
  const switchedBy = schema && metaOf(schema).switchedBy;
  return switchedBy === undefined ? undefined : `${name}.${switchedBy}`;
}

/** Returns the keys of the leaves that have a value; null is no value. */
export function keysWithValue(fields: Fields, values: Values): FieldKey[] {
  return leavesOf(fields)
    .map(({ key }) => key)
    .filter((key) => valueAt(values, key) !== undefined && valueAt(values, key) !== null);
}
