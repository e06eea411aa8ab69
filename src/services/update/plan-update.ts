// Plans an update: the patch, and all issues and warnings. It makes no vendor call.
import type { Connection, Patch, Warning } from '../../domain/connection.ts';
import type { DialectSupport } from '../../domain/dialect-support.ts';
import { UnsupportedError } from '../../domain/errors.ts';
import { firstIssuePerPath, type ValidationIssue } from '../../domain/issue.ts';
import { supportOf, type UpdateRules, type Vendor } from '../../domain/vendor.ts';
import { onlyEntry } from '../../fields/values-by-key.ts';
import { reviewPassphrases } from '../passphrases.ts';
import { suspectValueWarnings } from '../suspect-values.ts';
import { draftsOf, patchOf, reviewDrafts } from './update-drafts.ts';
import { reviewChanges, reviewTarget } from './refused-changes.ts';
import { listSecretsToResend } from './list-secrets-to-resend.ts';
import { lostSecrets, secretsToResend } from './secrets-to-resend.ts';
import { findUpdateChanges, type UpdateInput } from './update-changes.ts';

export type { UpdateInput } from './update-changes.ts';

export interface UpdatePlan {
  readonly patch: Patch;
  readonly issues: readonly ValidationIssue[];
  /** Warnings about the values that the caller provided. */
  readonly warnings: readonly Warning[];
  /** Whether the connection already is as the input says. */
  readonly isEmpty: boolean;
}

/** @throws UnsupportedError when the input has a config for a dialect that the vendor only reads. */
function refuseReadOnly(vendor: Vendor, { dialect, readOnly }: DialectSupport, input: UpdateInput): void {
  if (!readOnly || !onlyEntry(input.config ?? {})) return;
  throw new UnsupportedError(`Patchbay only reads the settings of ${vendor.label} connections to ${dialect.label}.`, {
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
  const changes = findUpdateChanges(vendor, rules, support, current, input);
  const { name, config, options } = changes;

  const refused = reviewChanges(changes);
  // Issues that only follow from a refused change are left out.
  const isAllowed = refused.length === 0;
  const required = isAllowed ? secretsToResend(changes) : [];
  const removed = [...changes.removed, ...lostSecrets(changes, required)];
  const drafts = draftsOf(changes, removed);
  const patch = patchOf(changes, removed, drafts);
  const { set, after } = drafts;
  return {
    patch,
    issues: firstIssuePerPath([
      ...reviewTarget(changes, input),
      ...refused,
      ...(isAllowed ? listSecretsToResend(changes) : []),
      ...(config.changed.length > 0 ? (vendor.reviewChange?.(patch) ?? []) : []),
      ...reviewDrafts(changes, drafts).filter(({ code }) => isAllowed || code !== 'REQUIRED'),
      ...reviewPassphrases(config.places, set.config, after.config),
      ...reviewPassphrases(options.places, set.options, after.options),
      ...required,
    ]),
    warnings: suspectValueWarnings(vendor, { ...set, name }, options.places),
    isEmpty: name === undefined && Object.keys({ ...config.next, ...options.next }).length === 0,
  };
}
