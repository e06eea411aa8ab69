// The drafts of an update: all settings before it and after it, and what the tables and the vendor's own rules say of them.
import type { Draft, Patch } from '../../domain/connection.ts';
import type { ValidationIssue } from '../../domain/issue.ts';
import type { FieldPlace } from '../../domain/field-places.ts';
import { reviewDraft } from '../../domain/review-draft.ts';
import type { UpdateRules } from '../../domain/vendor.ts';
import { applyChanges, withoutStoredSecrets } from '../../fields/changes.ts';
import { mergeValues, putAt, type Values } from '../../fields/values-by-key.ts';
import type { SideChanges } from './field-changes.ts';
import type { UpdateChanges } from './update-changes.ts';

export interface UpdateDrafts {
  /** The connection before the update. */
  readonly before: Draft;
  /** Only what the update sets. */
  readonly set: Draft;
  /** The connection after the update. */
  readonly after: Draft;
}

const valuesAfter = ({ places, stored, next }: SideChanges, removed: readonly FieldPlace[]): Values => {
  const keys = removed.filter(({ side }) => side === places.side).map(({ key }) => key);
  return applyChanges(places.fields, stored, next, keys);
};

const valuesSet = ({ places, next }: SideChanges): Values => applyChanges(places.fields, {}, next);

/**
 * Returns the drafts of an update.
 * @param removed the stored fields that the update removes although the caller does not clear them.
 */
export function draftsOf(changes: UpdateChanges, removed: readonly FieldPlace[]): UpdateDrafts {
  const { current, support, config, options } = changes;
  const stored: Draft = {
    name: current.name,
    dialect: current.dialect,
    support,
    config: config.stored,
    options: options.stored,
  };
  const name = changes.name ?? current.name;
  return {
    before: stored,
    set: { ...stored, name, config: valuesSet(config), options: valuesSet(options) },
    after: { ...stored, name, config: valuesAfter(config, removed), options: valuesAfter(options, removed) },
  };
}

/** Returns the new values of one side, with null for each removed field that the vendor can clear. */
function patchedValues({ places, changed, next }: SideChanges, rules: UpdateRules, removed: readonly FieldPlace[]) {
  const patched = mergeValues({}, next);
  const written = changed.flatMap(({ place }) => place.wireNames);
  for (const { side, key, wireNames } of removed) {
    if (side !== places.side || wireNames.length === 0) continue;
    // When a removed field shares a wire name with a changed one, the new value replaces it.
    const canClear = wireNames.every((wire) => !written.includes(wire) && rules.canClear(wire));
    if (canClear) putAt(patched, key, null);
  }
  return patched;
}

/** Returns the patch of an update. @param removed as for `draftsOf`. */
export function patchOf(changes: UpdateChanges, removed: readonly FieldPlace[], { after }: UpdateDrafts): Patch {
  const { name, current, support, rules, config, options } = changes;
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
export function reviewDrafts({ vendor }: UpdateChanges, { before, set, after }: UpdateDrafts): ValidationIssue[] {
  const missing = (draft: Draft) => reviewDraft(vendor, draft).filter(({ code }) => code === 'REQUIRED');
  const review = (draft: Draft, provided: Draft) => vendor.review?.(draft, provided) ?? [];
  return [
    ...reviewDraft(vendor, set).filter(({ code, path }) => code !== 'REQUIRED' || isInList(path)),
    ...newIssues(missing(before), missing(after)),
    ...newIssues(review(before, { ...set, config: {}, options: {} }), review(after, set)),
  ];
}
