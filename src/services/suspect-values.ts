// Warnings about values that are taken and sent as they are, though they may not be what was meant: blanks at the ends of a
// password, a key that cannot be read, a name with a placeholder in it.
import type { Draft, Warning } from '../domain/connection.ts';
import { itemOf, metaOf, type Fields } from '../fields/field-meta.ts';
import { valueAt, type FieldKey, type Values } from '../fields/values.ts';
import { leavesWithItems, type Leaf } from '../fields/walk-fields.ts';
import { Secret } from '../secrets/secret.ts';
import { plainTextWarnings } from '../secrets/secret-warnings.ts';
import { UNUSED_PASSPHRASE } from '../secrets/secret-formats.ts';
import { configPath, optionPath } from '../domain/input-paths.ts';
import type { Vendor } from '../domain/vendor.ts';
import { unusedPassphrases } from './passphrases.ts';

type PathOf = (key: FieldKey) => readonly string[];

const doubtful = (path: readonly string[], message: string): Warning => ({ path, code: 'VALUE_DOUBTFUL', message });

/** Each doubt once, however many texts of a list share it. */
function doubtsAbout({ meta, schema }: Pick<Leaf, 'meta' | 'schema'>, value: unknown): string[] {
  if (value instanceof Secret) return value.warningsAs(meta.form);
  if (typeof value === 'string' && meta.kind === 'text') return plainTextWarnings(value);
  if (meta.kind !== 'list' || !Array.isArray(value)) return [];
  const item = itemOf(schema);
  return [...new Set(value.flatMap((one) => doubtsAbout({ meta: metaOf(item), schema: item }, one)))];
}

const doubtsIn = (fields: Fields, values: Values, pathOf: PathOf): Warning[] =>
  leavesWithItems(fields, values).flatMap((place) =>
    doubtsAbout(place, valueAt(values, place.key)).map((message) => doubtful(pathOf(place.key), message)),
  );

export interface GivenValues extends Pick<Draft, 'dialect' | 'support' | 'config' | 'options'> {
  /** The name that was given; undefined for none. */
  readonly name?: string | undefined;
}

/**
 * @param given as they were sent, of a create or of a change.
 * @param optionFields what may be given of that which only the vendor takes.
 */
export function suspectValueWarnings(
  vendor: Vendor,
  given: GivenValues,
  optionFields: Fields = vendor.options,
): Warning[] {
  const { name, dialect, support, config, options } = given;
  const inConfig = (key: FieldKey) => configPath(dialect, key);
  const inOptions = (key: FieldKey) => optionPath(vendor.kind, key);
  const { fields } = support.dialect;
  return [
    ...(name === undefined ? [] : plainTextWarnings(name).map((message) => doubtful(['input', 'name'], message))),
    ...doubtsIn(fields, config, inConfig),
    ...doubtsIn(optionFields, options, inOptions),
    ...[
      ...unusedPassphrases(fields, config).map(inConfig),
      ...unusedPassphrases(optionFields, options).map(inOptions),
    ].map((path) => doubtful(path, UNUSED_PASSPHRASE)),
  ];
}
