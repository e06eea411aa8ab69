// The changes that a vendor does not allow for a saved connection.
import type { ValidationIssue } from '../../domain/issue.ts';
import { issue } from '../../domain/issues.ts';
import { reviewExclusions } from './excluded-fields.ts';
import type { Update } from './update.ts';

/** Returns an issue for each field that the vendor cannot change, or cannot clear. */
export function reviewChanges(update: Update): ValidationIssue[] {
  const { vendor, rules, support, changed, cleared } = update;
  const refused = changed.flatMap((place) => {
    const { path, wireNames } = place;
    const name = path.at(-1) ?? '';
    if (!wireNames.every((wire) => rules.canChange(wire))) {
      const message = `${vendor.label} cannot change \`${name}\` of a saved connection; delete it and create it anew.`;
      return [issue(path, 'NOT_ALLOWED', message)];
    }
    if (!cleared.includes(place) || wireNames.every((wire) => rules.canClear(wire))) return [];
    const message = `${vendor.label} cannot clear \`${name}\`; give another value, or leave it out to keep what is there.`;
    return [issue(path, 'NOT_ALLOWED', message)];
  });
  return [...refused, ...reviewExclusions(vendor, support, update)];
}

/** Returns an issue when the caller provided a name that cannot be set. */
export function reviewName({ vendor, rules, current }: Update, name: string | null | undefined): ValidationIssue[] {
  if (name === undefined || name === current.name || (name !== null && rules.canRename)) return [];
  const message =
    name === null
      ? 'A connection has a name; leave it out to keep it.'
      : `${vendor.label} cannot rename a saved connection; delete it and create it anew.`;
  return [issue(['input', 'name'], 'NOT_ALLOWED', message)];
}
