// Converts values to the form in which they are sent to a vendor: keys, documents and connection strings in a form that every reader
// accepts, and IPv6 addresses in one spelling. The meaning of a value stays the same.
import { itemOf, metaOf, type Fields, type FieldSchema } from './field-meta.ts';
import type { Values } from './values-by-key.ts';
import { bareHost } from '../formats/host.ts';
import { Secret } from '../secrets/secret.ts';

function normalizeValue(schema: FieldSchema, value: unknown): unknown {
  const { kind, format: form, isHost } = metaOf(schema);
  if (value instanceof Secret) return value.normalized(form);
  if (typeof value === 'string') return isHost ? bareHost(value) : value;
  if (kind === 'list' && Array.isArray(value)) return value.map((item) => normalizeValue(itemOf(schema), item));
  const isGroup = (kind === 'group' || kind === 'oneOf') && typeof value === 'object' && value !== null;
  return isGroup ? normalizeValues(schema as Fields, value as Values) : value;
}

/** Returns the values in that form. A value that is missing or null stays so. */
export const normalizeValues = (fields: Fields, values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const schema = fields.shape[name];
      return [name, schema === undefined ? value : normalizeValue(schema, value)];
    }),
  );
