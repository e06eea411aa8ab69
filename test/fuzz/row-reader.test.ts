// The generated reader of rows and the interpreter give the same result for every table of every vendor and for thousands of odd
// rows. The rows are made by a seed; FUZZ_SEED and FUZZ_RUNS change it and the number of rows for each table.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/fields/field-meta.ts';
import { wireFieldOf, type DialectSupport, type WireTable } from '../../src/domain/dialect-support.ts';
import { chartbrewDialects } from '../../src/vendors/chartbrew/dialects.ts';
import { chartbrewDetails, chartbrewDetailsWire } from '../../src/vendors/chartbrew/fields.ts';
import { sourceBlocks, sourceFieldsOf } from '../../src/vendors/credible/blocks/block-fields.ts';
import { credibleDialects } from '../../src/vendors/credible/dialects.ts';
import { credibleDetails, credibleDetailsWire } from '../../src/vendors/credible/fields.ts';
import { lookerDialects } from '../../src/vendors/looker/dialects.ts';
import { lookerDetails, lookerDetailsWire } from '../../src/vendors/looker/fields.ts';
import { fromWire as lookerFromWire } from '../../src/vendors/looker/from-wire.ts';
import { omniDialects } from '../../src/vendors/omni/dialects.ts';
import { omniDetails, omniDetailsWire } from '../../src/vendors/omni/fields.ts';
import {
  fieldReaders,
  generatedReader,
  interpretedReader,
  selectedReader,
  type RowReader,
} from '../../src/vendors/row-reader.ts';
import { RUNS, SEED } from './run-cases.ts';

type Table = readonly [name: string, fields: Fields, table: WireTable];
type Row = Record<string, unknown>;

const tablesOf = (vendor: string, dialects: Readonly<Record<string, DialectSupport>>): Table[] =>
  Object.entries(dialects).map(([key, { dialect, fields }]) => [`${vendor} ${key}`, dialect.reportedFields, fields]);

const TABLES: readonly Table[] = [
  ...tablesOf('Looker', lookerDialects),
  ['details of Looker', lookerDetails, lookerDetailsWire],
  ...tablesOf('Omni', omniDialects),
  ['details of Omni', omniDetails, omniDetailsWire],
  ...tablesOf('Credible', credibleDialects),
  ['details of Credible', credibleDetails, credibleDetailsWire],
  ...Object.entries(sourceBlocks).map(([kind, { fields }]): Table => [
    `Credible's attached ${kind}`,
    sourceFieldsOf(kind),
    fields,
  ]),
  ...tablesOf('Chartbrew', chartbrewDialects),
  ['details of Chartbrew', chartbrewDetails, chartbrewDetailsWire],
];

const nestedObject = (levels: number): unknown => JSON.parse('{"a":'.repeat(levels) + '1' + '}'.repeat(levels));

/** Each value has a factory, so that a change of one row does not change another row. */
const ODD: readonly (() => unknown)[] = [
  () => undefined,
  ...[null, true, false, '', ' ', '0', '5432', '-1', '99999999999', '1e3', 0, -1, 0.5, 5432].map(
    (value) => () => value,
  ),
  ...[2_147_483_647, 2_147_483_648, 2 ** 53, 1e21, Infinity, NaN].map((value) => () => value),
  ...['db.example.com', ' db.example.com ', 'a b', 'h:1,h:2', 'https://u:p@h/p?q=1#f', 'd;password=x'].map(
    (text) => () => text,
  ),
  ...['2026-01-02T03:04:05', '2026-01-02', '1784019600', '2026-99-99', '__proto__', '\ud800', '\u0000'].map(
    (text) => () => text,
  ),
  () => [],
  () => ['a', 1, null, { name: 'x' }, ['y']],
  () => [{ name: 'n', value: 'v', sql: 's' }, null, 'text', []],
  () => ({}),
  () => JSON.parse('{"__proto__":{"host":"h","name":"n"},"constructor":1,"toString":2,"hasOwnProperty":3}'),
  () => ({ a: { b: { c: 1 } } }),
  () => nestedObject(99),
  () => nestedObject(101),
];

/** Sets a value at a path. A value on the path that is not an object is replaced by an object. */
function setAt(row: Row, path: readonly string[], value: unknown): void {
  const [first = '', ...rest] = path;
  if (rest.length === 0) {
    row[first] = value;
    return;
  }
  const next = row[first];
  const group = typeof next === 'object' && next !== null ? (next as Row) : {};
  row[first] = group;
  setAt(group, rest, value);
}

/** The value of a field, and the step of its path at which the value is set: a group may be malformed as a whole. */
type Choice = readonly [value: number, step: number];

function rowOf(table: WireTable, choices: readonly Choice[], hasPrototypeKey: boolean): Row {
  const row: Row = hasPrototypeKey ? JSON.parse('{"__proto__":{"host":"h","dialect":{"name":"d"}}}') : {};
  const paths = Object.values(table).map((entry) => wireFieldOf(entry).wire.split('.'));
  for (const [index, path] of paths.entries()) {
    const [value, step] = choices[index % choices.length] ?? [0, 0];
    // Step 0 means the whole path.
    const length = step === 0 ? path.length : Math.min(step, path.length);
    setAt(row, path.slice(0, length), ODD[(value + index) % ODD.length]?.());
  }
  return row;
}

const rows = (table: WireTable): fc.Arbitrary<Row> =>
  fc
    .tuple(fc.array(fc.tuple(fc.nat({ max: 1000 }), fc.nat({ max: 2 })), { minLength: 1, maxLength: 80 }), fc.boolean())
    .map(([choices, hasPrototypeKey]) => rowOf(table, choices, hasPrototypeKey));

/** Reads a row. Returns its values and the wire names of the secrets whose status the reader requested. */
function readWith(reader: RowReader, row: Row): { values: Row; secrets: string[] } {
  const secrets: string[] = [];
  const values = reader(row, (wireName) => {
    secrets.push(wireName);
    return secrets.length % 2 === 0 ? 'SET' : 'UNKNOWN';
  });
  return { values, secrets };
}

/** A status that depends on the name of the secret only. */
const statusByName = (wireName: string) => (wireName.length % 2 === 0 ? 'SET' : 'UNKNOWN');

describe('the readers of rows', () => {
  it('the tables of all vendors are compared', () => {
    expect(TABLES.length).toBeGreaterThan(50);
    expect(TABLES.reduce((sum, [, , table]) => sum + Object.keys(table).length, 0)).toBeGreaterThan(400);
  });

  it.each(TABLES)('the generated reader equals the interpreter: %s', (_name, fields, table) => {
    const readers = fieldReaders(fields, table);
    const [generated, interpreted] = [generatedReader(readers), interpretedReader(readers)];
    fc.assert(
      fc.property(rows(table), (row) => {
        const before = structuredClone(row);
        const actual = readWith(generated, row);
        // Compares prototypes too, and the order of fields.
        assert.deepStrictEqual(actual, readWith(interpreted, row));
        assert.deepStrictEqual(Object.keys(actual.values), Object.keys(readWith(interpreted, row).values));
        assert.deepStrictEqual(row, before);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it.each(TABLES)('a selection of fields is read as they are in the whole row: %s', (_name, fields, table) => {
    const names = [...new Set(Object.keys(table).map((key) => key.split('.')[0] ?? key))];
    const whole = generatedReader(fieldReaders(fields, table));
    for (const selected of names) {
      const reader = selectedReader(fields, table, new Set([selected]));
      for (const row of fc.sample(rows(table), { seed: SEED, numRuns: 5 })) {
        const all = whole(row, statusByName);
        assert.deepStrictEqual(reader(row, statusByName), selected in all ? { [selected]: all[selected] } : {});
      }
    }
  });

  it('each detail of Looker is the same alone and with all others', () => {
    const details = rows(lookerDetailsWire).map((row) => lookerFromWire({ ...row, name: 'a' }));
    for (const connection of fc.sample(details, { seed: SEED, numRuns: 100 })) {
      const whole = connection.details();
      for (const name of Object.keys(lookerDetails.shape)) {
        assert.deepStrictEqual(connection.details(new Set([name]))[name], whole[name]);
      }
      assert.deepStrictEqual(Object.keys(connection.details(new Set(['maxConnections']))), ['maxConnections']);
    }
  });

  it('the rows reach every kind of result', () => {
    const [, fields, table] = TABLES.find(([name]) => name === 'details of Looker') as Table;
    const reader = generatedReader(fieldReaders(fields, table));
    const read = fc.sample(rows(table), { seed: SEED, numRuns: 200 }).map((row) => readWith(reader, row).values);
    const kinds = new Set(
      read.flatMap((values) => Object.values(values).map((value) => Object.prototype.toString.call(value))),
    );
    expect([...kinds].toSorted()).toEqual([
      '[object Array]',
      '[object Boolean]',
      '[object Date]',
      '[object Null]',
      '[object Number]',
      '[object Object]',
      '[object String]',
    ]);
  });
});
