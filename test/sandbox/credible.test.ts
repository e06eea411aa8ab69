// What the Credible sandbox answers over real HTTP. Every expected value is typed from the vendor notes.
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSandboxCredible, credibleCredentials } from '../../src/sandbox/credible/server.ts';
import { startSandboxServer, type SandboxServer } from '../../src/sandbox/server.ts';

const analytics = '/api/v0/organizations/acme/projects/analytics/connections';

let server: SandboxServer;

beforeAll(async () => {
  server = await startSandboxServer(createSandboxCredible, 0);
});
afterAll(() => server.close());
beforeEach(async () => {
  await fetch(`${server.origin}/__sandbox/reset`, { method: 'POST' });
});

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly json: unknown;
}

const send = async (method: string, path: string, body?: string, authorization?: string): Promise<Answer> => {
  const response = await fetch(server.origin + path, {
    method,
    headers: {
      authorization: authorization ?? `Bearer ${credibleCredentials.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body }),
  });
  const type = response.headers.get('content-type') ?? '';
  const text = await response.text();
  const json: unknown = type.startsWith('application/json') ? JSON.parse(text) : undefined;
  return { status: response.status, type, text, json };
};

/** Sends a GET with If-None-Match. It does not use fetch, which would add Cache-Control: no-cache. */
const revalidate = async (path: string, etag: string) => {
  const { headers, status, text } = await request(server.origin + path, {
    headers: { authorization: `Bearer ${credibleCredentials.token}`, 'if-none-match': etag },
  }).then(async (answer) => ({ ...answer, status: answer.statusCode, text: await answer.body.text() }));
  return { status, text, etag: String(headers['etag']), type: headers['content-type'] };
};

const get = (path: string, authorization?: string) => send('GET', path, undefined, authorization);
const post = (body: unknown, path = analytics) => send('POST', path, JSON.stringify(body));

const shop = {
  name: 'new_shop',
  type: 'mysql',
  mysqlConnection: { host: 'db', port: 3306, database: 'shop', user: 'ro', password: 'pw-in-clear' },
};

const refusal = (message: unknown, code = 'INVALID_ARGUMENT') => ({ code, message });

describe('authentication at the sandbox Credible', () => {
  test('the token is accepted with the scheme Bearer or ApiKey', async () => {
    expect((await get(analytics, 'Bearer sandbox-credible-token')).status).toBe(200);
    expect((await get(analytics, 'ApiKey sandbox-credible-token')).status).toBe(200);
  });

  test.each(['', 'Bearer wrong', 'sandbox-credible-token', 'Token sandbox-credible-token'])(
    'a request with the header %j is refused with a code and a message',
    async (authorization) => {
      const answer = await get(analytics, authorization);
      expect(answer.status).toBe(401);
      expect(answer.json).toEqual({ code: 'UNAUTHENTICATED', message: expect.any(String) });
    },
  );
});

describe('a read at the sandbox Credible', () => {
  test('the list is an array in the order of creation', async () => {
    await post(shop);
    const answer = await get(`${analytics}?limit=1`);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject([
      { name: 'orders_postgres', type: 'postgres' },
      { name: 'support-postgres', type: 'postgres' },
      { name: 'marketing_bigquery', type: 'bigquery' },
      { name: 'public_datasets', type: 'bigquery' },
      { name: 'warehouse_snowflake', type: 'snowflake' },
      { name: 'finance_snowflake', type: 'snowflake' },
      { name: 'lakehouse_trino', type: 'trino' },
      { name: 'peaka_trino', type: 'trino' },
      { name: 'shop_mysql', type: 'mysql' },
      { name: 'lake_duckdb', type: 'duckdb' },
      { name: 'campaigns_duckdb', type: 'duckdb' },
      { name: 'scratch_motherduck', type: 'motherduck' },
      { name: 'new_shop', type: 'mysql' },
    ]);
  });

  test('one connection is read by its name, with its secret in clear', async () => {
    const answer = await get(`${analytics}/shop_mysql`);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      name: 'shop_mysql',
      type: 'mysql',
      resource: '/api/v0/organizations/acme/projects/analytics/connections/shop_mysql',
      attributes: { dialectName: 'mysql', isPool: false, canPersist: true, canStream: false },
      mysqlConnection: {
        host: 'shop-db.acme.example',
        port: 3306,
        database: 'shop',
        user: 'shop_ro',
        password: 'sandbox-secret-shop-mysql',
      },
      excludeTables: ['shop.sessions'],
      indexingStatus: 'INDEXED',
      indexingStatusLastUpdated: '2026-05-20T12:00:00.000Z',
    });
  });

  test('the list has the secrets in clear too, including those of attached databases', async () => {
    const { text } = await get(analytics);
    expect(text).toContain('sandbox-secret-orders-pg');
    expect(text).toContain('support_ro:sandbox-secret-support-pg@');
    expect(text).toContain('sandbox-secret-finance-pass');
    expect(text).toContain('sandbox-secret-peaka-key');
    expect(text).toContain('sandbox-secret-lake-s3-session');
    expect(text).toContain('sandbox-secret-lake-gcs');
    expect(text).toContain('sandbox-secret-motherduck');
  });

  test.each([
    `${analytics}/nope`,
    '/api/v0/organizations/other/projects/analytics/connections',
    '/api/v0/organizations/acme/projects/other/connections/shop_mysql',
    '/api/v0/organizations/acme',
  ])('%s is not found', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(answer.json).toEqual({ code: 'NOT_FOUND', message: expect.any(String) });
  });
});

describe('the ETags of the sandbox Credible', () => {
  test.each([analytics, `${analytics}/shop_mysql`])(
    '%s has a weak ETag, and a request with that ETag gets 304',
    async (path) => {
      const { etag } = await revalidate(path, '"another"');
      expect(etag).toMatch(/^W\/"[0-9a-f]+-[A-Za-z0-9+/]{27}"$/);
      for (const held of [etag, etag.replace('W/', ''), `"another", ${etag}`, '*']) {
        expect(await revalidate(path, held)).toEqual({ status: 304, text: '', etag, type: undefined });
      }
    },
  );

  test('a list that has changed is sent again', async () => {
    const before = await revalidate(analytics, '"another"');
    expect(before).toMatchObject({ status: 200, type: 'application/json; charset=utf-8' });
    await post(shop);
    const after = await revalidate(analytics, before.etag);
    expect(after.status).toBe(200);
    expect(after.etag).not.toBe(before.etag);
    expect(after.text).toContain('new_shop');
  });
});

describe('a create at the sandbox Credible', () => {
  test('a create answers with the connection, its secret and the fields that the server sets', async () => {
    const started = Date.now();
    const answer = await post({
      ...shop,
      resource: 'mine',
      attributes: { dialectName: 'oracle', isPool: true },
      indexingStatus: 'INDEXED',
      indexingStatusLastUpdated: '1999-01-01T00:00:00.000Z',
      includeTables: ['sales.orders', 'finance.*'],
      note: 'kept as it came',
    });
    expect(answer.status).toBe(201);
    expect(answer.json).toEqual({
      name: 'new_shop',
      type: 'mysql',
      mysqlConnection: { host: 'db', port: 3306, database: 'shop', user: 'ro', password: 'pw-in-clear' },
      resource: '/api/v0/organizations/acme/projects/analytics/connections/new_shop',
      attributes: { dialectName: 'mysql', isPool: false, canPersist: true, canStream: false },
      indexingStatus: 'PENDING',
      indexingStatusLastUpdated: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      includeTables: ['sales.orders', 'finance.*'],
      note: 'kept as it came',
    });
    const updated = /"indexingStatusLastUpdated":"([^"]+)"/.exec(answer.text)?.[1] ?? '';
    expect(Date.parse(updated)).toBeGreaterThanOrEqual(started);
    expect((await get(`${analytics}/new_shop`)).json).toEqual(answer.json);
  });

  test.each([
    { name: 'p', type: 'postgres', postgresConnection: {} },
    { name: 'b', type: 'bigquery', bigqueryConnection: { maximumBytesBilled: '1000', serviceAccountKeyJson: '{}' } },
    {
      name: 's',
      type: 'snowflake',
      snowflakeConnection: { account: 'a', username: 'u', warehouse: 'w', password: 'p' },
    },
    {
      name: 's',
      type: 'snowflake',
      snowflakeConnection: { account: 'a', username: 'u', warehouse: 'w', privateKey: 'k' },
    },
    { name: 't', type: 'trino', trinoConnection: { server: 'http://trino', port: 8080 } },
    { name: 'd', type: 'duckdb', duckdbConnection: { attachedDatabases: [{ name: 'x', type: 'gcs' }] } },
    { name: 'm', type: 'motherduck', motherduckConnection: { accessToken: 't' }, includeTables: null },
    { ...shop, name: 'with-hyphen', excludeAllTables: true },
  ])('a create with only the required fields succeeds: $type $name', async (body) => {
    const answer = await post(body, `${analytics}?dryRun=false`);
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject(body);
  });

  test('a name that is in use is a conflict, and the first connection stays', async () => {
    const answer = await post({ ...shop, name: 'shop_mysql' });
    expect(answer.status).toBe(409);
    expect(answer.json).toEqual({ code: 'ALREADY_EXISTS', message: 'Connection "shop_mysql" already exists' });
    expect((await get(`${analytics}/shop_mysql`)).text).toContain('sandbox-secret-shop-mysql');
  });

  test.each([
    ['no name', { type: 'mysql', mysqlConnection: {} }, 'name is required'],
    ['a dot in the name', { ...shop, name: 'a.b' }, 'name must match ^[a-zA-Z0-9_-]+$'],
    ['a space in the name', { ...shop, name: 'a b' }, 'name must match ^[a-zA-Z0-9_-]+$'],
    ['a reserved name', { ...shop, name: 'duckdb' }, 'name duckdb is reserved'],
    ['no type', { name: 'x', mysqlConnection: {} }, 'type is required'],
    ['an unknown type', { ...shop, type: 'oracle' }, 'Unsupported connection type: oracle'],
    ['a type every object has by birth', { ...shop, type: 'toString' }, 'Unsupported connection type: toString'],
    ['no block', { name: 'x', type: 'mysql' }, 'mysqlConnection is required for type mysql'],
    ['the block of another type', { ...shop, type: 'trino' }, 'trinoConnection is required for type trino'],
    ['a second block', { ...shop, trinoConnection: {} }, 'trinoConnection is not allowed for type mysql'],
    ['a block that is a list', { ...shop, mysqlConnection: [] }, 'mysqlConnection must be an object'],
    ['a body that is a list', [shop], 'the body must be a connection object'],
  ])('a create with %s is refused', async (_words, body, message) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual(refusal(message));
  });

  const snowflake = { account: 'a', username: 'u', warehouse: 'w', password: 'p' };

  test.each([
    ['mysql', { port: '3306' }, 'mysqlConnection.port must be an integer'],
    ['postgres', { port: 54.32 }, 'postgresConnection.port must be an integer'],
    ['postgres', { password: null }, 'postgresConnection.password must be a string'],
    ['bigquery', { maximumBytesBilled: 1000 }, 'bigqueryConnection.maximumBytesBilled must be a string'],
    ['bigquery', { queryTimeoutMilliseconds: 5 }, 'bigqueryConnection.queryTimeoutMilliseconds must be a string'],
    ['bigquery', { serviceAccountKeyJson: {} }, 'bigqueryConnection.serviceAccountKeyJson must be a string'],
    ['snowflake', { ...snowflake, account: undefined }, 'snowflakeConnection.account is required'],
    ['snowflake', { ...snowflake, username: '' }, 'snowflakeConnection.username is required'],
    ['snowflake', { ...snowflake, warehouse: undefined }, 'snowflakeConnection.warehouse is required'],
    [
      'snowflake',
      { ...snowflake, password: undefined },
      'snowflakeConnection.password or snowflakeConnection.privateKey is required',
    ],
    ['trino', { port: 8080 }, 'trinoConnection.server is required'],
    ['trino', { server: 'trino.acme.example' }, 'trinoConnection.server must start with http:// or https://'],
    ['motherduck', { md_token: 't' }, 'motherduckConnection.accessToken is required'],
    ['duckdb', {}, 'duckdbConnection.attachedDatabases is required'],
    ['duckdb', { attachedDatabases: [] }, 'duckdbConnection needs at least one attached database'],
    ['duckdb', { url: 'md:x' }, 'duckdbConnection.url is not supported'],
    ['duckdb', { attachedDatabases: [{ type: 'gcs' }] }, 'duckdbConnection.attachedDatabases[0].name must be a string'],
    [
      'duckdb',
      {
        attachedDatabases: [
          { name: 'x', type: 'gcs' },
          { name: 5, type: 'gcs' },
        ],
      },
      'duckdbConnection.attachedDatabases[1].name must be a string',
    ],
    ['duckdb', { attachedDatabases: [{ name: 'x' }] }, 'duckdbConnection.attachedDatabases[0].type is not supported'],
    ['duckdb', { attachedDatabases: ['x'] }, 'duckdbConnection.attachedDatabases[0] must be an object'],
    [
      'duckdb',
      { attachedDatabases: [{ name: 'x', type: 's3', s3Connection: 'x' }] },
      'duckdbConnection.attachedDatabases[0].s3Connection must be an object',
    ],
    [
      'duckdb',
      { attachedDatabases: [{ name: 'x', type: 'snowflake', snowflakeConnection: { account: 'a', username: 'u' } }] },
      'duckdbConnection.attachedDatabases[0].snowflakeConnection.warehouse is required',
    ],
    [
      'duckdb',
      { attachedDatabases: [{ name: 'x', type: 'oracle' }] },
      'duckdbConnection.attachedDatabases[0].type is not supported',
    ],
    [
      'duckdb',
      { attachedDatabases: [{ name: 'x', type: 'postgres', postgresConnection: { port: '5432' } }] },
      'duckdbConnection.attachedDatabases[0].postgresConnection.port must be an integer',
    ],
  ])('a create with a %s block is refused: %j', async (type, block, message) => {
    const answer = await post({ name: 'x', type, [`${type}Connection`]: block });
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual(refusal(message));
  });

  test('a BigQuery key that is not JSON is refused with a message that quotes its beginning', async () => {
    const bigqueryConnection = { serviceAccountKeyJson: 'not json KEY-BYTES-OF-A-SERVICE-ACCOUNT' };
    const answer = await post({ name: 'x', type: 'bigquery', bigqueryConnection });
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual(refusal(`Unexpected token 'o', "not json KE"... is not valid JSON`));
  });

  test.each(['orders', 'sales.orders.lines', 'sales/orders.x', '*.*', ''])(
    'the table %j is refused in both lists of tables',
    async (table) => {
      for (const field of ['includeTables', 'excludeTables']) {
        const answer = await post({ ...shop, [field]: ['sales.orders', table] });
        expect(answer.status).toBe(400);
        expect(answer.json).toEqual(refusal(`${field} must be a list of schema.table or schema.*`));
      }
    },
  );

  test('excludeAllTables must be a boolean', async () => {
    const answer = await post({ ...shop, excludeAllTables: 'yes' });
    expect(answer.status).toBe(400);
  });

  test('a body that is not JSON is an internal error that quotes the body', async () => {
    const answer = await send('POST', analytics, 'not json at all, rather a sentence');
    expect(answer.status).toBe(500);
    expect(answer.json).toEqual(refusal(`Unexpected token 'o', "not json at"... is not valid JSON`, 'INTERNAL'));
  });

  test('an unknown project is not found before the body is checked', async () => {
    const answer = await post({}, '/api/v0/organizations/acme/projects/other/connections');
    expect(answer.status).toBe(404);
    expect(answer.json).toEqual({ code: 'NOT_FOUND', message: 'Organization or project not found' });
  });

  test('a reset removes created connections', async () => {
    await post(shop);
    await fetch(`${server.origin}/__sandbox/reset`, { method: 'POST' });
    expect((await get(`${analytics}/new_shop`)).status).toBe(404);
  });
});
