// The secrets that a connection may hold: every write-only field that its vendor takes for its dialect, with its state.
import type { Connection } from './connection.ts';
import {
  placesOf,
  statusKeyOf,
  unitsOf,
  valueAt,
  type FieldKey,
  type Fields,
  type Leaf,
  type Values,
} from '../fields/fields.ts';
import type { SecretStatus } from '../secrets/secret.ts';
import { scopeOf, takesField, type Vendor } from './vendor.ts';

export interface StoredSecret {
  /** Of its dialect's settings, or of what only its vendor takes. */
  readonly of: 'config' | 'options';
  /** Its place among those. */
  readonly place: Leaf;
  /** What is replaced with it when it changes: itself, or what it is a part of. */
  readonly unit: Leaf;
  readonly status: SecretStatus;
}

function secretsIn(of: StoredSecret['of'], fields: Fields, told: Values, takes: (key: FieldKey) => boolean) {
  const units = unitsOf(fields);
  return placesOf(fields, told).flatMap((place): StoredSecret[] => {
    if (place.meta.kind !== 'secret' || !takes(place.key)) return [];
    const unit = units.find(({ key }) => place.key === key || place.key.startsWith(`${key}.`)) ?? place;
    return [{ of, place, unit, status: (valueAt(told, statusKeyOf(place)) ?? 'NOT_SET') as SecretStatus }];
  });
}

/** None for a connection that its vendor only tells of. */
export function storedSecretsOf(vendor: Vendor, { dialect, config, details }: Connection): StoredSecret[] {
  const support = vendor.dialects[dialect];
  if (!support || support.readOnly) return [];
  return [
    ...secretsIn('config', support.dialect.fields, config, (key) => takesField(support, key)),
    ...secretsIn('options', vendor.options, details, (key) => scopeOf(vendor, dialect, key)?.elsewhere !== 'REFUSED'),
  ];
}
