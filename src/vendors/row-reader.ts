// Turns a definition of fields and a vendor's table into one function that reads a row. The work that depends only on the table is
// done once. The function is generated as one object literal, which is about twenty times faster than walking the table for each
// row; where code generation is forbidden (`--disallow-code-generation-from-strings`), an equal function without it is used.
import { itemOf, metaOf, type FieldMeta, type FieldSchema, type Fields } from '../fields/field-meta.ts';
import { memoize } from '../fields/memoize.ts';
import { putAt, valueAt, type FieldKey, type Values } from '../fields/values-by-key.ts';
import { leavesOf } from '../fields/walk-fields.ts';
import type { SecretStatus } from '../secrets/secret.ts';
import { wireFieldOf, type WireField, type WireTable } from '../domain/dialect-support.ts';
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

/** Returns the status of the secret with a wire name. */
export type StatusOf = (wireName: string) => SecretStatus;

/** Reads the fields of one row. */
export type RowReader = (wire: Values, statusOf: StatusOf) => Record<string, unknown>;

/** Reads one value; null when the JSON has no value of the field's kind. */
type ReadValue = (raw: unknown) => unknown;

/** One field of a row: a secret has no `read`, because only its status is reported. */
export interface FieldReader {
  readonly key: FieldKey;
  readonly wireName: string;
  readonly read: ReadValue | null;
}

function textReader({ isHost, isUrl, isName, role }: FieldMeta): ReadValue {
  if (isHost) return readHost;
  if (isUrl) return readUrl;
  return isName || role === 'database' ? readDatabaseName : readText;
}

function listReader(schema: FieldSchema): ReadValue {
  const item = itemOf(schema);
  const read = valueReader(metaOf(item), item);
  return (raw) => (Array.isArray(raw) ? raw.map(read).filter((value) => value !== null) : null);
}

function choiceReader({ values = {} }: FieldMeta): ReadValue {
  return (raw) => (typeof raw === 'string' && Object.hasOwn(values, raw) ? raw : null);
}

function valueReader(meta: FieldMeta, schema: FieldSchema): ReadValue {
  switch (meta.kind) {
    case 'text':
      return textReader(meta);
    case 'integer':
      return readInteger;
    case 'bigInt':
      return readBigInteger;
    case 'flag':
      return (raw) => (typeof raw === 'boolean' ? raw : null);
    case 'choice':
      return choiceReader(meta);
    case 'dateTime':
      return readDate;
    case 'json':
      return readJsonObject;
    case 'list':
      return listReader(schema);
    default:
      return () => null;
  }
}

/** Undoes the conversion `not`. The other conversions need no undoing, because reading accepts both forms. */
function withoutNot(as: WireField['as'], read: ReadValue): ReadValue {
  if (as !== 'not') return read;
  return (raw) => {
    const value = read(raw);
    return typeof value === 'boolean' ? !value : value;
  };
}

function itemsReader(schema: FieldSchema, items: WireTable): ReadValue {
  const read = rowReader(itemOf(schema) as Fields, items);
  return (raw) => (Array.isArray(raw) ? raw.filter(isObject).map((item) => read(item, () => 'UNKNOWN')) : null);
}

/** Lists what a table reads of a definition's fields. Derived fields are left to the adapter. */
export const fieldReaders = (fields: Fields, table: WireTable): FieldReader[] =>
  leavesOf(fields).flatMap(({ key, meta, schema }): FieldReader[] => {
    const entry = table[key];
    if (entry === undefined) return [];
    const { wire: wireName, as, derived, items } = wireFieldOf(entry);
    if (meta.kind === 'secret') return [{ key, wireName, read: null }];
    if (items) return [{ key, wireName, read: itemsReader(schema, items) }];
    return derived ? [] : [{ key, wireName, read: withoutNot(as, valueReader(meta, schema)) }];
  });

/** Returns a reader that walks the list of fields for each row. */
export function interpretedReader(readers: readonly FieldReader[]): RowReader {
  const steps = readers.map((reader) => ({ ...reader, isFlat: !`${reader.key}${reader.wireName}`.includes('.') }));
  return (wire, statusOf) => {
    const values: Record<string, unknown> = {};
    for (const { key, wireName, read, isFlat } of steps) {
      const value = read ? read(isFlat ? wire[wireName] : valueAt(wire, wireName)) : statusOf(wireName);
      if (isFlat) values[key] = value;
      else putAt(values, key, value);
    }
    return values;
  };
}

const quote = (text: string): string => JSON.stringify(text);

/** Returns the expression for the value at a wire name. `o` gives undefined for what is not an object. */
function rawExpression(wireName: string): string {
  const [first = '', ...rest] = wireName.split('.');
  return rest.reduce((expression, step) => `o(${expression})?.[${quote(step)}]`, `w[${quote(first)}]`);
}

const fieldExpression = ({ wireName, read }: FieldReader, index: number): string =>
  read ? `r[${index}](${rawExpression(wireName)})` : `s(${quote(wireName)})`;

interface Literal {
  [name: string]: string | Literal;
}

const literalText = (literal: Literal): string =>
  `{${Object.entries(literal)
    .map(([name, value]) => `${quote(name)}:${typeof value === 'string' ? value : literalText(value)}`)
    .join(',')}}`;

const objectOnly = (value: unknown): unknown => (typeof value === 'object' && value !== null ? value : undefined);

/**
 * Returns a reader that is generated as one object literal. The code is made from tables of this project only, never from input.
 * @throws EvalError where code generation is forbidden.
 */
export function generatedReader(readers: readonly FieldReader[]): RowReader {
  const literal: Literal = {};
  for (const [index, reader] of readers.entries()) putAt(literal, reader.key, fieldExpression(reader, index));
  // oxlint-disable-next-line typescript/no-implied-eval, no-new-func -- see the top of the file
  const make = new Function('r', 'o', `return (w,s)=>(${literalText(literal)})`) as (
    reads: readonly (ReadValue | null)[],
    objectOf: (value: unknown) => unknown,
  ) => RowReader;
  return make(
    readers.map(({ read }) => read),
    objectOnly,
  );
}

const makeReader = (readers: readonly FieldReader[]): RowReader => {
  try {
    return generatedReader(readers);
  } catch (error) {
    if (!(error instanceof EvalError)) throw error;
    return interpretedReader(readers);
  }
};

const readersOf = memoize((fields: Fields) => memoize((table: WireTable) => makeReader(fieldReaders(fields, table))));

/** Returns the reader of a definition and a table. It is made once for both. */
export const rowReader = (fields: Fields, table: WireTable): RowReader => readersOf(fields)(table);

const selectedReadersOf = memoize((fields: Fields) =>
  memoize((table: WireTable) =>
    memoize((selected: ReadonlySet<string>) =>
      interpretedReader(fieldReaders(fields, table).filter(({ key }) => selected.has(key.split('.')[0] ?? key))),
    ),
  ),
);

/**
 * Returns the reader of the selected fields of a definition and a table. It is not generated, because the selection comes from a query.
 * @param selected the names of fields and groups; the same set for the same query.
 */
export const selectedReader = (fields: Fields, table: WireTable, selected: ReadonlySet<string>): RowReader =>
  selectedReadersOf(fields)(table)(selected);
