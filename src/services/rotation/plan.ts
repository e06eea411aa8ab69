// What a rotation comes to for one connection: the change that it makes there, and the settings by which the new secret can
// be tried beforehand. It makes no call.
import type { Draft, LocatedConnection, Patch } from '../../domain/connection.ts';
import { UnsupportedError, ValidationError } from '../../domain/errors.ts';
import { applyChanges, storedValues, withoutStoredSecrets } from '../../fields/changes.ts';
import { storedSecretsOf, type StoredSecret } from '../../domain/stored-secrets.ts';
import { fieldPath } from '../../domain/input-paths.ts';
import { issue } from '../../domain/issues.ts';
import { reviewDraft } from '../../domain/review-draft.ts';
import { valueAt, type FieldKey } from '../../fields/values.ts';
import { rivalsOf, toldSupport, type Vendor } from '../../domain/vendor.ts';
import { cannot, type Registry } from '../registry.ts';
import { planUpdate, type UpdatePlan } from '../update/plan.ts';
import { tableKey } from '../update/side.ts';
import { PASSPHRASE, ROTATABLE, toRotationIssue, type Paths, type RotationInput } from './input.ts';

function noSuchSecret({ instance: { vendor }, dialect }: LocatedConnection, label: string, key: FieldKey) {
  const message = `Connections to ${label} have no \`${key}\`; name the secret that they have in \`field\`.`;
  const detail = { vendor: vendor.kind, dialect, capability: 'UPDATE_SECRETS', alternatives: [] } as const;
  return new UnsupportedError(message, detail);
}

/** Why the secret is not the one by which the connection signs in; null when it is, or may be. */
function notInUse(connection: LocatedConnection, key: FieldKey): string | null {
  const stored = storedSecretsOf(connection.instance.vendor, connection).filter(({ side: of }) => of === 'config');
  const own = stored.find(({ place }) => place.key === key);
  if (own?.status === 'NOT_SET') {
    return `No \`${key}\` is stored with this connection, so there is none to replace; updateConnection sets one.`;
  }
  // To give one of two ways to sign in makes vendors change over to it, and some forget the other.
  const other = stored.find(
    ({ place, status }) =>
      status === 'SET' && place.key !== key && place.meta.partOf !== key && !place.key.includes('.'),
  );
  return other
    ? `\`${other.place.key}\` is stored with this connection, and it would no longer sign in by that; use updateConnection.`
    : null;
}

/** @throws UnsupportedError, ValidationError with the paths of a rotation's input. */
export function planRotation(
  registry: Registry,
  { field, secret, privateKeyPassphrase }: RotationInput,
  connection: LocatedConnection,
  paths: Paths,
): UpdatePlan {
  const { instance, dialect, id } = connection;
  const { vendor, api } = instance;
  const key = ROTATABLE[field];
  if (!api.update || !vendor.update) throw cannot(registry, instance, 'UPDATE');
  const { label, fields } = toldSupport(vendor, dialect).dialect;
  if (!(key in fields.shape)) throw noSuchSecret(connection, label, key);
  const given = {
    [key]: { replace: secret },
    ...(privateKeyPassphrase && { [PASSPHRASE]: { replace: privateKeyPassphrase } }),
  };
  const plan = planUpdate(vendor, vendor.update, connection, { id, config: { [dialect]: given } });
  const problem = notInUse(connection, key);
  if (problem) throw new ValidationError([issue(paths.named, 'NOT_ALLOWED', problem)]);
  const issues = plan.issues.map((one) => toRotationIssue(one, paths));
  if (privateKeyPassphrase && !(PASSPHRASE in fields.shape)) {
    issues.push(issue(['input', PASSPHRASE], 'NOT_ALLOWED', `${vendor.label} takes none for connections to ${label}.`));
  }
  if (issues.length > 0) throw new ValidationError(issues);
  return plan;
}

/** Whether what is given takes the place of a stored secret. */
const isSuperseded = ({ support, config }: Patch, { side: of, place }: StoredSecret): boolean =>
  rivalsOf(support, tableKey({ of }, place.key)).some((rival) => Object.hasOwn(config, rival));

/** Another way to sign in, of which nobody says that it is stored: what is given signs in. */
const isOtherSignIn = ({ unit, status }: StoredSecret): boolean =>
  status === 'UNKNOWN' && unit.meta.safeToChange !== undefined && !unit.key.includes('.');

/** What a test needs and its vendor keeps to itself, as the reason why there is none. */
const needs = (what: string, places: readonly string[], label: string): Untestable => ({
  why: `a test needs ${[...new Set(places)].join(', ')} too, which ${label} ${what}.`,
});

/** What stands against a test of the settings as they will be: that something is missing. The rest its vendor has taken once. */
function missingIn(vendor: Vendor, draft: Draft, { config, options }: Patch): string[] {
  const issues = [...reviewDraft(vendor, draft), ...(vendor.review?.(draft, { ...draft, config, options }) ?? [])];
  return issues.flatMap(({ code, path }) => (code === 'REQUIRED' ? [path.slice(1).join('.')] : []));
}

export interface Untestable {
  /** In words, for the end of a sentence. */
  readonly why: string;
}

/** The settings as they will be, whole, for a test beforehand; or why not all that it needs can be given. */
export function draftToTry(connection: LocatedConnection, { patch }: UpdatePlan): Draft | Untestable {
  const { instance, name, dialect, details, completeness } = connection;
  const { vendor, api } = instance;
  const { label } = vendor;
  if (!api.testDraft) return { why: `${label} has no way to test what is not saved.` };
  if (completeness === 'PARTIAL') return { why: `${label} does not tell all its settings.` };
  const [inPart] = connection.toldInPart ?? [];
  if (inPart) return { why: `${label} keeps more in config.${dialect}.${inPart} than can be told.` };
  const stored = storedSecretsOf(vendor, connection).filter(({ status }) => status !== 'NOT_SET');
  const isGiven = ({ side: of, unit }: StoredSecret) => valueAt(patch[of], unit.key) !== undefined;
  const leftOut = stored.filter((one) => isSuperseded(patch, one) || (!isGiven(one) && isOtherSignIn(one)));
  const kept = stored.filter((one) => {
    const isLost = one.side === 'config' && vendor.update?.replacesAll;
    return !isLost && !isGiven(one) && !leftOut.includes(one);
  });
  const secrets = kept.map(({ side: of, unit }) => fieldPath(vendor, dialect, of, unit.key).join('.'));
  if (secrets.length > 0) return needs('does not give out', secrets, label);
  const gone = leftOut.flatMap(({ side: of, unit }) => (of === 'options' ? [unit.key] : []));
  const told = storedValues(vendor.options, details);
  const options = withoutStoredSecrets(applyChanges(vendor.options, told, patch.options, gone));
  const draft: Draft = { name, dialect, support: patch.support, config: patch.whole, options };
  const missing = missingIn(vendor, draft, patch);
  return missing.length > 0 ? needs('does not tell', missing, label) : draft;
}
