// The secrets that an update must send again. No stored secret follows a connection to another server. A vendor that replaces all
// settings at once forgets the secrets that are not sent.
import type { ValidationIssue } from '../../domain/issue.ts';
import { isPartOf, type FieldPlace } from '../../domain/field-places.ts';
import { issue } from '../../domain/issues.ts';
import type { StoredSecret } from '../../domain/stored-secrets.ts';
import { applyChanges, isSecretUnit } from '../../fields/changes.ts';
import { hostsOf } from '../../fields/dialect.ts';
import { onlyEntry, valueAt, type FieldKey, type Values } from '../../fields/values.ts';
import { switchKeyOf } from '../../fields/walk-fields.ts';
import type { Update } from './update.ts';

/** Returns an issue for each stored secret that the caller must send again. */
export function requiredSecrets(update: Update): ValidationIssue[] {
  const isRedirect = mayRedirect(update);
  const required = update.secrets.filter(
    (secret) =>
      staysStored(update, secret) &&
      isInUse(update, secret) &&
      !isSwitchedOff(update, secret) &&
      (isReplacedAsWhole(update, secret) ? wouldBeLost(update, secret) : isRedirect),
  );
  // Secrets that the vendor stores under the same names are one secret.
  const units = new Map(required.map(({ place: { unit } }) => [unit.wireNames.join(' ') || unit.key, unit]));
  return [
    ...[...units.values()].map((unit) => issue(unit.path, 'SECRET_NEEDED', reasonFor(update, unit))),
    ...missingInAlternatives(update),
  ];
}

/** Returns whether the update may send the connection to another server. */
function mayRedirect({ rules, support, config, changed, turnedOn, excluded }: Update): boolean {
  const after = applyChanges(config.places.fields, config.stored, config.changes);
  const [hosts, hostsAfter] = [config.reported, after].map((values) => new Set(hostsOf(support.dialect, values)));
  // A Snowflake account and its host name are two spellings of the same host.
  const isSameHosts = hosts?.size === hostsAfter?.size && [...(hosts ?? [])].every((host) => hostsAfter?.has(host));
  const isUnsafe = (place: FieldPlace): boolean => {
    const { meta, wireNames } = place;
    // A change that the vendor does not allow is refused anyway.
    if (wireNames.length === 0 || !wireNames.every((wire) => rules.canChange(wire))) return false;
    return meta.safeToChange === undefined && !(meta.safeToTurnOn !== undefined && turnedOn.includes(place));
  };
  const namesSameHosts = ({ side, meta }: FieldPlace) => side === 'config' && meta.role === 'host' && isSameHosts;
  return changed.some((place) => isUnsafe(place) && !namesSameHosts(place)) || excluded.some(isUnsafe);
}

/** Returns whether a secret is, or may be, stored and the update neither replaces nor removes it. */
function staysStored({ changed, excluded }: Update, { place, status }: StoredSecret): boolean {
  if (status === 'NOT_SET' || [...changed, ...excluded].some((other) => isPartOf(place, other))) return false;
  // Two fields may share a wire name. A new secret then replaces the stored secret of the other field.
  const written = changed.filter(({ meta }) => isSecretUnit(meta)).flatMap(({ wireNames }) => wireNames);
  return !place.wireNames.some((wire) => written.includes(wire));
}

/** Returns whether a secret has an effect. Of two fields that exclude each other, the first has an effect if it is surely stored. */
function isInUse({ support, excluded, changed, secrets, set, unchanged }: Update, { place }: StoredSecret): boolean {
  const presenceOf = (key: FieldKey): 'CERTAIN' | 'POSSIBLE' | 'NONE' => {
    if (excluded.some(({ tableKey }) => tableKey === key)) return 'NONE';
    const secret = secrets.find((other) => other.place.tableKey === key);
    if (!secret) return [...unchanged, ...set].some(({ tableKey }) => tableKey === key) ? 'CERTAIN' : 'NONE';
    if (secret.status === 'NOT_SET' || changed.includes(secret.place.unit)) return 'NONE';
    return secret.status === 'SET' ? 'CERTAIN' : 'POSSIBLE';
  };
  const isCertain = (keys: readonly FieldKey[]) => keys.some((key) => presenceOf(key) === 'CERTAIN');
  return (support.exclusive ?? []).every(([first, second]) => {
    if (second.includes(place.tableKey)) return !isCertain(first);
    return !first.includes(place.tableKey) || isCertain([place.tableKey]) || !isCertain(second);
  });
}

/** Returns whether a secret belongs to a group that is switched off after the update. The vendor then uses no field of the group. */
function isSwitchedOff(update: Update, { place }: StoredSecret): boolean {
  const { places, changes, reported } = update[place.side];
  const switchKey = switchKeyOf(places.fields, place.key);
  if (switchKey === undefined) return false;
  const change = valueAt(changes, switchKey);
  return (change === undefined ? valueAt(reported, switchKey) : change) === false;
}

/** Returns whether the vendor replaces a secret together with all other settings of its side. */
const isReplacedAsWhole = ({ rules }: Update, { place }: StoredSecret): boolean =>
  rules.replacesAll && place.side === 'config';

/** Returns whether a vendor that replaces all settings would lose a secret that the connection still needs. */
function wouldBeLost(update: Update, { place }: StoredSecret): boolean {
  const { config } = update;
  if (config.changed.length === 0 || signsInWithout(update, place.key)) return false;
  const { partOf } = place.meta;
  if (partOf === undefined) return true;
  // A passphrase has no use without the stored key that it opens.
  return config.unchanged.some(({ key }) => key === partOf) && !signsInWithout(update, partOf);
}

/** Returns whether the update provides another sign-in method than those that use a field. */
function signsInWithout({ support: { required }, set, unchanged }: Update, field: FieldKey): boolean {
  const present = [...set, ...unchanged.filter(({ meta }) => meta.kind !== 'secret')].map(({ tableKey }) => tableKey);
  const isComplete = (signInMethod: readonly FieldKey[]) => signInMethod.every((key) => present.includes(key));
  return (
    required.some((signInMethod) => signInMethod.includes(field)) &&
    required.some((signInMethod) => !signInMethod.includes(field) && isComplete(signInMethod))
  );
}

function reasonFor({ vendor, rules, config }: Update, unit: FieldPlace): string {
  if (rules.replacesAll && config.changed.length > 0 && unit.side === 'config') {
    return `${vendor.label} replaces all settings at once and gives no secret back: send it again, or clear it where there is none.`;
  }
  const canClear = unit.wireNames.every((wire) => rules.canClear(wire));
  return `This change may lead the connection elsewhere, and no stored secret follows it: send the secret again${canClear ? ', or clear it' : ''}.`;
}

/** Returns an issue for each stored secret of a one-of group that the update replaces without that secret. */
function missingInAlternatives({ config, secrets }: Update): ValidationIssue[] {
  const message = 'It is replaced as a whole: send the secret in it again.';
  return config.changed.flatMap((unit) => {
    const value = valueAt(config.changes, unit.key);
    if (unit.meta.kind !== 'oneOf' || value === null) return [];
    const [alternative = ''] = onlyEntry(value as Values) ?? [];
    return secrets
      .filter(({ place, status }) => status !== 'NOT_SET' && place.unit === unit)
      .filter(
        ({ place: { key } }) =>
          key.startsWith(`${unit.key}.${alternative}.`) && valueAt(config.changes, key) === undefined,
      )
      .map(({ place: { path } }) => issue(path, 'SECRET_NEEDED', message));
  });
}

/**
 * Returns the stored secrets that a vendor loses because it replaces all settings and the caller neither sends them nor must.
 * @param required the issues of the secrets that the caller must send.
 */
export function lostSecrets({ rules, config, secrets }: Update, required: readonly ValidationIssue[]): FieldPlace[] {
  if (!rules.replacesAll || config.changed.length === 0) return [];
  const paths = new Set(required.map(({ path }) => path.join('.')));
  return secrets
    .map(({ place }) => place)
    .filter((place) => place.side === 'config' && place.unit === place && !config.changed.includes(place))
    .filter(({ path }) => !paths.has(path.join('.')));
}
