// Values that Chartbrew puts into its own HTTP requests. Headers and sign-ins that HTTP does not allow are refused by their path. A
// token is written with a list of headers, because Chartbrew does not send it without one.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { createThenUpdate, updateAndRecord, createAndRecord, type Values } from './writes.ts';
import { createForUpdate, runMutation } from '../../support/mutations.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const baseUrl = 'https://api.acme.example';
const header = (name: string, value: string) => ({ name, value });

const WRONG: readonly [string, Values, readonly string[]][] = [
  [
    'a line break behind a token',
    { headers: [header('Authorization', 'Bearer token-secret-1\n')] },
    ['headers.0.value INVALID'],
  ],
  ['a header inside a header', { headers: [header('X-Key', 'a\r\nHost: b')] }, ['headers.0.value INVALID']],
  ['a control character', { headers: [header('X-Key', 'entry-secret-1\u0001')] }, ['headers.0.value INVALID']],
  ['a letter outside Latin-1', { headers: [header('X-Key', 'entry-secret-1 Ж')] }, ['headers.0.value INVALID']],
  ['a colon in a name', { headers: [header('X-Key:', 'entry-secret-1')] }, ['headers.0.name INVALID']],
  ['a blank in a name', { headers: [header('X Key', 'entry-secret-1')] }, ['headers.0.name INVALID']],
  [
    'a letter outside ASCII in a name',
    { headers: [header('X-Schlüssel', 'entry-secret-1')] },
    ['headers.0.name INVALID'],
  ],
  [
    'one header twice',
    { headers: [header('X-Key', 'entry-secret-1'), header('x-key', 'entry-secret-2')] },
    ['headers.1.name EXCLUSIVE'],
  ],
  ['a line break in a token', { authentication: { bearer: 'token-secret-1\n' } }, ['authentication.bearer INVALID']],
  ['a line in a token', { authentication: { bearer: 'token\r\nsecret-1' } }, ['authentication.bearer INVALID']],
  [
    'the word that Chartbrew writes before a token',
    { authentication: { bearer: 'Bearer token-secret-1' } },
    ['authentication.bearer INVALID'],
  ],
  [
    'a line break in a password',
    { authentication: { basic: { username: 'bi', password: 'pw-secret-1\n' } } },
    ['authentication.basic.password INVALID'],
  ],
  [
    'a line break in a user',
    { authentication: { basic: { username: 'bi\n', password: 'pw-secret-1' } } },
    ['authentication.basic.username INVALID'],
  ],
  [
    'a colon in a user',
    { authentication: { basic: { username: 'a:b', password: 'pw-secret-1' } } },
    ['authentication.basic.username INVALID'],
  ],
  [
    'a header that says what the sign-in says',
    { authentication: { bearer: 'token-secret-1' }, headers: [header('authorization', 'entry-secret-1')] },
    ['headers.0.name EXCLUSIVE'],
  ],
  [
    'several mistakes at once',
    {
      authentication: { bearer: 'token-secret-1\n' },
      headers: [header('X Key', 'entry-secret-1\n'), header('Y', 'entry-secret-2\n')],
    },
    ['authentication.bearer INVALID', 'headers.0.name INVALID', 'headers.0.value INVALID', 'headers.1.value INVALID'],
  ],
];

describe('An API at Chartbrew', () => {
  it.each(WRONG)('an API with %s is not created', async (_what, settings, issues) => {
    const expected = issues.map((issue) => `config.api.${issue}`);
    expect(await createAndRecord(gateway, { config: { api: { baseUrl, ...settings } } })).toEqual({
      issues: expected,
      warnings: [],
      bodies: [],
    });
  });

  it.each(WRONG)('an API is not updated to have %s', async (_what, settings, issues) => {
    const expected = issues.map((issue) => `config.api.${issue}`);
    const first = { config: { api: { baseUrl } } };
    expect(await createThenUpdate(gateway, first, { config: { api: settings } })).toEqual({
      issues: expected,
      warnings: [],
      bodies: [],
    });
  });

  it.each(WRONG)('an API with %s is not tested', async (_what, settings, issues) => {
    const config = { api: { baseUrl, ...settings } };
    const result = await runMutation(gateway, 'testConnectionConfig', { instance: 'chartbrew', config });
    const reported = (result.issues as { path: string[]; code: string }[]).map(
      ({ path, code }) => `${path.slice(3).join('.')} ${code}`,
    );
    expect(reported.toSorted()).toEqual(issues);
  });

  it('an API accepts all values that HTTP allows', async () => {
    const headers = [header("!#$%&'*+-.^_`|~9a", 'tab\tand é and ÿ'), header('Accept', 'a, b;q=0.5')];
    const { issues, bodies } = await createAndRecord(gateway, { config: { api: { baseUrl, headers } } });
    expect(issues).toEqual([]);
    expect(bodies[0]?.['options']).toEqual([{ "!#$%&'*+-.^_`|~9a": 'tab\tand é and ÿ' }, { Accept: 'a, b;q=0.5' }]);
  });

  it('an update cannot give an API a second sign-in in its headers', async () => {
    const headers = [header('Authorization', 'entry-secret-1')];
    const authentication = { bearer: 'token-secret-1' };
    const change = { config: { api: { authentication, headers } } };
    expect((await createThenUpdate(gateway, { config: { api: { baseUrl } } }, change)).issues).toEqual([
      'config.api.headers.0.name EXCLUSIVE',
    ]);
    const signIn = { config: { api: { authentication } } };
    expect((await createThenUpdate(gateway, { config: { api: { baseUrl, headers } } }, signIn)).issues).toEqual([
      'config.api.authentication EXCLUSIVE',
    ]);
  });
});

describe('The key of Customer.io, which is sent in a header', () => {
  it('the Customer.io key with a line break is refused', async () => {
    const config = { customerIo: { region: 'eu', apiKey: 'pw-secret-1\n' } };
    expect((await createAndRecord(gateway, { config })).issues).toEqual(['config.customerIo.apiKey INVALID']);
    const change = { config: { customerIo: { apiKey: { replace: 'pw-secret-2\r' } } } };
    const first = { config: { customerIo: { region: 'eu', apiKey: 'pw-secret-1' } } };
    expect((await createThenUpdate(gateway, first, change)).issues).toEqual(['config.customerIo.apiKey INVALID']);
  });
});

describe('The list of headers of an API, because Chartbrew sends a token only when it is stored', () => {
  const bearer = { bearer: 'token-secret-1' };
  const basic = { basic: { username: 'bi', password: 'pw-secret-1' } };
  const token = { type: 'bearer_token', token: 'token-secret-1' };

  it.each<[string, Values, unknown]>([
    ['a token', { authentication: bearer }, []],
    ['user and password', { authentication: basic }, []],
    [
      'a token and headers',
      { authentication: bearer, headers: [header('A', 'entry-secret-1')] },
      [{ A: 'entry-secret-1' }],
    ],
    ['a token and headers that are null', { authentication: bearer, headers: null }, []],
    ['no sign-in', {}, undefined],
    ['an empty list', { headers: [] }, []],
  ])('the list of headers is written with a new API that has %s', async (_what, settings, options) => {
    const { bodies } = await createAndRecord(gateway, { config: { api: { baseUrl, ...settings } } });
    expect(bodies[0]?.['options']).toEqual(options);
  });

  it('the list of headers is written with a change of the sign-in when none is stored', async () => {
    const { id } = await createForUpdate(gateway, { instance: 'chartbrew', name: 'one', config: { api: { baseUrl } } });
    // A row that an older gateway wrote.
    expect(await updateAndRecord(gateway, id, { config: { api: { authentication: bearer } } })).toEqual({
      issues: [],
      warnings: [],
      bodies: [{ authentication: token, options: [] }],
    });
    expect((await updateAndRecord(gateway, id, { config: { api: { authentication: bearer } } })).bodies).toEqual([
      { authentication: token },
    ]);
  });

  it('the list of headers is written when the sign-in changes from user and password to a token', async () => {
    // Row 15 of the sandbox: basic_auth and options null.
    const id = 'djE6YzpjaGFydGJyZXc6MTU';
    expect((await updateAndRecord(gateway, id, { config: { api: { headers: [] } } })).bodies).toEqual([
      { options: [] },
    ]);
    await gateway.reset('chartbrew');
    expect((await updateAndRecord(gateway, id, { config: { api: { authentication: bearer } } })).bodies).toEqual([
      { authentication: token, options: [] },
    ]);
  });

  it('a stored list of headers does not change, and keeps its headers', async () => {
    const { id } = await createForUpdate(gateway, {
      instance: 'chartbrew',
      name: 'one',
      config: { api: { baseUrl, authentication: bearer, headers: [header('A', 'entry-secret-1')] } },
    });
    const change = { config: { api: { authentication: bearer } } };
    expect((await updateAndRecord(gateway, id, change)).bodies).toEqual([{ authentication: token }]);
    const emptied = { config: { api: { headers: [], authentication: bearer } } };
    expect((await updateAndRecord(gateway, id, emptied)).bodies).toEqual([{ authentication: token, options: [] }]);
    expect((await updateAndRecord(gateway, id, { config: { api: { headers: [] } } })).bodies).toEqual([]);
  });

  it('headers are cleared with an empty list, because null would disable the token', async () => {
    const { id } = await createForUpdate(gateway, {
      instance: 'chartbrew',
      name: 'one',
      config: { api: { baseUrl, authentication: bearer, headers: [header('A', 'entry-secret-1')] } },
    });
    const change = { config: { api: { headers: null, authentication: bearer } } };
    expect((await updateAndRecord(gateway, id, change)).bodies).toEqual([{ authentication: token, options: [] }]);
  });
});
