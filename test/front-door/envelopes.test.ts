// Requests that are wrong as HTTP, each with a secret in it, over a real socket: their status, their content type, what
// they are told, and that the secret is in no answer, header or log line.
import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serve, type Served } from './serve.ts';

const SECRET = 'pw-secret-1';
const GRAPHQL = 'application/graphql-response+json';
const JSON_UTF8 = `${GRAPHQL}; charset=utf-8`;
const QUERY = `{"query":"{ __typename }","variables":{"p":"${SECRET}"}}`;
const CREATE = `mutation($p: SecretString) { createConnection(input: {
  instance: "credible", name: "n", config: {postgres: {password: $p}}}) { __typename } }`;
const NOT_JSON = 'The body is not valid JSON in UTF-8.';
const NO_OBJECT = 'The body must be one JSON object with a query.';
const NO_KEY = 'The body may hold query, variables, operationName and extensions alone.';
const NO_TYPE = 'Send the request as application/json.';
const NO_METHOD = 'GraphQL only supports GET and POST requests.';

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}
/** A message of null stands for an answer without a body. */
type Case = readonly [what: string, sent: Sent, status: number, message: string | null, allow?: string];

const withParams = (params: Readonly<Record<string, string>>): Sent => ({
  method: 'GET',
  path: `/graphql?${new URLSearchParams(params)}`,
});
const ofType = (type: string): Sent => ({ headers: { 'content-type': type } });
const secretBytes = (bytes: readonly number[]): Buffer =>
  Buffer.concat([
    Buffer.from('{"query":"{ __typename }","variables":{"p":"pw-secret-1'),
    Buffer.from(bytes),
    Buffer.from('"}}'),
  ]);

const bodies: readonly Case[] = [
  ['a byte order mark', { body: `\ufeff${QUERY}` }, 400, NOT_JSON],
  ['UTF-16', { body: Buffer.from(QUERY, 'utf16le') }, 400, NOT_JSON],
  ['a byte that is no UTF-8', { body: secretBytes([0xff]) }, 400, NOT_JSON],
  ['a character of UTF-8 cut short', { body: secretBytes([0xe2, 0x82]) }, 400, NOT_JSON],
  ['the body compressed in name alone', { body: Buffer.from('1f8b0800', 'hex') }, 400, NOT_JSON],
  ['no body', { body: '' }, 400, NOT_JSON],
  ['blanks alone', { body: ' \n ' }, 400, NOT_JSON],
  ['NaN', { body: `{"query":"{ __typename }","variables":{"p":"${SECRET}","n":NaN}}` }, 400, NOT_JSON],
  ['single quotes', { body: `{'query':'{ __typename }','variables':{'p':'${SECRET}'}}` }, 400, NOT_JSON],
  ['two objects', { body: QUERY + QUERY }, 400, NOT_JSON],
  ['a line break in a text', { body: `{"query":"{ __typename }","variables":{"p":"${SECRET}\n"}}` }, 400, NOT_JSON],
  ['a list', { body: `[${QUERY}]` }, 400, NO_OBJECT],
  ['an empty list', { body: '[]' }, 400, NO_OBJECT],
  ['text', { body: `"${SECRET}"` }, 400, NO_OBJECT],
  ['true', { body: 'true' }, 400, NO_OBJECT],
  ['a key beside the four', { body: `{"query":"{ __typename }","password":"${SECRET}"}` }, 400, NO_KEY],
  ['the key __proto__', { body: `{"query":"{ __typename }","__proto__":{"p":"${SECRET}"}}` }, 400, NO_KEY],
  [
    'a query that is an object',
    { body: `{"query":{"${SECRET}":1}}` },
    400,
    'Expected "query" param to be a string, but given object.',
    'GET, POST',
  ],
  ['no query', { body: `{"variables":{"p":"${SECRET}"}}` }, 400, 'Must provide query string.', 'GET, POST'],
  [
    'the hash of a query',
    { body: `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"${SECRET}"}}}` },
    400,
    'Must provide query string.',
    'GET, POST',
  ],
  // The last of them counts, as everywhere in JSON.
  [
    'a query given twice',
    { body: `{"query":"{ __typename }","query":"{ nothing }","variables":{"p":"${SECRET}","p":"${SECRET}"}}` },
    400,
    'Cannot query field "nothing" on type "Query".',
  ],
];

const heads: readonly Case[] = [
  ['no content type', { headers: { 'content-type': '' } }, 415, NO_TYPE],
  ['text/json', ofType('text/json'), 415, NO_TYPE],
  ['another charset', ofType('application/json; charset=iso-8859-1'), 415, NO_TYPE],
  ['UTF-16 by name', ofType('application/json; charset=utf-16'), 415, NO_TYPE],
  ['a secret as charset', ofType(`application/json; charset=${SECRET}`), 415, NO_TYPE],
  ['two content types', ofType('application/json, text/plain'), 415, NO_TYPE],
  ['a form', ofType('application/x-www-form-urlencoded'), 415, NO_TYPE],
  ['multipart', ofType(`multipart/form-data; boundary=${SECRET}`), 415, NO_TYPE],
  ['PUT', { method: 'PUT' }, 405, NO_METHOD, 'GET, POST'],
  ['PATCH', { method: 'PATCH' }, 405, NO_METHOD, 'GET, POST'],
  ['DELETE', { method: 'DELETE' }, 405, NO_METHOD, 'GET, POST'],
  ['OPTIONS', { method: 'OPTIONS' }, 405, NO_METHOD, 'GET, POST'],
  ['HEAD', { method: 'HEAD' }, 405, null, 'GET, POST'],
  ['an answer that none can give', { headers: { accept: `text/${SECRET}` } }, 406, null],
  ['another address', { path: `/graphql/${SECRET}` }, 404, null],
];

const addresses: readonly Case[] = [
  [
    'a mutation',
    withParams({ query: CREATE, variables: JSON.stringify({ p: SECRET }) }),
    405,
    'Can only perform a mutation operation from a POST request.',
    'POST',
  ],
  ['nothing asked', withParams({ password: SECRET }), 400, 'Must provide query string.', 'GET, POST'],
  ['a syntax error', withParams({ query: `{ node(id "${SECRET}") }` }), 400, 'Syntax error at line 1, column 11.'],
  [
    'variables that are no JSON',
    withParams({ query: '{ __typename }', variables: `{"p":"${SECRET}` }),
    400,
    '`variables` and `extensions` in the address must be JSON.',
  ],
  [
    'variables that are text',
    withParams({ query: '{ __typename }', variables: `"${SECRET}"` }),
    400,
    'Expected "variables" param to be empty or an object, but given string.',
    'GET, POST',
  ],
  [
    'a wrong variable',
    withParams({
      query: 'query($n: Int) { connections(first: $n) { totalCount } }',
      variables: `{"n":"${SECRET}"}`,
    }),
    400,
    'Variable $n: It is not of type Int.',
  ],
  [
    'a secret in a mutation',
    withParams({ query: CREATE.replace('$p}', `"${SECRET}"}`).replace('($p: SecretString)', '') }),
    405,
    'Can only perform a mutation operation from a POST request.',
    'POST',
  ],
  [
    'a percent sign that begins nothing',
    { method: 'GET', path: '/graphql?query=%7Bzz%E0%A4%A' },
    400,
    'Syntax error at line 1, column 4.',
  ],
];

const named = (cases: readonly Case[]) =>
  cases.map(([what, sent, status, message, allow]) => ({ what, sent, status, message, allow }));

const refusal = (status: number, message: string | null, allow: string | undefined) => ({
  status,
  allow,
  store: 'no-store',
  type: JSON_UTF8,
  message,
  others: {},
  log: [],
  calls: [],
  secret: null,
});

describe('a request that is wrong as HTTP', () => {
  let served: Served;

  const send = ({ method = 'POST', path = '/graphql', headers = {}, body = QUERY }: Sent) =>
    new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
      const isRead = method === 'GET' || method === 'HEAD';
      const type = isRead ? {} : { 'content-type': 'application/json' };
      const sent = request(
        served.origin + path,
        { method, headers: { accept: GRAPHQL, ...type, ...headers } },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              text: Buffer.concat(chunks).toString(),
            }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(isRead ? undefined : body);
    });

  beforeAll(async () => {
    served = await serve();
  });
  beforeEach(async () => {
    served.gateway.log.length = 0;
    await served.gateway.reset('credible');
  });
  afterAll(async () => served.close());

  /** What is told of a request, once nothing of it was quoted, logged or sent on. */
  const told = async (sent: Sent) => {
    const { status, headers, text } = await send(sent);
    const all = JSON.stringify([headers, text, served.gateway.log, await served.gateway.received('credible')]);
    const { errors, ...others } = text === '' ? { errors: [] } : JSON.parse(text);
    return {
      status,
      allow: headers['allow'],
      store: headers['cache-control'],
      type: text === '' ? JSON_UTF8 : headers['content-type'],
      message: errors[0]?.message ?? null,
      others,
      log: served.gateway.log,
      calls: await served.gateway.received('credible'),
      secret: /secret-\d/.exec(all),
    };
  };
  it.each(named(bodies))('$what in the body is refused, unquoted', async ({ sent, status, message, allow }) => {
    expect(await told(sent)).toEqual(refusal(status, message, allow));
  });
  it.each(named(heads))('$what is refused, unquoted', async ({ sent, status, message, allow }) => {
    expect(await told(sent)).toEqual(refusal(status, message, allow));
  });
  it.each(named(addresses))('$what in the address is refused, unquoted', async ({ sent, status, message, allow }) => {
    expect(await told(sent)).toEqual(refusal(status, message, allow));
  });

  it('the same requests without the mistake are answered', async () => {
    const plain = await send({});
    expect([plain.status, plain.text]).toEqual([200, '{"data":{"__typename":"Query"}}']);
    const read = await send(withParams({ query: '{ __typename }' }));
    expect([read.status, read.text]).toEqual([200, '{"data":{"__typename":"Query"}}']);
  });

  it('values nested 200,000 deep where nothing reads them do no harm', async () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    const answer = await send({ body: `{"query":"{ __typename }","variables":{"p":${deep}}}` });
    expect([answer.status, answer.text]).toEqual([200, '{"data":{"__typename":"Query"}}']);
    const read = await send({
      body: `{"query":"query($n: Int) { connections(first: $n) { totalCount } }","variables":{"n":${deep}}}`,
    });
    expect(read.status).toBe(400);
    expect(JSON.parse(read.text).errors[0].message).toBe('Variable $n: It is not of type Int.');
  });
});
