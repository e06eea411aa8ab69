// A request that is refused as a whole has one line in the log: who sent it and why it was refused, and nothing of what it holds.
import { expect, it, onTestFinished } from 'vitest';
import { authOf, NO_LIMITS, tokenOf } from '../authorization/tokens.ts';
import { startTestGateway } from '../support/gateway.ts';

const CANARY = 'zqCanary7';
const RIGHT = { authorization: `Bearer ${tokenOf('alice')}` };

async function start(perMinute: Record<string, number> = {}) {
  const gateway = await startTestGateway({
    auth: authOf([{ name: 'alice', scopes: ['connections:read', 'connections:test'] }]),
    limits: { bodyKb: 1, aliases: 2, perMinute: { ...NO_LIMITS.perMinute, ...perMinute } },
  });
  onTestFinished(() => gateway.close());
  return gateway;
}

/** Returns the lines that requests made, without their times. */
const linesOf = (log: readonly string[]) =>
  log.map((text) => {
    const { time: _time, ...line } = JSON.parse(text) as Record<string, unknown>;
    return line;
  });

it.each<[string, string, Record<string, string>, number, Record<string, string>]>([
  ['without a token', `{ ${CANARY} }`, {}, 401, { code: 'UNAUTHENTICATED' }],
  ['with a wrong token', '{ __typename }', { authorization: `Bearer ${CANARY}` }, 401, { code: 'UNAUTHENTICATED' }],
  ['with a wrong header', '{ __typename }', { authorization: CANARY }, 401, { code: 'UNAUTHENTICATED' }],
  ['of a wrong syntax', `{ ${CANARY}`, RIGHT, 400, { code: 'GRAPHQL_PARSE_FAILED', caller: 'alice' }],
  ['with an unknown field', `{ ${CANARY} }`, RIGHT, 400, { code: 'GRAPHQL_VALIDATION_FAILED', caller: 'alice' }],
  [
    'above a limit of documents',
    `{ a: __typename b: __typename ${CANARY}: __typename }`,
    RIGHT,
    400,
    { code: 'GRAPHQL_VALIDATION_FAILED', limit: 'aliases', caller: 'alice' },
  ],
  [
    'that is too large',
    `{ __typename } # ${CANARY.repeat(200)}`,
    RIGHT,
    413,
    { code: 'REQUEST_ENTITY_TOO_LARGE', limit: 'bodyKb', caller: 'alice' },
  ],
  [
    'with a wrong argument',
    `{ connections(first: 1, after: 7, filter: { instance: ["${CANARY}"] }) { totalCount } }`,
    RIGHT,
    400,
    { code: 'GRAPHQL_VALIDATION_FAILED', caller: 'alice' },
  ],
])('a request %s has one line', async (_what, query, headers, status, fields) => {
  const { ask, log } = await start();
  const answer = await ask(query, { [CANARY]: CANARY }, { accept: 'application/graphql-response+json', ...headers });
  expect(answer.status).toBe(status);
  expect(linesOf(log)).toEqual([
    {
      level: 30,
      msg: 'request refused',
      requestId: answer.headers.get('x-request-id'),
      status,
      address: null,
      ...fields,
    },
  ]);
  expect(log.join('')).not.toMatch(/canary|pbt_/i);
});

it('a request above a limit per minute has one line', async () => {
  const { ask, log } = await start({ requests: 1 });
  await ask('{ viewer { name } }', {}, RIGHT);
  expect(log).toEqual([]);
  const { headers } = await ask('{ viewer { name } }', {}, RIGHT);
  expect(linesOf(log)).toEqual([
    {
      level: 30,
      msg: 'request refused',
      requestId: headers.get('x-request-id'),
      code: 'RATE_LIMITED',
      limit: 'perMinute.requests',
      status: 429,
      caller: 'alice',
      address: null,
    },
  ]);
});

it('a mutation above a limit per minute has one line, and none in the audit', async () => {
  const { ask, log } = await start({ tests: 1 });
  const test = 'testConnection(input: { id: "bm90aGluZw" }) { __typename }';
  await ask(`mutation { a: ${test} b: ${test} }`, {}, RIGHT);
  expect(linesOf(log)).toMatchObject([{ msg: 'request refused', limit: 'perMinute.tests', status: 429 }]);
});

it('an error of something that was executed is no refusal', async () => {
  const { ask, log } = await start();
  const { errors, data } = await ask('{ _service { sdl } }', {}, RIGHT);
  expect([data, errors?.length]).toEqual([null, 1]);
  expect(log).toEqual([]);
});
