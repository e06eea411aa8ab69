// The secrets that a connection may hold: every write-only field that its vendor accepts for its dialect, with its status.
import { valueAt, type Values } from '../fields/values-by-key.ts';
import { statusKeyOf } from '../fields/walk-fields.ts';
import type { SecretStatus } from '../secrets/secret.ts';
import type { Connection } from './connection.ts';
import { configPlaces, leavesWithItemPlaces, optionPlaces, type FieldPlace, type SidePlaces } from './field-places.ts';
import { takesField } from './dialect-support.ts';
import { scopeOf, type Vendor } from './vendor.ts';

export interface StoredSecret {
  readonly place: FieldPlace;
  readonly status: SecretStatus;
}

const secretsIn = (places: SidePlaces, reported: Values, isAccepted: (place: FieldPlace) => boolean): StoredSecret[] =>
  leavesWithItemPlaces(places, reported)
    .filter((place) => place.meta.kind === 'secret' && isAccepted(place))
    .map((place) => ({ place, status: (valueAt(reported, statusKeyOf(place)) ?? 'NOT_SET') as SecretStatus }));

/** Returns the secrets of a connection. A connection of a dialect that the vendor only reads has none. */
export function storedSecretsOf(vendor: Vendor, { dialect, config, details }: Connection): StoredSecret[] {
  const support = vendor.dialects[dialect];
  if (!support || support.readOnly) return [];
  return [
    ...secretsIn(configPlaces(support), config, ({ key }) => takesField(support, key)),
    ...secretsIn(
      optionPlaces(vendor),
      details(),
      ({ key }) => scopeOf(vendor, dialect, key)?.inOtherDialects !== 'REFUSED',
    ),
  ];
}
