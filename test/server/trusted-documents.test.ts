// Documents of a manifest: clients name them by a hash, and with `documents: trusted` no other document is executed.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { omni, parse, problemsOf } from '../config/instances.ts';
import { startTestGateway } from '../support/gateway.ts';
import { serve, type Served } from './serve.ts';

const folder = mkdtempSync(join(tmpdir(), 'patchbay-documents-'));
afterAll(() => rmSync(folder, { recursive: true }));

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const fileOf = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const QUERY = 'query Named($first: Int!) { connections(first: $first) { nodes { __typename } } }';
const DELETE = 'mutation Delete($input: DeleteConnectionInput!) { deleteConnection(input: $input) { __typename } }';
const documentsFile = fileOf(
  'manifest.json',
  JSON.stringify(Object.fromEntries([QUERY, DELETE].map((text) => [sha256(text), text]))),
);
const UNKNOWN = sha256('{ __typename }');
const variables = { first: 1 };
const DATA = { connections: { nodes: [{ __typename: 'Connection' }] } };

const apollo = (hash: unknown) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: hash } } });

describe.each(['any', 'trusted'])('documents: %s, with a manifest', (documents) => {
  let served: Served;
  beforeAll(async () => {
    served = await serve({ server: { documents, documentsFile } });
  });
  afterAll(async () => served.close());

  const send = async (body: object) =>
    served.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: JSON.stringify(body),
    });

  it.each([
    ['documentId with the algorithm', { documentId: `sha256:${sha256(QUERY)}` }],
    ['documentId', { documentId: sha256(QUERY) }],
    ['extensions.persistedQuery', apollo(sha256(QUERY))],
    ['extensions.persistedQuery and an empty query', { query: '', ...apollo(sha256(QUERY)) }],
    ['the text', { query: QUERY }],
    ['the text and its hash', { query: QUERY, ...apollo(sha256(QUERY)) }],
  ])('a document of the manifest is executed by %s', async (_what, body) => {
    const answer = await send({ ...body, variables });
    expect(await answer.json()).toEqual({ data: DATA });
    expect(answer.status).toBe(200);
  });

  it('a document of the manifest is executed by GET, unless it is a mutation', async () => {
    const search = new URLSearchParams({ documentId: `sha256:${sha256(QUERY)}`, variables: JSON.stringify(variables) });
    expect(await (await served.fetch(`/graphql?${search}`)).json()).toEqual({ data: DATA });
    const mutation = await served.fetch(`/graphql?documentId=${sha256(DELETE)}&variables={"input":{"id":"x"}}`);
    expect(mutation.status).toBe(405);
  });

  it.each([
    ['documentId', { documentId: `sha256:${UNKNOWN}` }],
    ['extensions.persistedQuery', apollo(UNKNOWN)],
    ['a hash that is no text', apollo({ toString: 1 })],
    ['a documentId that is no text', { documentId: 7 }],
    ['the name of a method', { documentId: 'constructor' }],
  ])('an unknown hash as %s gets PERSISTED_QUERY_NOT_FOUND', async (_what, body) => {
    const answer = await send(body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      errors: [
        {
          message: 'PersistedQueryNotFound',
          extensions: { code: 'PERSISTED_QUERY_NOT_FOUND', requestId: expect.any(String) },
        },
      ],
    });
  });

  it('a client cannot add a document', async () => {
    await send({ query: '{ __typename }', ...apollo(UNKNOWN) });
    expect(await (await send(apollo(UNKNOWN))).json()).toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
  });

  it.each([
    ['another document', { query: '{ __typename }' }],
    ['another document with a known hash', { query: '{ __typename }', ...apollo(sha256(QUERY)) }],
    ['a trusted document with one more blank', { query: `${QUERY} `, variables }],
  ])('%s is executed only when any document may be', async (_what, body) => {
    const answer = await send(body);
    const { data, errors = [] } = (await answer.json()) as { data?: object; errors?: { message: string }[] };
    const refusal =
      'This gateway executes only the documents of its manifest. Send the id of one of them as `documentId`.';
    expect([answer.status, data === undefined, errors.map(({ message }) => message)]).toEqual(
      documents === 'any' ? [200, false, []] : [400, true, [refusal]],
    );
    expect(JSON.stringify(errors).includes('"code":"PERSISTED_QUERY_ONLY"')).toBe(documents === 'trusted');
  });
});

describe('the documents of the manifest', () => {
  it('each document that is not valid for the schema is reported at the start, and the texts are not', async () => {
    const path = fileOf(
      'broken.json',
      JSON.stringify({
        'sha256:unknown-field': '{ nothing }',
        half: '{ connections(first: 7Canary',
        good: QUERY,
        'wrong-value': '{ connections(first: "7Canary") { totalCount } }',
        'two-mistakes': '{ nothing neither }',
      }),
    );
    const start = async () => startTestGateway({ server: { documentsFile: path } });
    expect(await problemsOf(start)).toEqual([
      'server.documentsFile: the document unknown-field is not valid. Cannot query field "nothing" on type "Query".',
      'server.documentsFile: the document half is not valid. Syntax error at line 1, column 23: a number is not well formed.',
      'server.documentsFile: the document wrong-value is not valid. Argument first on Query.connections: It is not of type Int.',
      'server.documentsFile: the document two-mistakes is not valid. Cannot query field "nothing" on type "Query".',
    ]);
  });
});

const problemsWith = async (server: object) => problemsOf(() => parse({ server, instances: [omni] }, {}));

describe('the settings of documents', () => {
  const NO_MANIFEST = 'server.documentsFile: must name a JSON file with an object of hashes and texts of documents';

  it.each([
    ['no file', { documents: 'trusted' }, 'server.documentsFile: is missing; `documents: trusted` needs it'],
    [
      'a missing file',
      { documentsFile: join(folder, 'nowhere.json') },
      'server.documentsFile: names a file that cannot be read',
    ],
    ['a file that is not JSON', { documentsFile: fileOf('no.json', '{7Canary') }, NO_MANIFEST],
    ['a list', { documentsFile: fileOf('list.json', '["7Canary"]') }, NO_MANIFEST],
    ['a document that is no text', { documentsFile: fileOf('number.json', '{"7Canary":7}') }, NO_MANIFEST],
    [
      'GraphiQL with trusted documents',
      { documents: 'trusted', documentsFile, graphiql: true },
      'server.graphiql: has no use with `documents: trusted`, which refuses what is typed there',
    ],
  ])('%s is reported', async (_what, server, problem) => {
    expect(await problemsWith(server)).toEqual([problem]);
  });

  it('GraphiQL is off with trusted documents', () => {
    const { graphiql } = parse({ server: { documents: 'trusted', documentsFile }, instances: [omni] }, {}).server;
    expect(graphiql).toBe(false);
  });
});
