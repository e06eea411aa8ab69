// Credible replaces a whole block. An update sends back everything that Credible reported of the block, including fields that the
// schema does not know and cannot read, or it is refused. Every body is typed from the vendor's notes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { create, issuesOf, reportedValues } from '../../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { startCredibleStub } from './stub.ts';
import { readWhole } from '../../support/whole-connection.ts';
import { createForUpdate, runMutation, recordSent } from '../../support/mutations.ts';

type Values = Readonly<Record<string, unknown>>;

const PATH = '/api/v0/organizations/acme/projects/analytics/connections';
const pw = { password: { replace: 'pw-secret-9' } };
const trinoAgain = { ...pw, peakaKey: { clear: true } };
const pgAgain = { ...pw };
const trino = { port: 8443, catalog: 'iceberg', user: 'malloy' };
const pg = { host: 'pg.acme.example', port: 5432, databaseName: 'orders', userName: 'bi' };

/** Updates a stored block. Returns the block that is sent, or undefined when none is sent. */
async function change(type: string, block: unknown, config: Values, options?: Values) {
  const stub = await startCredibleStub({ type, [`${type}Connection`]: block });
  const dialect = { [type]: config };
  const input = { id: stub.id, config: dialect, ...(options && { options: { credible: options } }) };
  const result = await runMutation(stub.gateway, 'updateConnection', input);
  const sent = await stub.changes();
  expect(sent.length).toBeLessThan(2);
  return { result, sent: sent[0]?.[`${type}Connection`], body: sent[0] };
}

const warningsIn = (result: { warnings: { path: string[] | null; code: string }[] }): string[] =>
  result.warnings.map(({ path, code }) => `${path?.join('.')} ${code}`);

describe('The server of a Trino connection', () => {
  it.each([
    ['has a path', 'https://trino.acme.example/gateway/v1'],
    ['has a path and no encryption', 'http://trino.acme.example/gateway'],
    ['ends with a slash', 'https://trino.acme.example/'],
    ['is in capitals', 'HTTPS://TRINO.ACME.EXAMPLE'],
    ['has no scheme', 'trino.acme.example'],
    ['has another scheme', 'ftp://trino.acme.example'],
    ['has a password in it', 'https://bi:pw-secret-1@trino.acme.example'],
    ['cannot be taken apart', 'https://bi:pw-secret-1/x@trino.acme.example'],
    ['is no URL', 'https://'],
    ['is empty', ''],
    ['is null', null],
    ['is a list', ['https://trino.acme.example']],
  ])('the Trino server %s is sent back unchanged when the catalog changes', async (_what, server) => {
    const { sent, body } = await change('trino', { ...trino, server }, { catalog: 'hive', ...trinoAgain });
    expect(body).toEqual({
      name: 'one',
      type: 'trino',
      trinoConnection: { server, port: 8443, catalog: 'hive', user: 'malloy', password: 'pw-secret-9' },
    });
    expect(sent).toBeDefined();
  });

  it('a missing Trino server is not sent', async () => {
    const { sent } = await change('trino', trino, { catalog: 'hive', ...trinoAgain });
    expect(sent).toEqual({ port: 8443, catalog: 'hive', user: 'malloy', password: 'pw-secret-9' });
  });

  it.each([
    ['https://trino.acme.example/gateway/v1', false, 'http://trino.acme.example/gateway/v1'],
    ['http://trino.acme.example/gateway/', true, 'https://trino.acme.example/gateway/'],
    ['trino.acme.example', true, 'https://trino.acme.example'],
    ['http://[2001:db8::15]', true, 'https://[2001:db8::15]'],
  ])('the Trino server %s with the encryption %j is sent as %s', async (server, enabled, expected) => {
    const { sent } = await change('trino', { ...trino, server }, { tls: { enabled }, ...trinoAgain });
    expect(sent).toEqual({ ...trino, server: expected, password: 'pw-secret-9' });
  });

  it('the host of a Trino server with a path cannot change, and the issue says why', async () => {
    const server = 'https://trino.acme.example/gateway';
    const { result, body } = await change('trino', { ...trino, server }, { host: 'new.acme.example', ...trinoAgain });
    expect(issuesOf(result)).toEqual(['input.config.trino.host NOT_ALLOWED']);
    expect(result.issues[0]).toMatchObject({
      source: 'GATEWAY',
      message:
        'The server that Credible stores has a path, for which this schema has no field: change the connection in Credible itself.',
    });
    expect(body).toBeUndefined();
  });

  it.each(['https://bi:pw-secret-1/x@trino.acme.example', '', null, undefined])(
    'the encryption of an unreadable Trino server (%j) cannot change alone',
    async (server) => {
      const { result, body } = await change('trino', { ...trino, server }, { tls: { enabled: false }, ...trinoAgain });
      expect(issuesOf(result)).toEqual(['input.config.trino.host REQUIRED']);
      expect(body).toBeUndefined();
    },
  );

  it('a new host replaces an unreadable Trino server, with a warning', async () => {
    const server = 'https://bi:pw-secret-1/x@trino.acme.example';
    const config = { host: 'new.acme.example', tls: { enabled: false }, ...trinoAgain };
    const { result, sent } = await change('trino', { ...trino, server }, config);
    expect(sent).toEqual({ ...trino, server: 'http://new.acme.example', password: 'pw-secret-9' });
    expect(warningsIn(result)).toEqual(['input.config.trino.host FIELD_LEFT_OUT']);
  });

  it.each([{ port: 443 }, { tls: { enabled: true } }, { username: 'other' }])(
    'a Trino server with a password in its URL is not sent back with a change of %j',
    async (config) => {
      const server = 'http://bi:pw-secret-1@trino.acme.example';
      const { result, body } = await change('trino', { ...trino, server }, { ...config, ...trinoAgain });
      expect(issuesOf(result)).toEqual(['input.config.trino.host NOT_ALLOWED']);
      expect(body).toBeUndefined();
    },
  );
});

describe('Unknown fields of a stored block', () => {
  const proxy = { type: 'ssh', ssh: { host: 'bastion.acme.example', port: 22, username: 'tunnel', hostKey: 'AAAAC3' } };

  it.each<[string, Values, Values, Values]>([
    [
      'postgres',
      { ...pg, sslmode: 'verify-full', proxy, password: 'old-secret-1' },
      { ...pgAgain, port: 5433 },
      { port: 5433 },
    ],
    [
      'postgres',
      { ...pg, statementTimeoutMilliseconds: 5000, tags: ['a', null], password: 'old-secret-1' },
      pgAgain,
      {},
    ],
    [
      'postgres',
      { ...pg, keepAlive: false, note: null, level: 0, empty: {}, password: 'x-secret-1' },
      { ...pgAgain, database: 'sales' },
      { databaseName: 'sales' },
    ],
    [
      'mysql',
      { host: 'my.acme.example', ssl: { verify: true }, password: 'old-secret-1' },
      { ...pw, username: 'bi' },
      { user: 'bi' },
    ],
  ])('an unknown field of a block is sent back: %s %j', async (type, block, config, changed) => {
    const { result, sent } = await change(type, block, config);
    expect(result).toMatchObject({ __typename: 'UpdateConnectionSuccess', warnings: [] });
    expect(sent).toEqual({ ...block, ...changed, password: 'pw-secret-9' });
  });

  it.each<[string, Values, Values, Values]>([
    [
      'bigquery',
      {
        defaultProjectId: 'acme-web',
        impersonateServiceAccount: 'bi@acme.iam.gserviceaccount.com',
        maximumBytesBilled: 5,
      },
      { location: 'EU', serviceAccountKey: { clear: true } },
      { location: 'EU' },
    ],
    [
      'motherduck',
      { database: 'ducks', region: 'eu' },
      { accessToken: { replace: 'token-secret-9' } },
      { accessToken: 'token-secret-9' },
    ],
    [
      'trino',
      { server: 'https://t.acme.example', port: '8443', extraHeaders: { 'X-Team': 'bi' } },
      { ...trinoAgain, schema: 'a' },
      { schema: 'a', password: 'pw-secret-9' },
    ],
    [
      'snowflake',
      { account: 'acme', username: 'BI', warehouse: 'WH', region: 'eu', responseTimeoutMilliseconds: '1000' },
      { ...pw, privateKey: { clear: true }, privateKeyPassphrase: { clear: true }, role: 'ANALYST' },
      { role: 'ANALYST', password: 'pw-secret-9' },
    ],
  ])(
    'an unknown field of a block is sent back when reads leave out secrets: %s %j',
    async (type, block, config, changed) => {
      const { result, sent } = await change(type, block, config);
      expect(result).toMatchObject({ __typename: 'UpdateConnectionSuccess' });
      expect(sent).toEqual({ ...block, ...changed });
    },
  );

  it('a warning names an unknown group, in which reads may leave out secrets', async () => {
    const { result } = await change('postgres', { ...pg, proxy }, pgAgain);
    expect(warningsIn(result)).toEqual(['input.config.postgres SECRET_MAY_BE_LOST']);
    expect(result.warnings[0].message).toContain('`proxy`');
  });

  it('a connection with unknown fields is PARTIAL', async () => {
    const { gateway, id } = await startCredibleStub({
      type: 'postgres',
      postgresConnection: { ...pg, sslmode: 'require' },
    });
    expect((await readWhole(gateway, [id]))[0]).toMatchObject({ completeness: 'PARTIAL' });
  });

  it('a rotation sends unknown fields back', async () => {
    const postgresConnection = { ...pg, sslmode: 'verify-full', password: 'old-secret-1' };
    const { gateway, id, changes } = await startCredibleStub({ type: 'postgres', postgresConnection });
    const answer = await gateway.ask(
      `mutation ($input: RotateConnectionSecretInput!) { rotateConnectionSecret(input: $input) { __typename } }`,
      { input: { connections: { ids: [id] }, field: 'PASSWORD', secret: 'pw-secret-9', verifyFirst: false } },
    );
    expect(answer.data?.rotateConnectionSecret, answer.text).toMatchObject({
      __typename: 'RotateConnectionSecretSuccess',
    });
    expect(await changes()).toEqual([
      { name: 'one', type: 'postgres', postgresConnection: { ...postgresConnection, password: 'pw-secret-9' } },
    ]);
  });

  it.each([
    'password_',
    'connectionString_',
    'Password',
    'ssl_password',
    'serviceAccountKeyJson',
    'privateKey',
    'privateKeyPass',
    'secret',
    'secretAccessKey',
    'sessionToken',
    'sasUrl',
    'clientSecret',
    'oauthClientSecret',
    'peakaKey',
    'token',
    'accessToken',
    'apiKey',
    'api_key',
    'API_KEY',
    'md_token',
    'proxyPassword',
    'tlsKey',
  ])('an unknown field that may be a secret is never sent back: %s', async (name) => {
    for (const [more, shown] of [
      [{ [name]: 'told-secret-7' }, name],
      [{ proxy: { hops: [{ [name]: 'told-secret-7' }] } }, `proxy.hops.0.${name}`],
    ] as const) {
      const { result, body } = await change('postgres', { ...pg, ...more }, { ...pgAgain, port: 1 });
      expect(issuesOf(result)).toEqual(['input.config.postgres NOT_ALLOWED']);
      expect(result.issues[0]).toMatchObject({ source: 'GATEWAY' });
      expect(result.issues[0].message).toContain(`\`${shown}\``);
      expect(result.issues[0].message).toContain('in Credible itself');
      expect(body).toBeUndefined();
    }
  });

  it.each([
    ['********'],
    ['••••••'],
    ['<redacted>'],
    ['[hidden]'],
    ['ab***yz'],
    ['https://bi:told-secret-7@proxy.acme.example'],
    ['-----BEGIN PRIVATE KEY-----\ntold-secret-7'],
    ['timeout=5;Password=told-secret-7'],
  ])('an unknown field with a masked value is never sent back: %j', async (value) => {
    const { result, body } = await change('postgres', { ...pg, option: { deep: [value] } }, { ...pgAgain, port: 1 });
    expect(issuesOf(result)).toEqual(['input.config.postgres NOT_ALLOWED']);
    expect(result.issues[0].message).toContain('`option.deep.0`');
    expect(body).toBeUndefined();
  });

  it('the issue names the unknown fields, except a name that may be a secret', async () => {
    const { result, body } = await change('postgres', { ...pg, tokens: { 'sk-live-9f8e7d6c5b': '*****' } }, pgAgain);
    expect(result.issues[0].message).toContain('`tokens`');
    expect(result.issues[0].message).not.toContain('sk-live');
    expect(body).toBeUndefined();
  });

  it.each([[''], [null], [[]], [{}]])('an empty unknown field is ignored: a token %j', async (token) => {
    const { sent } = await change('postgres', { ...pg, token }, { ...pgAgain, port: 1 });
    expect(sent).toEqual({ ...pg, token, port: 1, password: 'pw-secret-9' });
  });

  it('unknown fields do not prevent an update of the list of tables', async () => {
    const block = { ...pg, token: 'told-secret-7', userName: '*****' };
    const { gateway, id, changes } = await startCredibleStub({ type: 'postgres', postgresConnection: block });
    const options = { credible: { includeTables: ['sales.*'] } };
    await runMutation(gateway, 'updateConnection', { id, options });
    expect(await changes()).toEqual([{ name: 'one', type: 'postgres', includeTables: ['sales.*'] }]);
  });

  it('an update to a connection string keeps the unknown fields', async () => {
    const connectionString = 'postgresql://bi:url-secret-9@pg.acme.example/orders';
    const { sent } = await change(
      'postgres',
      { ...pg, sslmode: 'require', password: 'old-secret-1' },
      { connectionString: { replace: connectionString } },
    );
    expect(sent).toEqual({ sslmode: 'require', connectionString });
  });
});

describe('A field that is reported in part', () => {
  it.each(['orders;password=told-secret-7', 'orders?password=told-secret-7', 'orders&ssl=true'])(
    'a field with driver properties is reported without them and sent back whole: %j',
    async (databaseName) => {
      const { result, sent } = await change('postgres', { ...pg, databaseName }, pgAgain);
      expect(result.connection.config).toMatchObject({ database: 'orders' });
      expect(sent).toEqual({ ...pg, databaseName, password: 'pw-secret-9' });
    },
  );

  it.each([{ host: 'new.acme.example' }, { port: 1 }, { username: 'other' }])(
    'a field with driver properties is not sent back with a change of %j',
    async (config) => {
      const block = { ...pg, databaseName: 'orders;password=told-secret-7' };
      const { result, body } = await change('postgres', block, { ...pgAgain, ...config });
      expect(issuesOf(result)).toEqual(['input.config.postgres.database NOT_ALLOWED']);
      expect(body).toBeUndefined();
    },
  );

  it('a field with driver properties is replaced as a whole, with a warning', async () => {
    const block = { ...pg, databaseName: 'orders;password=told-secret-7' };
    const { result, sent } = await change('postgres', block, {
      ...pgAgain,
      database: 'sales',
      host: 'new.acme.example',
    });
    expect(sent).toEqual({ ...pg, databaseName: 'sales', host: 'new.acme.example', password: 'pw-secret-9' });
    expect(warningsIn(result)).toEqual(['input.config.postgres.database FIELD_LEFT_OUT']);
  });

  it('a masked field is required again', async () => {
    const block = { ...pg, userName: '*****' };
    const { result, body } = await change('postgres', block, { ...pgAgain, port: 1 });
    expect(issuesOf(result)).toEqual(['input.config.postgres.username REQUIRED']);
    expect(body).toBeUndefined();
    const again = await change('postgres', block, { ...pgAgain, port: 1, username: 'bi' });
    expect(again.sent).toEqual({ ...pg, port: 1, password: 'pw-secret-9' });
  });

  it.each([
    ['5432', 5432],
    ['a port', null],
    [5432.5, null],
  ])('a malformed port is sent back as it was reported: %j', async (port, read) => {
    const { result, sent } = await change('postgres', { ...pg, port }, { ...pgAgain, database: 'sales' });
    expect(result.connection.config.port).toBe(read);
    expect(sent).toEqual({ ...pg, port, databaseName: 'sales', password: 'pw-secret-9' });
  });

  it('an unreadable block is replaced by the provided fields, with a warning', async () => {
    const { result, sent } = await change('postgres', 'postgresql://bi:told-secret-7@pg', { host: 'pg', ...pw });
    expect(sent).toEqual({ host: 'pg', password: 'pw-secret-9' });
    expect(warningsIn(result)).toEqual(['input.config.postgres FIELD_LEFT_OUT']);
  });
});

describe('A connection that was changed meanwhile', () => {
  it('an update writes nothing when the connection was changed meanwhile', async () => {
    const block = { ...pg, password: 'old-secret-1' };
    const { gateway, id, changes } = await startCredibleStub(
      { type: 'postgres', postgresConnection: block },
      { postgresConnection: { ...block, host: 'elsewhere.acme.example' } },
    );
    const result = await runMutation(gateway, 'updateConnection', {
      id,
      config: { postgres: { port: 1, ...pgAgain } },
    });
    expect(result).toMatchObject({ __typename: 'ConflictError', conflict: 'CHANGED_MEANWHILE' });
    expect(await changes()).toEqual([]);
  });
});

describe('An IPv6 address at Credible', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.close());

  it.each(['2001:db8::15', '[2001:db8::15]', '2001:0DB8:0:0::15', '[2001:0db8::0015]'])(
    'an IPv6 address has brackets in the URL of a Trino server and none elsewhere: %s',
    async (host) => {
      await gateway.reset('credible');
      const line = await create(gateway, {
        instance: 'credible',
        name: 'line',
        config: { trino: { host, port: 8443 } },
      });
      expect(reportedValues(line.result.connection.config)).toMatchObject({
        host: '2001:db8::15',
        tls: { enabled: true },
      });
      const part = await create(gateway, { instance: 'credible', name: 'part', config: { postgres: { host } } });
      expect(reportedValues(part.result.connection.config)).toMatchObject({ host: '2001:db8::15' });
      const attached = [{ name: 'a', source: { postgres: { host } } }];
      await create(gateway, { instance: 'credible', name: 'inside', config: { duckdb: { attached } } });
      expect(await gateway.posted('credible')).toEqual([
        { name: 'line', type: 'trino', trinoConnection: { server: 'https://[2001:db8::15]', port: 8443 } },
        { name: 'part', type: 'postgres', postgresConnection: { host: '2001:db8::15' } },
        {
          name: 'inside',
          type: 'duckdb',
          duckdbConnection: {
            attachedDatabases: [{ name: 'a', type: 'postgres', postgresConnection: { host: '2001:db8::15' } }],
          },
        },
      ]);
    },
  );

  it('another spelling of an IPv6 address is not a change, and another address is', async () => {
    await gateway.reset('credible');
    const config = { trino: { host: '2001:db8::15', port: 8443 } };
    const { id } = await createForUpdate(gateway, { instance: 'credible', name: 'line', config });
    const move = (host: string) =>
      recordSent(gateway, 'credible', () =>
        runMutation(gateway, 'updateConnection', { id, config: { trino: { host, ...trinoAgain } } }),
      );
    const same = await recordSent(gateway, 'credible', () =>
      runMutation(gateway, 'updateConnection', { id, config: { trino: { host: '[2001:DB8:0::15]' } } }),
    );
    expect(same.sent).toEqual([]);
    expect((await move('2001:db8::16')).sent).toEqual([
      [
        `PATCH ${PATH}/line`,
        {
          name: 'line',
          type: 'trino',
          trinoConnection: { server: 'https://[2001:db8::16]', port: 8443, password: 'pw-secret-9' },
        },
      ],
    ]);
  });
});
