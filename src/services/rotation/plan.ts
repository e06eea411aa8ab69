// What a rotation comes to for one connection: the change that it makes there, and the settings by which the new secret can
// be tried beforehand. It makes no call.
import type { Draft, LocatedConnection, Patch } from '../../domain/connection.ts';
import { UnsupportedError, ValidationError } from '../../domain/errors.ts';
import { afterChanges, presentValues, withoutStored } from '../../domain/patch.ts';
import { storedSecretsOf, type StoredSecret } from '../../domain/stored-secrets.ts';
import { issue, reviewFields } from '../../domain/support.ts';
import { valueAt, type FieldKey } from '../../domain/fields.ts';
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
  const stored = storedSecretsOf(connection.instance.vendor, connection).filter(({ of }) => of === 'config');
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
  const support = vendor.dialects[dialect];
  if (!api.update || !vendor.update) throw cannot(registry, instance, 'UPDATE');
  if (!support) throw new Error('A vendor tells of a dialect that it has no row for.');
  const { label, fields } = support.dialect;
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
function isSuperseded({ support: { exclusive = [] }, config }: Patch, { of, place }: StoredSecret): boolean {
  const given = Object.keys(config);
  const key = tableKey({ of }, place.key);
  return exclusive.some(([ones, others]) => {
    const rivals = ones.includes(key) ? others : others.includes(key) ? ones : [];
    return given.some((one) => rivals.includes(one));
  });
}

/** The settings as they will be, whole, for a test beforehand; null where not all that it needs can be given. */
export function draftToTry(connection: LocatedConnection, { patch }: UpdatePlan): Draft | null {
  const { instance, name, dialect, details, completeness } = connection;
  const { vendor, api } = instance;
  const { support, whole } = patch;
  const stored = storedSecretsOf(vendor, connection).filter(({ status }) => status !== 'NOT_SET');
  const superseded = stored.filter((secret) => isSuperseded(patch, secret));
  const kept = stored.filter((secret) => {
    const isLost = secret.of === 'config' && vendor.update?.replacesAll;
    return !isLost && !superseded.includes(secret) && valueAt(patch[secret.of], secret.unit.key) === undefined;
  });
  if (!api.testDraft || completeness === 'PARTIAL' || kept.length > 0) return null;
  const gone = superseded.flatMap(({ of, unit }) => (of === 'options' ? [unit.key] : []));
  const told = presentValues(vendor.options, details);
  const options = withoutStored(afterChanges(vendor.options, told, patch.options, gone));
  const draft: Draft = { name, dialect, support, config: whole, options };
  // Nothing else stands against what the vendor has stored itself.
  return reviewFields(vendor, draft).some(({ code }) => code === 'REQUIRED') ? null : draft;
}
