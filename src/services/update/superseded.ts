// What goes because something that stands against it was given: a connection string where host and port come, and the
// other way round. The tables of what excludes what say so.
import type { ValidationIssue } from '../../domain/errors.ts';
import { putAt, type FieldKey, type Values } from '../../fields/values.ts';
import { issue } from '../../domain/issues.ts';
import type { DialectSupport, UpdateRules, Vendor } from '../../domain/vendor.ts';
import { isPlainGroup, keptKeys, setKeys, tableKey, wiresOf, type Side } from './side.ts';

interface Superseding {
  /** What is given. */
  readonly set: readonly FieldKey[];
  /** What is there still and has no place beside it. */
  readonly kept: readonly FieldKey[];
}

/** Keys as the tables have them. */
function supersedings({ exclusive = [] }: DialectSupport, sides: readonly Side[]): Superseding[] {
  const set = new Set(sides.flatMap(setKeys));
  const kept = new Set(sides.flatMap(keptKeys));
  return exclusive.flatMap(([ones, others]) => {
    const [oneSet = [], otherSet = []] = [ones, others].map((keys) => keys.filter((key) => set.has(key)));
    if (oneSet.length > 0 === otherSet.length > 0) return [];
    const isOne = oneSet.length > 0;
    return [{ set: isOne ? oneSet : otherSet, kept: (isOne ? others : ones).filter((key) => kept.has(key)) }];
  });
}

const stays = ({ staysUntilCleared = [] }: DialectSupport, key: FieldKey): boolean => staysUntilCleared.includes(key);

/** Of what is there still, that which goes; keys as the tables have them. */
export const supersededKeys = (support: DialectSupport, sides: readonly Side[]): FieldKey[] =>
  supersedings(support, sides).flatMap(({ kept }) => kept.filter((key) => !stays(support, key)));

/** Settings that are given beside a stored one which nothing but its name clears. */
export function besideStored({ label }: Vendor, support: DialectSupport, sides: readonly Side[]): ValidationIssue[] {
  return supersedings(support, sides).flatMap(({ set, kept }) =>
    kept
      .filter((key) => stays(support, key))
      .flatMap((stored) =>
        sides.flatMap((side) =>
          side.changed
            .filter((unit) => set.some((key) => key === tableKey(side, unit)))
            .map((unit) => {
              const message = `${label} uses the stored \`${stored}\` in its place: clear \`${stored}\` in the same change, or leave this out.`;
              return issue(side.pathOf(unit), 'EXCLUSIVE', message);
            }),
        ),
      ),
  );
}

/** Groups anew, all else as it is. */
const copyOf = (values: Values): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, isPlainGroup(value) ? copyOf(value) : value]));

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
