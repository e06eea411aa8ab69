// What an update changes on one side of a connection: the stored, the provided and the new value of each field.
import { isPartOf, type FieldPlace, type SidePlaces } from '../../domain/field-places.ts';
import { findChanges, storedValues } from '../../fields/changes.ts';
import { normalizeValues } from '../../fields/normalize-values.ts';
import { mergeValues, valueAt, type Values } from '../../fields/values-by-key.ts';

/** One field in an update. */
export interface FieldChange {
  readonly place: FieldPlace;
  /** The stored value as a caller would send it; undefined when none is stored. A stored secret is a marker. */
  readonly stored: unknown;
  /** As the caller sent it. In the item of a list, null for a secret means that the item has none. */
  readonly provided: unknown;
  /** The value that the update writes; null when it clears the field, undefined when it writes none. */
  readonly next: unknown;
  /** Whether the caller changes the field or its unit, or removes its group. The vendor's rules may set further fields. */
  readonly isChanged: boolean;
}

/** Returns whether the update writes a value for the field. */
export const isSet = ({ next }: FieldChange): boolean => next !== undefined && next !== null;

/** Returns whether the field has a stored value that the caller does not change. */
export const keepsStored = ({ stored, isChanged }: FieldChange): boolean => stored !== undefined && !isChanged;

/** The changes of one side. */
export interface SideChanges {
  readonly places: SidePlaces;
  /** The units that the caller changes, and the groups that the caller removes. */
  readonly changed: readonly FieldChange[];
  /** All fields of the side. */
  readonly leaves: readonly FieldChange[];
  /** All stored values, as a caller would send them. Every stored secret is the same marker. */
  readonly stored: Values;
  /** The values that the update writes: the new value of each unit, null for a cleared unit or a removed group. */
  readonly next: Values;
}

/**
 * Returns what an update changes on one side.
 * @param implied values that the vendor's rules add to what the caller provided.
 */
export function sideChanges(places: SidePlaces, reported: Values, provided: Values, implied: Values): SideChanges {
  const { fields, units, removableGroups, leaves } = places;
  const requested = normalizeValues(fields, findChanges(fields, provided, reported));
  const next = mergeValues(requested, implied);
  const stored = storedValues(fields, reported);
  const changed = [
    ...units.filter(({ key }) => valueAt(requested, key) !== undefined),
    ...removableGroups.filter(({ key }) => valueAt(requested, key) === null),
  ];
  const changeOf = (place: FieldPlace): FieldChange => ({
    place,
    stored: valueAt(stored, place.key),
    provided: valueAt(provided, place.key),
    next: valueAt(next, place.key),
    isChanged: changed.some((other) => isPartOf(place, other)),
  });
  return { places, changed: changed.map(changeOf), leaves: leaves.map(changeOf), stored, next };
}
