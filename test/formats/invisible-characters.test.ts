// Invisible characters, and blanks at the ends of values. A host, a name or a user with one of them is refused, with its kind
// and position. A secret is sent unchanged, with a warning.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createForUpdate, runMutation, recordSent } from '../support/mutations.ts';
import { createMany } from '../fan-out/create-connections.ts';
import { rotate } from '../rotation/rotate.ts';
import { create, issuesOf } from '../support/create-connection.ts';
import { startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';

type Values = Readonly<Record<string, unknown>>;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterEach(() => gateway.resetAll());
afterAll(() => gateway.close());

const server = { host: 'db.acme.example', port: 5432, database: 'orders', username: 'bi', password: 'pw-secret-1' };
const seen = (what: string, at: number) =>
  `Must not contain ${what} (character ${at}): it is invisible and changes the value.`;

describe('A plain text with an invisible character', () => {
  it.each([
    ['bi\u200b', 'a zero-width character', 3],
    ['\u200bbi', 'a zero-width character', 1],
    ['b\u200di', 'a zero-width character', 2],
    ['b\u2060i', 'a zero-width character', 2],
    ['\ufeffbi', 'a byte-order mark', 1],
    ['\u202abi\u202c', 'a text direction mark', 1],
    ['bi\u200e', 'a text direction mark', 3],
    ['b\u00adi', 'a soft hyphen', 2],
    ['b\u00a0i', 'a no-break space', 2],
    ['bi\u202f', 'a no-break space', 3],
    ['bi\u3000', 'an unusual space', 3],
    ['b\u2003i', 'an unusual space', 2],
    ['bi\u2028', 'a line break', 3],
    ['bi\n', 'a line break', 3],
    ['bi\u0085', 'a line break', 3],
    ['bi\t', 'a tab', 3],
    ['bi\u0000', 'a control character', 3],
    ['bi\u001b[0m', 'a control character', 3],
    ['bi\u009b', 'a control character', 3],
    ['bi\u2800', 'an invisible character', 3],
    ['bi\u3164', 'an invisible character', 3],
    ['bi\u115f', 'an invisible character', 3],
    ['b\u034fi', 'an invisible character', 2],
    ['bi\ufe0f', 'an invisible character', 3],
    ['bi\u{e0041}', 'an invisible character', 3],
    ['𝕏y\u200b', 'a zero-width character', 3],
  ])('a plain text with an invisible character is refused: %j', async (username, what, at) => {
    const { result } = await create(gateway, {
      instance: 'looker',
      name: 'one',
      config: { postgres: { ...server, username } },
    });
    expect(result.issues).toMatchObject([
      { path: ['input', 'config', 'postgres', 'username'], code: 'INVALID', message: seen(what, at) },
    ]);
    expect(await gateway.received('looker')).toEqual([]);
  });

  const Z = '\u200b';
  const snowflake = { account: 'acme', warehouse: 'W', database: 'D', username: 'U', password: 'pw-secret-1' };

  it.each<[VendorName, Values, Values | undefined, string]>([
    ['looker', { postgres: { ...server, host: `db.acme${Z}.example` } }, undefined, 'config.postgres.host'],
    ['omni', { mysql: { ...server, database: `orders${Z}` } }, undefined, 'config.mysql.database'],
    ['omni', { mssql: { ...server, schema: `dbo${Z}` } }, undefined, 'config.mssql.schema'],
    ['credible', { snowflake: { ...snowflake, account: `acme${Z}` } }, undefined, 'config.snowflake.account'],
    ['omni', { snowflake: { ...snowflake, warehouse: `W${Z}` } }, undefined, 'config.snowflake.warehouse'],
    ['credible', { bigquery: { projectId: `acme${Z}` } }, undefined, 'config.bigquery.projectId'],
    [
      'omni',
      { athena: { region: `eu-west-1${Z}`, roleArn: 'arn:aws:iam::1:role/x' } },
      undefined,
      'config.athena.region',
    ],
    ['chartbrew', { api: { baseUrl: `https://api.acme.example/${Z}` } }, undefined, 'config.api.baseUrl'],
    [
      'chartbrew',
      { api: { baseUrl: 'https://api.acme.example', headers: [{ name: `X-Key${Z}`, value: 'v-secret-1' }] } },
      undefined,
      'config.api.headers.0.name',
    ],
    ['chartbrew', { googleAnalytics: { oauthId: `6f1c${Z}` } }, undefined, 'config.googleAnalytics.oauthId'],
    [
      'looker',
      { oracle: { ...server, serviceName: `ORCL${Z}`, usesTns: true } },
      undefined,
      'config.oracle.serviceName',
    ],
    ['looker', { postgres: server }, { looker: { tmpSchema: `tmp${Z}` } }, 'options.looker.tmpSchema'],
    [
      'looker',
      { postgres: server },
      { looker: { pdtOverride: { username: `u${Z}` } } },
      'options.looker.pdtOverride.username',
    ],
    [
      'chartbrew',
      { postgres: server },
      { chartbrew: { ssh: { enabled: true, host: 'a', password: 'ssh-secret-1', username: `u${Z}` } } },
      'options.chartbrew.ssh.username',
    ],
    ['omni', { postgres: server }, { omni: { includeSchemas: ['a', `b${Z}`] } }, 'options.omni.includeSchemas.1'],
    ['omni', { postgres: server }, { omni: { scratchSchema: `s${Z}` } }, 'options.omni.scratchSchema'],
  ])('a plain text with an invisible character is refused at %s: %j %j', async (instance, config, options, place) => {
    const { result } = await create(gateway, { instance, name: 'one', config, ...(options && { options }) });
    expect(issuesOf(result)).toEqual([`input.${place} INVALID`]);
    expect(result.issues[0].message).toContain('a zero-width character');
  });

  it('a connection name with an invisible character is refused, unless the character is part of how a word is written', async () => {
    for (const [name, what, at] of [
      ['orders\u200b', 'a zero-width character', 7],
      ['orders\u202e', 'a text direction mark', 7],
      ['or\u200dders', 'a zero-width character', 3],
    ] as const) {
      const { result } = await create(gateway, { instance: 'chartbrew', name, config: { postgres: server } });
      expect(result.issues).toMatchObject([{ path: ['input', 'name'], message: seen(what, at) }]);
    }
    for (const name of ['👩\u200d💻 orders', 'سفارش\u200cها', '❤\ufe0f', 'Größe 部屋']) {
      const { result } = await create(gateway, { instance: 'chartbrew', name, config: { postgres: server } });
      expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess', connection: { name }, warnings: [] });
    }
  });

  it('an update with an invisible character is refused before any write', async () => {
    const { id } = await createForUpdate(gateway, { instance: 'looker', name: 'one', config: { postgres: server } });
    const change = { config: { postgres: { username: 'bi\u200b' } }, options: { looker: { tmpSchema: '\ufefftmp' } } };
    const { result, sent } = await recordSent(gateway, 'looker', () =>
      runMutation(gateway, 'updateConnection', { id, ...change }),
    );
    expect(issuesOf(result)).toEqual([
      'input.config.postgres.password SECRET_NEEDED',
      'input.config.postgres.username INVALID',
      'input.options.looker.tmpSchema INVALID',
    ]);
    expect(sent).toEqual([]);
  });
});

const ENDS = 'It begins or ends with a blank, a line break or an invisible character. It is sent unchanged.';
const hidden = (what: string) => `It contains an invisible character (${what}). It is sent unchanged.`;
const PASSWORD = ['input', 'config', 'postgres', 'password'];

describe('A secret with a suspect character is sent as it is, with a warning', () => {
  it.each([
    ['pw-secret-1\n', [ENDS]],
    ['pw-secret-1\r\n', [ENDS]],
    [' pw-secret-1', [ENDS]],
    ['pw-secret-1\u00a0', [ENDS]],
    ['\ufeffpw-secret-1', [ENDS]],
    ['pw-secret-1\u200b', [ENDS]],
    ['pw\u200b-secret-1', [hidden('a zero-width character')]],
    ['pw\u00a0-secret-1', [hidden('a no-break space')]],
    ['pw\n-secret-1', [hidden('a line break')]],
    ['pw\u0000-secret-1', [hidden('a control character')]],
    [' pw\u200b-secret-1', [ENDS, hidden('a zero-width character')]],
    ['pw-secret-1-******', ['A part of it looks masked or truncated. It is sent unchanged.']],
    ['pw-secret-1…', ['A part of it looks masked or truncated. It is sent unchanged.']],
    ['_____', ['A part of it looks masked or truncated. It is sent unchanged.']],
    ['pw-${DB_SECRET}-secret-1', ['It contains a template that was not replaced by its value. It is sent unchanged.']],
    ['changeme', ['It looks like an example value. It is sent unchanged.']],
    ['your-password', ['It looks like an example value. It is sent unchanged.']],
  ])('%j', async (password, messages) => {
    for (const instance of ['looker', 'chartbrew'] as const) {
      const config = { postgres: { ...server, password } };
      const { result, text } = await create(gateway, { instance, name: 'one', config });
      expect(result.warnings).toEqual(messages.map((message) => ({ path: PASSWORD, code: 'VALUE_DOUBTFUL', message })));
      expect((await gateway.posted(instance)).at(-1)).toMatchObject({ password });
      expect(text).not.toContain('secret-1');
    }
  });

  it.each([
    'pw secret 1',
    'p\u00e4ss-secret-1',
    '密码-secret-1',
    '🔑-secret-1',
    'correct horse 1',
    '$up3r{secret}-1',
    '100%',
  ])('a secret without a suspect character gets no warning: %s', async (password) => {
    const { result } = await create(gateway, {
      instance: 'looker',
      name: 'one',
      config: { postgres: { ...server, password } },
    });
    expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess', warnings: [] });
  });

  it.each<[VendorName, Values, Values | undefined, string]>([
    ['credible', { motherduck: { accessToken: 'token-secret-1\n' } }, undefined, 'config.motherduck.accessToken'],
    ['chartbrew', { customerIo: { region: 'eu', apiKey: 'key-secret-1 ' } }, undefined, 'config.customerIo.apiKey'],
    [
      'chartbrew',
      { mongodb: { host: 'a', database: 'b', options: [{ name: 'x', value: 'v-secret-1 ' }] } },
      undefined,
      'config.mongodb.options.0.value',
    ],
    [
      'credible',
      { duckdb: { attached: [{ name: 'a', source: { gcs: { keyId: 'k', secret: 's-secret-1\n' } } }] } },
      undefined,
      'config.duckdb.attached.0.source.gcs.secret',
    ],
    [
      'looker',
      { postgres: server },
      { looker: { pdtOverride: { password: 'pw-secret-2 ' } } },
      'options.looker.pdtOverride.password',
    ],
    [
      'chartbrew',
      { mysql: server },
      { chartbrew: { ssh: { enabled: true, host: 'a', username: 'hop', password: 'ssh-secret-1\n' } } },
      'options.chartbrew.ssh.password',
    ],
  ])('a suspect character in a secret is reported at %s: %j %j', async (instance, config, options, place) => {
    const { result } = await create(gateway, { instance, name: 'one', config, ...(options && { options }) });
    expect(result.warnings).toEqual([{ path: `input.${place}`.split('.'), code: 'VALUE_DOUBTFUL', message: ENDS }]);
  });

  it('line breaks in a secret of several lines get no warning', async () => {
    const options = { looker: { afterConnectStatements: "SET a = '1';\n\tSET b = '2';\n" } };
    const { result } = await create(gateway, {
      instance: 'looker',
      name: 'one',
      config: { postgres: server },
      options,
    });
    expect(result.warnings).toEqual([]);
  });
});

describe('A plain text with a blank at its end', () => {
  const message = 'It begins or ends with a blank. It is sent unchanged.';

  it('a blank at the end of a name, a user or a database gets a warning', async () => {
    const config = { postgres: { ...server, username: 'bi ', database: ' orders' } };
    const { result } = await create(gateway, { instance: 'chartbrew', name: ' orders ', config });
    expect(result.warnings).toEqual([
      { path: ['input', 'name'], code: 'VALUE_DOUBTFUL', message },
      { path: ['input', 'config', 'postgres', 'database'], code: 'VALUE_DOUBTFUL', message },
      { path: ['input', 'config', 'postgres', 'username'], code: 'VALUE_DOUBTFUL', message },
    ]);
    expect(await gateway.posted('chartbrew')).toMatchObject([{ name: ' orders ', username: 'bi ', dbName: ' orders' }]);
  });

  it('a blank at the end and an unresolved placeholder both get a warning', async () => {
    const config = { mysql: { ...server, username: '${DB_USER}', port: 3306 } };
    const { result } = await create(gateway, { instance: 'omni', name: 'one', config });
    expect(result.warnings).toMatchObject([{ path: ['input', 'config', 'mysql', 'username'], code: 'VALUE_DOUBTFUL' }]);
  });
});

describe('The warning about a suspect value', () => {
  it('an update warns about the fields that it changes only', async () => {
    const config = { postgres: { ...server, password: 'pw-secret-1\n' } };
    const { id } = await createForUpdate(gateway, { instance: 'chartbrew', name: 'one', config });
    const first = await runMutation(gateway, 'updateConnection', { id, name: 'two ' });
    expect(first.warnings).toMatchObject([{ path: ['input', 'name'], code: 'VALUE_DOUBTFUL' }]);
    const change = { config: { postgres: { password: { replace: 'pw-secret-2\n' } } } };
    const second = await runMutation(gateway, 'updateConnection', { id, ...change });
    expect(second.warnings).toEqual([{ path: PASSWORD, code: 'VALUE_DOUBTFUL', message: ENDS }]);
  });

  it('a fan-out warns for each target', async () => {
    const config = { postgres: { ...server, password: 'pw-secret-1 ' } };
    const targets = [
      { instance: 'looker', options: { looker: { pdtOverride: { password: 'pw-secret-2 ' } } } },
      { instance: 'chartbrew', name: 'other ' },
    ];
    const { fanOut } = await createMany(gateway, { name: 'one', targets, config });
    expect(
      fanOut?.outcomes.map(({ result }) => result?.warnings?.map(({ path, code }) => `${code} ${path.join('.')}`)),
    ).toEqual([
      [
        'VALUE_DOUBTFUL input.config.postgres.password',
        'VALUE_DOUBTFUL input.targets.0.options.looker.pdtOverride.password',
      ],
      ['VALUE_DOUBTFUL input.targets.1.name', 'VALUE_DOUBTFUL input.config.postgres.password'],
    ]);
  });

  it('a rotation warns with each of its outcomes', async () => {
    const { id } = await createForUpdate(gateway, { instance: 'looker', name: 'one', config: { postgres: server } });
    const { outcomes } = await rotate(gateway, { connections: { ids: [id] }, secret: 'pw-secret-2\n' });
    expect(outcomes).toMatchObject([
      { status: 'DONE', result: { warnings: [{ path: ['input', 'secret'], code: 'VALUE_DOUBTFUL' }] } },
    ]);
  });
});
