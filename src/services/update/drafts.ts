// The drafts of an update: all settings before it and after it, and what the tables and the vendor's own rules say of them.
import type { Draft, Patch } from '../../domain/connection.ts';
import type { ValidationIssue } from '../../domain/issue.ts';
import type { FieldPlace } from '../../domain/field-places.ts';
import { reviewDraft } from '../../domain/review-draft.ts';
import type { UpdateRules, Vendor } from '../../domain/vendor.ts';
import { applyChanges, withoutStoredSecrets } from '../../fields/changes.ts';
import { putAt, type Values } from '../../fields/values.ts';
import { mergeValues, type UpdateSide } from './field-changes.ts';
import type { Update } from './update.ts';

export interface UpdateDrafts {
  /** The connection before the update. */
  readonly before: Draft;
  /** Only what the update sets. */
  readonly set: Draft;
  /** The connection after the update. */
  readonly after: Draft;
}

const keysIn = ({ places }: UpdateSide, removed: readonly FieldPlace[]) =>
  removed.filter(({ side }) => side === places.side).map(({ key }) => key);

const valuesAfter = (side: UpdateSide, removed: readonly FieldPlace[]): Values =>
  applyChanges(side.places.fields, side.stored, side.changes, keysIn(side, removed));

/**
 * Returns the drafts of an update.
 * @param name the new name; undefined when the update does not rename.
 * @param removed the stored fields that the update removes although the caller does not clear them.
 */
export function draftsOf(update: Update, name: string | undefined, removed: readonly FieldPlace[]): UpdateDrafts {
  const { current, support, config, options } = update;
  const { dialect } = current;
  const draft = { name: name ?? current.name, dialect, support };
  return {
    before: { ...draft, name: current.name, config: config.stored, options: options.stored },
    set: {
      ...draft,
      config: applyChanges(config.places.fields, {}, config.changes),
      options: applyChanges(options.places.fields, {}, options.changes),
    },
    after: { ...draft, config: valuesAfter(config, removed), options: valuesAfter(options, removed) },
  };
}

/** Returns the changes of one side, with null for each removed field that the vendor can clear. */
function patchedValues(side: UpdateSide, rules: UpdateRules, removed: readonly FieldPlace[]): Values {
  const patched = mergeValues({}, side.changes);
  const written = side.changed.flatMap(({ wireNames }) => wireNames);
  for (const place of removed) {
    if (place.side !== side.places.side || place.wireNames.length === 0) continue;
    // When a removed field shares a wire name with a changed one, the new value replaces it.
    const canClear = place.wireNames.every((wire) => !written.includes(wire) && rules.canClear(wire));
    if (canClear) putAt(patched, place.key, null);
  }
  return patched;
}

/** Returns the patch of an update. The parameters are those of `draftsOf`. */
export function patchOf(
  update: Update,
  name: string | undefined,
  removed: readonly FieldPlace[],
  { after }: UpdateDrafts,
): Patch {
  const { current, support, rules, config, options } = update;
  return {
    ...(name === undefined ? {} : { name }),
    current,
    support,
    mergedConfig: withoutStoredSecrets(after.config),
    config: patchedValues(config, rules, removed),
    options: patchedValues(options, rules, removed),
  };
}

const pathAndCode = ({ path, code }: ValidationIssue): string => `${code} ${path.join('.')}`;

/** Returns the issues of the second list that the first one does not contain. */
function newIssues(before: readonly ValidationIssue[], after: readonly ValidationIssue[]): ValidationIssue[] {
  const known = new Set(before.map(pathAndCode));
  return after.filter((found) => !known.has(pathAndCode(found)));
}

/** Returns whether a path leads into a list. An update replaces the list as a whole, so all of it is new. */
const isInList = (path: readonly string[]): boolean => path.some((step) => /^\d+$/.test(step));

/** Returns the issues of the drafts. An issue that the stored connection had before the update is left out. */
export function reviewDrafts(vendor: Vendor, { before, set, after }: UpdateDrafts): ValidationIssue[] {
  const missing = (draft: Draft) => reviewDraft(vendor, draft).filter(({ code }) => code === 'REQUIRED');
  const review = (draft: Draft, provided: Draft) => vendor.review?.(draft, provided) ?? [];
  return [
    ...reviewDraft(vendor, set).filter(({ code, path }) => code !== 'REQUIRED' || isInList(path)),
    ...newIssues(missing(before), missing(after)),
    ...newIssues(review(before, { ...set, config: {}, options: {} }), review(after, set)),
  ];
}
