// Warnings about values that are accepted and sent unchanged although they look like mistakes: blanks at the ends of a password, a
// key that cannot be read, a name that contains a placeholder.
import type { Draft, Warning } from '../domain/connection.ts';
import {
  configPlaces,
  leavesWithItemPlaces,
  optionPlaces,
  type FieldPlace,
  type SidePlaces,
} from '../domain/field-places.ts';
import type { Vendor } from '../domain/vendor.ts';
import { itemOf, metaOf } from '../fields/field-meta.ts';
import { valueAt, type Values } from '../fields/values-by-key.ts';
import { Secret } from '../secrets/secret.ts';
import { UNUSED_PASSPHRASE } from '../secrets/secret-problems.ts';
import { plainTextWarnings } from '../secrets/secret-warnings.ts';
import { unusedPassphrases } from './passphrases.ts';

const warningAt = (path: readonly string[], message: string): Warning => ({ path, code: 'VALUE_DOUBTFUL', message });

/** Returns the warnings about one value. Several texts of a list with the same warning get it once. */
function warningsAbout({ meta, schema }: Pick<FieldPlace, 'meta' | 'schema'>, value: unknown): string[] {
  if (value instanceof Secret) return value.warningsAs(meta.format);
  if (typeof value === 'string' && meta.kind === 'text') return plainTextWarnings(value);
  if (meta.kind !== 'list' || !Array.isArray(value)) return [];
  const item = itemOf(schema);
  return [...new Set(value.flatMap((text) => warningsAbout({ meta: metaOf(item), schema: item }, text)))];
}

const warningsIn = (places: SidePlaces, values: Values): Warning[] =>
  leavesWithItemPlaces(places, values).flatMap((place) =>
    warningsAbout(place, valueAt(values, place.key)).map((message) => warningAt(place.path, message)),
  );

export interface ProvidedValues extends Pick<Draft, 'support' | 'config' | 'options'> {
  /** The name that the caller provided; undefined for none. */
  readonly name?: string | undefined;
}

/**
 * Returns a warning for each provided value that looks like a mistake but is accepted.
 * @param options the places of the options that the mutation has; those of a create by default.
 */
export function suspectValueWarnings(
  vendor: Vendor,
  provided: ProvidedValues,
  options: SidePlaces = optionPlaces(vendor),
): Warning[] {
  const { name } = provided;
  const config = configPlaces(provided.support);
  const unused = [...unusedPassphrases(config, provided.config), ...unusedPassphrases(options, provided.options)];
  return [
    ...(name === undefined ? [] : plainTextWarnings(name).map((message) => warningAt(['input', 'name'], message))),
    ...warningsIn(config, provided.config),
    ...warningsIn(options, provided.options),
    ...unused.map(({ path }) => warningAt(path, UNUSED_PASSPHRASE)),
  ];
}
