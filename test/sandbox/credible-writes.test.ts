// How the Credible sandbox updates, deletes and tests a connection, over real HTTP. Every expected value is typed from the
// vendor notes, or from the sandbox's own rules for what fails.
import { describe, expect, test } from 'vitest';
import { createSandboxCredible } from '../../src/sandbox/credible/server.ts';
import { useSandbox } from '../support/sandbox-call.ts';

const analytics = '/api/v0/organizations/acme/projects/analytics/connections';
const shop = `${analytics}/shop_mysql`;

const { send } = useSandbox(createSandboxCredible, 'Bearer sandbox-credible-token');
const patch = (body: unknown, path = shop) => send('PATCH', path, body);
const dryRun = (body: unknown) => send('POST', `${analytics}?dryRun=true`, body);
const read = async (path = shop) => (await send('GET', path)).json;

const refusal = (message: string) => ({ status: 400, json: { code: 'INVALID_ARGUMENT', message } });
const failed = (message: string) => ({ status: 400, json: { code: 'FAILED_PRECONDITION', message } });
const page = 'text/html; charset=utf-8';

describe('an update at the sandbox Credible', () => {
  test('an update replaces the whole stored block and keeps the fields that were not sent', async () => {
    const answer = await patch({ mysqlConnection: { host: 'other-db.acme.example' } });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      name: 'shop_mysql',
      type: 'mysql',
      resource: '/api/v0/organizations/acme/projects/analytics/connections/shop_mysql',
      attributes: { dialectName: 'mysql', isPool: false, canPersist: true, canStream: false },
      mysqlConnection: { host: 'other-db.acme.example' },
      excludeTables: ['shop.sessions'],
      indexingStatus: 'INDEXED',
      indexingStatusLastUpdated: '2026-05-20T12:00:00.000Z',
    });
    expect(await read()).toEqual(answer.json);
  });

  test('an update without a block keeps the stored one, and its secret is in the answer', async () => {
    const answer = await patch({ includeTables: ['shop.*'], excludeTables: null, excludeAllTables: true });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      includeTables: ['shop.*'],
      excludeTables: null,
      excludeAllTables: true,
      mysqlConnection: { host: 'shop-db.acme.example', port: 3306, password: 'sandbox-secret-shop-mysql' },
    });
  });

  test('an empty update changes nothing', async () => {
    const before = await read();
    const answer = await patch({});
    expect(answer).toMatchObject({ status: 200, json: before });
    expect(await read()).toEqual(before);
  });

  test('an update never changes the name and the fields that the server sets', async () => {
    const before = await read();
    const answer = await patch({
      name: 'renamed',
      resource: 'mine',
      attributes: { dialectName: 'oracle' },
      indexingStatus: 'FAILED',
      indexingStatusLastUpdated: null,
    });
    expect(answer).toMatchObject({ status: 200, json: before });
    expect((await send('GET', `${analytics}/renamed`)).status).toBe(404);
    expect(await read()).toEqual(before);
  });

  test('an update keeps the position in the list', async () => {
    await patch({ note: 'kept as it came' });
    const names = (await send('GET', analytics)).json.map(({ name }: { name: string }) => name);
    expect(names.indexOf('shop_mysql')).toBe(8);
    expect(await read()).toMatchObject({ note: 'kept as it came' });
  });

  test('an update may change the type, and the block of the old type stays stored with its secret', async () => {
    const answer = await patch({ type: 'trino', trinoConnection: { server: 'http://trino', port: 8080 } });
    expect(answer.status).toBe(200);
    expect(await read()).toMatchObject({
      type: 'trino',
      attributes: { dialectName: 'trino', isPool: false, canPersist: true, canStream: false },
      trinoConnection: { server: 'http://trino', port: 8080 },
      mysqlConnection: { password: 'sandbox-secret-shop-mysql' },
    });
  });

  test.each([
    ['a list', [], 'the body must be a connection object'],
    ['no type', { type: null }, 'type is required'],
    ['an unknown type', { type: 'oracle' }, 'Unsupported connection type: oracle'],
    ['a new type without its block', { type: 'trino' }, 'trinoConnection is required for type trino'],
    ['the block of another type', { trinoConnection: {} }, 'trinoConnection is not allowed for type mysql'],
    ['a block that is null', { mysqlConnection: null }, 'mysqlConnection must be an object'],
    ['a port that is text', { mysqlConnection: { port: '3306' } }, 'mysqlConnection.port must be an integer'],
    ['a table without a schema', { includeTables: ['x'] }, 'includeTables must be a list of schema.table or schema.*'],
  ])('an update with %s is refused like a create, and nothing is saved', async (_words, body, message) => {
    const before = await read();
    expect(await patch(body)).toMatchObject(refusal(message));
    expect(await read()).toEqual(before);
  });

  test('an update must send a complete block', async () => {
    const answer = await patch({ snowflakeConnection: { schema: 'X' } }, `${analytics}/warehouse_snowflake`);
    expect(answer).toMatchObject(refusal('snowflakeConnection.account is required'));
  });

  test('an update with a block that fails the test is not saved', async () => {
    const before = await read();
    const answer = await patch({ mysqlConnection: { host: 'gone.invalid', password: 'pw-secret-1' } });
    expect(answer).toMatchObject(failed('getaddrinfo ENOTFOUND gone.invalid'));
    expect(await read()).toEqual(before);
  });

  test('an update tests the stored block even if only other fields are sent', async () => {
    const body = { name: 'gone', type: 'mysql', mysqlConnection: { host: 'gone.invalid' } };
    expect((await send('POST', analytics, body)).status).toBe(201);
    const answer = await patch({ includeTables: ['shop.*'] }, `${analytics}/gone`);
    expect(answer).toMatchObject(failed('getaddrinfo ENOTFOUND gone.invalid'));
    expect(await read(`${analytics}/gone`)).not.toHaveProperty('includeTables');
  });

  test('a body that is not JSON is an internal error that quotes the body', async () => {
    expect(await patch('not json pw-secret-1')).toMatchObject({
      status: 500,
      json: { code: 'INTERNAL', message: `Unexpected token 'o', "not json pw-secret-1" is not valid JSON` },
    });
  });
});

describe('a delete at the sandbox Credible', () => {
  test('a delete is answered without a body, and the name can be used again', async () => {
    expect(await send('DELETE', shop)).toMatchObject({ status: 204, text: '' });
    expect((await send('GET', shop)).status).toBe(404);
    expect((await send('GET', analytics)).text).not.toContain('shop_mysql');
    const again = { name: 'shop_mysql', type: 'mysql', mysqlConnection: {} };
    expect((await send('POST', analytics, again)).status).toBe(201);
  });

  test('a second delete, and an update after a delete, are not found', async () => {
    await send('DELETE', shop);
    const gone = { status: 404, json: { code: 'NOT_FOUND', message: 'Connection "shop_mysql" not found' } };
    expect(await send('DELETE', shop)).toMatchObject(gone);
    expect(await patch({ note: 'x' })).toMatchObject(gone);
  });

  test.each([
    ['PUT', shop],
    ['POST', shop],
    ['PATCH', analytics],
    ['DELETE', analytics],
  ])('%s %s has no route, gets an HTML page and changes nothing', async (method, path) => {
    const before = await send('GET', analytics);
    expect(await send(method, path, {})).toMatchObject({ status: 404, type: page });
    expect((await send('GET', analytics)).text).toBe(before.text);
  });

  test.each(['PATCH', 'DELETE'])('%s in an unknown project is not found', async (method) => {
    const path = '/api/v0/organizations/acme/projects/other/connections/shop_mysql';
    expect(await send(method, path, {})).toMatchObject({
      status: 404,
      json: { code: 'NOT_FOUND', message: 'Organization or project not found' },
    });
    expect((await send('GET', shop)).status).toBe(200);
  });
});

const refused = (user: string) => `password authentication failed for user "${user}"`;

const attached = (type: string, block: unknown) => ({
  attachedDatabases: [
    { name: 'fine', type: 'gcs', gcsConnection: { keyId: 'k', secret: 'pw-secret-1' } },
    { name: 'a', type, [`${type}Connection`]: block },
  ],
});
describe('a dry run at the sandbox Credible', () => {
  const fresh = {
    name: 'fresh',
    type: 'mysql',
    mysqlConnection: { host: 'db', port: 3306, database: 'shop', user: 'ro', password: 'pw-secret-1' },
  };

  test('a dry run of a connection that works answers with its secret and saves nothing', async () => {
    const before = await send('GET', analytics);
    const answer = await dryRun({ ...fresh, indexingStatus: 'INDEXED' });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      ...fresh,
      resource: '/api/v0/organizations/acme/projects/analytics/connections/fresh',
      attributes: { dialectName: 'mysql', isPool: false, canPersist: true, canStream: false },
      indexingStatus: null,
      indexingStatusLastUpdated: null,
    });
    expect((await send('GET', analytics)).text).toBe(before.text);
  });

  test('a dry run with a name that exists is no conflict and does not change that connection', async () => {
    const before = await read();
    expect((await dryRun({ ...fresh, name: 'shop_mysql' })).status).toBe(200);
    expect(await read()).toEqual(before);
  });

  test.each([
    ['no name', { type: 'mysql', mysqlConnection: {} }, 'name is required'],
    ['no block', { name: 'fresh', type: 'mysql' }, 'mysqlConnection is required for type mysql'],
    ['a port that is text', { ...fresh, mysqlConnection: { port: '1' } }, 'mysqlConnection.port must be an integer'],
  ])('a dry run with %s is refused like a create', async (_words, body, message) => {
    expect(await dryRun(body)).toMatchObject(refusal(message));
  });

  const snowflake = { account: 'a', username: 'SVC', warehouse: 'w' };

  test.each([
    ['postgres', { host: 'gone.invalid', password: 'wrong' }, 'getaddrinfo ENOTFOUND gone.invalid'],
    ['postgres', { host: 'db', userName: 'bi', password: 'pw-wrong-1' }, refused('bi')],
    ['mysql', { host: 'db', user: 'ro', password: 'wrong' }, refused('ro')],
    ['snowflake', { ...snowflake, password: 'wrong' }, refused('SVC')],
    ['snowflake', { ...snowflake, privateKey: 'k', privateKeyPass: 'wrong' }, refused('SVC')],
    ['trino', { server: 'https://gone.invalid', port: 8443 }, 'getaddrinfo ENOTFOUND gone.invalid'],
    ['trino', { server: 'https://gone.invalid:8443/x' }, 'getaddrinfo ENOTFOUND gone.invalid'],
    ['trino', { server: 'https://trino', peakaKey: 'wrong' }, refused('')],
    ['bigquery', { serviceAccountKeyJson: '{"private_key":"wrong"}' }, refused('')],
    ['motherduck', { accessToken: 'wrong' }, refused('')],
    ['duckdb', attached('s3', { endpoint: 'http://s3.invalid:9000' }), 'getaddrinfo ENOTFOUND s3.invalid'],
    ['duckdb', attached('s3', { accessKeyId: 'AKIA', secretAccessKey: 'wrong' }), refused('AKIA')],
    ['duckdb', attached('s3', { accessKeyId: 'AKIA', sessionToken: 'wrong' }), refused('AKIA')],
    ['duckdb', attached('gcs', { keyId: 'GOOG', secret: 'wrong' }), refused('GOOG')],
    ['duckdb', attached('postgres', { host: 'gone.invalid' }), 'getaddrinfo ENOTFOUND gone.invalid'],
    // The engine joins the parts without quotes, so the last host counts.
    [
      'duckdb',
      attached('postgres', { host: 'db', userName: 'bi host=gone.invalid' }),
      'getaddrinfo ENOTFOUND gone.invalid',
    ],
    ['duckdb', attached('postgres', { host: 'db', password: "a'b" }), 'Parser Error: syntax error at or near "b"'],
  ])('a dry run of a %s block fails: %j', async (type, block, message) => {
    expect(await dryRun({ name: 'x', type, [`${type}Connection`]: block })).toMatchObject(failed(message));
  });

  test.each([
    ['postgresql://bi:pw-secret-1@gone.invalid:5432/db', 'getaddrinfo ENOTFOUND gone.invalid'],
    ['postgresql://gone.invalid/db', 'getaddrinfo ENOTFOUND gone.invalid'],
    ['postgresql://bi:pw:wrong@db/x', refused('bi')],
    // The engine reads the part of the password after its @ as the host.
    ['postgresql://bi:p@ss-secret-1@gone.invalid/db', 'getaddrinfo ENOTFOUND ss-secret-1'],
  ])(
    'a dry run with the connection string %s fails, whatever the other fields are',
    async (connectionString, message) => {
      const postgresConnection = { connectionString, host: 'other.invalid', password: 'wrong' };
      expect(await dryRun({ name: 'x', type: 'postgres', postgresConnection })).toMatchObject(failed(message));
    },
  );

  test.each([
    ['postgres', { connectionString: 'postgresql://bi:pw-secret-1@db.acme.example/x?sslmode=require' }],
    ['postgres', { host: 'invalid.acme.example', databaseName: 'wrong', userName: 'wrong' }],
    ['trino', { server: 'https://trino.acme.example/gone.invalid' }],
  ])('a dry run of a %s block passes: %j', async (type, block) => {
    expect((await dryRun({ name: 'x', type, [`${type}Connection`]: block })).status).toBe(200);
  });

  test('a create does not test the connection', async () => {
    const body = { ...fresh, mysqlConnection: { host: 'gone.invalid' } };
    expect((await send('POST', `${analytics}?dryRun=false`, body)).status).toBe(201);
  });
});
