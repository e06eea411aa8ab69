// The secrets that an update must send again. No stored secret follows a connection to another server. A vendor that replaces all
// settings at once forgets the secrets that are not sent.
import type { FieldPlace } from '../../domain/field-places.ts';
import { issue, type ValidationIssue } from '../../domain/issue.ts';
import { isSecretUnit } from '../../fields/changes.ts';
import { onlyEntry, type FieldKey, type Values } from '../../fields/values-by-key.ts';
import { isSet, keepsStored, type FieldChange } from './field-changes.ts';
import type { SecretChange, UpdateChanges } from './update-changes.ts';

/** Returns an issue for each stored secret that the caller must send again. */
export function secretsToResend(changes: UpdateChanges): ValidationIssue[] {
  const isRedirect = mayRedirect(changes);
  const required = changes.secrets.filter(
    (secret) =>
      staysStored(changes, secret) &&
      isInUse(changes, secret) &&
      !isSwitchedOff(changes, secret) &&
      (isReplacedAsWhole(changes, secret) ? wouldBeLost(changes, secret) : isRedirect),
  );
  // Secrets that the vendor stores under the same names are one secret.
  const units = new Map(required.map(({ place: { unit } }) => [unit.wireNames.join(' ') || unit.key, unit]));
  return [
    ...[...units.values()].map((unit) => issue(unit.path, 'SECRET_NEEDED', reasonFor(changes, unit))),
    ...missingInAlternatives(changes),
  ];
}

/** Returns whether the update may send the connection to another server. */
function mayRedirect({ rules, changed, removed, hasSameHosts }: UpdateChanges): boolean {
  // A change that the vendor does not allow is refused anyway.
  const isAllowed = ({ wireNames }: FieldPlace) =>
    wireNames.length > 0 && wireNames.every((wire) => rules.canChange(wire));
  const isSafe = ({ place: { side, meta }, next }: FieldChange) =>
    meta.safeToChange !== undefined ||
    (meta.safeToTurnOn !== undefined && next === true) ||
    (side === 'config' && meta.role === 'host' && hasSameHosts);
  return (
    changed.some((field) => isAllowed(field.place) && !isSafe(field)) ||
    removed.some((place) => isAllowed(place) && place.meta.safeToChange === undefined)
  );
}

/** Returns whether a secret is, or may be, stored and the update neither replaces nor removes it. */
function staysStored({ changed }: UpdateChanges, { place, status, isChanged }: SecretChange): boolean {
  if (status === 'NOT_SET' || isChanged) return false;
  // Two fields may share a wire name. A new secret then replaces the stored secret of the other field.
  const written = changed.flatMap((field) => (isSecretUnit(field.place.meta) ? field.place.wireNames : []));
  return !place.wireNames.some((wire) => written.includes(wire));
}

/** Returns whether a secret has an effect. Of two fields that exclude each other, the first has an effect if it is surely stored. */
function isInUse({ support, removed, secrets, leaves }: UpdateChanges, { place }: SecretChange): boolean {
  const presenceOf = (key: FieldKey): 'CERTAIN' | 'POSSIBLE' | 'NONE' => {
    if (removed.some(({ tableKey }) => tableKey === key)) return 'NONE';
    const secret = secrets.find((other) => other.place.tableKey === key);
    if (secret && (secret.status === 'NOT_SET' || secret.isChanged)) return 'NONE';
    if (secret) return secret.status === 'SET' ? 'CERTAIN' : 'POSSIBLE';
    const field = leaves.find((leaf) => leaf.place.tableKey === key);
    return field && (isSet(field) || keepsStored(field)) ? 'CERTAIN' : 'NONE';
  };
  const isCertain = (keys: readonly FieldKey[]) => keys.some((key) => presenceOf(key) === 'CERTAIN');
  return (support.exclusive ?? []).every(([first, second]) => {
    if (second.includes(place.tableKey)) return !isCertain(first);
    return !first.includes(place.tableKey) || isCertain([place.tableKey]) || !isCertain(second);
  });
}

/** Returns whether a secret belongs to a group that is switched off after the update. The vendor then uses no field of the group. */
const isSwitchedOff = ({ leaves }: UpdateChanges, { place: { side, switchKey } }: SecretChange): boolean =>
  leaves.some(
    ({ place, next, stored }) =>
      place.side === side && place.key === switchKey && (next === undefined ? stored : next) === false,
  );

/** Returns whether the vendor replaces a secret together with all other settings of its side. */
const isReplacedAsWhole = ({ rules }: UpdateChanges, { place }: SecretChange): boolean =>
  rules.replacesAll && place.side === 'config';

/** Returns whether a vendor that replaces all settings would lose a secret that the connection still needs. */
function wouldBeLost(changes: UpdateChanges, { place }: SecretChange): boolean {
  if (changes.config.changed.length === 0 || signsInWithout(changes, place.key)) return false;
  const { partOf } = place.meta;
  if (partOf === undefined) return true;
  // A passphrase has no use without the stored key that it opens.
  const isKeyStored = changes.leaves.some((field) => field.place.tableKey === partOf && keepsStored(field));
  return isKeyStored && !signsInWithout(changes, partOf);
}

/** Returns whether the update provides another sign-in method than those that use a field. */
function signsInWithout({ support: { required }, leaves }: UpdateChanges, secret: FieldKey): boolean {
  const present = leaves
    .filter((field) => isSet(field) || (keepsStored(field) && field.place.meta.kind !== 'secret'))
    .map(({ place }) => place.tableKey);
  const isComplete = (signInMethod: readonly FieldKey[]) => signInMethod.every((key) => present.includes(key));
  return (
    required.some((signInMethod) => signInMethod.includes(secret)) &&
    required.some((signInMethod) => !signInMethod.includes(secret) && isComplete(signInMethod))
  );
}

function reasonFor({ vendor, rules, config }: UpdateChanges, unit: FieldPlace): string {
  if (rules.replacesAll && config.changed.length > 0 && unit.side === 'config') {
    return `${vendor.label} replaces all settings at once and never returns a secret: send this secret again, or clear it if there is none.`;
  }
  const canClear = unit.wireNames.every((wire) => rules.canClear(wire));
  return `This update may send the connection to another server, and Patchbay sends no stored secret there: send the secret again${canClear ? ', or clear it' : ''}.`;
}

/** Returns an issue for each stored secret of a one-of group that the update replaces without that secret. */
function missingInAlternatives({ config, leaves, secrets }: UpdateChanges): ValidationIssue[] {
  const message = 'The update replaces the group as a whole: send its secret again.';
  return config.changed.flatMap(({ place: unit, next }) => {
    if (unit.meta.kind !== 'oneOf' || next === null) return [];
    const [alternative = ''] = onlyEntry(next as Values) ?? [];
    const isMissing = ({ place }: SecretChange) =>
      place.key.startsWith(`${unit.key}.${alternative}.`) &&
      leaves.some((field) => field.place === place && field.next === undefined);
    return secrets
      .filter((secret) => secret.place.unit === unit && secret.status !== 'NOT_SET' && isMissing(secret))
      .map(({ place }) => issue(place.path, 'SECRET_NEEDED', message));
  });
}

/**
 * Returns the stored secrets that a vendor loses because it replaces all settings and the caller neither sends them nor must.
 * @param required the issues of the secrets that the caller must send.
 */
export function lostSecrets(
  { rules, config, secrets }: UpdateChanges,
  required: readonly ValidationIssue[],
): FieldPlace[] {
  if (!rules.replacesAll || config.changed.length === 0) return [];
  const paths = new Set(required.map(({ path }) => path.join('.')));
  return secrets
    .filter(({ place, isChanged }) => place.side === 'config' && place.unit === place && !isChanged)
    .map(({ place }) => place)
    .filter(({ path }) => !paths.has(path.join('.')));
}
