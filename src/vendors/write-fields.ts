// Writes the values of a definition's fields into a vendor's JSON, by the vendor's table of wire names.
import type { FieldMeta, Fields } from '../fields/field-meta.ts';
import { putAt, valueAt, type Values } from '../fields/values-by-key.ts';
import { leavesOf } from '../fields/walk-fields.ts';
import { Secret } from '../secrets/secret.ts';
import { wireFieldOf, type WireField, type WireTable } from '../domain/dialect-support.ts';

/** The conversion for each form that a table can name. */
const CONVERSIONS = {
  text: (value: unknown) => `${value as number}`,
  commaList: (value: unknown) => (value as string[]).join(','),
  not: (value: unknown) => !(value as boolean),
} satisfies Record<NonNullable<WireField['as']>, (value: unknown) => unknown>;

/**
 * Returns the JSON of all values that are set. Null stays null, which clears a field. Derived fields are left to the caller.
 * @param reveal returns the plain text of a secret. Only to-wire.ts may reveal secrets, so it passes this function in.
 */
export function writeFields(
  fields: Fields,
  table: WireTable,
  values: Values,
  reveal: (secret: Secret, meta: FieldMeta) => string,
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const { key, meta } of leavesOf(fields)) {
    const value = valueAt(values, key);
    const entry = table[key];
    if (entry === undefined || value === undefined) continue;
    const { wire, as, derived } = wireFieldOf(entry);
    if (derived) continue;
    const plain = value instanceof Secret ? reveal(value, meta) : value;
    putAt(body, wire, as && plain !== null ? CONVERSIONS[as](plain) : plain);
  }
  return body;
}
