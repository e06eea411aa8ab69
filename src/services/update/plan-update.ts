// Plans an update: the changes that it makes, and all issues that stand against it. Planning makes no vendor call.
import type { Connection, Patch, Warning } from '../../domain/connection.ts';
import { UnsupportedError } from '../../domain/errors.ts';
import type { ValidationIssue } from '../../domain/issue.ts';
import { firstIssuePerPath, issue } from '../../domain/issues.ts';
import type { DialectSupport } from '../../domain/dialect-support.ts';
import { supportOf, type UpdateRules, type Vendor } from '../../domain/vendor.ts';
import { onlyEntry, type Values } from '../../fields/values.ts';
import { reviewPassphrases } from '../passphrases.ts';
import { suspectValueWarnings } from '../suspect-values.ts';
import { draftsOf, patchOf, reviewDrafts } from './drafts.ts';
import { reviewChanges, reviewName } from './refused-changes.ts';
import { requiredListSecrets } from './required-list-secrets.ts';
import { lostSecrets, requiredSecrets } from './required-secrets.ts';
import { prepareUpdate } from './update.ts';

/** The input as GraphQL passes it. `config` and `options` hold one entry each, for one dialect and one vendor. */
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
  /** Warnings about the values that the caller provided. */
  readonly warnings: readonly Warning[];
  /** Whether the connection already is as the input says. */
  readonly isEmpty: boolean;
}

interface SideInput {
  readonly values: Values;
  readonly issues: readonly ValidationIssue[];
}

/** Returns the values of one side. Values for another dialect or vendor than `key` are an issue instead. */
function sideInput(input: UpdateInput, side: 'config' | 'options', key: string, message: string): SideInput {
  const [name, values] = onlyEntry(input[side] ?? {}) ?? [key, {}];
  if (name === key) return { values, issues: [] };
  return { values: {}, issues: [issue(['input', side, name], 'MISMATCH', message)] };
}

/** @throws UnsupportedError when the input has a config for a dialect that the vendor only reads. */
function refuseReadOnly(vendor: Vendor, { dialect, readOnly }: DialectSupport, input: UpdateInput): void {
  if (!readOnly || !onlyEntry(input.config ?? {})) return;
  const message = `The settings of connections to ${dialect.label} are only read at ${vendor.label}.`;
  throw new UnsupportedError(message, {
    vendor: vendor.kind,
    dialect: dialect.key,
    capability: 'UPDATE',
    alternatives: [],
  });
}

/**
 * Returns the plan of an update.
 * @param current the connection as its vendor reports it now.
 * @throws UnsupportedError when the settings can only be read.
 */
export function planUpdate(vendor: Vendor, rules: UpdateRules, current: Connection, input: UpdateInput): UpdatePlan {
  const support = supportOf(vendor, current.dialect);
  refuseReadOnly(vendor, support, input);
  const otherDialect = `This is a connection to ${support.dialect.label}; a change of dialect is a new connection.`;
  const otherVendor = `These are the options of another vendor; ${vendor.label} holds this connection.`;
  const config = sideInput(input, 'config', current.dialect, otherDialect);
  const options = sideInput(input, 'options', vendor.kind, otherVendor);
  const implied = rules.impliedConfig?.(current, config.values) ?? {};
  const name = typeof input.name === 'string' && input.name !== current.name ? input.name : undefined;
  const update = prepareUpdate({
    vendor,
    rules,
    support,
    current,
    config: config.values,
    options: options.values,
    implied,
  });

  const refused = reviewChanges(update);
  // Issues that only follow from a refused change are left out.
  const isAllowed = refused.length === 0;
  const required = isAllowed ? requiredSecrets(update) : [];
  const removed = [...update.excluded, ...lostSecrets(update, required)];
  const drafts = draftsOf(update, name, removed);
  const patch = patchOf(update, name, removed, drafts);
  const { set, after } = drafts;
  return {
    patch,
    issues: firstIssuePerPath([
      ...config.issues,
      ...options.issues,
      ...reviewName(update, input.name),
      ...refused,
      ...(isAllowed ? requiredListSecrets(update) : []),
      ...(update.config.changed.length > 0 ? (vendor.reviewChange?.(patch) ?? []) : []),
      ...reviewDrafts(vendor, drafts).filter(({ code }) => isAllowed || code !== 'REQUIRED'),
      ...reviewPassphrases(update.config.places, set.config, after.config),
      ...reviewPassphrases(update.options.places, set.options, after.options),
      ...required,
    ]),
    warnings: suspectValueWarnings(vendor, { ...set, name }, update.options.places),
    isEmpty: name === undefined && update.changed.length === 0 && Object.keys(implied).length === 0,
  };
}
