// Thousands of connections at each vendor list completely, page by page, none lost and none twice. `npm run test:exhaustive` lists
// 12,000 at each vendor, and `npm test` fewer.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { TestGateway, VendorName } from '../support/gateway.ts';
import { isExhaustive } from '../support/exhaustive.ts';
import { vendorWithRows, type WireRow } from '../support/stub-rows.ts';
import { startStubbedGateway } from '../support/stub-vendor.ts';

/** As much as a connection of Looker has with a long statement and its dialect: 2.5 kB. */
const PADDING = 'x'.repeat(2300);

const uuidOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
/** Names in another order than the ids, in both cases. Four connections share a name where the vendor allows it. */
const nameOf = (index: number, shared: number): string =>
  `${index % 2 === 0 ? 'Sales' : 'sales'}_${(Math.floor(index / shared) * 7919) % 100_003}`;

const ROWS: Readonly<Record<VendorName, (index: number) => WireRow>> = {
  looker: (index) => ({
    name: nameOf(index, 1).toLowerCase(),
    dialect_name: 'postgres',
    host: 'db.example.com',
    database: `d${index % 7}`,
    created_at: '2026-01-02T03:04:05Z',
    after_connect_statements: PADDING,
  }),
  omni: (index) => ({
    id: uuidOf(index),
    name: nameOf(index, 4),
    dialect: 'postgres',
    database: `d${index % 7}`,
    PADDING,
  }),
  credible: (index) => ({
    name: nameOf(index, 1),
    type: 'postgres',
    postgresConnection: { host: 'db.example.com', databaseName: `d${index % 7}` },
    PADDING,
  }),
  chartbrew: (index) => ({
    id: index + 1,
    name: nameOf(index, 4),
    type: 'postgres',
    host: 'db.example.com',
    dbName: `d${index % 7}`,
    PADDING,
  }),
};

/** More than 5 MB at one vendor, which was the limit of a list. */
const COUNTS: Readonly<Record<VendorName, number>> = isExhaustive
  ? { looker: 12_000, omni: 12_000, credible: 12_000, chartbrew: 12_000 }
  : { looker: 2500, omni: 450, credible: 450, chartbrew: 450 };

const PAGE = `query ($instance: ID!, $after: String, $orderBy: ConnectionOrder) {
  connections(first: 200, after: $after, filter: { instance: [$instance] }, orderBy: $orderBy) {
    totalCount
    isComplete
    nodes { id name database }
    pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}`;

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly database: string;
}

/** Reads all pages. Each page must report the same count, and its place between the others. */
async function allPages(gateway: TestGateway, vendor: VendorName, orderBy: object): Promise<Listed[]> {
  const nodes: Listed[] = [];
  let after: string | null = null;
  do {
    const { data, errors } = await gateway.ask(PAGE, { instance: vendor, after, orderBy });
    expect(errors).toBeUndefined();
    const { totalCount, isComplete, nodes: page, pageInfo } = data.connections;
    expect({ totalCount, isComplete }).toEqual({ totalCount: COUNTS[vendor], isComplete: true });
    expect(pageInfo.hasPreviousPage).toBe(nodes.length > 0);
    nodes.push(...page);
    expect(pageInfo.hasNextPage).toBe(nodes.length < COUNTS[vendor]);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return nodes;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

describe('a vendor with thousands of connections', { timeout: 300_000 }, () => {
  it.each(['looker', 'omni', 'credible', 'chartbrew'] as const)(
    'all connections of %s are listed, page by page, none lost and none twice',
    async (vendor) => {
      const rows = Array.from({ length: COUNTS[vendor] }, (_, index) => ROWS[vendor](index));
      const answer = vendorWithRows(vendor, rows);
      let lists = 0;
      const { gateway, close } = await startStubbedGateway(
        vendor,
        (request) => {
          lists += request.path.endsWith('/connections') ? 1 : 0;
          return answer(request);
        },
        { cache: { ttlMs: 600_000 }, timeouts: { listMs: 60_000 } },
      );
      onTestFinished(close);
      const byName = await allPages(gateway, vendor, { field: 'NAME', direction: 'ASC' });
      expect(new Set(byName.map(({ id }) => id)).size).toBe(rows.length);
      expect(new Set(byName.map(({ name }) => name))).toEqual(new Set(rows.map(({ name }) => name)));
      const sorted = byName.toSorted(
        (a, b) => compare(a.name.toLowerCase(), b.name.toLowerCase()) || compare(a.id, b.id),
      );
      expect(byName).toEqual(sorted);
      const byDatabase = await allPages(gateway, vendor, { field: 'DATABASE', direction: 'DESC' });
      expect(byDatabase).toEqual(byName.toSorted((a, b) => compare(b.database, a.database) || compare(a.id, b.id)));
      expect(lists).toBe(1);
    },
  );
});
