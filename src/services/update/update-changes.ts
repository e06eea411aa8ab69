// What one update changes. It is found once, from the stored connection and the input. All checks of the update read it.
import type { Connection } from '../../domain/connection.ts';
import type { DialectSupport } from '../../domain/dialect-support.ts';
import { configPlaces, isPartOf, updateOptionPlaces, type FieldPlace } from '../../domain/field-places.ts';
import { storedSecretsOf, type StoredSecret } from '../../domain/stored-secrets.ts';
import type { UpdateRules, Vendor } from '../../domain/vendor.ts';
import { applyChanges } from '../../fields/changes.ts';
import { hostsOf, type Dialect } from '../../fields/dialect.ts';
import { onlyEntry, type FieldKey, type Values } from '../../fields/values-by-key.ts';
import { isSet, keepsStored, sideChanges, type FieldChange, type SideChanges } from './field-changes.ts';

/** The input as GraphQL passes it. `config` and `options` hold one entry each, for one dialect and one vendor. */
export interface UpdateInput {
  readonly id: string;
  readonly name?: string | null | undefined;
  readonly config?: Values | null | undefined;
  readonly options?: Values | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** A stored field that excludes a field of the update, such as a stored password when the update sets a key. */
export interface ExcludedField {
  readonly place: FieldPlace;
  /** The fields that exclude it. */
  readonly excludedBy: readonly FieldChange[];
  /** Whether the vendor uses the stored field until the caller clears it by name. The update removes other excluded fields. */
  readonly mustBeCleared: boolean;
}

/** A secret that the connection may hold. */
export interface SecretChange extends StoredSecret {
  /** Whether the update replaces, clears or removes it. */
  readonly isChanged: boolean;
}

/** The changes of one update. Each list holds the fields of the config before those of the options. */
export interface UpdateChanges {
  readonly vendor: Vendor;
  readonly rules: UpdateRules;
  readonly support: DialectSupport;
  readonly current: Connection;
  /** The new name; undefined when the update does not rename. */
  readonly name: string | undefined;
  readonly config: SideChanges;
  readonly options: SideChanges;
  readonly changed: readonly FieldChange[];
  readonly leaves: readonly FieldChange[];
  /** The stored fields that are excluded by a field which the update sets. */
  readonly excluded: readonly ExcludedField[];
  /** The places of the excluded fields that the update removes. */
  readonly removed: readonly FieldPlace[];
  readonly secrets: readonly SecretChange[];
  /** Whether the config names the same hosts as before. */
  readonly hasSameHosts: boolean;
}

const pick = (fields: readonly FieldChange[], keys: readonly FieldKey[]): FieldChange[] =>
  keys.flatMap((key) => fields.filter(({ place }) => place.tableKey === key));

/** Returns the stored fields that are excluded by a field which the update sets. */
function excludedFields(
  { exclusive = [], staysUntilCleared = [] }: DialectSupport,
  fields: readonly FieldChange[],
): ExcludedField[] {
  const [set, stored] = [fields.filter(isSet), fields.filter(keepsStored)];
  return exclusive.flatMap(([first, second]) => {
    const [setOfFirst, setOfSecond] = [pick(set, first), pick(set, second)];
    // An input that sets both parts is refused when the draft is reviewed.
    if (setOfFirst.length > 0 === setOfSecond.length > 0) return [];
    const [excludedBy, excluded] = setOfFirst.length > 0 ? [setOfFirst, second] : [setOfSecond, first];
    return pick(stored, excluded).map(({ place }) => ({
      place,
      excludedBy,
      mustBeCleared: staysUntilCleared.includes(place.tableKey),
    }));
  });
}

/** Returns whether the config names the same hosts after the changes. An account and its host name are the same host. */
function namesSameHosts(dialect: Dialect, { places, stored, next }: SideChanges): boolean {
  const hosts = new Set(hostsOf(dialect, stored));
  const hostsAfter = new Set(hostsOf(dialect, applyChanges(places.fields, stored, next)));
  return hosts.size === hostsAfter.size && [...hosts].every((host) => hostsAfter.has(host));
}

/** Returns the values that an input has for the dialect or vendor with the key; none when it has them for another one. */
function valuesFor(key: string, input: Values | null | undefined): Values {
  const [name, values] = onlyEntry(input ?? {}) ?? [];
  return name === key && values ? values : {};
}

/** Returns what an update changes. Values for another dialect or another vendor change nothing. */
export function findUpdateChanges(
  vendor: Vendor,
  rules: UpdateRules,
  support: DialectSupport,
  current: Connection,
  input: UpdateInput,
): UpdateChanges {
  const providedConfig = valuesFor(current.dialect, input.config);
  const implied = rules.impliedConfig?.(current, providedConfig) ?? {};
  const config = sideChanges(configPlaces(support), current.config, providedConfig, implied);
  const providedOptions = valuesFor(vendor.kind, input.options);
  const options = sideChanges(updateOptionPlaces(vendor), current.details(), providedOptions, {});
  const changed = [...config.changed, ...options.changed];
  const leaves = [...config.leaves, ...options.leaves];
  const excluded = excludedFields(support, leaves);
  const removed = excluded.filter(({ mustBeCleared }) => !mustBeCleared).map(({ place }) => place);
  const replaced = [...changed.map(({ place }) => place), ...removed];
  return {
    vendor,
    rules,
    support,
    current,
    name: typeof input.name === 'string' && input.name !== current.name ? input.name : undefined,
    config,
    options,
    changed,
    leaves,
    excluded,
    removed,
    secrets: storedSecretsOf(vendor, current).map((secret) => ({
      ...secret,
      isChanged: replaced.some((place) => isPartOf(secret.place, place)),
    })),
    hasSameHosts: namesSameHosts(support.dialect, config),
  };
}
