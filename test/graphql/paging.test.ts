// Forward paging: every row once and in order, whatever changes between two pages. Also how invalid pages are refused.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyNth } from '../support/exhaustive.ts';
import type { TestGateway } from '../support/gateway.ts';
import { callsDuring, NO_CALLS, startWatchedGateway, VENDORS } from '../support/watched-gateway.ts';

const PAGE = `query ($first: Int, $after: String, $orderBy: ConnectionOrder) {
  connections(first: $first, after: $after, orderBy: $orderBy) {
    totalCount
    isComplete
    edges { cursor node { id name instance { key } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

interface Row {
  readonly id: string;
  readonly name: string;
  readonly instance: { readonly key: string };
}

interface Page {
  readonly totalCount: number | null;
  readonly isComplete: boolean;
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

interface PageVariables {
  readonly first?: number;
  readonly after?: string | null;
  readonly orderBy?: { readonly field: string; readonly direction: string };
}

async function page({ ask }: TestGateway, variables: PageVariables): Promise<Page> {
  const { data, errors } = await ask(PAGE, { ...variables });
  expect(errors).toBeUndefined();
  return data.connections;
}

const rowsOf = (pages: readonly Page[]): Row[] => pages.flatMap(({ edges }) => edges.map(({ node }) => node));

/** Returns all pages of seven rows after a cursor. */
async function walk(gateway: TestGateway, variables: PageVariables = {}): Promise<Page[]> {
  const pages: Page[] = [];
  let after = variables.after ?? null;
  do {
    const next = await page(gateway, { ...variables, first: 7, after });
    pages.push(next);
    after = next.pageInfo.endCursor;
    // 54 rows make 8 pages: more would go round in circles.
  } while (pages.at(-1)?.pageInfo.hasNextPage && pages.length < 10);
  return pages;
}

const cursorOf = (parts: unknown): string => Buffer.from(JSON.stringify(parts)).toString('base64url');
const SOME_ID = 'djE6Yzpsb29rZXI6YmlsbGluZw';

const ORDERS = ['NAME', 'DIALECT', 'VENDOR', 'DATABASE', 'CREATED_AT'].flatMap((field) =>
  ['ASC', 'DESC'].map((direction) => ({ field, direction })),
);

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startWatchedGateway();
});
afterAll(() => gateway.close());

describe('a list that is read page by page', () => {
  it.each(everyNth(ORDERS, 4))('paging returns every row once and in order, by $field $direction', async (orderBy) => {
    const whole = await page(gateway, { first: 200, orderBy });
    const pages = await walk(gateway, { orderBy });
    expect(rowsOf(pages)).toEqual(rowsOf([whole]));
    expect(new Set(rowsOf(pages).map(({ id }) => id)).size).toBe(54);
    expect(pages.map(({ edges }) => edges.length)).toEqual([7, 7, 7, 7, 7, 7, 7, 5]);
    expect(pages.map(({ totalCount }) => totalCount)).toEqual([54, 54, 54, 54, 54, 54, 54, 54]);
    expect(pages.map(({ pageInfo }) => [pageInfo.hasPreviousPage, pageInfo.hasNextPage])).toEqual([
      [false, true],
      ...Array.from({ length: 6 }, () => [true, true]),
      [true, false],
    ]);
  });

  it('a page has its start and end cursors', async () => {
    const { edges, pageInfo } = await page(gateway, { first: 3 });
    expect(edges.map(({ node }) => node.name)).toEqual(['App (Supabase)', 'billing', 'Billing API']);
    expect(pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor,
      endCursor: edges[2]?.cursor,
    });
  });

  it('the next page can begin after any cursor, not only after the last of a page', async () => {
    const { edges } = await page(gateway, { first: 7 });
    const next = await page(gateway, { first: 2, after: edges[3]?.cursor ?? null });
    expect(next.edges).toEqual(edges.slice(4, 6));
  });

  it('a page that ends with the list has no next page', async () => {
    const whole = await page(gateway, { first: 54 });
    expect(whole.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
    const beyond = await page(gateway, { first: 7, after: whole.pageInfo.endCursor });
    expect(beyond).toMatchObject({ totalCount: 54, edges: [] });
    const none = { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null };
    expect(beyond.pageInfo).toEqual(none);
  });

  it('an empty page has the total count', async () => {
    const { totalCount, edges, pageInfo } = await page(gateway, { first: 0 });
    expect([totalCount, edges]).toEqual([54, []]);
    expect(pageInfo).toEqual({ hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null });
  });
});

describe('a change between two pages', () => {
  it.each(everyNth(VENDORS, 4, 1))(
    'when %s fails between two pages, the rows of the other vendors stay complete and in order',
    async (vendor) => {
      const whole = rowsOf([await page(gateway, { first: 200 })]);
      const first = await page(gateway, { first: 7 });
      await gateway.outage(vendor, 'reset');
      try {
        const rest = await walk(gateway, { after: first.pageInfo.endCursor });
        expect(rowsOf([first, ...rest])).toEqual([
          ...whole.slice(0, 7),
          ...whole.slice(7).filter(({ instance }) => instance.key !== vendor),
        ]);
        expect(rest[0]).toMatchObject({ isComplete: false, totalCount: null });
      } finally {
        await gateway.outage(vendor, 'none');
      }
    },
  );

  it('the row at the cursor may be deleted: the next page begins at its position', async () => {
    const { edges } = await page(gateway, { first: 7 });
    expect(edges[6]?.node).toMatchObject({ name: 'Clickstream', instance: { key: 'chartbrew' } });
    await gateway.outage('chartbrew', 'reset');
    try {
      const [next] = rowsOf([await page(gateway, { first: 1, after: edges[6]?.cursor ?? null })]);
      expect(next).toMatchObject({ name: 'clickstream', instance: { key: 'looker' } });
    } finally {
      await gateway.outage('chartbrew', 'none');
    }
  });

  it('a row that is created between two pages is returned if it sorts after the cursor', async () => {
    const own = await startWatchedGateway();
    try {
      const whole = rowsOf([await page(own, { first: 200 })]);
      const first = await page(own, { first: 7 });
      for (const name of ['aaa_before', 'zzz_after']) {
        const input = { instance: 'looker', name, config: { postgres: { host: 'db.acme.example' } } };
        const create = 'mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { __typename } }';
        const { data } = await own.ask(create, { input });
        expect(data).toEqual({ createConnection: { __typename: 'CreateConnectionSuccess' } });
      }
      const rest = await walk(own, { after: first.pageInfo.endCursor });
      const names = rowsOf([first, ...rest]).map(({ name }) => name);
      expect(names).toEqual([...whole.map(({ name }) => name), 'zzz_after']);
      expect(rest[0]?.totalCount).toBe(56);
    } finally {
      await own.close();
    }
  });
});

describe('an invalid page is refused', () => {
  const NESTED = `query ($first: Int, $after: String, $orderBy: ConnectionOrder) {
    vendorInstance(id: "omni") { connections(first: $first, after: $after, orderBy: $orderBy) { totalCount } }
  }`;

  /** Requests a page at the root and within an instance. Returns both results. */
  const outcomes = (variables: PageVariables) =>
    Promise.all(
      [PAGE, NESTED].map(async (query) => {
        const { data, errors } = await gateway.ask(query, { ...variables });
        const given = data?.connections ?? data?.vendorInstance ?? null;
        return { given, codes: errors?.map(({ extensions }) => extensions['code']) };
      }),
    );
  const refused = { given: null, codes: ['BAD_USER_INPUT'] };
  const expected = [[refused, refused], NO_CALLS];

  it.each([-1, 201, 2_147_483_647, 2_147_483_648, 1.5])('a page of the size %d is refused', async (first) => {
    expect(await callsDuring(gateway, () => outcomes({ first }))).toEqual(expected);
  });

  it('a page may have 200 rows, but not 201', async () => {
    const { edges } = await page(gateway, { first: 200 });
    expect(edges).toHaveLength(54);
  });

  it.each([
    ['nothing', ''],
    ['plain text', 'the second page, please'],
    ['an id', SOME_ID],
    ['base64 of a text that is not JSON', Buffer.from('NAME:ASC,billing').toString('base64url')],
    ['JSON of another type', cursorOf({ order: 'NAME:ASC' })],
    ['too few parts', cursorOf(['NAME:ASC', 'billing'])],
    ['too many parts', cursorOf(['NAME:ASC', 'billing', SOME_ID, 1])],
    ['a value of another type', cursorOf(['NAME:ASC', { name: 'billing' }, SOME_ID])],
    ['an id of another type', cursorOf(['NAME:ASC', 'billing', 5])],
    ['an unknown order', cursorOf(['COLOUR:ASC', 'billing', SOME_ID])],
    ['bytes that are not UTF-8', Buffer.from([0xff, 0xfe, 0x00]).toString('base64url')],
    ['100,000 characters', 'W'.repeat(100_000)],
  ])('a page with a cursor of %s is refused', async (_what, after) => {
    expect(await callsDuring(gateway, () => outcomes({ after }))).toEqual(expected);
  });

  it('a page with the cursor of another order is refused', async () => {
    const { pageInfo } = await page(gateway, { first: 7 });
    for (const orderBy of ORDERS.slice(1)) {
      const ask = () => outcomes({ orderBy, after: pageInfo.endCursor });
      expect(await callsDuring(gateway, ask)).toEqual(expected);
    }
  });

  it('a page with a truncated or changed cursor is refused', async () => {
    const cursor = (await page(gateway, { first: 7 })).pageInfo.endCursor ?? '';
    const broken = [cursor.slice(0, -1), cursor.slice(4), `${cursor}=`, `${cursor}\n`, ` ${cursor}`, cursor + cursor];
    for (const after of broken) {
      expect(await callsDuring(gateway, () => outcomes({ after }))).toEqual(expected);
    }
  });
});
