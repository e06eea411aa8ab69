// Reads the values of a definition's fields from a vendor's JSON, by the vendor's table of wire names.
import { OTHER_DIALECT } from '../fields/dialect.ts';
import type { Fields } from '../fields/field-meta.ts';
import { memoize } from '../fields/memoize.ts';
import { valueAt, type Values } from '../fields/values-by-key.ts';
import type { SecretStatus } from '../secrets/secret.ts';
import type { DialectSupport, WireTable } from '../domain/dialect-support.ts';
import { rowReader, selectedReader, type StatusOf } from './row-reader.ts';

/**
 * Returns the values of the fields that the table names. Derived fields are left to the caller.
 * @param wire the connection as the vendor answered it.
 * @param statusOf returns the status of the secret with a wire name.
 * @param selected the names of the fields to read; all fields when it is missing.
 */
export const readFields = (
  fields: Fields,
  table: WireTable,
  wire: Values,
  statusOf: StatusOf,
  selected?: ReadonlySet<string>,
): Record<string, unknown> =>
  (selected ? selectedReader(fields, table, selected) : rowReader(fields, table))(wire, statusOf);

/**
 * Returns the status of a secret whose value the vendor returns.
 * @param absent the status when the JSON does not have the field.
 */
export const echoedStatus = (wire: Values, name: string, absent: SecretStatus): SecretStatus => {
  const value = valueAt(wire, name);
  if (value === undefined) return absent;
  return value === null || value === '' || (Array.isArray(value) && value.length === 0) ? 'NOT_SET' : 'SET';
};

type SupportTable = Readonly<Record<string, DialectSupport>>;

/** Returns the supports of a table by the vendor's dialect names. When two supports have the same name, the name leads to the first support. */
const supportsByWord = memoize((table: SupportTable): ReadonlyMap<string, DialectSupport> => {
  const entries = Object.values(table).flatMap((support) =>
    [support.vendorDialect, ...(support.readAliases ?? [])].map((word) => [word, support] as const),
  );
  return new Map(entries.toReversed().flatMap(([word, support]) => (word === null ? [] : [[word, support] as const])));
});

/** Returns the support of the dialect with a vendor's word; the support of `other` for a word outside the table. */
export function supportOfWord(table: SupportTable, word: string): DialectSupport {
  const support = supportsByWord(table).get(word) ?? table[OTHER_DIALECT];
  if (!support) throw new Error(`A vendor's support table has no entry for ${OTHER_DIALECT}.`);
  return support;
}
