// Forward pagination by keyset. A cursor holds the sort value and the id of a row, so the next page is right even when rows
// appear or disappear between two pages.
import { BadInputError, badInputOf } from './errors.ts';

/** The value by which a row is sorted. Text is compared without case, and null is last in both directions. */
export type SortValue = string | number | null;

/** A row with its sort value. */
export interface SortableRow<T> {
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

type Key = Pick<SortableRow<unknown>, 'value' | 'id'>;

const withoutCase = (value: SortValue): SortValue => (typeof value === 'string' ? value.toLowerCase() : value);

function compareValues(left: SortValue, right: SortValue, descending: boolean): number {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  return left < right === descending ? 1 : -1;
}

/** Compares rows whose values have no case. */
const compareKeys = (a: Key, b: Key, descending: boolean): number =>
  compareValues(a.value, b.value, descending) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Returns the cursor of a row. It contains the order, because it is invalid under another order. */
export const writeCursor = (order: string, { value, id }: Key): string =>
  Buffer.from(JSON.stringify([order, value, id])).toString('base64url');

/** Returns the error for a text that is no cursor of a list. */
export const badCursor = (): BadInputError =>
  new BadInputError('Must be a cursor of this list, such as the endCursor of the previous page.', ['after']);

/** Returns the row key of a cursor. @throws BadInputError when the cursor is invalid or belongs to another order. */
export function readCursor(cursor: string, order: string): Key {
  const bad = badCursor();
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
    throw new BadInputError(
      'This cursor belongs to another order. After a change of orderBy, start again without a cursor.',
      ['after'],
    );
  }
  // The decoders ignore invalid characters, so a changed cursor can decode. Patchbay would write it differently.
  if (writeCursor(order, { value: withoutCase(value), id }) !== cursor) throw bad;
  return { value, id };
}

/** @throws BadInputError when a page cannot have this size. */
export function checkSize(first: number): void {
  if (first >= 0 && first <= MAX_PAGE) return;
  throw new BadInputError(`Must be between 0 and ${MAX_PAGE}.`, ['first'], 'OUT_OF_RANGE');
}

/** Returns the problems of `first` and `after`, before there are rows. */
export const pageProblems = (order: string, first: number, after: string | null): readonly BadInputError[] => [
  ...badInputOf(() => checkSize(first)),
  ...badInputOf(() => after !== null && readCursor(after, order)),
];

const isDescending = (order: string): boolean => order.endsWith(':DESC');

/** Returns a row that can be sorted. Its value is without case. */
export const sortableRow = <T>(item: T, id: string, value: SortValue): SortableRow<T> => ({
  item,
  id,
  value: withoutCase(value),
});

/**
 * Returns rows in an order.
 * @param order the field and the direction, such as `NAME:ASC`.
 */
export function sortRows<T>(rows: readonly SortableRow<T>[], order: string): SortableRow<T>[] {
  const descending = isDescending(order);
  return rows.toSorted((a, b) => compareKeys(a, b, descending));
}

/** Returns how many rows of a sorted list are not after a key, by a binary search. */
function countUpTo(rows: readonly Key[], key: Key, descending: boolean): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareKeys(rows[middle] as Key, key, descending) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A row of a page. Its cursor is written when it is read, because most requests do not select the cursors of rows. */
class PageEdge<T> {
  readonly node: T;
  readonly #row: SortableRow<T>;
  readonly #order: string;

  constructor(row: SortableRow<T>, order: string) {
    this.node = row.item;
    this.#row = row;
    this.#order = order;
  }

  get cursor(): string {
    return writeCursor(this.#order, this.#row);
  }
}

/**
 * Returns one page of several lists as one list.
 * @param lists the lists of rows, each sorted by `sortRows` in the same order. Only the rows near the page are touched.
 * @param order the field and the direction, such as `NAME:ASC`.
 * @throws BadInputError when `first` or `after` is invalid.
 */
export function mergeAndPage<T>(
  lists: readonly (readonly SortableRow<T>[])[],
  order: string,
  first: number,
  after: string | null,
): Page<T> {
  checkSize(first);
  const descending = isDescending(order);
  const from = after === null ? null : readCursor(after, order);
  const starts = lists.map((rows) => (from === null ? 0 : countUpTo(rows, from, descending)));
  const candidates = lists.flatMap((rows, index) => rows.slice(starts[index], (starts[index] ?? 0) + first));
  // One list is sorted.
  const page =
    lists.length === 1 ? candidates : candidates.toSorted((a, b) => compareKeys(a, b, descending)).slice(0, first);
  const restCount = lists.reduce((sum, rows, index) => sum + rows.length - (starts[index] ?? 0), 0);
  return {
    edges: page.map((row) => new PageEdge(row, order)),
    hasNextPage: restCount > page.length,
    hasPreviousPage: starts.some((start) => start > 0),
  };
}
