// The secrets that must come with an update: those that would follow the connection to another place, and those that the
// vendor would lose because it replaces all settings at once and gives no secret back.
import type { Connection } from '../../domain/connection.ts';
import { hostsOf } from '../../fields/dialect.ts';
import type { ValidationIssue } from '../../domain/errors.ts';
import type { Fields } from '../../fields/field-meta.ts';
import { onlyEntry, valueAt, type FieldKey, type Values } from '../../fields/values.ts';
import { secretKeysOf } from '../../fields/walk-fields.ts';
import { applyChanges, isSecretUnit } from '../../fields/changes.ts';
import { storedSecretsOf, type StoredSecret } from '../../domain/stored-secrets.ts';
import { isOptionKey, OPTIONS_PREFIX } from '../../domain/input-paths.ts';
import { issue } from '../../domain/issues.ts';
import type { DialectSupport, UpdateRules, Vendor } from '../../domain/vendor.ts';
import {
  isCleared,
  isSwitchedOff,
  keptKeys,
  mayRedirect,
  metaOfUnit,
  setKeys,
  tableKey,
  wiresOf,
  type Side,
} from './side.ts';

export interface Update {
  readonly vendor: Vendor;
  readonly rules: UpdateRules;
  readonly support: DialectSupport;
  readonly current: Connection;
  readonly config: Side;
  readonly options: Side;
  /** What goes because something else was given; keys as the tables have them. */
  readonly gone: readonly FieldKey[];
}

/** Whether a change names the same hosts in another way: a Snowflake account by its host name, or the other way round. */
function namesSameHosts({ support: { dialect }, config }: Update, unit: FieldKey): boolean {
  if (metaOfUnit(config, unit)?.role !== 'host') return false;
  const after = applyChanges(config.fields, config.present, config.changes);
  const [hosts, others] = [config.told, after].map((values) => new Set(hostsOf(dialect, values)));
  return hosts?.size === others?.size && [...(hosts ?? [])].every((host) => others?.has(host));
}

/** Whether the connection leads, or may lead, elsewhere after it. */
function leadsElsewhere(update: Update): boolean {
  const { rules, config, options, gone } = update;
  // What the vendor never changes is refused by itself: no secret would help.
  const isOpen = (wires: readonly string[]) => wires.length > 0 && wires.every((wire) => rules.changes(wire));
  const leads = (side: Side, unit: FieldKey) => mayRedirect(side, unit) && isOpen(wiresOf(side, unit));
  return (
    config.changed.some((unit) => leads(config, unit) && !namesSameHosts(update, unit)) ||
    options.changed.some((unit) => leads(options, unit)) ||
    gone.some((key) => (isOptionKey(key) ? leads(options, key.slice(OPTIONS_PREFIX.length)) : leads(config, key)))
  );
}

type Presence = 'known' | 'maybe' | 'no';

/** Of two that exclude each other the first has effect where it is known to be there. */
function hasEffect({ exclusive = [] }: DialectSupport, key: FieldKey, presence: (key: FieldKey) => Presence): boolean {
  const isKnown = (keys: readonly FieldKey[]) => keys.some((one) => presence(one) === 'known');
  return exclusive.every(([ones, others]) => {
    if (others.includes(key)) return !isKnown(ones);
    return !ones.includes(key) || presence(key) === 'known' || !isKnown(others);
  });
}

/** Whether the connection signs in another way, with what was given. */
function signsInOtherwise({ support, config }: Update, key: FieldKey): boolean {
  const there = new Set([
    ...setKeys(config),
    ...keptKeys(config).filter((one) => !secretKeysOf(config.fields).includes(one)),
  ]);
  const ways = support.required;
  return (
    ways.some((way) => way.includes(key)) &&
    ways.some((way) => !way.includes(key) && way.every((one) => there.has(one)))
  );
}

/** A part of a secret that is replaced, or is not there, or goes. */
function isAlone(update: Update, { place }: StoredSecret): boolean {
  const owner = place.meta.partOf;
  if (owner === undefined) return false;
  const { config } = update;
  return config.changed.includes(owner) || !keptKeys(config).includes(owner) || signsInOtherwise(update, owner);
}

function stays(
  update: Update,
  rewritten: ReadonlySet<string>,
  { side: of, place, unit, status }: StoredSecret,
): boolean {
  if (status === 'NOT_SET') return false;
  const side = update[of];
  const isChanged = side.changed.some((key) => unit.key === key || unit.key.startsWith(`${key}.`));
  const isRewritten = wiresOf(side, place.key).some((wire) => rewritten.has(wire));
  const isGone = [place, unit].some(({ key }) => update.gone.includes(tableKey({ of }, key)));
  return !isChanged && !isRewritten && !isGone;
}

/** Places at the vendor that a change of a secret writes: two of our fields may be kept in one. */
const placesRewritten = ({ config, options }: Update): ReadonlySet<string> =>
  new Set(
    [config, options].flatMap((side) =>
      side.changed
        .filter((unit) => {
          const meta = metaOfUnit(side, unit);
          return meta !== null && isSecretUnit(meta);
        })
        .flatMap((unit) => wiresOf(side, unit)),
    ),
  );

/** An alternative that is replaced as one, without the secret that it has now. */
function incomplete({ config, current }: Update): ValidationIssue[] {
  return config.changed.flatMap((unit) => {
    if (metaOfUnit(config, unit)?.kind !== 'oneOf' || isCleared(config, unit)) return [];
    const [name, given] = onlyEntry(valueAt(config.changes, unit) as Values) ?? ['', {}];
    const alternative = (valueAt(config.fields.shape, unit) as Fields).shape[name] as Fields;
    if (!('shape' in alternative)) return [];
    return secretKeysOf(alternative).flatMap((key) => {
      const place = `${unit}.${name}.${key}`;
      const isStored = valueAt(current.config, place) === 'SET' || valueAt(current.config, place) === 'UNKNOWN';
      if (!isStored || valueAt(given, key) !== undefined) return [];
      return [issue(config.pathOf(place), 'SECRET_NEEDED', 'It is replaced as a whole: send the secret in it again.')];
    });
  });
}

/** What is missing, secret by secret. */
export function neededSecrets(update: Update): ValidationIssue[] {
  const { vendor, rules, support, current, config, gone } = update;
  const stored = storedSecretsOf(vendor, current);
  const presence = (key: FieldKey): Presence => {
    const secret = stored.find(({ side: of, place }) => tableKey({ of }, place.key) === key);
    if (gone.includes(key) || (secret && config.changed.includes(secret.unit.key))) return 'no';
    if (secret) return secret.status === 'SET' ? 'known' : secret.status === 'UNKNOWN' ? 'maybe' : 'no';
    return keptKeys(config).includes(key) || setKeys(config).includes(key) ? 'known' : 'no';
  };
  const isElsewhere = leadsElsewhere(update);
  const isLost = rules.replacesAll && config.changed.length > 0;
  const rewritten = placesRewritten(update);
  const needed = stored.filter((secret) => {
    const { side: of, place } = secret;
    if (!stays(update, rewritten, secret) || !hasEffect(support, tableKey({ of }, place.key), presence)) return false;
    if (isSwitchedOff(update[of], place.key)) return false;
    // What is replaced as a whole keeps no secret that could follow: those that are not sent are gone.
    if (of === 'config' && rules.replacesAll)
      return isLost && !signsInOtherwise(update, place.key) && !isAlone(update, secret);
    return isElsewhere;
  });
  const whyOf = ({ side: of, unit }: StoredSecret): string => {
    if (isLost && of === 'config') {
      return `${vendor.label} replaces all settings at once and gives no secret back: send it again, or clear it where there is none.`;
    }
    const canClear = wiresOf(update[of], unit.key).every((wire) => rules.clears(wire));
    return `This change may lead the connection elsewhere, and no stored secret follows it: send the secret again${canClear ? ', or clear it' : ''}.`;
  };
  const places = new Map(needed.map((one) => [wiresOf(update[one.side], one.unit.key).join(' ') || one.unit.key, one]));
  return [
    ...[...places.values()].map((one) => issue(update[one.side].pathOf(one.unit.key), 'SECRET_NEEDED', whyOf(one))),
    ...incomplete(update),
  ];
}

/** Where the vendor replaces all settings, the stored secrets that are neither sent nor asked for: they are no more. */
export function lostSecrets(
  { vendor, rules, current, config }: Update,
  needed: readonly ValidationIssue[],
): readonly FieldKey[] {
  if (!rules.replacesAll || config.changed.length === 0) return [];
  const asked = new Set(needed.map(({ path }) => path.join('.')));
  return storedSecretsOf(vendor, current).flatMap(({ side: of, place, unit }) => {
    const isSent = of === 'options' || place.key !== unit.key || config.changed.includes(unit.key);
    return isSent || asked.has(config.pathOf(unit.key).join('.')) ? [] : [unit.key];
  });
}
