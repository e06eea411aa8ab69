// What a page of another origin can do from a browser: nothing by default, and calls without cookies from listed origins.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve, type Served } from './serve.ts';

const LISTED = 'https://app.example.com';
const UNLISTED = [
  'https://elsewhere.example',
  'https://app.example.com.elsewhere.example',
  'https://app.example.com:8443',
  'http://app.example.com',
  'https://APP.example.com',
  'null',
];
const CREATE =
  'mutation { createConnection(input: {instance: "credible", name: "n", config: {postgres: {}}}) { __typename } }';

const preflight = (origin: string): RequestInit => ({
  method: 'OPTIONS',
  headers: {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,content-type',
  },
});
const post = (query: string, headers: Record<string, string>): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ query }),
});
const corsHeadersOf = ({ headers }: Response): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));

describe.each([
  ['one listed origin', [LISTED]],
  ['two listed origins', ['https://other.example.com', LISTED]],
])('CORS with %s', (_what, origins) => {
  let served: Served;
  beforeAll(async () => {
    served = await serve({ server: { cors: { origins } } });
  });
  afterAll(async () => served.close());

  it('a preflight of a listed origin is allowed, without cookies', async () => {
    const answer = await served.fetch('/graphql', preflight(LISTED));
    expect(answer.status).toBe(204);
    expect(corsHeadersOf(answer)).toEqual({
      'access-control-allow-origin': LISTED,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization,content-type',
      'access-control-expose-headers': 'retry-after, www-authenticate, x-request-id',
      'access-control-max-age': '3600',
    });
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  it.each([
    ['an answer', 200, '{ __typename }'],
    ['an error', 400, '{'],
  ])('a page of a listed origin may read %s', async (_kind, status, query) => {
    const headers = { origin: LISTED, accept: 'application/graphql-response+json' };
    const answer = await served.fetch('/graphql', post(query, headers));
    expect(answer.status).toBe(status);
    expect(corsHeadersOf(answer)).toMatchObject({ 'access-control-allow-origin': LISTED });
    expect(corsHeadersOf(answer)).not.toHaveProperty('access-control-allow-credentials');
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  it.each(UNLISTED)('the origin %s gets no CORS header', async (origin) => {
    for (const init of [preflight(origin), post('{ __typename }', { origin })]) {
      const answer = await served.fetch('/graphql', init);
      expect(corsHeadersOf(answer)).toEqual({});
      expect(answer.headers.get('vary')).toContain('Origin');
    }
  });

  it('a request without an origin gets no CORS header', async () => {
    expect(corsHeadersOf(await served.fetch('/graphql', post('{ __typename }', {})))).toEqual({});
  });
});

it('a page of a listed origin may read that its token is wrong', async () => {
  const hash = `sha256:${'A'.repeat(43)}`;
  const tokens = [{ name: 'ci', hash, scopes: ['connections:read'] }];
  const served = await serve({ auth: { mode: 'tokens', tokens }, server: { cors: { origins: [LISTED] } } });
  try {
    expect((await served.fetch('/graphql', preflight(LISTED))).status).toBe(204);
    const answer = await served.fetch(
      '/graphql',
      post('{ __typename }', { origin: LISTED, authorization: 'Bearer x' }),
    );
    expect(answer.status).toBe(401);
    expect(answer.headers.get('access-control-allow-origin')).toBe(LISTED);
    expect(answer.headers.get('vary')).toContain('Origin');
  } finally {
    await served.close();
  }
});

describe('requests that a browser sends to another origin without asking', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve({ server: { cors: { origins: [LISTED] } } });
  });
  afterAll(async () => served.close());

  const form = new URLSearchParams({ query: CREATE });
  const multipart = new FormData();
  multipart.set('query', CREATE);
  it.each([
    ['a form', 415, { method: 'POST', body: form }],
    ['a multipart form', 415, { method: 'POST', body: multipart }],
    [
      'text',
      415,
      { method: 'POST', headers: { 'content-type': 'text/plain' }, body: JSON.stringify({ query: CREATE }) },
    ],
    [
      'bytes without a type',
      415,
      { method: 'POST', body: new TextEncoder().encode(JSON.stringify({ query: CREATE })) },
    ],
  ] as [string, number, RequestInit][])(
    'a mutation as %s is refused, and no vendor is called',
    async (_what, status, init) => {
      await served.gateway.reset('credible');
      const headers = new Headers(init.headers);
      headers.set('origin', 'https://elsewhere.example');
      const answer = await served.fetch('/graphql', { ...init, headers });
      expect(answer.status).toBe(status);
      expect(await served.gateway.received('credible')).toEqual([]);
    },
  );

  it('a mutation by GET is refused, and no vendor is called', async () => {
    await served.gateway.reset('credible');
    const answer = await served.fetch(`/graphql?query=${encodeURIComponent(CREATE)}`);
    expect(answer.status).toBe(405);
    expect(await served.gateway.received('credible')).toEqual([]);
  });
});

describe('server.get: false', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve({ server: { get: false, graphiql: true } });
  });
  afterAll(async () => served.close());

  it.each([
    ['a query by GET', 'GET', `?query=${encodeURIComponent('{ __typename }')}`],
    ['a mutation by GET', 'GET', `?query=${encodeURIComponent(CREATE)}`],
    ['GET without a query', 'GET', ''],
    ['PUT', 'PUT', ''],
  ])('%s is refused with 405', async (_what, method, search) => {
    const answer = await served.fetch(`/graphql${search}`, { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
    expect(await answer.json()).toMatchObject({
      errors: [
        {
          message: 'This gateway accepts POST requests only. Send the operation as JSON in the body of a POST.',
          extensions: { code: 'BAD_REQUEST' },
        },
      ],
    });
  });

  it('POST, the page of GraphiQL and the health check work', async () => {
    expect(await (await served.fetch('/graphql', post('{ __typename }', {}))).json()).toEqual({
      data: { __typename: 'Query' },
    });
    expect((await served.fetch('/graphql', { headers: { accept: 'text/html' } })).status).toBe(200);
    expect((await served.fetch('/health')).status).toBe(200);
  });
});

describe('the headers of every response', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve({ server: { graphiql: true } });
  });
  afterAll(async () => served.close());

  it.each([
    ['an answer', '/graphql', post('{ __typename }', {})],
    ['an error', '/graphql', post('{', {})],
    ['an unknown path', '/elsewhere', {}],
    ['the health check', '/health', {}],
    ['the page of GraphiQL', '/graphql', { headers: { accept: 'text/html' } }],
  ])('%s may not be stored, framed or loaded by other pages', async (_what, path, init) => {
    const answer = await served.fetch(path, init);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; .*frame-ancestors 'none'$/),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    // Only a server with TLS may set it.
    expect(answer.headers.has('strict-transport-security')).toBe(false);
  });
});
