// Which successful answers count as a passed test at Chartbrew, for each type, saved and unsaved. Any other answer, such as a
// sign-in page or an empty body, is unusable: it is never PASSED, and no rotation writes after it.
import { describe, expect, it } from 'vitest';
import type { SandboxResponse } from '../../../src/sandbox/server.ts';
import { rotate } from '../../rotation/rotate.ts';
import { everyNth } from '../../support/exhaustive.ts';
import { callsTo } from '../../support/journal.ts';
import { runMutation } from '../../support/mutations.ts';
import { STUB_ID as id, startChartbrewStub } from './stub.ts';

type Values = Readonly<Record<string, unknown>>;
type Answer = readonly [what: string, body?: unknown, status?: number];

const SECRET = 'pw-secret-1';
const KEY = '{"type":"service_account","project_id":"acme","private_key":"key-secret-1"}';
const server = { host: 'db.acme.example', database: 'orders', username: 'bi', password: SECRET };

const schema = { tables: ['orders'], description: { orders: ['id'] } };
const ok = { success: true };
const sql = { success: true, schema };
const accounts = [{ account: 'accounts/1001', displayName: SECRET }];
const text = 'Connection successful';
const raw = { statusCode: 200, body: '{}', request: { headers: { authorization: `Bearer ${SECRET}` } } };

/** The types, with the answer of each to a passed test by the vendor's notes. */
const TYPES: readonly {
  readonly row: Values;
  readonly config: Values | null;
  readonly saved: readonly unknown[];
  readonly unsaved: readonly unknown[];
}[] = [
  { row: { type: 'postgres' }, config: { postgres: server }, saved: [sql, ok], unsaved: [sql] },
  { row: { type: 'mysql', subType: 'rdsMysql' }, config: { mysql: server }, saved: [sql], unsaved: [sql] },
  { row: { type: 'clickhouse' }, config: { clickhouse: server }, saved: [sql], unsaved: [sql] },
  {
    row: { type: 'mongodb' },
    config: { mongodb: server },
    saved: [ok],
    unsaved: [{ success: true, collections: [{ name: 'orders' }] }],
  },
  {
    row: { type: 'api', subType: 'strapi', host: 'https://api.acme.example' },
    config: { api: { baseUrl: 'https://api.acme.example' } },
    saved: [ok],
    unsaved: ['{"status":"ok"}', '[]', '7', 'pong', '<?xml version="1.0"?><rows/>', { data: [] }],
  },
  {
    row: { type: 'customerio', host: 'eu' },
    config: { customerIo: { region: 'eu', apiKey: SECRET } },
    saved: [ok],
    unsaved: [raw],
  },
  {
    row: { type: 'firestore' },
    config: { firestore: { serviceAccountKey: KEY } },
    saved: [[{ id: 'orders' }], []],
    unsaved: [[]],
  },
  {
    row: { type: 'realtimedb' },
    config: { realtimeDb: { serviceAccountKey: KEY, databaseUrl: 'https://acme-rtdb.firebaseio.example' } },
    saved: [text],
    unsaved: [text],
  },
  {
    row: { type: 'googleAnalytics' },
    config: { googleAnalytics: { oauthId: '0c6f9b1e-52a4-4f0e-9d3c-6a1f7d1b2c33' } },
    saved: [accounts, []],
    unsaved: [accounts],
  },
  { row: { type: 'jira', subType: 'jira' }, config: null, saved: [{ success: true, metadata: {} }], unsaved: [] },
  { row: { type: 'stripeOfficial' }, config: null, saved: [{ success: true, metadata: {} }], unsaved: [] },
];

const page = '<!DOCTYPE html>\n<html lang="en"><body><form action="/login">Sign in</form></body></html>';

/** Unusable answers for every type. */
const NO_ANSWERS: readonly Answer[] = [
  ['a page to sign in', page],
  ['a page without its first line', '\n  <HTML><head></head></HTML>'],
  ['a page as a JSON text', JSON.stringify(page)],
  ['an empty body', ''],
  ['blanks', ' \n '],
  ['no body', undefined],
  ['no content', undefined, 204],
  ['null', null],
  ['a failure that calls itself 200', { success: false, error: SECRET }],
];

/** Answers of another type, or incomplete ones. */
const OTHERS: readonly Answer[] = [
  ['an object that says nothing', {}],
  ['an error', { error: SECRET }],
  ['a message', { message: SECRET, login_url: 'https://x' }],
  ['a success in words', { success: 'true' }],
  ['a number', 7],
  ['a list of texts', ['orders']],
  ['a text of its own', `${text} ${SECRET}`],
  ['a status that is no success', { statusCode: 302, body: '' }],
  ['JSON that ends early', '{"success":true,"schema":{'],
];

const BAD = { __typename: 'VendorUnavailableError', unavailable: 'BAD_RESPONSE', retryable: true };
const PASSED = {
  __typename: 'TestConnectionSuccess',
  test: { outcome: 'PASSED', checks: [{ name: 'connect', outcome: 'PASSED', vendorOutcome: null, message: null }] },
};

const rowOf = (row: Values): SandboxResponse => ({
  status: 200,
  body: { id: 31, team_id: 7, name: 'one', host: 'db.acme.example', username: 'bi', password: SECRET, ...row },
});

/** Starts a stub Chartbrew that answers tests with these bodies in order. */
async function play(row: Values, answers: readonly Answer[]) {
  const waiting = [...answers];
  const next = (): SandboxResponse => {
    const [, body, status = 200] = waiting.shift() ?? [''];
    return { status, body };
  };
  return startChartbrewStub({ GET: rowOf(row), 'GET test': next, 'POST test': next });
}

const good = (bodies: readonly unknown[]): Answer[] => bodies.map((body) => [JSON.stringify(body), body]);
const types = TYPES.map((one) => ({ ...one, type: String(one.row['subType'] ?? one.row['type']) }));

describe('A test at Chartbrew passes only with the answer of its type', () => {
  it.each(everyNth(types, 3))(
    'a saved connection of type $type passes only with the answer of its type',
    async ({ row, saved }) => {
      const bad = [...NO_ANSWERS, ...OTHERS];
      const { gateway } = await play(row, [...good(saved), ...bad]);
      for (const [what] of good(saved))
        expect(await runMutation(gateway, 'testConnection', { id }), what).toMatchObject(PASSED);
      for (const [what] of bad) expect(await runMutation(gateway, 'testConnection', { id }), what).toMatchObject(BAD);
    },
  );

  it.each(
    everyNth(
      types.filter(({ config }) => config !== null),
      3,
      1,
    ),
  )('unsaved settings of type $type pass only with the answer of their type', async ({ row, config, unsaved }) => {
    // For an API the answer is the body of the API, which may be any JSON.
    const bad = [...NO_ANSWERS, ...(row['type'] === 'api' ? [] : OTHERS)];
    const { gateway } = await play(row, [...good(unsaved), ...bad]);
    const ask = async () => runMutation(gateway, 'testConnectionConfig', { instance: 'chartbrew', config });
    for (const [what] of good(unsaved)) expect(await ask(), what).toMatchObject(PASSED);
    for (const [what] of bad) expect(await ask(), what).toMatchObject(BAD);
  });
});

describe('The answer of a type to the test of another type', () => {
  it.each<[string, Values, unknown]>([
    ['a list', { type: 'postgres' }, accounts],
    ['the words', { type: 'postgres' }, text],
    ['the answer of a service', { type: 'customerio' }, raw],
    ['a success', { type: 'firestore' }, ok],
    ['a success', { type: 'googleAnalytics' }, ok],
    ['a success', { type: 'realtimedb' }, ok],
    ['a list', { type: 'realtimedb' }, []],
    ['a schema that is none', { type: 'mysql' }, { success: true, schema: SECRET }],
  ])('the answer of one type is not a passed test of another type: %s, %j', async (_what, row, body) => {
    const { gateway } = await startChartbrewStub({ GET: rowOf(row), 'GET test': { status: 200, body } });
    expect(await runMutation(gateway, 'testConnection', { id })).toMatchObject(BAD);
  });
});

describe('A rotation at Chartbrew', () => {
  // No secret but the password is set, so the whole connection can be tested.
  const shop = rowOf({
    type: 'mysql',
    port: '3306',
    dbName: 'orders',
    connectionString: null,
    ssl: false,
    sslMode: 'require',
    sslCa: null,
    sslCert: null,
    sslKey: null,
    useSsh: false,
    hasSshPassword: false,
    hasSshPassphrase: false,
    hasSshPrivateKey: false,
  });

  it.each(
    everyNth(
      NO_ANSWERS.map(([what, body, status = 200]) => ({ what, body, status })),
      3,
    ),
  )('a rotation writes nothing when its verification is answered with $what', async ({ body, status }) => {
    const { gateway, origin } = await startChartbrewStub({ GET: shop, 'POST test': { status, body } });
    const { outcomes } = await rotate(gateway, { connections: { ids: [id] }, secret: 'pw-secret-2' });
    expect(outcomes).toMatchObject([{ status: 'NOT_ATTEMPTED', error: { __typename: 'VendorUnavailableError' } }]);
    expect((await callsTo(origin)).filter((call) => call.startsWith('PUT'))).toEqual([]);
  });

  it('a rotation writes after its verification passed', async () => {
    const { gateway, origin } = await startChartbrewStub({
      GET: shop,
      PUT: shop,
      'POST test': { status: 200, body: sql },
    });
    const { outcomes } = await rotate(gateway, { connections: { ids: [id] }, secret: 'pw-secret-2' });
    expect(outcomes).toMatchObject([{ status: 'DONE', verification: { outcome: 'PASSED' } }]);
    expect(await callsTo(origin)).toContain('PUT /team/7/connections/31');
  });
});
