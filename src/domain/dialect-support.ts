// The support tables: which fields, values and sign-in methods a vendor accepts for a dialect, and where each field goes in
// the vendor's JSON. Checks, forms and mapping are derived from these tables.
import type { Dialect } from '../fields/dialect.ts';
import type { FieldKey } from '../fields/values-by-key.ts';

/** Where a field goes in the vendor's JSON. */
export interface WireField {
  /** The vendor's name of the field; steps joined by dots. */
  readonly wire: string;
  /** How the value is converted: a number to text, a list to a text joined by commas, a boolean to its negation. */
  readonly as?: 'text' | 'commaList' | 'not';
  /** Whether the adapter's own code reads and writes the field, because copying one value is not enough. */
  readonly derived?: boolean;
  /** For a read-only list of groups: where each field of an item is. */
  readonly items?: WireTable;
}

/** Maps the key of a field to its place in the vendor's JSON; a text is the wire name of a field that is copied unchanged. */
export type WireTable = Readonly<Record<FieldKey, string | WireField>>;

/** Returns the entry of a wire table as an object. */
export const wireFieldOf = (entry: string | WireField): WireField =>
  typeof entry === 'string' ? { wire: entry } : entry;

/** Returns the wire names of all fields of a unit: of one field, or of a group and everything below it. */
export const wireNamesIn = (table: WireTable, unit: FieldKey): string[] =>
  Object.entries(table)
    .filter(([key]) => key === unit || key.startsWith(`${unit}.`))
    .map(([, entry]) => wireFieldOf(entry).wire);

/** Two sets of fields that exclude each other: an input may have fields of only one of them. */
export type Exclusion = readonly [readonly FieldKey[], readonly FieldKey[]];

/** How one vendor accepts and reports a set of fields. */
export interface FieldSupport {
  /** The fields that the vendor accepts and reports; any other field is refused. */
  readonly fields: WireTable;
  /** Sets of fields of which at least one must be complete; `options.x` names a field of the vendor's options. */
  readonly required: readonly (readonly FieldKey[])[];
  readonly exclusive?: readonly Exclusion[];
  /**
   * Stored fields that an update must clear by name before it may set a field that they exclude. An update removes other
   * stored fields without naming them.
   */
  readonly staysUntilCleared?: readonly FieldKey[];
  /** The values that the vendor accepts, where it accepts fewer than the field definition. */
  readonly values?: Readonly<Record<FieldKey, readonly (string | boolean)[]>>;
  /** For each field: why it is refused, or what to do instead. */
  readonly advice?: Readonly<Record<FieldKey, string>>;
}

/** How one vendor accepts and reports one dialect. */
export interface DialectSupport extends FieldSupport {
  readonly dialect: Dialect;
  /** The vendor's name of the dialect in a new connection; null when it has more than one. */
  readonly vendorDialect: string | null;
  /** Further names of the vendor's that are read as this dialect. */
  readonly readAliases?: readonly string[];
  /** Whether connections of this dialect are only read, never created. */
  readonly readOnly?: boolean;
  /** For a list whose items are of several kinds, by the list's key: the fields that the vendor accepts for each kind. */
  readonly itemSupport?: Readonly<Record<FieldKey, Readonly<Record<string, FieldSupport>>>>;
  /** A remark about the dialect at this vendor, for the catalogue. */
  readonly note?: string;
}

/** Checks whether a vendor accepts a field of a dialect; for a field of a list item, whether it does so for that kind of item. */
export function takesField(support: DialectSupport, key: FieldKey): boolean {
  if (key in support.fields) return true;
  const [list = '', , , kind = '', ...rest] = key.split('.');
  if (!(list in support.fields)) return false;
  const kinds = support.itemSupport?.[list];
  return kinds === undefined || rest.join('.') in (kinds[kind]?.fields ?? {});
}

/** Returns the fields that a field excludes. */
export const excludedBy = ({ exclusive = [] }: FieldSupport, key: FieldKey): FieldKey[] =>
  exclusive.flatMap(([left, right]) => (left.includes(key) ? right : right.includes(key) ? left : []));
