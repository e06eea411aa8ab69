// Forward paging over a merged list by keyset: a cursor says after which (value, id) to go on, so that a page stays right
// when a vendor drops out or a connection appears between two pages.
import { BadInputError, badInputOf } from './errors.ts';

/** What a list is sorted by: text compares without case, a missing value goes last in either direction. */
export type SortValue = string | number | null;

export interface Sorted<T> {
  readonly item: T;
  readonly value: SortValue;
  readonly id: string;
}

export interface Page<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

export const MAX_PAGE = 200;

type Key = Pick<Sorted<unknown>, 'value' | 'id'>;

const spoken = (value: SortValue): SortValue => (typeof value === 'string' ? value.toLowerCase() : value);

function compareValues(left: SortValue, right: SortValue, descending: boolean): number {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  return left < right === descending ? 1 : -1;
}

/** Of values as they are compared. */
const compareKeys = (a: Key, b: Key, descending: boolean): number =>
  compareValues(a.value, b.value, descending) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** The order is part of the cursor: under another one it would point nowhere. */
const writeCursor = (order: string, { value, id }: Key): string =>
  Buffer.from(JSON.stringify([order, value, id])).toString('base64url');

function readCursor(cursor: string, order: string): Key {
  const bad = new BadInputError('Must be a cursor of this list: the endCursor of its last page.', ['after']);
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw bad;
  }
  if (!Array.isArray(parts) || parts.length !== 3) throw bad;
  const [writtenOrder, value, id] = parts as unknown[];
  const isValue = value === null || typeof value === 'string' || typeof value === 'number';
  if (typeof writtenOrder !== 'string' || typeof id !== 'string' || !isValue) throw bad;
  if (writtenOrder !== order) {
    throw new BadInputError('Must be a cursor of this order: begin again without it after a change of orderBy.', [
      'after',
    ]);
  }
  // Decoders pass over what does not belong: one that we would not write so was changed on its way.
  if (writeCursor(order, { value: spoken(value), id }) !== cursor) throw bad;
  return { value, id };
}

function checkSize(first: number): void {
  if (first >= 0 && first <= MAX_PAGE) return;
  throw new BadInputError(`Must be between 0 and ${MAX_PAGE}.`, ['first'], 'OUT_OF_RANGE');
}

/** What is wrong with a page that is asked for, before there are rows. */
export const pageProblems = (order: string, first: number, after: string | null): readonly BadInputError[] => [
  ...badInputOf(() => checkSize(first)),
  ...badInputOf(() => after !== null && readCursor(after, order)),
];

/**
 * One page of a list.
 * @param order names field and direction, as `NAME:ASC`.
 * @throws BadInputError when `first` or `after` cannot be used.
 */
export function pageOf<T>(rows: readonly Sorted<T>[], order: string, first: number, after: string | null): Page<T> {
  checkSize(first);
  const descending = order.endsWith(':DESC');
  const from = after === null ? null : readCursor(after, order);
  const sorted = rows
    .map((row) => ({ ...row, value: spoken(row.value) }))
    .toSorted((a, b) => compareKeys(a, b, descending));
  const rest = from === null ? sorted : sorted.filter((row) => compareKeys(row, from, descending) > 0);
  const page = rest.slice(0, first);
  return {
    edges: page.map((row) => ({
      // Most who read a page want no cursor of each row.
      get cursor() {
        return writeCursor(order, row);
      },
      node: row.item,
    })),
    hasNextPage: rest.length > page.length,
    hasPreviousPage: rest.length < sorted.length,
  };
}
