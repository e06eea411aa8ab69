// Where each field of a connection is: in the input, in the support tables and in the vendor's JSON.
import type { FieldMeta, Fields, FieldSchema } from '../fields/field-meta.ts';
import { memoize } from '../fields/memoize.ts';
import type { FieldKey, Values } from '../fields/values-by-key.ts';
import {
  groupsOf,
  leavesOf,
  hasListOfGroups,
  leavesWithItems,
  switchKeyOf,
  unitsOf,
  type Leaf,
} from '../fields/walk-fields.ts';
import { configPath, optionPath, OPTIONS_PREFIX } from './input-paths.ts';
import { type DialectSupport, type WireTable, wireNamesIn } from './dialect-support.ts';
import type { Vendor } from './vendor.ts';

/** One half of a connection's input. */
export type Side = 'config' | 'options';

export interface FieldPlace {
  readonly side: Side;
  /** Key in the definition of the side: `tls.ca`. */
  readonly key: FieldKey;
  /** Key in the support tables: `tls.ca` for the config, `options.ssh.host` for the options. */
  readonly tableKey: FieldKey;
  readonly meta: FieldMeta;
  readonly schema: FieldSchema;
  /** The unit that an update replaces when the field changes. For a unit, and for a group of units, it is the same place. */
  readonly unit: FieldPlace;
  /** The vendor's names of the field. A group or a unit has those of all its fields; a field inside a list has none. */
  readonly wireNames: readonly string[];
  /** Key of the flag of its group. While the flag is false, the vendor uses no field of the group. Undefined when there is none. */
  readonly switchKey: FieldKey | undefined;
  /** Path in the input of a mutation. */
  readonly path: readonly string[];
}

/** The fields of one side. */
export interface SidePlaces {
  readonly side: Side;
  readonly fields: Fields;
  readonly units: readonly FieldPlace[];
  /** The groups that an update removes when it sends null. */
  readonly removableGroups: readonly FieldPlace[];
  readonly leaves: readonly FieldPlace[];
}

interface SideDefinition {
  readonly side: Side;
  readonly fields: Fields;
  readonly table: WireTable;
  readonly pathOf: (key: FieldKey) => string[];
}

function placeAt({ side, fields, table, pathOf }: SideDefinition, leaf: Leaf, unit?: FieldPlace): FieldPlace {
  const { key } = leaf;
  const place: FieldPlace = {
    ...leaf,
    side,
    tableKey: side === 'options' ? OPTIONS_PREFIX + key : key,
    wireNames: wireNamesIn(table, key),
    switchKey: switchKeyOf(fields, key),
    path: pathOf(key),
    get unit() {
      return unit ?? place;
    },
  };
  return place;
}

/** Returns whether a field is another field or is inside of it. */
export const isPartOf = (place: FieldPlace, other: FieldPlace): boolean =>
  place.side === other.side && (place.key === other.key || place.key.startsWith(`${other.key}.`));

function sidePlaces(definition: SideDefinition): SidePlaces {
  const { side, fields } = definition;
  const units = unitsOf(fields).map((leaf) => placeAt(definition, leaf));
  const unitAt = (key: FieldKey) => units.find((unit) => key === unit.key || key.startsWith(`${unit.key}.`));
  const leaves = leavesOf(fields).map((leaf) => {
    const unit = unitAt(leaf.key);
    return unit?.key === leaf.key ? unit : placeAt(definition, leaf, unit);
  });
  const removable = groupsOf(fields).filter(({ meta }) => meta.isRemovable);
  return { side, fields, units, removableGroups: removable.map((group) => placeAt(definition, group)), leaves };
}

const placesOfConfig = ({ dialect, fields: table }: DialectSupport, fields: Fields): SidePlaces =>
  sidePlaces({ side: 'config', fields, table, pathOf: (key) => configPath(dialect.key, key) });

/** Returns the fields of a config, as a vendor supports them for a dialect. */
export const configPlaces = memoize((support: DialectSupport) => placesOfConfig(support, support.dialect.fields));

/** Returns the fields of a config as a read reports them. */
export const reportedConfigPlaces = memoize((support: DialectSupport) =>
  placesOfConfig(support, support.dialect.reportedFields),
);

const placesOfOptions = ({ kind, update }: Vendor, fields: Fields): SidePlaces =>
  sidePlaces({ side: 'options', fields, table: update?.optionsWire ?? {}, pathOf: (key) => optionPath(kind, key) });

/** Returns the options that a vendor accepts for a new connection. */
export const optionPlaces = memoize((vendor: Vendor) => placesOfOptions(vendor, vendor.options));

/** Returns the options that a vendor accepts in an update. */
export const updateOptionPlaces = memoize((vendor: Vendor) => {
  const { options, update } = vendor;
  return update && update.options !== options ? placesOfOptions(vendor, update.options) : optionPlaces(vendor);
});

const itemPlace = (list: FieldPlace, leaf: Leaf): FieldPlace => ({
  ...leaf,
  side: list.side,
  tableKey: list.tableKey + leaf.key.slice(list.key.length),
  unit: list.unit,
  wireNames: [],
  switchKey: list.switchKey,
  path: [...list.path, ...leaf.key.slice(list.key.length + 1).split('.')],
});

const placesByKey = memoize((leaves: readonly FieldPlace[]) => new Map(leaves.map((place) => [place.key, place])));

/** Returns the leaves of a side. A list of groups is replaced by the fields of the items in `values`: `headers.0.value`. */
export function leavesWithItemPlaces({ fields, leaves }: SidePlaces, values: Values): readonly FieldPlace[] {
  if (!hasListOfGroups(fields)) return leaves;
  return leavesWithItems(fields, values).flatMap((leaf) => {
    const ownPlace = placesByKey(leaves).get(leaf.key);
    if (ownPlace) return [ownPlace];
    const list = leaves.find(({ key }) => leaf.key.startsWith(`${key}.`));
    return list ? [itemPlace(list, leaf)] : [];
  });
}
