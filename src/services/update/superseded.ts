// What goes because something that stands against it was given: a connection string where host and port come, and the
// other way round. The tables of what excludes what say so.
import { putAt, type FieldKey, type Values } from '../../domain/fields.ts';
import type { DialectSupport, UpdateRules } from '../../domain/vendor.ts';
import { keptKeys, setKeys, tableKey, wiresOf, type Side } from './side.ts';

/** Of what is there still, that which goes; keys as the tables have them. */
export function supersededKeys({ exclusive = [] }: DialectSupport, sides: readonly Side[]): FieldKey[] {
  const set = new Set(sides.flatMap(setKeys));
  const kept = new Set(sides.flatMap(keptKeys));
  return exclusive.flatMap(([ones, others]) => {
    const [isOneSet, isOtherSet] = [ones, others].map((keys) => keys.some((key) => set.has(key)));
    if (isOneSet === isOtherSet) return [];
    return (isOneSet ? others : ones).filter((key) => kept.has(key));
  });
}

/** Groups anew, all else as it is. */
const copyOf = (values: Values): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      const isGroup = value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
      return [key, isGroup ? copyOf(value as Values) : value];
    }),
  );

/** The changes of a side, with null for what goes, where the vendor lets one clear it. */
export function changesWithout(side: Side, rules: UpdateRules, gone: readonly FieldKey[]): Values {
  // Where both are kept in one place, what was given takes it.
  const taken = new Set(side.changed.flatMap((unit) => wiresOf(side, unit)));
  const changes = copyOf(side.changes);
  for (const key of Object.keys(side.table)) {
    const isGone = gone.includes(tableKey(side, key));
    if (isGone && wiresOf(side, key).every((wire) => !taken.has(wire) && rules.clears(wire))) putAt(changes, key, null);
  }
  return changes;
}
