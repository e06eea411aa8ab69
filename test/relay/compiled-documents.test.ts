// The documents that Relay compiles from examples/federation/relay pass the limits by default, and are trusted documents. The file is the
// one that relay-compiler writes with `persistConfig: { file }`: the texts by their MD5.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serve, type Served } from '../server/serve.ts';

const documentsFile = fileURLToPath(new URL('compiled-documents.json', import.meta.url));
const ids = Object.keys(JSON.parse(readFileSync(documentsFile, 'utf8')) as object);
const ORDERS = 'djE6Yzpsb29rZXI6cHJvZHVjdGlvbl9vcmRlcnM';

let served: Served;
beforeAll(async () => {
  served = await serve({ server: { documents: 'trusted', documentsFile } });
});
afterAll(async () => served.close());

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it asked for
async function send(body: object): Promise<any> {
  const headers = { 'content-type': 'application/json' };
  return (await served.fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(body) })).json();
}

it('the manifest has four documents by their MD5', () => {
  expect(ids).toEqual([
    '267fcbb2b897462658bae7fb5861ee3e',
    'c63ec5e805e2f6fc551a05759094d93d',
    'c913b1a8cbccc7b653133f95978b0b9e',
    'f59630e749524ccb59b91ad21de52f60',
  ]);
});

it('a page and the next page are answered by the ids of their documents', async () => {
  const { data, errors } = await send({ documentId: 'c63ec5e805e2f6fc551a05759094d93d' });
  expect(errors).toBeUndefined();
  expect(data.connections.edges).toHaveLength(20);
  const { endCursor } = data.connections.pageInfo;
  const next = await send({
    documentId: 'c913b1a8cbccc7b653133f95978b0b9e',
    variables: { first: 200, after: endCursor, filter: null },
  });
  expect(next.errors).toBeUndefined();
  expect(next.data.connections.edges).toHaveLength(34);
  expect(next.data.connections.pageInfo.hasNextPage).toBe(false);
});

it.each(['267fcbb2b897462658bae7fb5861ee3e', 'f59630e749524ccb59b91ad21de52f60'])(
  'a connection is fetched by its id with the document %s',
  async (documentId) => {
    const { data, errors } = await send({ documentId, variables: { id: ORDERS } });
    expect(errors).toBeUndefined();
    expect(data.node).toMatchObject({ __typename: 'Connection', id: ORDERS, name: 'production_orders' });
  },
);

it('the names of other servers for the id are refused', async () => {
  const { errors } = await send({ doc_id: 'c63ec5e805e2f6fc551a05759094d93d' });
  expect(errors[0].message).toBe('The body may only hold `query`, `variables`, `operationName` and `extensions`.');
});
