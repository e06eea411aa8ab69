// Fields that exclude each other, such as a connection string and a host. An update that sets one of them removes the stored
// fields that it excludes. The support tables list the exclusions.
import type { ValidationIssue } from '../../domain/issue.ts';
import type { FieldPlace } from '../../domain/field-places.ts';
import { issue } from '../../domain/issues.ts';
import type { DialectSupport } from '../../domain/dialect-support.ts';
import type { Vendor } from '../../domain/vendor.ts';
import type { FieldKey } from '../../fields/values.ts';
import type { FieldChanges } from './field-changes.ts';

/** One exclusion of which the update sets one part. */
interface Conflict {
  /** The fields that the update sets. */
  readonly set: readonly FieldPlace[];
  /** The stored fields that these exclude. */
  readonly stored: readonly FieldPlace[];
}

const pick = (places: readonly FieldPlace[], keys: readonly FieldKey[]): FieldPlace[] =>
  keys.flatMap((key) => places.filter(({ tableKey }) => tableKey === key));

function conflictsOf({ exclusive = [] }: DialectSupport, { set, unchanged }: FieldChanges): Conflict[] {
  return exclusive.flatMap(([first, second]) => {
    const [setOfFirst, setOfSecond] = [pick(set, first), pick(set, second)];
    // An input that sets both parts is refused when the draft is reviewed.
    if (setOfFirst.length > 0 === setOfSecond.length > 0) return [];
    return setOfFirst.length > 0
      ? [{ set: setOfFirst, stored: pick(unchanged, second) }]
      : [{ set: setOfSecond, stored: pick(unchanged, first) }];
  });
}

const mustBeCleared = ({ staysUntilCleared = [] }: DialectSupport, { tableKey }: FieldPlace): boolean =>
  staysUntilCleared.includes(tableKey);

/** Returns the stored fields that an update removes because it sets a field that excludes them. */
export const excludedFields = (support: DialectSupport, changes: FieldChanges): FieldPlace[] =>
  conflictsOf(support, changes).flatMap(({ stored }) => stored.filter((place) => !mustBeCleared(support, place)));

/** Returns an issue for each field that has no effect until the caller clears a stored field that excludes it. */
export function reviewExclusions({ label }: Vendor, support: DialectSupport, changes: FieldChanges): ValidationIssue[] {
  return conflictsOf(support, changes).flatMap(({ set, stored }) =>
    stored
      .filter((place) => mustBeCleared(support, place))
      .flatMap(({ tableKey: name }) => {
        const message = `${label} uses the stored \`${name}\` in its place: clear \`${name}\` in the same change, or leave this out.`;
        const units = changes.changed.filter((unit) => set.includes(unit));
        return units.map(({ path }) => issue(path, 'EXCLUSIVE', message));
      }),
  );
}
