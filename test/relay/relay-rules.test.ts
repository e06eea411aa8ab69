// The rules of Relay for servers, under the headings of its two specifications: "Global Object Identification" (formerly "Relay Server
// Specification") and "Cursor Connections". The tests use only GraphQL, like a client.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestGateway } from '../support/gateway.ts';
import { startWatchedGateway } from '../support/watched-gateway.ts';

const ORDERS = 'djE6Yzpsb29rZXI6cHJvZHVjdGlvbl9vcmRlcnM';
const LEDGER = 'djE6YzpjaGFydGJyZXc6MTg';
const OMNI = 'djE6aTpvbW5p';
/** A valid id of a connection that does not exist: v1:c:looker:nobody. */
const NOBODY = 'djE6Yzpsb29rZXI6bm9ib2R5';
/** v1:i:tableau; Relay's own example of an id, encoded and plain; and what is none. */
const FOREIGN = ['djE6aTp0YWJsZWF1', 'NA', '4', '', 'not an id!'];

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startWatchedGateway();
});
afterAll(() => gateway.close());

interface Row {
  readonly __typename: string;
  readonly id: string;
  readonly name: string;
}

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: Readonly<Record<string, unknown>>;
}

const PAGE = `query ($first: Int, $after: String) {
  connections(first: $first, after: $after) {
    edges { cursor node { __typename id name } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it asked for
async function ask(query: string, variables: Record<string, unknown> = {}): Promise<any> {
  const { data, errors } = await gateway.ask(query, variables);
  expect(errors).toBeUndefined();
  return data;
}

const page = async (first: number, after: string | null = null): Promise<Page> =>
  (await ask(PAGE, { first, after })).connections;

interface TypeRef {
  readonly kind: string;
  readonly name: string | null;
  readonly ofType?: TypeRef;
}

/** As SDL writes it. */
function spell({ kind, name, ofType }: TypeRef): string {
  const inner = ofType ? spell(ofType) : '';
  if (kind === 'NON_NULL') return `${inner}!`;
  return kind === 'LIST' ? `[${inner}]` : (name ?? '');
}

interface Introspected {
  readonly kind: string;
  /** The type of each field, by its name. */
  readonly fields: Readonly<Record<string, string>>;
  /** The arguments of each field, as SDL writes them. */
  readonly args: Readonly<Record<string, readonly string[]>>;
  readonly possible: readonly string[];
}

const TYPE_REF = 'kind name ofType { kind name ofType { kind name ofType { kind name } } }';
const INTROSPECT = `query ($name: String!) {
  __type(name: $name) {
    kind
    possibleTypes { name }
    fields { name type { ${TYPE_REF} } args { name type { ${TYPE_REF} } } }
  }
}`;

interface Named {
  readonly name: string;
  readonly type: TypeRef;
}

async function introspect(name: string): Promise<Introspected> {
  const { __type: type } = await ask(INTROSPECT, { name });
  const fields = type.fields as readonly (Named & { readonly args: readonly Named[] })[];
  const argsOf = (args: readonly Named[]) => args.map((arg) => `${arg.name}: ${spell(arg.type)}`);
  return {
    kind: type.kind,
    fields: Object.fromEntries(fields.map((field) => [field.name, spell(field.type)])),
    args: Object.fromEntries(fields.map((field) => [field.name, argsOf(field.args)])),
    possible: (type.possibleTypes ?? []).map((one: { readonly name: string }) => one.name).toSorted(),
  };
}

describe('Global Object Identification', () => {
  it('Node Interface: it has only id: ID!, and the id of an object is unique across all types that implement it', async () => {
    const node = await introspect('Node');
    expect(node).toMatchObject({
      kind: 'INTERFACE',
      fields: { id: 'ID!' },
      possible: ['Connection', 'VendorInstance'],
    });
    expect(Object.keys(node.fields)).toEqual(['id']);
    const { connections, vendors } = await ask(
      '{ connections(first: 200) { nodes { id } } vendors { instances { id } } }',
    );
    const instances = vendors.flatMap((vendor: { readonly instances: unknown }) => vendor.instances);
    const ids = [...connections.nodes, ...instances].map(({ id }: { readonly id: string }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([58, 58]);
  });

  it('Node root field: it takes only id: ID! and returns a Node, or null for an unknown id', async () => {
    const { fields, args } = await introspect('Query');
    expect([fields['node'], args['node']]).toEqual(['Node', ['id: ID!']]);
    for (const id of [NOBODY, ...FOREIGN]) {
      expect(await ask('query ($id: ID!) { node(id: $id) { id } }', { id }), id).toEqual({ node: null });
    }
  });

  it('Node root field: it returns each object by its id, with the type of the object', async () => {
    const REFETCH = `query ($id: ID!) {
      node(id: $id) { __typename id ... on Connection { name } ... on VendorInstance { key } }
    }`;
    const { edges } = await page(200);
    expect(edges).toHaveLength(54);
    for (const { node } of edges) {
      expect(node.__typename).toBe('Connection');
      expect(await ask(REFETCH, { id: node.id })).toEqual({ node });
    }
    const { vendors } = await ask('{ vendors { instances { __typename id key } } }');
    const instances = vendors.flatMap((vendor: { readonly instances: unknown }) => vendor.instances);
    expect(instances).toHaveLength(4);
    expect(instances).toContainEqual({ __typename: 'VendorInstance', id: OMNI, key: 'omni' });
    for (const instance of instances) expect(await ask(REFETCH, { id: instance.id })).toEqual({ node: instance });
  });

  it('Field stability: an id belongs to the same object at every position of an answer', async () => {
    const SAME =
      '{ __typename id name vendor dialect vendorDialect createdAt config { ... on ServerConfig { host port } } }';
    const { node, nodes, connection, listed, within } = await ask(
      `query ($id: ID!) {
        node(id: $id) { ... on Connection ${SAME} }
        nodes(ids: [$id]) { ... on Connection ${SAME} }
        connection(id: $id) ${SAME}
        listed: connections(first: 200) { nodes ${SAME} }
        within: vendorInstance(id: "looker") { connections(first: 200) { nodes ${SAME} } }
      }`,
      { id: ORDERS },
    );
    const inList = (list: { readonly nodes: readonly Row[] }) => list.nodes.filter(({ id }) => id === ORDERS);
    expect(node).toMatchObject({ id: ORDERS, name: 'production_orders', vendor: 'LOOKER' });
    expect(node.config.host).toBe('orders-db.acme.example');
    expect([nodes, [connection], inList(listed), inList(within.connections)]).toEqual([[node], [node], [node], [node]]);
  });

  it('Plural identifying root fields: a list of ids returns a list of the same length and order, with null for unknown ids', async () => {
    const { fields, args } = await introspect('Query');
    expect([fields['nodes'], args['nodes']]).toEqual(['[Node]!', ['ids: [ID!]!']]);
    const ids = [LEDGER, NOBODY, OMNI, ...FOREIGN, ORDERS, LEDGER];
    const { nodes } = await ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    const nothing = [null, null, null, null, null];
    expect(nodes).toEqual([{ id: LEDGER }, null, { id: OMNI }, ...nothing, { id: ORDERS }, { id: LEDGER }]);
    expect(await ask('{ nodes(ids: []) { id } }')).toEqual({ nodes: [] });
  });
});

describe('Cursor Connections', () => {
  it('Connection Types: a page has edges, a list of edge types, and a pageInfo that is never null', async () => {
    const { kind, fields } = await introspect('ConnectionPage');
    expect([kind, fields['edges'], fields['pageInfo']]).toEqual(['OBJECT', '[ConnectionEdge!]!', 'PageInfo!']);
    const pages = [(await introspect('Query')).fields, (await introspect('VendorInstance')).fields];
    expect(pages.map((all) => all['connections'])).toEqual(['ConnectionPage!', 'ConnectionPage!']);
  });

  it('Edge Types: an edge has a node that is not a list, and a cursor that is a string', async () => {
    const { kind, fields } = await introspect('ConnectionEdge');
    expect([kind, fields]).toEqual(['OBJECT', { cursor: 'String!', node: 'Connection!' }]);
  });

  it('Arguments: a page is selected by first, which is not negative, and after, which is a cursor', async () => {
    for (const type of ['Query', 'VendorInstance']) {
      const args = (await introspect(type)).args['connections'];
      expect(args).toEqual(expect.arrayContaining(['first: Int', 'after: String']));
      expect(args?.filter((arg) => /^(last|before):/.test(arg))).toEqual([]);
    }
    expect((await page(0)).edges).toEqual([]);
    expect((await page(1)).edges.map(({ node }) => node.name)).toEqual(['App (Supabase)']);
    const cursor = (await page(1)).edges[0]?.cursor ?? '';
    for (const variables of [{ first: -1 }, { after: 'nowhere' }, { after: '' }, { after: cursor.slice(1) }]) {
      const { data, errors } = await gateway.ask(PAGE, variables);
      expect([data ?? null, errors?.map(({ extensions }) => extensions['code'])]).toEqual([null, ['BAD_USER_INPUT']]);
    }
  });

  it('Pagination algorithm: first and after select a part of a list in a stable order, which begins with the edge after the cursor', async () => {
    const { edges } = await page(200);
    expect(edges.slice(0, 3).map(({ node }) => node.name)).toEqual(['App (Supabase)', 'billing', 'Billing API']);
    expect(new Set(edges.map(({ cursor }) => cursor)).size).toBe(54);
    for (const [at, { cursor }] of edges.entries()) {
      expect((await page(3, cursor)).edges, `after ${at}`).toEqual(edges.slice(at + 1, at + 4));
    }
    const walked = [];
    let after: string | null = null;
    for (let step = 0; step < 6; step += 1) {
      const { edges: some, pageInfo } = await page(10, after);
      walked.push(...some);
      after = pageInfo['endCursor'] as string;
      expect(pageInfo).toEqual({
        hasNextPage: step < 5,
        hasPreviousPage: step > 0,
        startCursor: some[0]?.cursor,
        endCursor: some.at(-1)?.cursor,
      });
    }
    expect(walked).toEqual(edges);
  });

  it('PageInfo: it says whether there is a page before and a page after, and has the start and end cursors, which are null for an empty page', async () => {
    const { kind, fields } = await introspect('PageInfo');
    expect(kind).toBe('OBJECT');
    expect(fields).toEqual({
      hasNextPage: 'Boolean!',
      hasPreviousPage: 'Boolean!',
      startCursor: 'String',
      endCursor: 'String',
    });
    const none = { startCursor: null, endCursor: null };
    expect((await page(0)).pageInfo).toEqual({ hasNextPage: true, hasPreviousPage: false, ...none });
    const { pageInfo } = await page(54);
    expect(pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
    const beyond = await page(5, pageInfo['endCursor'] as string);
    expect(beyond).toEqual({ edges: [], pageInfo: { hasNextPage: false, hasPreviousPage: true, ...none } });
    const { connections } = await ask(
      '{ connections(filter: { name: { equals: "nobody has this name" } }) { edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }',
    );
    expect(connections).toEqual({ edges: [], pageInfo: { hasNextPage: false, hasPreviousPage: false, ...none } });
  });
});
