// What an update changes on one side of a connection.
import { isPartOf, type FieldPlace, type SidePlaces } from '../../domain/field-places.ts';
import { findChanges, storedValues } from '../../fields/changes.ts';
import { normalizeValues } from '../../fields/normalize-values.ts';
import { valueAt, type Values } from '../../fields/values.ts';

/** The fields that an update touches. */
export interface FieldChanges {
  /** The units that the caller changes, and the groups that the caller removes. */
  readonly changed: readonly FieldPlace[];
  /** The changed units that the caller clears. */
  readonly cleared: readonly FieldPlace[];
  /** The changed flags that become true. */
  readonly turnedOn: readonly FieldPlace[];
  /** The leaves that get a value, from the caller or because the vendor's rules imply it. */
  readonly set: readonly FieldPlace[];
  /** The leaves that have a stored value which the caller does not change. */
  readonly unchanged: readonly FieldPlace[];
}

/** One half of an update. */
export interface UpdateSide extends FieldChanges {
  readonly places: SidePlaces;
  /** As GraphQL passes it. In the item of a list, null for a secret means that the item has none. */
  readonly provided: Values;
  readonly reported: Values;
  /** The stored values in the shape of an input. Every stored secret is the same marker. */
  readonly stored: Values;
  /** The new value of each changed unit, null for a cleared one, and the values that the vendor's rules imply. */
  readonly changes: Values;
}

const isPlainGroup = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Returns a new object with the entries of both. Groups are copied, and groups of the same name are merged. */
export function mergeValues(first: Values, second: Values): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...first };
  for (const [name, value] of Object.entries(second)) {
    const before = merged[name];
    merged[name] = isPlainGroup(value) ? mergeValues(isPlainGroup(before) ? before : {}, value) : value;
  }
  return merged;
}

const hasValue = (values: Values, { key }: FieldPlace): boolean => (valueAt(values, key) ?? null) !== null;

/**
 * Returns what an update changes on one side.
 * @param implied values that the vendor's rules add to what the caller provided.
 */
export function sideChanges(places: SidePlaces, reported: Values, provided: Values, implied: Values = {}): UpdateSide {
  const { fields, units, removableGroups, leaves } = places;
  const requested = normalizeValues(fields, findChanges(fields, provided, reported));
  const changes = mergeValues(requested, implied);
  const stored = storedValues(fields, reported);
  const changed = [
    ...units.filter(({ key }) => valueAt(requested, key) !== undefined),
    ...removableGroups.filter(({ key }) => valueAt(requested, key) === null),
  ];
  return {
    places,
    provided,
    reported,
    stored,
    changes,
    changed,
    cleared: units.filter(({ key }) => valueAt(changes, key) === null),
    turnedOn: changed.filter(({ key }) => valueAt(changes, key) === true),
    set: leaves.filter((leaf) => hasValue(changes, leaf)),
    unchanged: leaves.filter((leaf) => hasValue(stored, leaf) && !changed.some((place) => isPartOf(leaf, place))),
  };
}
