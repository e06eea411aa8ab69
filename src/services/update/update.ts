// The data of one update. All checks of an update read it.
import type { Connection } from '../../domain/connection.ts';
import { configPlaces, updateOptionPlaces, type FieldPlace } from '../../domain/field-places.ts';
import { storedSecretsOf, type StoredSecret } from '../../domain/stored-secrets.ts';
import type { DialectSupport } from '../../domain/dialect-support.ts';
import type { UpdateRules, Vendor } from '../../domain/vendor.ts';
import type { Values } from '../../fields/values.ts';
import { excludedFields } from './excluded-fields.ts';
import { sideChanges, type FieldChanges, type UpdateSide } from './field-changes.ts';

/** Each list holds the fields of the config before those of the options. */
export interface Update extends FieldChanges {
  readonly vendor: Vendor;
  readonly rules: UpdateRules;
  readonly support: DialectSupport;
  readonly current: Connection;
  readonly config: UpdateSide;
  readonly options: UpdateSide;
  /** The stored fields that the update removes because it sets a field that excludes them. */
  readonly excluded: readonly FieldPlace[];
  /** The secrets that the connection may hold. */
  readonly secrets: readonly StoredSecret[];
}

/** What a caller provided for one connection. */
export interface UpdateRequest extends Pick<Update, 'vendor' | 'rules' | 'support' | 'current'> {
  readonly config: Values;
  readonly options: Values;
  /** Values of the config that the vendor's rules add. */
  readonly implied: Values;
}

/** Returns the data of an update. */
export function prepareUpdate({ config, options, implied, ...request }: UpdateRequest): Update {
  const { vendor, support, current } = request;
  const sides = {
    config: sideChanges(configPlaces(support), current.config, config, implied),
    options: sideChanges(updateOptionPlaces(vendor), current.details, options),
  };
  const changes: FieldChanges = {
    changed: [...sides.config.changed, ...sides.options.changed],
    cleared: [...sides.config.cleared, ...sides.options.cleared],
    turnedOn: [...sides.config.turnedOn, ...sides.options.turnedOn],
    set: [...sides.config.set, ...sides.options.set],
    unchanged: [...sides.config.unchanged, ...sides.options.unchanged],
  };
  const excluded = excludedFields(support, changes);
  return { ...request, ...sides, ...changes, excluded, secrets: storedSecretsOf(vendor, current) };
}
