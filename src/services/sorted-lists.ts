// The rows of a list in an order. The sorted rows are cached as long as the list itself, so that a page of a cached list does not
// sort all of its rows.
import type { LocatedConnection } from '../domain/instance.ts';
import { sortableRow, sortRows, type SortableRow, type SortValue } from '../domain/pagination.ts';
import { enumNameOf } from '../fields/dialect.ts';
import { memoize } from '../fields/memoize.ts';
import { roleOf, type Registry } from './registry.ts';

type OrderField = 'NAME' | 'DIALECT' | 'VENDOR' | 'DATABASE' | 'CREATED_AT';

export interface Order {
  readonly field: OrderField;
  readonly direction: 'ASC' | 'DESC';
}

export type SortedRows = readonly SortableRow<LocatedConnection>[];

const SORT_VALUES: Readonly<Record<OrderField, (registry: Registry, row: LocatedConnection) => SortValue>> = {
  NAME: (_registry, { name }) => name,
  DIALECT: (_registry, { dialect }) => enumNameOf(dialect),
  VENDOR: (_registry, { instance }) => instance.vendor.kind,
  DATABASE: (registry, row) => roleOf(registry, row, 'database'),
  CREATED_AT: (_registry, { createdAt }) => createdAt?.getTime() ?? null,
};

/** Returns an order as text, such as `NAME:ASC`. */
export const orderText = ({ field, direction }: Order): string => `${field}:${direction}`;

/** The sorted rows of a list, by the order and whether they include the trash: at most 20 entries for each list. */
const cachedOrders = memoize((_rows: readonly LocatedConnection[]) => new Map<string, SortedRows>());

/**
 * Returns the rows of a list in an order.
 * @param rows the list as it is cached: the same array for the same list.
 */
export function sortedRows(
  registry: Registry,
  rows: readonly LocatedConnection[],
  order: Order,
  includeDeleted: boolean,
): SortedRows {
  const orders = cachedOrders(rows);
  const key = `${orderText(order)} ${includeDeleted}`;
  const cached = orders.get(key);
  if (cached) return cached;
  const valueOf = SORT_VALUES[order.field];
  const listed = includeDeleted ? rows : rows.filter(({ deletedAt }) => deletedAt === null);
  const sorted = sortRows(
    listed.map((item) => sortableRow(item, item.id, valueOf(registry, item))),
    orderText(order),
  );
  orders.set(key, sorted);
  return sorted;
}
