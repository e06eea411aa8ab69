// Callers with tokens: which token is accepted and until when, what a request without one still gets, and that callers with different
// scopes share neither reads, executions nor idempotency keys.
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startTestGateway, type TestGatewayOptions } from '../support/gateway.ts';
import { ALL_SCOPES, startGuarded, tokenOf, type GuardedGateway, type TestToken } from './tokens.ts';

const START = Date.parse('2026-05-01T10:00:00Z');
const READ = ['connections:read'];
const VIEWER = '{ viewer { name scopes expiresAt } }';

async function start(tokens: readonly TestToken[], options: Omit<TestGatewayOptions, 'auth'> = {}) {
  const guarded = await startGuarded(tokens, options);
  onTestFinished(() => guarded.test.close());
  return guarded;
}

describe('tokens', () => {
  it('several tokens may have one name, each with its own scopes and expiry', async () => {
    const { askAs } = await start([
      { name: 'ci', id: 'old', scopes: READ, expiresAt: '2100-01-31T00:00:00+02:00' },
      { name: 'ci', id: 'new', scopes: ['connections:write@omni*', 'connections:read'] },
    ]);
    expect((await askAs('old', VIEWER)).data.viewer).toEqual({
      name: 'ci',
      scopes: ['connections:read'],
      expiresAt: '2100-01-30T22:00:00.000Z',
    });
    expect((await askAs('new', VIEWER)).data.viewer).toEqual({
      name: 'ci',
      scopes: ['connections:write@omni*', 'connections:read'],
      expiresAt: null,
    });
  });

  it('a token is accepted until the instant at which it expires', async () => {
    let time = START - 1;
    const { askAs, vendorCalls } = await start([{ name: 'ci', scopes: READ, expiresAt: '2026-05-01T10:00:00Z' }], {
      createGateway: { clock: () => time },
    });
    expect((await askAs('ci', VIEWER)).data.viewer.expiresAt).toBe('2026-05-01T10:00:00.000Z');
    time = START;
    const { status, text } = await askAs('ci', '{ connections { totalCount } }');
    expect([status, text]).toEqual([401, expect.stringContaining('"message":"The token has expired."')]);
    expect(await vendorCalls()).toBe(0);
  });

  it('without authentication the viewer is anonymous and may do everything', async () => {
    const gateway = await startTestGateway();
    onTestFinished(() => gateway.close());
    expect((await gateway.ask(VIEWER)).data.viewer).toEqual({
      name: 'anonymous',
      scopes: ALL_SCOPES,
      expiresAt: null,
    });
  });
});

describe('the Authorization header', () => {
  let guarded: GuardedGateway;
  beforeAll(async () => {
    guarded = await startGuarded([{ name: 'ci', scopes: READ }], { server: { graphiql: true } });
  });
  afterAll(() => guarded.test.close());
  beforeEach(async () => guarded.test.resetAll());

  const token = tokenOf('ci');
  const send = async (path: string, headers: Record<string, string>, init: RequestInit = {}) =>
    guarded.test.gateway.fetch(new Request(`http://127.0.0.1${path}`, { ...init, headers }));

  it.each([`Bearer ${token}`, `bearer ${token}`, `BEARER   ${token}`])('%s is accepted', async (authorization) => {
    const { data } = await guarded.test.ask(VIEWER, {}, { authorization });
    expect(data.viewer.name).toBe('ci');
  });

  it.each([
    ['another scheme', `Basic ${token}`, 'The Authorization header holds no bearer token.'],
    ['no scheme', token, 'The Authorization header holds no bearer token.'],
    ['no token', 'Bearer', 'The Authorization header holds no bearer token.'],
    ['two tokens', `Bearer ${token}, Bearer ${token}`, 'The Authorization header holds no bearer token.'],
    ['characters that no token has', `Bearer ${token}"`, 'The Authorization header holds no bearer token.'],
    ['a part of the token', `Bearer ${token.slice(0, -1)}`, 'The token is not known.'],
    ['more than the token', `Bearer ${token}=`, 'The token is not known.'],
  ])('a header with %s is refused, and not repeated', async (_what, authorization, message) => {
    const { status, text, headers, errors } = await guarded.test.ask(VIEWER, {}, { authorization });
    expect(status).toBe(401);
    expect(errors).toEqual([
      { message, extensions: { code: 'UNAUTHENTICATED', requestId: headers.get('x-request-id') } },
    ]);
    expect([text, JSON.stringify([...headers]), ...guarded.test.log].join('\n')).not.toContain(token.slice(4, 20));
    expect(headers.get('www-authenticate')).toBe('Bearer realm="patchbay", error="invalid_token"');
  });

  it.each([
    ['application/json', 'application/json; charset=utf-8'],
    ['application/graphql-response+json, application/json;q=0.9', 'application/graphql-response+json; charset=utf-8'],
  ])('the refusal has the media type that %s asks for, and is not stored', async (accept, type) => {
    const body = JSON.stringify({ query: VIEWER });
    const { headers } = await send(
      '/graphql',
      { accept, 'content-type': 'application/json' },
      { method: 'POST', body },
    );
    expect(headers.get('content-type')).toBe(type);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['a body that is no JSON', { method: 'POST', body: '{' }, 401],
    ['a query by GET', { method: 'GET' }, 401],
  ])('%s gets 401 before it is parsed', async (_what, init, status) => {
    const path = init.method === 'GET' ? `/graphql?query=${encodeURIComponent(VIEWER)}` : '/graphql';
    expect((await send(path, { 'content-type': 'application/json' }, init)).status).toBe(status);
  });

  it.each(['query={viewer{name}}', 'documentId=abc', 'extensions={"persistedQuery":{"version":1,"sha256Hash":"abc"}}'])(
    'without GraphiQL, a browser that opens an address with %s gets 401',
    async (search) => {
      const { test } = await start([{ name: 'ci', scopes: READ }]);
      const url = `http://127.0.0.1/graphql?${encodeURI(search)}`;
      const response = await test.gateway.fetch(new Request(url, { headers: { accept: 'text/html,*/*' } }));
      expect(response.status).toBe(401);
    },
  );

  it('the health of the process and the page of GraphiQL need no token', async () => {
    expect((await send('/health', {})).status).toBe(200);
    const page = await send('/graphql', { accept: 'text/html' });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html']);
  });
});

describe('what callers do not share', () => {
  const CREATE = `mutation ($input: CreateConnectionInput!) { createConnection(input: $input) {
    __typename ... on CreateConnectionSuccess { connection { id } } } }`;
  const postgres = { host: 'db.acme.example', database: 'orders', username: 'bi', password: 'pw-secret-1' };
  const WRITE = ['connections:read', 'connections:write'];

  it('one name with two sets of scopes has two sets of idempotency keys, and two tokens with equal scopes have one', async () => {
    const { askAs } = await start([
      { name: 'ci', id: 'first', scopes: WRITE },
      { name: 'ci', id: 'renewed', scopes: WRITE.toReversed(), expiresAt: '2100-01-01T00:00:00Z' },
      { name: 'ci', id: 'other', scopes: [...WRITE, 'connections:test'] },
      { name: 'ops', scopes: WRITE },
    ]);
    // Names are not unique at Chartbrew.
    const input = { instance: 'chartbrew', name: 'one', config: { postgres }, idempotencyKey: 'k1' };
    const ids: Record<string, string> = {};
    for (const id of ['first', 'renewed', 'other', 'ops']) {
      const { data } = await askAs(id, CREATE, { input });
      ids[id] = data.createConnection.connection.id;
    }
    expect(ids['renewed']).toBe(ids['first']);
    expect(new Set(Object.values(ids)).size).toBe(3);
  });

  it('a write of one caller drops the cached lists of the others', async () => {
    const guarded = await start(
      [
        { name: 'reader', scopes: READ },
        { name: 'narrow', scopes: ['connections:read@cred*'] },
        { name: 'writer', scopes: ['connections:write@credible'] },
      ],
      { instances: (sandbox) => sandbox.map((one) => ({ ...one, cache: { ttlMs: 60_000, staleMs: 600_000 } })) },
    );
    const list = async (name: string) => {
      const query = '{ connections(first: 1, filter: { instance: ["credible"] }) { totalCount } }';
      return (await guarded.askAs(name, query)).data.connections.totalCount as number;
    };
    expect([await list('reader'), await list('narrow'), await list('reader'), await list('narrow')]).toEqual([
      12, 12, 12, 12,
    ]);
    expect(await guarded.vendorCalls()).toBe(2);
    const input = { instance: 'credible', name: 'fresh', config: { postgres } };
    expect((await guarded.askAs('writer', CREATE, { input })).text).toContain('CreateConnectionSuccess');
    expect([await list('reader'), await list('narrow')]).toEqual([13, 13]);
  });

  it('the lists of a hundred sets of scopes are cached, and no more', async () => {
    const tokens = Array.from({ length: 150 }, (_, at) => ({
      name: `caller-${at}`,
      scopes: [...READ, `connections:test@looker-${at}`],
    }));
    const guarded = await start(tokens, {
      instances: (sandbox) => sandbox.map((one) => ({ ...one, cache: { ttlMs: 60_000, staleMs: 600_000 } })),
    });
    const query = '{ connections(first: 1, filter: { instance: ["credible"] }) { totalCount } }';
    const ask = async (at: number) =>
      (await guarded.askAs(`caller-${at}`, query)).data.connections.totalCount as number;
    for (let at = 0; at < 150; at += 1) expect(await ask(at)).toBe(12);
    expect(await guarded.vendorCalls()).toBe(150);
    // The list of the last caller is still cached, and that of the first is not.
    expect([await ask(149), await guarded.vendorCalls()]).toEqual([12, 150]);
    expect([await ask(0), await guarded.vendorCalls()]).toEqual([12, 151]);
  });
});
