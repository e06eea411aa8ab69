// The limits per caller and minute: requests, connection tests and rotations.
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { NO_LIMITS, startGuarded } from '../authorization/tokens.ts';
import { startTestGateway, type Answer } from '../support/gateway.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

const SCOPES = ['connections:read', 'connections:test', 'secrets:rotate'];
const TEST = 'testConnection(input: { id: "bm90aGluZw" }) { __typename }';
const CONFIG = `testConnectionConfig(input: { instance: "nowhere", config: { postgres: { host: "db", database: "d", username: "u" } } }) { __typename }`;
const ROTATION = `mutation ($secret: SecretString!) { rotateConnectionSecret(input: { connections: { ids: ["bm90aGluZw"] }, field: PASSWORD, secret: $secret, dryRun: true }) { __typename } }`;

async function start(perMinute: Record<string, number>) {
  const { test, askAs } = await startGuarded(
    [
      { name: 'alice', scopes: SCOPES },
      { name: 'bob', scopes: SCOPES },
    ],
    { limits: { perMinute: { ...NO_LIMITS.perMinute, ...perMinute } } },
  );
  onTestFinished(() => test.close());
  return askAs;
}

const refusalOf = ({ status, errors = [], data, headers }: Answer) => ({
  status,
  retryAfter: headers.get('retry-after'),
  data,
  messages: errors.map(({ message }) => message),
  extensions: errors.map(({ extensions: { requestId: _requestId, ...others } }) => others),
});

const refusal = (name: string, value: number) => ({
  status: 429,
  retryAfter: '60',
  data: undefined,
  messages: [
    `This caller sent more than ${value} ${name} in a minute: the limit is \`limits.perMinute.${name}\`. Try again in 60 s.`,
  ],
  extensions: [{ code: 'RATE_LIMITED', limit: { name: `perMinute.${name}`, value }, retryAfterMs: 60_000 }],
});

it('a caller may send as many requests in a minute as the limit; the next one is refused, and other callers are not', async () => {
  const askAs = await start({ requests: 5 });
  for (let at = 0; at < 5; at += 1) expect((await askAs('alice', '{ viewer { name } }')).status).toBe(200);
  expect(refusalOf(await askAs('alice', '{ viewer { name } }'))).toEqual(refusal('requests', 5));
  expect((await askAs('bob', '{ viewer { name } }')).data).toEqual({ viewer: { name: 'bob' } });
});

it('a minute later the caller may send requests again', async () => {
  const askAs = await start({ requests: 1 });
  await askAs('alice', '{ viewer { name } }');
  vi.setSystemTime(Date.now() + 59_000);
  expect(refusalOf(await askAs('alice', '{ viewer { name } }'))).toMatchObject({ status: 429, retryAfter: '1' });
  vi.setSystemTime(Date.now() + 1001);
  expect((await askAs('alice', '{ viewer { name } }')).status).toBe(200);
});

it('a request that cannot be parsed counts too', async () => {
  const askAs = await start({ requests: 2 });
  await askAs('alice', '{');
  await askAs('alice', '{ nothing }');
  expect((await askAs('alice', '{ viewer { name } }')).status).toBe(429);
});

it('each test of a mutation counts, both kinds together, and those in fragments', async () => {
  const askAs = await start({ tests: 4 });
  const mutation = `mutation { a: ${TEST} b: ${CONFIG} ...F } fragment F on Mutation { c: ${TEST} }`;
  expect((await askAs('alice', mutation)).status).toBe(200);
  expect(refusalOf(await askAs('alice', mutation))).toEqual(refusal('tests', 4));
  // The refused request was not counted, so one test is left.
  expect((await askAs('alice', `mutation { ${TEST} }`)).errors).toBeUndefined();
  expect(refusalOf(await askAs('alice', `mutation { ${CONFIG} }`))).toEqual(refusal('tests', 4));
  expect((await askAs('alice', '{ viewer { name } }')).status).toBe(200);
  expect((await askAs('bob', `mutation { ${TEST} }`)).errors).toBeUndefined();
});

it('rotations have a limit of their own', async () => {
  const askAs = await start({ rotations: 1, tests: 1 });
  const rotate = async () => askAs('alice', ROTATION, { secret: 'new horse battery' });
  expect((await rotate()).errors).toBeUndefined();
  expect(refusalOf(await rotate())).toEqual(refusal('rotations', 1));
  expect((await askAs('alice', `mutation { ${TEST} }`)).errors).toBeUndefined();
});

it('the tests of a document whose rotations are refused do not count', async () => {
  const askAs = await start({ rotations: 1, tests: 2 });
  const rotation = ROTATION.slice(ROTATION.indexOf('{') + 1, -1);
  const both = `mutation ($secret: SecretString!) { a: ${TEST} ${rotation} }`;
  const ask = async () => askAs('alice', both, { secret: 'new horse battery' });
  expect((await ask()).errors).toBeUndefined();
  for (let at = 0; at < 3; at += 1) expect(refusalOf(await ask())).toEqual(refusal('rotations', 1));
  // One of the two tests is left.
  expect((await askAs('alice', `mutation { ${TEST} }`)).errors).toBeUndefined();
  expect(refusalOf(await askAs('alice', `mutation { ${TEST} }`))).toEqual(refusal('tests', 2));
});

it('callers that are not authenticated have no limits per minute', async () => {
  const test = await startTestGateway({ limits: { perMinute: { requests: 1, tests: 1, rotations: 1 } } });
  onTestFinished(() => test.close());
  for (let at = 0; at < 3; at += 1) expect((await test.ask(`mutation { ${TEST} }`)).status).toBe(200);
});

it('a caller who sends many requests at the same time does not make others wait for all of them', async () => {
  const askAs = await start({ requests: 100 });
  const query = '{ dialects { dialect vendors { vendor } } viewer { name } }';
  const order: string[] = [];
  const ask = async (name: string) => askAs(name, query).then(() => order.push(name));
  await ask('alice');
  order.length = 0;
  await Promise.all([...Array.from({ length: 20 }, async () => ask('alice')), ask('bob')]);
  expect(order).toHaveLength(21);
  // Without turns the request of bob is answered last.
  expect(order.indexOf('bob')).toBeLessThan(5);
});
