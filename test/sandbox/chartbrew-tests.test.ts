// How the Chartbrew sandbox tests a connection, saved or not, over real HTTP. Every expected value is typed from the vendor
// notes, or from the sandbox's own rules for what fails and what it quotes.
import { describe, expect, test } from 'vitest';
import { createSandboxChartbrew } from '../../src/sandbox/chartbrew/server.ts';
import { useSandbox } from '../support/sandbox-call.ts';

const connections = '/team/7/connections';
const page = 'text/html; charset=utf-8';

const { send } = useSandbox(createSandboxChartbrew, 'Bearer sandbox-chartbrew-key');
const testSaved = (id: number) => send('GET', `${connections}/${id}/test`);
const testUnsaved = (type: string, body: unknown) => send('POST', `${connections}/${type}/test`, body);

/** Tests the same fields saved and unsaved. */
const testBoth = async (row: { readonly type: string; readonly [field: string]: unknown }) => {
  const { id } = (await send('POST', connections, row)).json;
  return { saved: await testSaved(id), unsaved: await testUnsaved(row.type, row) };
};

const pem = '-----BEGIN PRIVATE KEY-----\nkey-secret-1\n-----END PRIVATE KEY-----\n';
const parts = { dbName: 'shop', username: 'bi_user', password: 'pw-secret-1' };

describe('a test that passes at the sandbox Chartbrew', () => {
  const orders = { tables: ['orders'], description: { orders: { id: { type: 'INTEGER', allowNull: false } } } };

  test.each([
    [11, 'mongodb', { success: true }],
    [12, 'mongodb', { success: true }],
    [14, 'api', { success: true }],
    [15, 'api', { success: true }],
    [17, 'mysql', { success: true, schema: orders }],
    [19, 'postgres', { success: true, schema: orders }],
    [20, 'postgres', { success: true, schema: orders }],
    [23, 'firestore', [{ id: 'orders' }]],
    [24, 'googleAnalytics', [{ account: 'accounts/1001', displayName: 'Acme' }]],
    [26, 'customerio', { success: true }],
    [140, 'clickhouse', { success: true, schema: orders }],
    [141, 'jira', { success: true, metadata: { projects: [{ key: 'ENG' }] } }],
  ])('a test of the saved row %i (%s) answers like its source', async (id, _type, json) => {
    const answer = await testSaved(id);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual(json);
  });

  test('a test of realtimedb answers with a text', async () => {
    const words = { status: 200, type: page, text: 'Connection successful' };
    expect(await testSaved(22)).toMatchObject(words);
    const firebaseServiceAccount = { private_key: pem };
    const unsaved = { connectionString: 'https://gone.invalid', firebaseServiceAccount };
    expect(await testUnsaved('realtimedb', unsaved)).toMatchObject(words);
  });

  test('a test of a saved row returns the stored schema', async () => {
    const { json } = await testSaved(16);
    expect(json).toMatchObject({ success: true, schema: { tables: ['orders', 'customers'] } });
    expect(json.schema.description.customers).toHaveProperty('email');
  });

  test.each([
    ['mongodb', { host: 'db', ...parts }, { success: true, collections: [{ name: 'orders', type: 'collection' }] }],
    ['mysql', { host: 'db', port: 3306, ...parts }, { success: true, schema: orders }],
    ['postgres', { host: 'db', port: '5432', subType: 'supabasedb' }, { success: true, schema: orders }],
    ['stripeOfficial', { authentication: { token: 'sk_1' } }, { success: true, metadata: { accountId: 'acct_1' } }],
  ])('a test of an unsaved %s answers like its source', async (type, body, json) => {
    const answer = await testUnsaved(type, body);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual(json);
  });

  test.each([
    [{ host: 'https://api.acme.example' }, '{"status":"ok"}'],
    [{ host: 'https://api.acme.example', subType: 'anything' }, '{"status":"ok"}'],
    [{ host: 'https://api.acme.example/page' }, '<!doctype html><html><body>Our API</body></html>'],
  ])('a test of an unsaved api at %j answers with the body of the target, as a text', async (body, text) => {
    expect(await testUnsaved('api', body)).toMatchObject({ status: 200, type: page, text });
    expect((await testBoth({ type: 'api', ...body })).saved.json).toEqual({ success: true });
  });

  test('a test of an unsaved customerio returns the raw response, with the key in clear', async () => {
    const answer = await testUnsaved('customerio', { host: 'eu', password: 'pw-secret-1' });
    expect(answer).toMatchObject({ status: 200, json: { statusCode: 200 } });
    expect(answer.text).toContain('Bearer pw-secret-1');
  });

  test('a test saves nothing and changes nothing', async () => {
    const before = await send('GET', connections);
    await testSaved(19);
    await testUnsaved('mysql', { name: 'New', host: 'db' });
    expect((await send('GET', connections)).text).toBe(before.text);
  });
});

describe('a test of a database that cannot be reached', () => {
  const notFound = { errno: -3008, code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: 'gone.invalid' };
  const closed = { errno: -111, code: 'ECONNREFUSED', syscall: 'connect', address: '127.0.0.1', port: 1 };

  test.each([
    ['postgres', 'postgresql'],
    ['mysql', 'mysql'],
  ])('a test of %s fails on a host that does not exist', async (type, scheme) => {
    const { saved, unsaved } = await testBoth({ type, host: 'gone.invalid', port: '5000', ...parts });
    const url = `${scheme}://bi_user:pw-secret-1@gone.invalid:5000/shop`;
    const error = { ...notFound, detail: url };
    expect(saved.status).toBe(400);
    expect(saved.json).toEqual({ name: 'SequelizeHostNotFoundError', parent: error, original: error });
    expect(unsaved).toMatchObject({ status: 400, type: page, text: `getaddrinfo ENOTFOUND gone.invalid (${url})` });
  });

  test.each([
    ['postgres', 'postgresql'],
    ['mysql', 'mysql'],
  ])('a test of %s fails on a closed port', async (type, scheme) => {
    const { saved, unsaved } = await testBoth({ type, host: 'db', port: '1', ...parts });
    const url = `${scheme}://bi_user:pw-secret-1@db:1/shop`;
    const error = { ...closed, detail: url };
    expect(saved.status).toBe(400);
    expect(saved.json).toEqual({ name: 'SequelizeConnectionRefusedError', parent: error, original: error });
    expect(unsaved).toMatchObject({ status: 400, type: page, text: `connect ECONNREFUSED 127.0.0.1:1 (${url})` });
  });

  test('an unsaved test fails too when the port is a number', async () => {
    const answer = await testUnsaved('mysql', { host: 'db', port: 1 });
    expect(answer.text).toMatch(/^connect ECONNREFUSED 127\.0\.0\.1:1 /);
  });

  test('a database without a host is looked up on the Chartbrew server itself', async () => {
    const answer = await testUnsaved('postgres', {});
    expect(answer).toMatchObject({ status: 400, text: 'connect ECONNREFUSED 127.0.0.1:5432 (postgresql://:@:5432/)' });
  });

  test.each([
    [{ host: 'gone.invalid' }, 'getaddrinfo ENOTFOUND gone.invalid', notFound, 'gone.invalid:27017'],
    [{ host: 'db', port: '1' }, 'connect ECONNREFUSED 127.0.0.1:1', closed, 'db:1'],
  ])('a test of mongodb fails at %j', async (where, words, error, server) => {
    const { saved, unsaved } = await testBoth({ type: 'mongodb', ...where, ...parts });
    const message = `${words} (mongodb://bi_user:pw-secret-1@${server}/shop)`;
    expect(saved.status).toBe(400);
    expect(saved.json).toEqual({ message, reason: { type: 'Unknown', servers: {}, error } });
    expect(unsaved).toMatchObject({ status: 400, type: page, text: message });
  });

  test.each([
    [{ host: 'gone.invalid' }, 'getaddrinfo ENOTFOUND gone.invalid'],
    [{ host: 'db', port: '1' }, 'connect ECONNREFUSED 127.0.0.1:1'],
  ])('a test of clickhouse fails at %j, and a saved connection gets no message', async (where, words) => {
    const { saved, unsaved } = await testBoth({ type: 'clickhouse', ...where, ...parts });
    expect(saved).toMatchObject({ status: 400, type: 'application/json; charset=utf-8', text: '{}' });
    expect(unsaved).toMatchObject({ status: 400, type: page });
    expect(unsaved.text.startsWith(`Failed to fetch database schema: ${words} (http://bi_user:pw-secret-1@`)).toBe(
      true,
    );
  });

  test.each([
    ['https://gone.invalid/v1', 'Error: getaddrinfo ENOTFOUND gone.invalid', notFound],
    ['http://api.acme.example:1/', 'Error: connect ECONNREFUSED 127.0.0.1:1', closed],
  ])('a test of the api fails at %s', async (host, message, cause) => {
    const options = [{ 'X-Key': 'pw-secret-1' }];
    const { saved, unsaved } = await testBoth({ type: 'api', host, options });
    expect(saved.status).toBe(400);
    expect(saved.json).toEqual({
      name: 'RequestError',
      message,
      cause,
      options: { url: host, headers: { accept: 'application/json', 'X-Key': 'pw-secret-1' } },
    });
    expect(unsaved).toMatchObject({ status: 400, type: page, text: message });
  });

  test('a test of jira fails on a host that does not exist, and a saved connection gets no message', async () => {
    const authentication = { type: 'api_token', email: 'a@b.example', apiToken: 'pw-secret-1' };
    const { saved, unsaved } = await testBoth({ type: 'jira', host: 'https://gone.invalid', authentication });
    expect(saved).toMatchObject({ status: 400, text: '{}' });
    expect(unsaved).toMatchObject({ status: 400, type: page, text: 'getaddrinfo ENOTFOUND gone.invalid' });
  });
});

describe('a test of a source that refuses the secret', () => {
  const wrong = { host: 'db', dbName: 'shop', username: 'bi_user', password: 'wrong-secret-1' };

  test('a saved postgres connection gets the code of the server and no message', async () => {
    const { saved, unsaved } = await testBoth({ type: 'postgres', ...wrong });
    const url = 'postgresql://bi_user:wrong-secret-1@db:5432/shop';
    expect(saved.status).toBe(400);
    expect(saved.json).toMatchObject({
      name: 'SequelizeConnectionError',
      parent: { severity: 'FATAL', code: '28P01', detail: url },
      original: { code: '28P01', detail: url },
    });
    expect(saved.text).not.toContain('message');
    const text = `password authentication failed for user "bi_user" (${url})`;
    expect(unsaved).toMatchObject({ status: 400, type: page, text });
  });

  test('mysql', async () => {
    const { saved, unsaved } = await testBoth({ type: 'mysql', subType: 'rdsMysql', ...wrong });
    const sqlMessage =
      "Access denied for user 'bi_user'@'172.18.0.1' (using password: YES) (mysql://bi_user:wrong-secret-1@db:3306/shop)";
    expect(saved.status).toBe(400);
    expect(saved.json).toMatchObject({
      name: 'SequelizeAccessDeniedError',
      parent: { code: 'ER_ACCESS_DENIED_ERROR', sqlMessage },
    });
    expect(unsaved).toMatchObject({ status: 400, type: page, text: sqlMessage });
  });

  test('mongodb', async () => {
    const { saved, unsaved } = await testBoth({ type: 'mongodb', srv: true, ...wrong });
    const text = 'Authentication failed. (mongodb+srv://bi_user:wrong-secret-1@db:27017/shop)';
    expect(saved.status).toBe(400);
    expect(saved.json).toEqual({
      errorResponse: { ok: 0, errmsg: text, code: 18, codeName: 'AuthenticationFailed' },
      ok: 0,
      code: 18,
      codeName: 'AuthenticationFailed',
    });
    expect(unsaved).toMatchObject({ status: 400, type: page, text });
  });

  test('the failure of a tunnel quotes its password', async () => {
    const tunnel = { useSsh: true, sshHost: 'bastion', sshUsername: 'tunnel', sshPassword: 'pw-secret-2' };
    const { saved, unsaved } = await testBoth({ type: 'mysql', ...wrong, ...tunnel });
    expect(saved.text).toContain('tunnel:pw-secret-2@bastion');
    expect(unsaved.text).toContain('tunnel:pw-secret-2@bastion');
  });

  test.each([
    ['clickhouse', wrong, 'Failed to fetch database schema: bi_user: Authentication failed'],
    ['stripeOfficial', { authentication: { token: 'sk_wrong_1' } }, '401 - the token sk_wrong_1 is refused'],
    [
      'firestore',
      { firebaseServiceAccount: { private_key: pem.replace('key', 'wrong') } },
      '16 UNAUTHENTICATED: -----BEGIN PRIVATE KEY-----\nwrong-secret-1',
    ],
    ['googleAnalytics', { oauth_id: '7d1f3a52-0c44-4f0e-9a77-0d3f3e1b9c21' }, 'OAuth is not registered properly'],
  ])('a saved connection to %s gets no message: %j', async (type, row, words) => {
    const { saved, unsaved } = await testBoth({ type, ...row });
    expect(saved).toMatchObject({ status: 400, text: '{}' });
    expect(unsaved).toMatchObject({ status: 400, type: page });
    expect(unsaved.text.startsWith(words)).toBe(true);
  });

  test.each([
    ['realtimedb', {}, 'Service account object must contain a string "private_key" property.'],
    ['firestore', {}, 'Service account object must contain a string "private_key" property.'],
    [
      'realtimedb',
      { firebaseServiceAccount: { private_key: 'key-secret-1' } },
      'Failed to parse private key: Error: Invalid PEM formatted message. (key-secret-1)',
    ],
    [
      'firestore',
      { firebaseServiceAccount: { private_key: pem.replace('END', 'ENDE') } },
      `Failed to parse private key: Error: Invalid PEM formatted message. (${pem.replace('END', 'ENDE')})`,
    ],
  ])('%s fails with a key that cannot be read: %j', async (type, row, message) => {
    const { saved, unsaved } = await testBoth({ type, ...row });
    expect(saved).toMatchObject({ status: 400, json: { code: 'app/invalid-credential', message } });
    expect(unsaved).toMatchObject({ status: 400, type: page, text: message });
  });

  test('google analytics fails without a grant', async () => {
    const { saved, unsaved } = await testBoth({ type: 'googleAnalytics' });
    expect(saved).toMatchObject({ status: 400, json: { error: 'No oauth token' } });
    expect(unsaved).toMatchObject({ status: 400, json: { error: 'No oauth token' } });
  });

  test('the failure of an api quotes the whole exchange, with the headers that were sent', async () => {
    const { saved, unsaved } = await testBoth({
      type: 'api',
      host: 'https://api.acme.example/unauthorized',
      authentication: { type: 'basic_auth', user: 'bi', pass: 'pw-secret-1' },
      options: [{ 'X-Key': 'pw-secret-2' }],
    });
    expect(saved.status).toBe(400);
    expect(saved.json).toMatchObject({
      name: 'StatusCodeError',
      statusCode: 401,
      message: expect.stringMatching(/^401 - "\{/),
      options: { headers: { 'X-Key': 'pw-secret-2' }, auth: { user: 'bi', pass: 'pw-secret-1' } },
      response: {
        statusCode: 401,
        // bi:pw-secret-1
        request: { headers: { 'X-Key': 'pw-secret-2', authorization: 'Basic Ymk6cHctc2VjcmV0LTE=' } },
      },
    });
    expect(unsaved).toMatchObject({ status: 400, type: page, text: saved.json.message });
    expect(unsaved.text).toContain('Basic Ymk6cHctc2VjcmV0LTE=');
  });

  test.each([
    ['api', 'api', { authentication: { type: 'bearer_token', token: 'wrong-secret-1' } }],
    ['api', 'strapi', { authentication: { type: 'bearer_token', token: 'wrong-secret-1' } }],
    ['api', 'stripe', { authentication: { type: 'basic_auth', user: 'u', pass: 'wrong-secret-1' } }],
    ['api', 'api', { options: [{ 'X-Key': 'wrong-secret-1' }] }],
    ['customerio', 'customerio', { password: 'wrong-secret-1' }],
  ])('%s (%s) fails with %j', async (type, subType, row) => {
    const options: readonly unknown[] = [];
    const { saved, unsaved } = await testBoth({ type, subType, host: 'https://api.acme.example', options, ...row });
    expect(saved).toMatchObject({ status: 400, json: { name: 'StatusCodeError', statusCode: 401 } });
    expect(saved.text).toMatch(/wrong-secret-1|dTp3cm9uZy1zZWNyZXQtMQ==/);
    expect(unsaved).toMatchObject({ status: 400, type: page });
    expect(unsaved.text).toMatch(/^401 - "/);
  });

  test.each([undefined, null])(
    'an api with a token and no list of headers never receives the token: %j',
    async (options) => {
      const authentication = { type: 'bearer_token', token: 'token-secret-1' };
      const { saved, unsaved } = await testBoth({
        type: 'api',
        host: 'https://api.acme.example',
        authentication,
        options,
      });
      expect(saved).toMatchObject({ status: 400, json: { name: 'StatusCodeError', statusCode: 401 } });
      expect(saved.text).not.toContain('token-secret-1');
      expect(unsaved.status).toBe(200);
    },
  );

  test('an api with a token and an empty list of headers receives the token', async () => {
    const authentication = { type: 'bearer_token', token: 'token-secret-1' };
    const row = { type: 'api', host: 'https://api.acme.example', authentication, options: [] };
    const { saved, unsaved } = await testBoth(row);
    expect([saved.status, unsaved.status]).toEqual([200, 200]);
  });
});
