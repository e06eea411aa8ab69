// Plans a rotation for one connection: the patch that replaces the secret, and the draft with which the new secret can be tested
// before it is written. It makes no vendor call.
import type { Draft, Patch } from '../../domain/connection.ts';
import type { LocatedConnection } from '../../domain/instance.ts';
import { UnsupportedError, ValidationError } from '../../domain/errors.ts';
import { issue } from '../../domain/issue.ts';
import { reviewDraft } from '../../domain/review-draft.ts';
import { storedSecretsOf, type StoredSecret } from '../../domain/stored-secrets.ts';
import { excludedBy } from '../../domain/dialect-support.ts';
import { supportOf, type Vendor } from '../../domain/vendor.ts';
import { applyChanges, storedValues, withoutStoredSecrets } from '../../fields/changes.ts';
import { valueAt, type FieldKey } from '../../fields/values-by-key.ts';
import { unsupportedCapability, type Registry } from '../registry.ts';
import { planUpdate, type UpdatePlan } from '../update/plan-update.ts';
import { PASSPHRASE, ROTATABLE, toRotationIssue, type Paths, type RotationInput } from './rotation-input.ts';

function noSuchSecret({ instance: { vendor }, dialect }: LocatedConnection, label: string, key: FieldKey) {
  const message = `Connections to ${label} have no \`${key}\`; name the secret that they have in \`field\`.`;
  const detail = { vendor: vendor.kind, dialect, capability: 'UPDATE_SECRETS', alternatives: [] } as const;
  return new UnsupportedError(message, detail);
}

/** Returns why the connection does not sign in with a secret; null when it does, or may do so. */
function whyNotInUse(connection: LocatedConnection, key: FieldKey): string | null {
  const stored = storedSecretsOf(connection.instance.vendor, connection).filter(({ place }) => place.side === 'config');
  if (stored.find(({ place }) => place.key === key)?.status === 'NOT_SET') {
    return `No \`${key}\` is stored with this connection, so there is none to replace; updateConnection sets one.`;
  }
  // A vendor that receives the secret of another sign-in method changes to that method, and may forget the secret of the first.
  const other = stored.find(
    ({ place, status }) =>
      status === 'SET' && place.key !== key && place.meta.partOf !== key && !place.key.includes('.'),
  );
  return other
    ? `\`${other.place.key}\` is stored with this connection, and it would no longer sign in by that; use updateConnection.`
    : null;
}

/**
 * Returns the plan of the update that replaces the secret.
 * @throws UnsupportedError, ValidationError with paths of the rotation's input.
 */
export function planRotation(
  registry: Registry,
  { field, secret, privateKeyPassphrase }: RotationInput,
  connection: LocatedConnection,
  paths: Paths,
): UpdatePlan {
  const { instance, dialect, id } = connection;
  const { vendor, api } = instance;
  const key = ROTATABLE[field];
  if (!api.update || !vendor.update) throw unsupportedCapability(registry, instance, 'UPDATE');
  const { label, fields } = supportOf(vendor, dialect).dialect;
  if (!(key in fields.shape)) throw noSuchSecret(connection, label, key);
  const provided = {
    [key]: { replace: secret },
    ...(privateKeyPassphrase && { [PASSPHRASE]: { replace: privateKeyPassphrase } }),
  };
  const plan = planUpdate(vendor, vendor.update, connection, { id, config: { [dialect]: provided } });
  const problem = whyNotInUse(connection, key);
  if (problem) throw new ValidationError([issue(paths.named, 'NOT_ALLOWED', problem)]);
  const issues = plan.issues.map((found) => toRotationIssue(found, paths));
  if (privateKeyPassphrase && !(PASSPHRASE in fields.shape)) {
    issues.push(
      issue(['input', PASSPHRASE], 'NOT_ALLOWED', `${vendor.label} accepts no passphrase for connections to ${label}.`),
    );
  }
  if (issues.length > 0) throw new ValidationError(issues);
  return plan;
}

export interface Untestable {
  /** The reason, as the end of a sentence. */
  readonly why: string;
}

/** Returns that a test needs fields that the vendor does not report. */
const needs = (what: string, fields: readonly string[], label: string): Untestable => ({
  why: `a test needs ${[...new Set(fields)].join(', ')} too, which ${label} ${what}.`,
});

const isPatched = ({ place: { side, unit } }: StoredSecret, patch: Patch): boolean =>
  valueAt(patch[side], unit.key) !== undefined;

/** Returns whether the patch sets a field that excludes the secret. */
const isExcluded = ({ place }: StoredSecret, { support, config }: Patch): boolean =>
  excludedBy(support, place.tableKey).some((excluding) => Object.hasOwn(config, excluding));

/** Returns whether the secret belongs to another sign-in method that may not be stored. The patched secret then signs in. */
const isOtherSignIn = ({ place: { unit }, status }: StoredSecret): boolean =>
  status === 'UNKNOWN' && unit.meta.safeToChange !== undefined && !unit.key.includes('.');

/** Returns the required fields that the draft lacks. The vendor has accepted the rest of the draft before. */
function missingFields(vendor: Vendor, draft: Draft, { config, options }: Patch): string[] {
  const issues = [...reviewDraft(vendor, draft), ...(vendor.review?.(draft, { ...draft, config, options }) ?? [])];
  return issues.flatMap(({ code, path }) => (code === 'REQUIRED' ? [path.slice(1).join('.')] : []));
}

/** Returns the draft that tests the connection as it is after the patch, or why Patchbay cannot provide all that a test needs. */
export function draftToTest(connection: LocatedConnection, { patch }: UpdatePlan): Draft | Untestable {
  const { instance, name, dialect, details, completeness } = connection;
  const { vendor, api } = instance;
  const { label } = vendor;
  if (!api.testDraft) return { why: `${label} has no way to test what is not saved.` };
  if (completeness === 'PARTIAL') return { why: `${label} does not report all its settings.` };
  const [inPart] = connection.partlyReported ?? [];
  if (inPart) return { why: `${label} stores more in config.${dialect}.${inPart} than it reports.` };
  const stored = storedSecretsOf(vendor, connection).filter(({ status }) => status !== 'NOT_SET');
  const unused = stored.filter(
    (secret) => isExcluded(secret, patch) || (!isPatched(secret, patch) && isOtherSignIn(secret)),
  );
  const needed = stored.filter((secret) => {
    const isLost = secret.place.side === 'config' && vendor.update?.replacesAll;
    return !isLost && !isPatched(secret, patch) && !unused.includes(secret);
  });
  const paths = needed.map(({ place: { unit } }) => unit.path.slice(1).join('.'));
  if (paths.length > 0) return needs('does not return', paths, label);
  const removed = unused.flatMap(({ place: { side, unit } }) => (side === 'options' ? [unit.key] : []));
  const before = storedValues(vendor.options, details());
  const options = withoutStoredSecrets(applyChanges(vendor.options, before, patch.options, removed));
  const draft: Draft = { name, dialect, support: patch.support, config: patch.mergedConfig, options };
  const missing = missingFields(vendor, draft, patch);
  return missing.length > 0 ? needs('does not report', missing, label) : draft;
}
