// The HTTP server over a real socket: what it accepts, what it refuses, and the headers of its answers.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vendors } from '../../src/gateway.ts';
import { serve, type Served } from './serve.ts';

const NAMES = '{ connections(first: 1) { nodes { name } } }';
const CREATE = `mutation { createConnection(input: {instance: "credible", name: "n", config: {postgres: {}}}) {
  __typename } }`;
const json = (query: string, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ query }),
});

const padded = (bytes: number): string => {
  const start = '{"query":"{ __typename }","extensions":{"x":"';
  return `${start}${'x'.repeat(bytes - start.length - 3)}"}}`;
};
const posted = (body: NonNullable<RequestInit['body']>): Request =>
  new Request('http://127.0.0.1/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    duplex: 'half',
  } as RequestInit); // Node wants `duplex` for a stream, and its types leave it out.

describe('the HTTP server', () => {
  let served: Served;

  beforeAll(async () => {
    served = await serve();
  });
  afterAll(async () => served.close());

  const boundary = '--x\r\ncontent-disposition: form-data; name="query"\r\n\r\n';
  it.each([
    ['application/x-www-form-urlencoded', '', `query=${encodeURIComponent(NAMES)}`],
    ['multipart/form-data', '; boundary=x', `${boundary}${NAMES}\r\n--x--\r\n`],
    ['text/plain', '', JSON.stringify({ query: NAMES })],
    ['application/graphql', '', NAMES],
    ['application/json-patch+json', '', JSON.stringify({ query: NAMES })],
  ])('a body of type %s is refused with 415, and no vendor is called', async (type, parameter, body) => {
    await served.gateway.reset('credible');
    const answer = await served.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': type + parameter },
      body,
    });
    expect(answer.status).toBe(415);
    expect(await answer.json()).toEqual({
      errors: [
        {
          message: `The content type ${type} is not accepted. Send JSON as application/json.`,
          extensions: { code: 'BAD_REQUEST', requestId: answer.headers.get('x-request-id') },
        },
      ],
    });
    expect(await served.gateway.received('credible')).toEqual([]);
  });

  it('GET executes a query but no mutation', async () => {
    const query = await served.fetch(`/graphql?query=${encodeURIComponent(NAMES)}`);
    expect(query.status).toBe(200);
    expect(await query.json()).toMatchObject({ data: { connections: { nodes: [{ name: expect.any(String) }] } } });

    await served.gateway.reset('credible');
    const mutation = await served.fetch(`/graphql?query=${encodeURIComponent(CREATE)}`);
    expect(mutation.status).toBe(405);
    expect(mutation.headers.get('allow')).toBe('POST');
    expect(await mutation.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
    expect(await served.gateway.received('credible')).toEqual([]);
  });

  it('a batch of operations is refused', async () => {
    const body = JSON.stringify([{ query: NAMES }, { query: NAMES }]);
    const answer = await served.fetch('/graphql', { ...json(NAMES), body });
    expect(answer.status).toBe(400);
  });

  it.each([
    ['a query', 200, json(NAMES, { origin: 'https://elsewhere.example' })],
    ['a refusal', 400, { ...json(NAMES, { origin: 'https://elsewhere.example' }), body: '{' }],
    [
      'a preflight',
      405,
      {
        method: 'OPTIONS',
        headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
      },
    ],
  ])('the answer to %s has no CORS header and must not be stored', async (_what, status, init) => {
    const answer = await served.fetch('/graphql', init);
    expect(answer.status).toBe(status);
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  const idOfTwoErrors = async () => {
    const answer = await served.fetch('/graphql', json('{ a b }', { 'x-request-id': 'mine' }));
    const { errors } = (await answer.json()) as { errors: { extensions: { requestId: string } }[] };
    expect(errors).toHaveLength(2);
    const ids = new Set([answer.headers.get('x-request-id'), ...errors.map(({ extensions }) => extensions.requestId)]);
    expect(ids.size).toBe(1);
    return [...ids][0];
  };

  it('each request has an id of its own in the header and in every error', async () => {
    const [first, second] = [await idOfTwoErrors(), await idOfTwoErrors()];
    expect(first).toMatch(/^[\da-f-]{36}$/);
    expect(second).not.toBe(first);
  });

  it('a body of 4 MB is accepted, and a larger one is refused', async () => {
    const { gateway } = served.gateway;
    expect((await gateway.fetch(posted(padded(4_000_000)))).status).toBe(200);
    const tooLarge = await gateway.fetch(posted(padded(4_000_001)));
    expect(tooLarge.status).toBe(413);
    expect(await tooLarge.json()).toMatchObject({
      errors: [
        {
          message: 'The body is larger than 4,000,000 bytes.',
          extensions: { code: 'REQUEST_ENTITY_TOO_LARGE', requestId: tooLarge.headers.get('x-request-id') },
        },
      ],
    });
    // Without a length it is counted as it comes.
    const stream = new Blob([padded(4_000_001)]).stream();
    expect((await gateway.fetch(posted(stream))).status).toBe(413);
  });

  it('GET /health answers 200 with an empty body', async () => {
    const answer = await served.fetch('/health');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
    expect(answer.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  });

  it.each(['/graphql', '/'])('there is no page at %s when GraphiQL is off', async (path) => {
    const answer = await served.fetch(path, { headers: { accept: 'text/html' } });
    expect(answer.ok).toBe(false);
    expect(await answer.text()).not.toMatch(/<\w/);
  });
});

describe('GraphiQL', () => {
  let served: Served;

  beforeAll(async () => {
    served = await serve({ server: { graphiql: true } });
  });
  afterAll(async () => served.close());

  it('GraphiQL is one page that loads nothing from other origins and may connect to its own origin only', async () => {
    const answer = await served.fetch('/graphql', { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    const policy = answer.headers.get('content-security-policy')?.split('; ') ?? [];
    // Each fetch directive that is missing falls back to another one, and the last three have no fallback.
    expect(policy).toEqual([
      "default-src 'none'",
      "script-src 'unsafe-inline' 'unsafe-eval' blob:",
      "worker-src blob: 'self'",
      "style-src 'unsafe-inline'",
      'img-src data: blob:',
      'font-src data:',
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const page = await answer.text();
    expect(page).toMatch(/<script/);
    expect(page.match(/<(?:script|link|img|iframe)\s[^>]*(?:src|href)\s*=\s*["']?(?:https?:)?\/\/[^>]*>/gi)).toBeNull();
    expect(page.match(/@import\s+(?:url\()?["']?https?:[^;]*/gi)).toBeNull();
  });

  it('queries work when GraphiQL is on', async () => {
    const answer = await served.fetch('/graphql', json('{ __typename }'));
    expect(await answer.json()).toEqual({ data: { __typename: 'Query' } });
  });
});

describe('an unexpected error', () => {
  it('an unexpected error is reported by its request id only, and the log has that id and the class of the error', async () => {
    const broken = vendors.map((vendor) => ({
      ...vendor,
      connect: (place: Parameters<typeof vendor.connect>[0]) => ({
        ...vendor.connect(place),
        list: async () => {
          throw new RangeError('7Canary', { cause: '7Canary' });
        },
      }),
    }));
    const served = await serve({ createGateway: { vendors: broken } });
    try {
      const answer = await served.fetch('/graphql', json('{ mine: connections(first: 1) { totalCount } }'));
      const text = await answer.text();
      const requestId = answer.headers.get('x-request-id');
      expect(JSON.parse(text)).toEqual({
        data: null,
        errors: [
          {
            message: 'Unexpected error; tell an operator the request id.',
            path: ['mine'],
            locations: [{ line: 1, column: 3 }],
            extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
          },
        ],
      });
      expect(served.gateway.log.map((line) => JSON.parse(line))).toEqual([
        {
          level: 50,
          time: expect.any(String),
          msg: 'unexpected error',
          requestId,
          errorClass: 'RangeError',
          path: 'mine',
        },
      ]);
    } finally {
      await served.close();
    }
  });
});
