// The changes that an update cannot make to a saved connection.
import { issue, type ValidationIssue } from '../../domain/issue.ts';
import { onlyEntry } from '../../fields/values-by-key.ts';
import type { FieldChange } from './field-changes.ts';
import type { UpdateChanges, UpdateInput } from './update-changes.ts';

/** Returns an issue when the caller provided values for another dialect or another vendor, or a name that cannot be set. */
export function reviewTarget(
  { vendor, rules, support, current }: UpdateChanges,
  input: UpdateInput,
): ValidationIssue[] {
  const otherDialect = `This is a connection to ${support.dialect.label}; to change the dialect, create a new connection.`;
  const otherVendor = `These are the options of another vendor; this is a connection of ${vendor.label}.`;
  const mismatch = (side: 'config' | 'options', expected: string, message: string) => {
    const [provided = expected] = onlyEntry(input[side] ?? {}) ?? [];
    return provided === expected ? [] : [issue(['input', side, provided], 'MISMATCH', message)];
  };
  const noName = 'A connection must have a name; leave `name` out to keep the stored one.';
  const noRename = `${vendor.label} cannot rename a saved connection; delete it and create a new one.`;
  const { name } = input;
  const canSetName = name === undefined || name === current.name || (name !== null && rules.canRename);
  return [
    ...mismatch('config', current.dialect, otherDialect),
    ...mismatch('options', vendor.kind, otherVendor),
    ...(canSetName ? [] : [issue(['input', 'name'], 'NOT_ALLOWED', name === null ? noName : noRename)]),
  ];
}

/** Returns why the vendor cannot change or clear a field; null when it can. */
function whyRefused({ vendor, rules }: UpdateChanges, { place, next }: FieldChange): string | null {
  const { meta, path, wireNames } = place;
  const name = path.at(-1) ?? '';
  if (!wireNames.every((wire) => rules.canChange(wire))) {
    return `${vendor.label} cannot change \`${name}\` of a saved connection; delete it and create a new one.`;
  }
  const isCleared = next === null && !meta.isRemovable;
  if (!isCleared || wireNames.every((wire) => rules.canClear(wire))) return null;
  return `${vendor.label} cannot clear \`${name}\`; provide another value, or leave the field out to keep the stored one.`;
}

/**
 * Returns an issue for each field that the vendor cannot change or clear, and for each field that has no effect until the caller
 * clears a stored field.
 */
export function reviewChanges(changes: UpdateChanges): ValidationIssue[] {
  const { vendor, changed, excluded } = changes;
  const refused = changed.flatMap((field) => {
    const message = whyRefused(changes, field);
    return message === null ? [] : [issue(field.place.path, 'NOT_ALLOWED', message)];
  });
  const blocked = excluded.flatMap(({ place: { tableKey: stored }, excludedBy, mustBeCleared }) => {
    if (!mustBeCleared) return [];
    const message = `${vendor.label} uses the stored \`${stored}\` instead: clear \`${stored}\` in the same update, or leave this out.`;
    const setByCaller = changed.filter(({ place }) => excludedBy.some((field) => field.place === place));
    return setByCaller.map(({ place }) => issue(place.path, 'EXCLUSIVE', message));
  });
  return [...refused, ...blocked];
}
