// Half of an update: what changes of a dialect's settings, or of what only the vendor takes.
import { metaOf, type FieldMeta, type Fields, type FieldSchema } from '../../fields/field-meta.ts';
import { valueAt, type FieldKey, type Values } from '../../fields/values.ts';
import { keysWithValue, switchKeyOf, unitsOf } from '../../fields/walk-fields.ts';
import { normalizeValues } from '../../fields/normalize-values.ts';
import { changedKeys, findChanges, storedValues } from '../../fields/changes.ts';
import { OPTIONS_PREFIX } from '../../domain/input-paths.ts';
import { wiresIn, type WireTable } from '../../domain/vendor.ts';

export interface Side {
  readonly of: 'config' | 'options';
  readonly fields: Fields;
  readonly table: WireTable;
  /** As GraphQL hands it over: in a list's item null says that there is no such secret. */
  readonly given: Values;
  /** What the vendor tells now. */
  readonly told: Values;
  /** The same as a caller would have written it. */
  readonly present: Values;
  /** What the caller changes, and what is written along with it. */
  readonly changes: Values;
  /** What the caller changes, unit by unit. */
  readonly changed: readonly FieldKey[];
  /** Where a field is in the input. */
  readonly pathOf: (key: FieldKey) => string[];
}

type Given = Pick<Side, 'of' | 'fields' | 'table' | 'told' | 'pathOf' | 'given'> & {
  /** What the vendor needs written along with what is given. */
  readonly implied?: Values;
};

/** Groups of the same name as one. */
function merged(one: Values, other: Values): Values {
  const entries = Object.entries(other).map(([key, value]) => {
    const before = one[key];
    return [key, isPlainGroup(before) && isPlainGroup(value) ? merged(before, value) : value] as const;
  });
  return { ...one, ...Object.fromEntries(entries) };
}

export const isPlainGroup = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

export function sideOf({ implied = {}, ...side }: Given): Side {
  const changes = normalizeValues(side.fields, findChanges(side.fields, side.given, side.told));
  return {
    ...side,
    present: storedValues(side.fields, side.told),
    changes: merged(changes, implied),
    changed: changedKeys(side.fields, changes),
  };
}

/** A field's key as the tables of requirements have it. */
export const tableKey = ({ of }: Pick<Side, 'of'>, key: FieldKey): FieldKey =>
  of === 'options' ? OPTIONS_PREFIX + key : key;

/** The vendor's names of what a unit is made of there. */
export const wiresOf = ({ table }: Side, unit: FieldKey): string[] => wiresIn(table, unit);

/** Of a unit that changes; null for a group that is taken away whole. */
export const metaOfUnit = ({ fields }: Side, unit: FieldKey): FieldMeta | null =>
  unitsOf(fields).find(({ key }) => key === unit)?.meta ?? null;

/** Of a unit, or of a group of fields. */
function metaOfPlace({ fields }: Side, key: FieldKey): FieldMeta {
  const schema = key
    .split('.')
    .reduce<FieldSchema>((step, name) => (step as Fields).shape[name] as FieldSchema, fields);
  return metaOf(schema);
}

/** Whether a change of a unit, or the removal of a group, may send a stored secret to another place. */
export function mayRedirect(side: Side, unit: FieldKey): boolean {
  const { safeToChange, safeToTurnOn } = metaOfPlace(side, unit);
  return safeToChange === undefined && !(safeToTurnOn !== undefined && valueAt(side.changes, unit) === true);
}

/** Whether a field stands in a group that is switched off once the change is made: the vendor then uses nothing of the group. */
export function isSwitchedOff(side: Side, key: FieldKey): boolean {
  const place = switchKeyOf(side.fields, key);
  if (place === undefined) return false;
  const change = valueAt(side.changes, place);
  return (change === undefined ? valueAt(side.told, place) : change) === false;
}

/** What is given a value, field by field. */
export const setKeys = (side: Side): FieldKey[] =>
  keysWithValue(side.fields, side.changes).map((key) => tableKey(side, key));

/** What is there and stays. */
export const keptKeys = (side: Side): FieldKey[] =>
  keysWithValue(side.fields, side.present)
    .filter((key) => !side.changed.some((unit) => key === unit || key.startsWith(`${unit}.`)))
    .map((key) => tableKey(side, key));

export const isCleared = ({ changes }: Side, unit: FieldKey): boolean => valueAt(changes, unit) === null;
