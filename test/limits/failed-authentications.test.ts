// The limit of failed authentications of an address, and the address of a client behind proxies.
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { authOf, NO_LIMITS, tokenOf } from '../authorization/tokens.ts';
import { CANARY, omni, parse, problemsOf } from '../config/instances.ts';
import { serve } from '../server/serve.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

interface Options {
  readonly failedAuthentications: number;
  readonly trustProxy?: readonly string[];
}

async function start({ failedAuthentications, trustProxy = [] }: Options) {
  const served = await serve({
    server: { trustProxy },
    auth: authOf([{ name: 'alice', scopes: ['connections:read'] }]),
    limits: { perMinute: { ...NO_LIMITS.perMinute, failedAuthentications } },
  });
  onTestFinished(() => served.close());
  const send = async (headers: Record<string, string> = {}) =>
    served.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{"query":"{ viewer { name } }"}',
    });
  const { log } = served.gateway;
  return { send, log, origin: served.origin };
}

const WRONG = { authorization: 'Bearer pbt_wrong-token' };
const RIGHT = { authorization: `Bearer ${tokenOf('alice')}` };

describe('failed authentications', () => {
  it('above the limit a client without a valid token gets 429, until the minute is over', async () => {
    const { send } = await start({ failedAuthentications: 3 });
    expect((await send(WRONG)).status).toBe(401);
    expect((await send()).status).toBe(401);
    expect((await send({ ...RIGHT, 'patchbay-router-token': 'pbt_wrong' })).status).toBe(401);
    const refused = await send(WRONG);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(refused.headers.get('www-authenticate')).toBeNull();
    expect(refused.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await refused.json()).toEqual({
      errors: [
        {
          message:
            'This address failed to authenticate more than 3 times in a minute: the limit is `limits.perMinute.failedAuthentications`. Try again in 60 s.',
          extensions: {
            code: 'RATE_LIMITED',
            limit: { name: 'perMinute.failedAuthentications', value: 3 },
            retryAfterMs: 60_000,
            requestId: refused.headers.get('x-request-id'),
          },
        },
      ],
    });
    vi.setSystemTime(Date.now() + 60_001);
    expect((await send(WRONG)).status).toBe(401);
  });

  it('a valid token is accepted nevertheless, and requests with one do not count', async () => {
    const { send } = await start({ failedAuthentications: 1 });
    for (let at = 0; at < 3; at += 1) expect((await send(RIGHT)).status).toBe(200);
    expect((await send(WRONG)).status).toBe(401);
    expect((await send(WRONG)).status).toBe(429);
    expect(await (await send(RIGHT)).json()).toEqual({ data: { viewer: { name: 'alice' } } });
  });

  it('without the setting the limit is 60', () => {
    expect(parse({ instances: [omni] }).limits.perMinute.failedAuthentications).toBe(60);
  });
});

const from = (forwardedFor: string) => ({ ...WRONG, 'x-forwarded-for': forwardedFor });
const addressesIn = (log: readonly string[]) =>
  log.map((line) => (JSON.parse(line) as { address: string | null }).address);

describe('the address of a client', () => {
  it.each([
    ['that of the connection, without trusted proxies', [], '203.0.113.7', '127.0.0.1'],
    ['that of the connection, without the header', ['127.0.0.1'], '', '127.0.0.1'],
    ['that which the proxy passes on', ['127.0.0.1'], '203.0.113.7', '203.0.113.7'],
    ['that which a proxy in a network passes on', ['127.0.0.0/8'], '203.0.113.7', '203.0.113.7'],
    ['that before the last proxy, not what is made up', ['127.0.0.1'], '198.51.100.1, 203.0.113.7', '203.0.113.7'],
    ['that before several proxies', ['127.0.0.1', '10.0.0.0/8'], '6.6.6.6, 203.0.113.7,10.1.2.3', '203.0.113.7'],
    ['that of the first proxy, when all are proxies', ['127.0.0.1', '10.0.0.0/8'], '10.9.9.9, 10.1.2.3', '10.9.9.9'],
    ['that of the connection, when the header is no address', ['127.0.0.1'], CANARY, '127.0.0.1'],
    ['that of the connection, when the address has letters', ['127.0.0.1'], '0x7f.1', '127.0.0.1'],
    ['that of the connection, when only others are trusted', ['10.0.0.0/8', '::1'], '203.0.113.7', '127.0.0.1'],
    ['IPv6 in its short form', ['127.0.0.1'], '2001:DB8:0:0:0:0:0:7', '2001:db8::7'],
    ['IPv4, when it is written as IPv6', ['127.0.0.1'], '::ffff:203.0.113.7', '203.0.113.7'],
    ['that before an IPv6 proxy', ['127.0.0.1', '2001:db8::/32'], '203.0.113.7, 2001:db8::1', '203.0.113.7'],
  ])('is %s', async (_what, trustProxy, forwardedFor, expected) => {
    const { send, log } = await start({ failedAuthentications: 5, trustProxy });
    await send(from(forwardedFor));
    expect(addressesIn(log)).toEqual([expected]);
    expect(log.join('')).not.toContain(CANARY);
  });

  it('each address has a limit of its own; a /64 of IPv6 counts as one', async () => {
    const { send } = await start({ failedAuthentications: 1, trustProxy: ['127.0.0.1'] });
    const statusFrom = async (address: string) => (await send(from(address))).status;
    expect(await statusFrom('203.0.113.7')).toBe(401);
    expect(await statusFrom('203.0.113.7')).toBe(429);
    expect(await statusFrom('::ffff:203.0.113.7')).toBe(429);
    expect(await statusFrom('203.0.113.8')).toBe(401);
    expect(await statusFrom('2001:db8:0:1::1')).toBe(401);
    expect(await statusFrom('2001:db8:0:1:ffff::2')).toBe(429);
    expect(await statusFrom('2001:db8:0:2::1')).toBe(401);
  });

  it('several headers count as one', async () => {
    const { origin, log } = await start({ failedAuthentications: 5, trustProxy: ['127.0.0.1', '10.0.0.1'] });
    await new Promise((resolve, reject) => {
      const headers = { 'x-forwarded-for': ['203.0.113.7', '10.0.0.1'], 'content-type': 'application/json' };
      const sent = request(`${origin}/graphql`, { method: 'POST', headers }, (response) => {
        response.resume().on('end', resolve);
      });
      sent.on('error', reject).end('{}');
    });
    expect(addressesIn(log)).toEqual(['203.0.113.7']);
  });

  it('the audit has the address', async () => {
    const served = await serve({ server: { trustProxy: ['127.0.0.1'] } });
    onTestFinished(() => served.close());
    await served.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.7' },
      body: '{"query":"mutation { deleteConnection(input: { id: \\"bm90aGluZw\\" }) { __typename } }"}',
    });
    const lines = served.gateway.log.map((line) => JSON.parse(line) as object);
    expect(lines).toMatchObject([{ msg: 'audit', caller: 'anonymous', address: '203.0.113.7' }]);
  });
});

describe('the setting trustProxy', () => {
  it.each(['10.0.0.0/33', '10.0.0/8', '10.0.0.1/', 'true', 'loopback', CANARY, '::1/129', '*'])(
    '%s is refused',
    async (entry) => {
      const problems = await problemsOf(() =>
        parse({ server: { trustProxy: ['10.0.0.7', entry] }, instances: [omni] }, {}),
      );
      expect(problems).toEqual([
        'server.trustProxy[1]: must be an address such as 10.0.0.7 or a CIDR such as 10.0.0.0/8',
      ]);
    },
  );
});
