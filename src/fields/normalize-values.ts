// Values as they go to a vendor: keys, documents and connection strings in the form that every reader takes, an IPv6 address in
// one spelling. What the caller meant is not changed by it.
import { itemOf, metaOf, type Fields, type FieldSchema } from './field-meta.ts';
import type { Values } from './values.ts';
import { bareHost } from '../formats/host.ts';
import { Secret } from '../secrets/secret.ts';

function normalValue(schema: FieldSchema, value: unknown): unknown {
  const { kind, form, isHost } = metaOf(schema);
  if (value instanceof Secret) return value.normalized(form);
  if (typeof value === 'string') return isHost ? bareHost(value) : value;
  if (kind === 'list' && Array.isArray(value)) return value.map((item) => normalValue(itemOf(schema), item));
  const isGroup = (kind === 'group' || kind === 'oneOf') && typeof value === 'object' && value !== null;
  return isGroup ? normalizeValues(schema as Fields, value as Values) : value;
}

/** @param values by the definition; what is missing or null stays so. */
export const normalizeValues = (fields: Fields, values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const schema = fields.shape[name];
      return [name, schema === undefined ? value : normalValue(schema, value)];
    }),
  );
