// Reads the values of a definition's fields from a vendor's JSON, by the vendor's table of wire names.
import { OTHER_DIALECT } from '../fields/dialect.ts';
import { itemOf, metaOf, type FieldMeta, type FieldSchema, type Fields } from '../fields/field-meta.ts';
import { putAt, valueAt, type Values } from '../fields/values.ts';
import { leavesOf } from '../fields/walk-fields.ts';
import type { SecretStatus } from '../secrets/secret.ts';
import { wireFieldOf, type DialectSupport, type WireField, type WireTable } from '../domain/dialect-support.ts';
import {
  isObject,
  readBigInteger,
  readDatabaseName,
  readDate,
  readHost,
  readInteger,
  readJsonObject,
  readText,
  readUrl,
} from './read-values.ts';

function readTextField({ isHost, isUrl, isName, role }: FieldMeta, raw: unknown): string | null {
  if (isHost) return readHost(raw);
  if (isUrl) return readUrl(raw);
  return isName || role === 'database' ? readDatabaseName(raw) : readText(raw);
}

function readList(schema: FieldSchema, raw: unknown): unknown[] | null {
  if (!Array.isArray(raw)) return null;
  const item = itemOf(schema);
  return raw.map((value) => readLeaf(metaOf(item), item, value)).filter((value) => value !== null);
}

/** Returns the value of one field; null when the JSON has no value of its kind. */
function readLeaf(meta: FieldMeta, schema: FieldSchema, raw: unknown): unknown {
  switch (meta.kind) {
    case 'text':
      return readTextField(meta, raw);
    case 'integer':
      return readInteger(raw);
    case 'bigInt':
      return readBigInteger(raw);
    case 'flag':
      return typeof raw === 'boolean' ? raw : null;
    case 'choice':
      return typeof raw === 'string' && meta.values && Object.hasOwn(meta.values, raw) ? raw : null;
    case 'dateTime':
      return readDate(raw);
    case 'json':
      return readJsonObject(raw);
    case 'list':
      return readList(schema, raw);
    default:
      return null;
  }
}

/** Undoes the conversion `not`. The other conversions need no undoing, because reading accepts both forms. */
const undoNot = (as: WireField['as'], value: unknown): unknown =>
  as === 'not' && typeof value === 'boolean' ? !value : value;

const readItems = (schema: FieldSchema, items: WireTable, raw: unknown): unknown[] | null =>
  Array.isArray(raw)
    ? raw.filter(isObject).map((item) => readFields(itemOf(schema) as Fields, items, item, () => 'UNKNOWN'))
    : null;

/**
 * Returns the values of the fields that the table names. Derived fields are left to the caller.
 * @param wire the connection as the vendor answered it.
 * @param statusOf returns the status of the secret with a wire name.
 */
export function readFields(
  fields: Fields,
  table: WireTable,
  wire: Values,
  statusOf: (wireName: string) => SecretStatus,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { key, meta, schema } of leavesOf(fields)) {
    const entry = table[key];
    if (entry === undefined) continue;
    const { wire: name, as, derived, items } = wireFieldOf(entry);
    if (meta.kind === 'secret') putAt(values, key, statusOf(name));
    else if (items) putAt(values, key, readItems(schema, items, valueAt(wire, name)));
    else if (!derived) putAt(values, key, undoNot(as, readLeaf(meta, schema, valueAt(wire, name))));
  }
  return values;
}

/**
 * Returns the status of a secret whose value the vendor returns.
 * @param absent the status when the JSON does not have the field.
 */
export const echoedStatus = (wire: Values, name: string, absent: SecretStatus): SecretStatus => {
  const value = valueAt(wire, name);
  if (value === undefined) return absent;
  return value === null || value === '' || (Array.isArray(value) && value.length === 0) ? 'NOT_SET' : 'SET';
};

/** Returns the support of the dialect with a vendor's word; the support of `other` for a word outside the table. */
export function supportOfWord(table: Readonly<Record<string, DialectSupport>>, word: string): DialectSupport {
  const support =
    Object.values(table).find((entry) => entry.vendorDialect === word || entry.readAliases?.includes(word)) ??
    table[OTHER_DIALECT];
  if (!support) throw new Error(`A vendor's table of dialects has no entry for ${OTHER_DIALECT}.`);
  return support;
}
