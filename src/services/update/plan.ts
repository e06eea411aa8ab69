// What an update comes to: the changes that it makes, and everything that stands against them. It makes no call.
import type { Connection, Draft, Patch, Warning } from '../../domain/connection.ts';
import { UnsupportedError, type ValidationIssue } from '../../domain/errors.ts';
import { onlyEntry, type FieldKey, type Values } from '../../fields/values.ts';
import { applyChanges, withoutStoredSecrets } from '../../fields/changes.ts';
import { configPath, isOptionKey, optionPath, OPTIONS_PREFIX } from '../../domain/input-paths.ts';
import { issue, firstIssuePerPath } from '../../domain/issues.ts';
import { reviewDraft } from '../../domain/review-draft.ts';
import { toldSupport, type DialectSupport, type UpdateRules, type Vendor } from '../../domain/vendor.ts';
import { neededInLists } from './list-secrets.ts';
import { suspectValueWarnings } from '../suspect-values.ts';
import { reviewPassphrases } from '../passphrases.ts';
import { lostSecrets, neededSecrets, type Update } from './needed-secrets.ts';
import { isCleared, metaOfUnit, sideOf, wiresOf, type Side } from './side.ts';
import { besideStored, changesWithout, supersededKeys } from './superseded.ts';

/** As GraphQL hands it over: of `config` and `options` one field each. */
export interface UpdateInput {
  readonly id: string;
  readonly name?: string | null | undefined;
  readonly config?: Values | null | undefined;
  readonly options?: Values | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export interface UpdatePlan {
  readonly patch: Patch;
  readonly issues: readonly ValidationIssue[];
  /** What is to be known of the values that were given. */
  readonly warnings: readonly Warning[];
  /** Whether it says what is there already. */
  readonly isEmpty: boolean;
}

/** What the vendor does not let one change, or clear. */
function fixedFields({ label }: Vendor, rules: UpdateRules, side: Side): ValidationIssue[] {
  return side.changed.flatMap((unit) => {
    const wires = wiresOf(side, unit);
    const path = side.pathOf(unit);
    const name = path.at(-1) ?? '';
    if (!wires.every((wire) => rules.changes(wire))) {
      const message = `${label} cannot change \`${name}\` of a saved connection; delete it and create it anew.`;
      return [issue(path, 'NOT_ALLOWED', message)];
    }
    // A group that null takes away is taken away; else it is for the vendor to say.
    const isFree = !isCleared(side, unit) || metaOfUnit(side, unit) === null;
    if (isFree || wires.every((wire) => rules.clears(wire))) return [];
    const message = `${label} cannot clear \`${name}\`; give another value, or leave it out to keep what is there.`;
    return [issue(path, 'NOT_ALLOWED', message)];
  });
}

function reviewName({ label }: Vendor, rules: UpdateRules, current: Connection, name: UpdateInput['name']) {
  if (name === undefined || name === current.name || (name !== null && rules.canRename)) return [];
  const message =
    name === null
      ? 'A connection has a name; leave it out to keep it.'
      : `${label} cannot rename a saved connection; delete it and create it anew.`;
  return [issue(['input', 'name'], 'NOT_ALLOWED', message)];
}

/** The part of an input that is for this connection; or the issue that it is for another. */
function partFor(part: UpdateInput['config'], key: string, path: readonly string[], whose: string) {
  const [name, given] = onlyEntry(part ?? {}) ?? [key, {}];
  return name === key
    ? { given, issues: [] }
    : { given: {} as Values, issues: [issue([...path, name], 'MISMATCH', whose)] };
}

const placeAndCode = ({ path, code }: ValidationIssue): string => `${code} ${path.join('.')}`;

/** What stands against a draft that did not stand against the connection before. */
function newIssues(before: readonly ValidationIssue[], after: readonly ValidationIssue[]): ValidationIssue[] {
  const known = new Set(before.map(placeAndCode));
  return after.filter((one) => !known.has(placeAndCode(one)));
}

/** Whether it is about an item of a list. The list is new as a whole, so nothing of it was there before. */
const isInList = (path: readonly string[]): boolean => path.some((step) => /^\d+$/.test(step));

/** What the tables and the vendor's own rules say of the connection as it is to be. */
function reviewDrafts(vendor: Vendor, before: Draft, set: Draft, after: Draft): ValidationIssue[] {
  const missing = (draft: Draft) => reviewDraft(vendor, draft).filter(({ code }) => code === 'REQUIRED');
  const own = (draft: Draft, given: Draft) => vendor.review?.(draft, given) ?? [];
  return [
    ...reviewDraft(vendor, set).filter(({ code, path }) => code !== 'REQUIRED' || isInList(path)),
    ...newIssues(missing(before), missing(after)),
    ...newIssues(own(before, { ...set, config: {}, options: {} }), own(after, set)),
  ];
}

const afterOf = (side: Side, present: Values, gone: readonly FieldKey[] = []): Values =>
  applyChanges(side.fields, present, side.changes, gone);

function refuseReadOnly(vendor: Vendor, { dialect, readOnly }: DialectSupport, config: UpdateInput['config']): void {
  if (!readOnly || !onlyEntry(config ?? {})) return;
  const message = `The settings of connections to ${dialect.label} are only read at ${vendor.label}.`;
  throw new UnsupportedError(message, {
    vendor: vendor.kind,
    dialect: dialect.key,
    capability: 'UPDATE',
    alternatives: [],
  });
}

/**
 * @param current as its vendor has it now.
 * @throws UnsupportedError for settings that are only read.
 */
export function planUpdate(vendor: Vendor, rules: UpdateRules, current: Connection, input: UpdateInput): UpdatePlan {
  const { dialect } = current;
  const support = toldSupport(vendor, dialect);
  refuseReadOnly(vendor, support, input.config);
  const { label, fields } = support.dialect;
  const ofDialect = `This is a connection to ${label}; a change of dialect is a new connection.`;
  const forConfig = partFor(input.config, dialect, ['input', 'config'], ofDialect);
  const ofVendor = `These are the options of another vendor; ${vendor.label} holds this connection.`;
  const forOptions = partFor(input.options, vendor.kind, ['input', 'options'], ofVendor);
  const implied = rules.implies?.(current, forConfig.given) ?? {};
  const config = sideOf({
    of: 'config',
    fields,
    table: support.fields,
    told: current.config,
    given: forConfig.given,
    implied,
    pathOf: (key) => configPath(dialect, key),
  });
  const options = sideOf({
    of: 'options',
    fields: rules.options,
    table: rules.optionsWire,
    told: current.details,
    given: forOptions.given,
    pathOf: (key) => optionPath(vendor.kind, key),
  });
  const name = typeof input.name === 'string' && input.name !== current.name ? input.name : undefined;

  const gone = supersededKeys(support, [config, options]);
  const goneOptions = gone.filter(isOptionKey).map((key) => key.slice(OPTIONS_PREFIX.length));
  const draft = { name: name ?? current.name, dialect, support };
  const before: Draft = { ...draft, name: current.name, config: config.present, options: options.present };
  const set: Draft = { ...draft, config: afterOf(config, {}), options: afterOf(options, {}) };
  const fixed = [
    ...[config, options].flatMap((side) => fixedFields(vendor, rules, side)),
    ...besideStored(vendor, support, [config, options]),
  ];
  const update: Update = { vendor, rules, support, current, config, options, gone };
  // What follows from a change that is refused is not told beside it.
  const needed = fixed.length === 0 ? neededSecrets(update) : [];
  const neededInside = fixed.length === 0 ? neededInLists(update) : [];
  const lost = lostSecrets(update, needed);
  const after: Draft = {
    ...draft,
    config: afterOf(config, config.present, [...gone, ...lost]),
    options: afterOf(options, options.present, goneOptions),
  };
  const patch: Patch = {
    ...(name === undefined ? {} : { name }),
    current,
    support,
    whole: withoutStoredSecrets(after.config),
    config: changesWithout(config, rules, [...gone, ...lost]),
    options: changesWithout(options, rules, gone),
  };
  return {
    patch,
    issues: firstIssuePerPath([
      ...forConfig.issues,
      ...forOptions.issues,
      ...reviewName(vendor, rules, current, input.name),
      ...fixed,
      ...neededInside,
      ...(config.changed.length > 0 ? (vendor.reviewChange?.(patch) ?? []) : []),
      ...reviewDrafts(vendor, before, set, after).filter(({ code }) => fixed.length === 0 || code !== 'REQUIRED'),
      ...reviewPassphrases(fields, set.config, after.config, config.pathOf),
      ...reviewPassphrases(rules.options, set.options, after.options, options.pathOf),
      ...needed,
    ]),
    warnings: suspectValueWarnings(vendor, { ...set, name }, rules.options),
    isEmpty:
      name === undefined &&
      config.changed.length === 0 &&
      options.changed.length === 0 &&
      Object.keys(implied).length === 0,
  };
}
