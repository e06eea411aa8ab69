// Requests that are invalid as HTTP, each with a secret, over a real socket: the status, content type and message of the answer. The
// secret is in no answer, header or log line.
import { request } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serve, type Served } from './serve.ts';

const SECRET = 'pw-secret-1';
const GRAPHQL = 'application/graphql-response+json';
const JSON_UTF8 = `${GRAPHQL}; charset=utf-8`;
const QUERY = `{"query":"{ __typename }","variables":{"p":"${SECRET}"}}`;
const CREATE = `mutation($p: SecretString) { createConnection(input: {
  instance: "credible", name: "n", config: {postgres: {password: $p}}}) { __typename } }`;
const NOT_JSON = 'The body is not valid JSON.';
const NOT_UTF_8 = 'The body is not valid UTF-8.';
const EMPTY = 'The body is empty. Send a JSON object with a `query`.';
const NO_OBJECT = 'The body must be a JSON object with a `query`.';
const NO_BATCH = 'The body is a list. Batches are not supported: send one JSON object in each request.';
const NO_KEY = 'The body may only hold `query`, `variables`, `operationName` and `extensions`.';
const NO_QUERY = 'The request has no `query`.';
const NOT_PERSISTED = 'PersistedQueryNotSupported';
const HASH = `{"persistedQuery":{"version":1,"sha256Hash":"${SECRET}"}}`;
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
  ['two byte order marks', { body: `\ufeff\ufeff${QUERY}` }, 400, NOT_JSON],
  ['a byte order mark alone', { body: '\ufeff' }, 400, EMPTY],
  ['UTF-16', { body: Buffer.from(QUERY, 'utf16le') }, 400, 'The body is UTF-16. Send it as UTF-8.'],
  [
    'UTF-16 with its mark',
    { body: Buffer.from(`\ufeff${QUERY}`, 'utf16le') },
    400,
    'The body is UTF-16. Send it as UTF-8.',
  ],
  ['a byte that is no UTF-8', { body: secretBytes([0xff]) }, 400, NOT_UTF_8],
  ['a character of UTF-8 cut short', { body: secretBytes([0xe2, 0x82]) }, 400, NOT_UTF_8],
  [
    'gzip that no header names',
    { body: gzipSync(QUERY) },
    400,
    'The body is gzip, but the request has no `Content-Encoding: gzip`.',
  ],
  ['no body', { body: '' }, 400, EMPTY],
  ['blanks alone', { body: ' \n ' }, 400, EMPTY],
  ['NaN', { body: `{"query":"{ __typename }","variables":{"p":"${SECRET}","n":NaN}}` }, 400, NOT_JSON],
  ['single quotes', { body: `{'query':'{ __typename }','variables':{'p':'${SECRET}'}}` }, 400, NOT_JSON],
  ['two objects', { body: QUERY + QUERY }, 400, NOT_JSON],
  ['a line break in a text', { body: `{"query":"{ __typename }","variables":{"p":"${SECRET}\n"}}` }, 400, NOT_JSON],
  ['a list', { body: `[${QUERY}]` }, 400, NO_BATCH],
  ['an empty list', { body: '[]' }, 400, NO_BATCH],
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
  ['no query', { body: `{"variables":{"p":"${SECRET}"}}` }, 400, NO_QUERY],
  ['a query that is null', { body: `{"query":null,"variables":{"p":"${SECRET}"}}` }, 400, NO_QUERY],
  ['an empty query', { body: `{"query":"","variables":{"p":"${SECRET}"}}` }, 400, NO_QUERY],
  ['the hash of a query alone', { body: `{"extensions":${HASH}}` }, 400, NOT_PERSISTED],
  ['a hash and a query that is null', { body: `{"query":null,"extensions":${HASH}}` }, 400, NOT_PERSISTED],
  ['a hash and an empty query', { body: `{"query":"","extensions":${HASH}}` }, 400, NOT_PERSISTED],
  ['the id of a document', { body: `{"documentId":"${SECRET}"}` }, 400, NOT_PERSISTED],
  ['the id of a document, and a query', { body: `{"documentId":"${SECRET}","query":"{ __typename }"}` }, 400, NO_KEY],
  ['a persisted query that is null', { body: '{"extensions":{"persistedQuery":null}}' }, 400, NO_QUERY],
  ['extensions of another kind', { body: `{"extensions":{"x":"${SECRET}"}}` }, 400, NO_QUERY],
  // The last of them counts, as everywhere in JSON.
  [
    'a query given twice',
    { body: `{"query":"{ __typename }","query":"{ nothing }","variables":{"p":"${SECRET}","p":"${SECRET}"}}` },
    400,
    'Cannot query field "nothing" on type "Query".',
  ],
];

const ADVICE = 'Send JSON as application/json.';
const NOT_UTF_8_CHARSET = 'The content type names a charset that is not UTF-8. Send the body as UTF-8.';

const typesRefused: readonly (readonly [type: string, message: string])[] = [
  ['', `The request has no content type. ${ADVICE}`],
  [';charset=utf-8', `The request has no content type. ${ADVICE}`],
  ['text/json', `The content type text/json is not accepted. ${ADVICE}`],
  ['text/plain; x=application/json', `The content type text/plain is not accepted. ${ADVICE}`],
  ['text/plain;application/json', `The content type text/plain is not accepted. ${ADVICE}`],
  ['TEXT/PLAIN', `The content type text/plain is not accepted. ${ADVICE}`],
  [
    'application/x-www-form-urlencoded',
    `The content type application/x-www-form-urlencoded is not accepted. ${ADVICE}`,
  ],
  [`multipart/form-data; boundary=${SECRET}`, `The content type multipart/form-data is not accepted. ${ADVICE}`],
  [
    'multipart/form-data; boundary="application/json"',
    `The content type multipart/form-data is not accepted. ${ADVICE}`,
  ],
  [
    'application/graphql-response+json',
    'The content type application/graphql-response+json is for responses. Send the request as application/json.',
  ],
  ...[
    'application/graphql',
    'application/graphql+json',
    'application/json-patch+json',
    'application/octet-stream',
    'application/xml',
    'application/yaml',
    'multipart/mixed',
    'text/html',
    'text/xml',
  ].map((type) => [type, `The content type ${type} is not accepted. ${ADVICE}`] as const),
  [`text/${SECRET}`, `This content type is not accepted. ${ADVICE}`],
  ['application/jsonp', `This content type is not accepted. ${ADVICE}`],
  ['application/json text/plain', `This content type is not accepted. ${ADVICE}`],
  ['\u00a0application/json', `This content type is not accepted. ${ADVICE}`],
  ['application/json, text/plain', `The request has more than one content type. ${ADVICE}`],
  ['text/plain, application/json', `The request has more than one content type. ${ADVICE}`],
  ['application/json; charset=utf-8, application/json', `The request has more than one content type. ${ADVICE}`],
  ['application/json; charset=iso-8859-1', 'The content type names the charset iso-8859-1. Send the body as UTF-8.'],
  ['application/json;charset="UTF-16"', 'The content type names the charset utf-16. Send the body as UTF-8.'],
  ['application/json; x=1; Charset = latin1', 'The content type names the charset latin1. Send the body as UTF-8.'],
  [
    'application/json; charset=utf-8; charset=us-ascii',
    'The content type names the charset us-ascii. Send the body as UTF-8.',
  ],
  [`application/json; charset=${SECRET}`, NOT_UTF_8_CHARSET],
  ['application/json; charset=utf-32', NOT_UTF_8_CHARSET],
];

const encoded = (encoding: string, body: string | Buffer = QUERY): Sent => ({
  headers: { 'content-encoding': encoding },
  body,
});
const ENCODINGS = 'Send the body as gzip, deflate or br, or without an encoding.';

const encodingsRefused: readonly (readonly [encoding: string, message: string])[] = [
  ['zstd', `The content encoding zstd is not accepted. ${ENCODINGS}`],
  ...['compress', 'x-compress', 'dcb', 'dcz', 'exi', 'pack200-gzip', 'aes128gcm'].map(
    (coding) => [coding, `The content encoding ${coding} is not accepted. ${ENCODINGS}`] as const,
  ),
  ['COMPRESS', `The content encoding compress is not accepted. ${ENCODINGS}`],
  [SECRET, `This content encoding is not accepted. ${ENCODINGS}`],
  ['constructor', `This content encoding is not accepted. ${ENCODINGS}`],
  ['gzip, br', `The body has more than one content encoding. ${ENCODINGS}`],
];

const broken = (coding: string): string => `The body is not valid ${coding}, though its Content-Encoding says so.`;
const GZIP = gzipSync(QUERY);
const BROTLI = brotliCompressSync(QUERY);
const DEFLATE = deflateSync(QUERY);

const brokenBodies: readonly (readonly [what: string, encoding: string, body: string | Buffer, message: string])[] = [
  ['JSON that claims to be gzip', 'gzip', QUERY, broken('gzip')],
  ['gzip cut short', 'gzip', GZIP.subarray(0, GZIP.length - 9), broken('gzip')],
  ['gzip with something behind it', 'gzip', Buffer.concat([GZIP, Buffer.from(SECRET)]), broken('gzip')],
  ['gzip that claims to be x-gzip and is none', 'x-gzip', QUERY, broken('x-gzip')],
  ['JSON that claims to be br', 'br', QUERY, broken('br')],
  ['br cut short', 'br', BROTLI.subarray(0, BROTLI.length - 9), broken('br')],
  ['br with something behind it', 'br', Buffer.concat([BROTLI, Buffer.from(SECRET)]), broken('br')],
  ['JSON that claims to be deflate', 'deflate', QUERY, broken('deflate')],
  ['deflate cut short', 'deflate', DEFLATE.subarray(0, DEFLATE.length - 9), broken('deflate')],
  ['deflate with something behind it', 'deflate', Buffer.concat([DEFLATE, Buffer.from(SECRET)]), broken('deflate')],
  ['nothing, compressed', 'gzip', gzipSync(''), EMPTY],
  ['nothing that claims to be gzip', 'gzip', '', EMPTY],
  ['gzip of no JSON', 'gzip', gzipSync(`{"query":"${SECRET}`), NOT_JSON],
  ['gzip of gzip', 'gzip', gzipSync(GZIP), NOT_UTF_8],
];

const heads: readonly Case[] = [
  ...typesRefused.map(([type, message]): Case => [`the content type ${type}`, ofType(type), 415, message]),
  ...encodingsRefused.map(([encoding, message]): Case => [`the encoding ${encoding}`, encoded(encoding), 415, message]),
  ...brokenBodies.map(([what, encoding, body, message]): Case => [what, encoded(encoding, body), 400, message]),
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
  ['nothing asked', withParams({ password: SECRET }), 400, NO_QUERY],
  ['the hash of a query alone', withParams({ extensions: HASH }), 400, NOT_PERSISTED],
  ['the hash and an empty query', withParams({ query: '', extensions: HASH }), 400, NOT_PERSISTED],
  ['the id of a document', withParams({ documentId: SECRET }), 400, NOT_PERSISTED],
  [
    'a syntax error',
    withParams({ query: `{ node(id "${SECRET}") }` }),
    400,
    'Syntax error at line 1, column 11: expected ":", found a string.',
  ],
  [
    'variables that are no JSON',
    withParams({ query: '{ __typename }', variables: `{"p":"${SECRET}` }),
    400,
    '`variables` and `extensions` in the URL must be JSON.',
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
    'Syntax error at line 1, column 4: this character is not allowed here.',
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

describe('a request that is invalid as HTTP', () => {
  let served: Served;

  const send = ({ method = 'POST', path = '/graphql', headers = {}, body = QUERY }: Sent) =>
    new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
      const isRead = method === 'GET' || method === 'HEAD';
      const type = isRead ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
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

  /** Sends a request. Returns the parts of the answer, the log lines, the calls to the vendor, and any secret found in them. */
  const answerTo = async (sent: Sent) => {
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
      // A refused request has a line of its own (test/observability/refusals.test.ts).
      log: served.gateway.log.filter((line) => !line.includes('"request refused"')),
      calls: await served.gateway.received('credible'),
      secret: /secret-\d/.exec(all),
    };
  };
  it.each(named(bodies))(
    '$what in the body is refused without quoting it',
    async ({ sent, status, message, allow }) => {
      expect(await answerTo(sent)).toEqual(refusal(status, message, allow));
    },
  );
  it.each(named(heads))('$what is refused without quoting it', async ({ sent, status, message, allow }) => {
    expect(await answerTo(sent)).toEqual(refusal(status, message, allow));
  });
  it.each(named(addresses))(
    '$what in the URL is refused without quoting it',
    async ({ sent, status, message, allow }) => {
      expect(await answerTo(sent)).toEqual(refusal(status, message, allow));
    },
  );

  it('the same requests without the mistake are answered', async () => {
    const plain = await send({});
    expect([plain.status, plain.text]).toEqual([200, '{"data":{"__typename":"Query"}}']);
    const read = await send(withParams({ query: '{ __typename }' }));
    expect([read.status, read.text]).toEqual([200, '{"data":{"__typename":"Query"}}']);
  });

  const APQ = `{"query":"{ __typename }","extensions":${HASH}}`;
  it.each<[string, Sent]>([
    ['charset=utf8', ofType('application/json; charset=utf8')],
    ['a semicolon at its end', ofType('application/json;charset=UTF-8;')],
    ['a semicolon alone', ofType('application/json;')],
    ['charset="utf-8" in quotes', ofType('application/json; charset="UTF-8"')],
    ['charset=UTF8 in quotes, with an escape', ofType('application/json; charset="UT\\F8"')],
    ['another parameter', ofType('application/json; profile="https://a.example/;charset=utf-16"; charset=utf8')],
    ['a parameter without a value', ofType('application/json; x; charset')],
    ['an empty charset', ofType('application/json; charset=')],
    ['capitals and blanks', ofType(' Application/JSON ;\tCHARSET=Utf-8 ')],
    ['the encoding identity', encoded('identity')],
    ['gzip', encoded('gzip', GZIP)],
    ['gzip in two members', encoded('gzip', Buffer.concat([gzipSync(QUERY.slice(0, 9)), gzipSync(QUERY.slice(9))]))],
    ['GZIP beside identity', encoded('identity, GZIP', GZIP)],
    ['x-gzip', encoded('x-gzip', GZIP)],
    ['br', encoded('br', BROTLI)],
    ['deflate', encoded('deflate', DEFLATE)],
    ['deflate without the header of zlib', encoded('deflate', deflateRawSync(QUERY))],
    ['a byte order mark', { body: `\ufeff${QUERY}` }],
    ['a byte order mark, compressed', encoded('gzip', gzipSync(`\ufeff${QUERY}`))],
    ['the hash of a query beside the query', { body: APQ }],
    ['the hash beside the query in the URL', withParams({ query: '{ __typename }', extensions: HASH })],
  ])('a request with %s is answered', async (_what, sent) => {
    const { status, text } = await send(sent);
    expect([status, text]).toEqual([200, '{"data":{"__typename":"Query"}}']);
  });

  it('a client of persisted queries receives the standard error code, with status 200 for application/json', async () => {
    for (const sent of [{ body: `{"extensions":${HASH}}` }, withParams({ extensions: HASH })]) {
      const { status, headers, text } = await send({ ...sent, headers: { accept: 'application/json' } });
      expect(status).toBe(200);
      expect(JSON.parse(text)).toEqual({
        errors: [
          {
            message: 'PersistedQueryNotSupported',
            extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED', requestId: headers['x-request-id'] },
          },
        ],
      });
    }
  });

  it('a refusal of a content type or an encoding has a header with the accepted ones', async () => {
    expect((await send(ofType('text/plain'))).headers['accept']).toBe('application/json');
    expect((await send(encoded('zstd'))).headers['accept-encoding']).toBe('gzip, deflate, br');
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('the limit on a body applies to the unpacked content of %s', async (encoding, compress) => {
    const padded = (bytes: number) => {
      const start = '{"query":"{ __typename }","extensions":{"x":"';
      return compress(`${start}${'x'.repeat(bytes - start.length - 3)}"}}`);
    };
    expect((await send(encoded(encoding, padded(4_000_000)))).status).toBe(200);
    const { status, text } = await send(encoded(encoding, padded(4_000_001)));
    expect(status).toBe(413);
    expect(JSON.parse(text).errors[0]).toMatchObject({
      message: 'The body is larger than 4,000,000 bytes.',
      extensions: { code: 'REQUEST_ENTITY_TOO_LARGE' },
    });
  });

  it('a body of 2 GB packed into 2 MB by gzip is not unpacked to its end', async () => {
    const part = gzipSync(Buffer.alloc(64_000_000));
    const bomb = Buffer.concat(Array.from({ length: 32 }, () => part));
    expect(bomb.length).toBeGreaterThan(1_900_000);
    expect(bomb.length).toBeLessThan(4_000_000);
    const before = process.cpuUsage();
    expect((await send(encoded('gzip', bomb))).status).toBe(413);
    // To inflate all of it takes eight seconds of CPU.
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(700);
  });

  it('values nested 200,000 deep in places that are not read cause no failure', async () => {
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
