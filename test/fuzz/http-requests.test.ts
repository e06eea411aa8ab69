// Random HTTP requests over real sockets. Correct ones are answered, and wrong ones are refused with a status of 4xx.
import { Agent, request } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { serve } from '../server/serve.ts';
import { fuzz, shareOf, type Outcome } from './run-cases.ts';
import { secretIn, wrongAnswer } from './answer-rules.ts';

const GOOD = '{"query":"query Q { __typename }","variables":{"p":"pw-secret-1"}}';
const BODIES: readonly (string | Buffer)[] = [
  GOOD,
  '{"query":"{ connections(first: 1) { totalCount } }"}',
  '{"query":"mutation($i: DeleteConnectionInput!) { deleteConnection(input: $i) { __typename } }","variables":{"i":{"id":"x"}}}',
  '{"query":"{ __typename }","operationName":"pw-secret-2"}',
  '{"query":"{ __typename }","extensions":{"a":"pw-secret-3"}}',
  '{"query":null,"variables":{"p":"pw-secret-4"}}',
  '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"pw-secret-5"}}}',
  '{"documentId":"pw-secret-6"}',
  gzipSync(GOOD),
  brotliCompressSync(GOOD),
  deflateSync(GOOD),
  gzipSync(`${GOOD}${' '.repeat(4_000_000)}`),
  '{"query":{"pw-secret-5":1}}',
  '{"query":"{ __typename }","__proto__":{"p":"pw-secret-6"}}',
  `[${GOOD}]`,
  '"pw-secret-7"',
  'query=%7B__typename%7D&password=pw-secret-8',
  '--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\npw-secret-9\r\n--x--\r\n',
  '',
  '{}',
  'null',
  `\ufeff${GOOD}`,
  Buffer.from(GOOD, 'utf16le'),
  Buffer.from([0x7b, 0xff, 0xfe, 0x7d]),
  `${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`,
];
const TYPES = [
  'application/json; charset=utf-8',
  'Application/JSON',
  'application/json;charset="UTF-8"',
  'application/json; charset=utf8;',
  'application/json; pw-secret-1=1',
  'application/json; charset=latin1',
  'application/json; charset=pw-secret-1',
  'text/plain; x=application/json',
  'application/json, text/plain',
  'application/graphql-response+json',
  'application/graphql',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  'pw-secret-2',
];
const ACCEPTS = [
  'application/json',
  'application/graphql-response+json',
  '*/*',
  'text/html',
  'application/json;q=0.5, text/html',
  'text/event-stream',
  'multipart/mixed',
  'pw-secret-3/x',
  ',;=',
];
const PATHS = ['/', '/graphql/', '/graphql/pw-secret-4', '/health', '/favicon.ico', '//graphql', '/graphql%00'];
const PARAMS = [
  'query=%7B__typename%7D',
  'query=mutation%7BdeleteConnection(input:%7Bid:%22x%22%7D)%7B__typename%7D%7D',
  'query=%7B',
  'query=%7B__typename%7D&variables=%7Bpw-secret-5',
  'query=%7B__typename%7D&extensions=[]&operationName=pw-secret-6',
  'query=%E0%A4%A&query=x',
  '__proto__[query]=%7B__typename%7D',
  'password=pw-secret-7',
];
const HEADERS: readonly Readonly<Record<string, string>>[] = [
  { origin: 'https://pw-secret-8.example' },
  { 'content-encoding': 'gzip' },
  { 'content-encoding': 'br' },
  { 'content-encoding': 'deflate' },
  { 'content-encoding': 'zstd' },
  { 'content-encoding': 'pw-secret-7, gzip' },
  { authorization: 'Bearer pw-secret-9' },
  { cookie: '__proto__=pw-secret-1; a=b' },
  { 'x-http-method-override': 'DELETE' },
  { 'x-request-id': 'pw-secret-2' },
  { 'cache-control': 'no-cache' },
  { expect: '100-continue' },
  { connection: 'close' },
  { 'x-long': 'pw-secret-3'.repeat(1000) },
  { 'x-too-long': 'pw-secret-4'.repeat(2000) },
  { __proto: 'pw-secret-5' },
];

const usually = <T>(usual: T, others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 2, arbitrary: fc.constantFrom(...others) });
const requests = fc.record({
  method: usually('POST', ['GET', 'GET', 'GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']),
  path: usually('/graphql', PATHS),
  params: usually('', PARAMS),
  type: usually<string | null>('application/json', [null, ...TYPES]),
  accept: usually<string | null>('application/graphql-response+json', [null, ...ACCEPTS]),
  headers: fc.array(fc.constantFrom(...HEADERS), { maxLength: 2 }),
  body: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...BODIES) },
    { weight: 1, arbitrary: fc.nat({ max: GOOD.length }).map((at) => GOOD.slice(0, at)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)) },
  ),
  /** The number of chunks of the body. 0 sends the body at once, with its length. */
  pieces: fc.nat({ max: 4 }),
});
type Made = typeof requests extends fc.Arbitrary<infer T> ? T : never;

interface Told {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly head: string;
}

const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD';

const send = (origin: string, agent: Agent, { method, path, params, type, accept, headers, body, pieces }: Made) =>
  new Promise<Told>((resolve, reject) => {
    const bytes = Buffer.from(body);
    // By default Node sends the body of a DELETE without a length or transfer encoding.
    const whole = { 'content-length': String(bytes.length) };
    const length = isRead(method) ? {} : pieces === 0 ? whole : { 'transfer-encoding': 'chunked' };
    const sent = request(
      origin + path + (params === '' ? '' : `?${params}`),
      {
        method,
        agent,
        headers: Object.assign({}, length, type && { 'content-type': type }, accept && { accept }, ...headers),
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            type: answer.headers['content-type'] ?? '',
            text: Buffer.concat(chunks).toString(),
            head: JSON.stringify(answer.rawHeaders),
          }),
        );
      },
    );
    sent.on('error', reject);
    const size = pieces === 0 ? 0 : Math.ceil(bytes.length / pieces);
    if (isRead(method)) sent.end();
    else if (size === 0) sent.end(bytes);
    else {
      for (let from = 0; from < bytes.length; from += size) sent.write(bytes.subarray(from, from + size));
      sent.end();
    }
  });

/** The statuses that GraphQL over HTTP and HTTP define for these requests. None of them is a server failure. */
const STATUSES = new Set([200, 400, 404, 405, 406, 413, 415, 417, 431]);

/** The content types above that are JSON in UTF-8. */
const JSON_TYPES = new Set([
  'application/json',
  'application/json; charset=utf-8',
  'Application/JSON',
  'application/json;charset="UTF-8"',
  'application/json; charset=utf8;',
  'application/json; pw-secret-1=1',
]);

function wrongStatus({ method, path, type, accept, headers }: Made, { status }: Told): string | null {
  if (!STATUSES.has(status)) return `status ${status}`;
  // Node refuses these before the gateway sees them.
  if (headers.some((header) => 'x-too-long' in header) || path !== '/graphql') return null;
  if (accept !== 'application/graphql-response+json') return null;
  if (method !== 'POST' && !isRead(method)) return status === 405 ? null : `${method} got ${status}`;
  if (method !== 'POST') return null;
  if (type === null || !JSON_TYPES.has(type)) return status === 415 ? null : `${String(type)} got ${status}`;
  const encodings = headers.flatMap((header) => ('content-encoding' in header ? [header['content-encoding']] : []));
  // Of two headers with the same name the last one is sent.
  if (/zstd|,/.test(encodings.at(-1) ?? '')) return status === 415 ? null : `an unknown encoding got ${status}`;
  return [200, 400, ...(encodings.length > 0 ? [413] : [])].includes(status) ? null : `JSON got ${status}`;
}

it('every HTTP request is answered, or refused with a status of 4xx', { timeout: 600_000 }, async () => {
  const served = await serve();
  // Connections are reused, as routers do, so that bytes left over from an answer would disturb the next request.
  const agent = new Agent({ keepAlive: true });
  try {
    const run = async (made: Made): Promise<Outcome> => {
      const response = await send(served.origin, agent, made);
      const log = served.gateway.log.splice(0).join('\n');
      const isJson = /^application\/(graphql-response\+)?json/.test(response.type);
      const wrong =
        wrongStatus(made, response) ??
        (isJson && made.method !== 'HEAD' ? wrongAnswer(response.text) : null) ??
        secretIn(response.head + response.text + log) ??
        (log.includes('unexpected error') ? log : null);
      return { kind: String(response.status), wrong: wrong && `${wrong} ${response.text.slice(0, 500)}` };
    };
    const counts = await fuzz({ what: 'envelopes', arbitrary: requests, run, lanes: 8 });
    for (const status of [200, 400, 404, 405, 406, 415, 431])
      expect(shareOf(counts, new RegExp(`^${status}$`)), String(status)).toBeGreaterThan(0.005);
  } finally {
    agent.destroy();
    await served.close();
  }
});
