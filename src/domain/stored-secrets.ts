// The secrets that a connection may hold: every write-only field that its vendor takes for its dialect, with its state.
import type { Connection } from './connection.ts';
import type { Fields } from '../fields/field-meta.ts';
import { valueAt, type FieldKey, type Values } from '../fields/values.ts';
import { leavesWithItems, statusKeyOf, unitsOf, type Leaf } from '../fields/walk-fields.ts';
import type { SecretStatus } from '../secrets/secret.ts';
import { scopeOf, takesField, type Vendor } from './vendor.ts';

export interface StoredSecret {
  /** Of its dialect's settings, or of what only its vendor takes. */
  readonly side: 'config' | 'options';
  /** Its place among those. */
  readonly place: Leaf;
  /** What is replaced with it when it changes: itself, or what it is a part of. */
  readonly unit: Leaf;
  readonly status: SecretStatus;
}

function secretsIn(of: StoredSecret['side'], fields: Fields, told: Values, takes: (key: FieldKey) => boolean) {
  const units = unitsOf(fields);
  return leavesWithItems(fields, told).flatMap((place): StoredSecret[] => {
    if (place.meta.kind !== 'secret' || !takes(place.key)) return [];
    const unit = units.find(({ key }) => place.key === key || place.key.startsWith(`${key}.`)) ?? place;
    return [{ side: of, place, unit, status: (valueAt(told, statusKeyOf(place)) ?? 'NOT_SET') as SecretStatus }];
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
