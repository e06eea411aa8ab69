// What the Chartbrew sandbox answers over real HTTP. Every expected value is typed from the vendor notes.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chartbrewCredentials, createSandboxChartbrew } from '../../src/sandbox/chartbrew/server.ts';
import { startSandboxServer, type SandboxServer } from '../../src/sandbox/server.ts';

const connections = '/team/7/connections';

let server: SandboxServer;

beforeAll(async () => {
  server = await startSandboxServer(createSandboxChartbrew, 0);
});
afterAll(() => server.close());
beforeEach(async () => {
  await fetch(`${server.origin}/__sandbox/reset`, { method: 'POST' });
});

type Row = Readonly<Record<string, unknown>>;

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly json: unknown;
}

const bearer = { authorization: `Bearer ${chartbrewCredentials.apiKey}` };

const send = async (path: string, init: RequestInit): Promise<Answer> => {
  const response = await fetch(server.origin + path, init);
  const type = response.headers.get('content-type') ?? '';
  const text = await response.text();
  const json: unknown = type.startsWith('application/json') ? JSON.parse(text) : undefined;
  return { status: response.status, type, text, json };
};

const get = (path: string, headers: Record<string, string> = bearer) => send(path, { headers });
const postText = (body: string, type = 'application/json', headers: Record<string, string> = bearer) =>
  send(connections, { method: 'POST', headers: { ...headers, 'content-type': type }, body });
const post = (body: unknown) => postText(JSON.stringify(body));

const upload = (id: number, files: readonly (readonly [string, string])[], signal?: AbortSignal) => {
  const body = new FormData();
  for (const [field, text] of files) body.append(field, new Blob([text]), `${field}.pem`);
  return send(`${connections}/${id}/files`, { method: 'POST', headers: bearer, body, ...(signal ? { signal } : {}) });
};

const ofSize = (size: number) => {
  // A column without a maximum length.
  const empty = JSON.stringify({ host: '' });
  return JSON.stringify({ host: 'x'.repeat(size - empty.length) });
};

/** Casts an answer to one row, or to an array of rows: each test knows which it is. */
const rowOf = (answer: Answer): Row => answer.json as Row;
const rowsOf = (answer: Answer): readonly Row[] => answer.json as readonly Row[];

const page = 'text/html; charset=utf-8';

describe('authentication at the sandbox Chartbrew', () => {
  test('a token is accepted with or without the scheme Bearer', async () => {
    expect((await get(connections, { authorization: 'Bearer sandbox-chartbrew-key' })).status).toBe(200);
    expect((await get(connections, { authorization: 'sandbox-chartbrew-key' })).status).toBe(200);
  });

  test('a request without a token is refused with a plain text', async () => {
    expect(await get(connections, {})).toMatchObject({ status: 401, type: page, text: 'Token is missing.' });
  });

  test('a request with a wrong token is refused with a plain text', async () => {
    const answer = await get(connections, { authorization: 'Bearer wrong' });
    expect(answer).toMatchObject({ status: 401, type: page, text: 'Unauthorized access.' });
  });

  test.each(['/team/8/connections', '/team/999/connections/11', '/team/abc/connections'])(
    'a request for another team is denied, not answered as not found: %s',
    async (path) => {
      expect(await get(path)).toMatchObject({ status: 403, json: { message: 'Access denied' } });
    },
  );
});

describe('a read at the sandbox Chartbrew', () => {
  test('the list is an array with the newest row first, regardless of the ids', async () => {
    const answer = await get(`${connections}?limit=2&sort=name`);
    expect(answer.status).toBe(200);
    expect(rowsOf(answer).map(({ id }) => id)).toEqual([
      141, 26, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 140, 14, 12, 11,
    ]);
  });

  test('of two rows created within one second the later one is listed first', async () => {
    await post({ name: 'first', createdAt: '2027-01-01T00:00:00.900Z' });
    await post({ name: 'second', createdAt: '2027-01-01T00:00:00.100Z' });
    expect(rowsOf(await get(connections)).slice(0, 2)).toMatchObject([{ name: 'second' }, { name: 'first' }]);
  });

  test('a list item has every column except password, schema and the SSH secrets', async () => {
    const ledger = rowsOf(await get(connections)).find(({ id }) => id === 18);
    expect(ledger).toEqual({
      id: 18,
      team_id: 7,
      project_ids: [4],
      oauth_id: null,
      name: 'Ledger',
      type: 'postgres',
      subType: 'postgres',
      active: true,
      host: 'ledger-db.internal',
      port: '5432',
      dbName: 'ledger',
      username: 'ledger_ro',
      connectionString: null,
      options: null,
      authentication: null,
      firebaseServiceAccount: null,
      srv: false,
      ssl: false,
      sslMode: 'require',
      sslCa: null,
      sslCert: null,
      sslKey: null,
      useSsh: true,
      sshHost: 'bastion.acme.example',
      sshPort: 22,
      sshUsername: 'tunnel',
      sshJumpHost: null,
      sshJumpPort: null,
      hasSshPassword: false,
      hasSshPassphrase: true,
      hasSshPrivateKey: true,
      allowPrivateHost: null,
      createdAt: '2025-11-20T11:45:00.000Z',
      updatedAt: '2026-02-01T07:00:00.000Z',
    });
  });

  test('the list shows every other secret in clear', async () => {
    const { text } = await get(connections);
    expect(text).toContain('reader:sandbox-secret-orders-mongo@');
    expect(text).toContain('"token":"sandbox-secret-billing-token"');
    expect(text).toContain('"X-Api-Key":"sandbox-secret-billing-header"');
    expect(text).toContain('"pass":"sandbox-secret-status-pass"');
    expect(text).toContain('monitor:sandbox-secret-status-url@');
    expect(text).toContain('sandbox-secret-mobile-firestore');
    expect(text).not.toContain('sandbox-secret-ledger');
    expect(text).not.toContain('sandbox-secret-other-team');
  });

  test.each(['project_id', 'team_id', 'user_id', 'dataset_id', 'dataRequest_id'])(
    'a %s in the query that is not a number is refused',
    async (name) => {
      const answer = await get(`${connections}?${name}=abc`);
      expect(answer).toMatchObject({ status: 400, json: { message: `Invalid ${name}` } });
      expect((await get(`${connections}?${name}=3`)).status).toBe(200);
    },
  );

  test('one connection adds password and schema, and still hides the SSH secrets', async () => {
    const answer = await get(`${connections}/18`);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      id: 18,
      password: 'sandbox-secret-ledger-pg',
      schema: { tables: ['entries'] },
      OAuth: null,
      hasSshPassphrase: true,
    });
    expect(rowOf(answer)).not.toHaveProperty('sshPassword');
    expect(rowOf(answer)).not.toHaveProperty('sshPassphrase');
    expect(rowOf(answer)).not.toHaveProperty('sshPrivateKey');
  });

  test('a Google Analytics connection has its grant, without a refresh token', async () => {
    const { OAuth } = rowOf(await get(`${connections}/24`));
    expect(OAuth).toMatchObject({ email: 'analytics@acme.example', type: 'google', team_id: 7 });
    expect(OAuth).not.toHaveProperty('refreshToken');
  });

  test.each(['9999', '142', 'abc'])('the id %s is not found', async (id) => {
    expect(await get(`${connections}/${id}`)).toMatchObject({ status: 404, json: { error: 'Not Found' } });
  });

  test('an id is the number at the start of the text', async () => {
    expect(rowOf(await get(`${connections}/11abc`))).toMatchObject({ id: 11 });
  });

  test.each([
    ['PATCH', '/team/7/connections/11'],
    ['POST', '/team/7/connections/11'],
    ['PUT', '/team/7/connections'],
    ['DELETE', '/team/7/connections'],
    ['DELETE', '/team/7/connections/11/test'],
    ['GET', '/team/7/connections/mysql/test/files'],
    ['GET', '/nowhere'],
  ])('%s %s has no route, and gets an HTML page even without a token', async (method, path) => {
    const answer = await send(path, { method });
    expect(answer).toMatchObject({ status: 404, type: page });
    expect(answer.text).toContain(`Cannot ${method} ${path}`);
  });
});

describe('a create at the sandbox Chartbrew', () => {
  test('a create answers 200 with the provided fields and the defaults, and leaves out all other fields', async () => {
    const answer = await post({
      name: 'New',
      type: 'postgres',
      subType: 'timescaledb',
      host: 'db',
      port: '5432',
      username: 'ro',
      password: 'pw-in-clear',
      team_id: 99,
      color: 'blue',
      sslCa: 'x',
      sslCert: 'x',
      sslKey: 'x',
      sshPrivateKey: 'x',
      allowPrivateHost: true,
    });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      id: 143,
      team_id: 7,
      name: 'New',
      type: 'postgres',
      subType: 'timescaledb',
      host: 'db',
      port: '5432',
      username: 'ro',
      password: 'pw-in-clear',
      active: true,
      srv: false,
      ssl: false,
      sslMode: 'require',
      hasSshPassword: false,
      hasSshPassphrase: false,
      hasSshPrivateKey: false,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
  });

  test('a later read has null in the columns that were not sent, and times in whole seconds', async () => {
    await post({ name: 'New', createdAt: '2026-05-05T05:05:05.678Z' });
    expect((await get(`${connections}/143`)).json).toMatchObject({
      name: 'New',
      host: null,
      password: null,
      sslCa: null,
      allowPrivateHost: null,
      OAuth: null,
      createdAt: '2026-05-05T05:05:05.000Z',
      updatedAt: expect.stringMatching(/\.000Z$/),
    });
  });

  test('ids ascend, and names may repeat', async () => {
    expect((await post({ name: 'Shop' })).json).toMatchObject({ id: 143 });
    expect((await post({ name: 'Shop' })).json).toMatchObject({ id: 144 });
  });

  test.each([[{}], [{ type: null }], [{ type: '' }]])('a body of %j becomes a mongodb connection', async (body) => {
    expect(await post(body)).toMatchObject({ status: 200, json: { type: 'mongodb' } });
  });

  test('any text is accepted as a type', async () => {
    expect(await post({ type: 'oracle' })).toMatchObject({ status: 200, json: { type: 'oracle' } });
  });

  test('no body, a text and an array each create an empty connection', async () => {
    const bare = await send(connections, { method: 'POST', headers: bearer });
    expect(bare).toMatchObject({ status: 200, json: { id: 143, type: 'mongodb' } });
    expect(await postText('{"name":"x"}', 'text/plain')).toMatchObject({ status: 200, json: { id: 144 } });
    expect(await post(['name'])).toMatchObject({ status: 200, json: { id: 145 } });
    expect(rowOf(await get(`${connections}/144`)).name).toBeNull();
  });

  test('null and an empty text clear the connection string and are ignored in fields that Chartbrew does not clear', async () => {
    const answer = await post({
      host: '',
      port: null,
      password: '',
      sshHost: null,
      connectionString: '',
      options: null,
    });
    expect(rowOf(answer)).not.toHaveProperty('host');
    expect(rowOf(answer)).not.toHaveProperty('port');
    expect(rowOf(answer)).not.toHaveProperty('password');
    expect(rowOf(answer)).not.toHaveProperty('sshHost');
    expect(rowOf(answer)).toMatchObject({ connectionString: null, options: null });
  });

  test('SSH secrets are stored and never returned', async () => {
    const answer = await post({
      useSsh: true,
      sshHost: 'b',
      sshPort: 22,
      sshPassword: 'hush-1',
      sshPassphrase: 'hush-2',
    });
    expect(answer.json).toMatchObject({ sshHost: 'b', sshPort: 22, hasSshPassword: true, hasSshPassphrase: true });
    expect(answer.text).not.toContain('hush');
    expect((await get(`${connections}/143`)).text).not.toContain('hush');
  });

  test('the other secrets are returned in clear', async () => {
    const secrets = {
      password: 'p-1',
      connectionString: 'mysql://u:p-2@db/x',
      authentication: { type: 'bearer_token', token: 'p-3' },
      options: [{ 'X-Key': 'p-4' }],
      firebaseServiceAccount: { private_key: 'p-5' },
    };
    expect(rowOf(await post(secrets))).toMatchObject(secrets);
    expect(rowOf(await get(`${connections}/143`))).toMatchObject(secrets);
  });

  test('an id in the body is used, and later ids continue from it', async () => {
    expect((await post({ id: 500 })).json).toMatchObject({ id: 500 });
    expect((await post({})).json).toMatchObject({ id: 501 });
  });

  test('an id that is in use is a storage error that quotes the statement and the encrypted secret', async () => {
    const answer = await post({ id: 11, name: 'Plain name', password: 'pw-in-clear' });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({
      name: 'SequelizeUniqueConstraintError',
      parent: { code: 'ER_DUP_ENTRY', sql: expect.stringContaining('INSERT INTO') },
    });
    expect(answer.text).toContain('Plain name');
    expect(answer.text).not.toContain('pw-in-clear');
    expect(rowOf(await get(`${connections}/11`))).toMatchObject({ name: 'Orders (Mongo)' });
  });

  test('a port that is a JSON number is refused with an empty 400', async () => {
    const answer = await post({ type: 'mysql', port: 3306 });
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({ code: 'ERR_INVALID_ARG_TYPE' });
  });

  test('a name that is an object is a validation error', async () => {
    const answer = await post({ name: { first: 'x' } });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({
      name: 'SequelizeValidationError',
      errors: [{ message: 'string violation: name cannot be an array or an object', path: 'name' }],
    });
  });

  test.each([[{ name: 'x'.repeat(256) }], [{ ssl: 'yes' }]])(
    'a value that does not fit its column is a storage error',
    async (body) => {
      const answer = await post({ ...body, password: 'pw-in-clear' });
      expect(answer).toMatchObject({ status: 400, json: { name: 'SequelizeDatabaseError' } });
      expect(answer.text).not.toContain('pw-in-clear');
    },
  );

  test.each([
    [
      {
        type: 'jira',
        host: 'https://x.atlassian.example',
        authentication: { type: 'api_token', email: 'a@b.example' },
      },
    ],
    [{ type: 'jira', authentication: { type: 'api_token', email: 'a@b.example', apiToken: 't' } }],
    [{ type: 'api', subType: 'stripeOfficial', authentication: { type: 'api_key', token: 'pk_1' } }],
  ])('a source that checks its fields refuses %j without a message', async (body) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(answer.text).toBe('{}');
  });

  test('a jira connection with site, email and token is created', async () => {
    const authentication = { type: 'api_token', email: 'a@b.example', apiToken: 't' };
    expect((await post({ type: 'jira', host: 'https://x.atlassian.example', authentication })).status).toBe(200);
  });

  test('a body that is not JSON gets an HTML page, even without a token', async () => {
    expect(await postText('{"name":', 'application/json', {})).toMatchObject({ status: 400, type: page });
  });

  test('a JSON body over 100 kB gets an HTML page, and one of exactly that size is accepted', async () => {
    expect((await postText(ofSize(102_400))).status).toBe(200);
    expect(await postText(ofSize(102_401))).toMatchObject({ status: 413, type: page });
  });
});

const postPassword = (length: number) => postText(JSON.stringify({ type: 'mysql', password: 'x'.repeat(length) }));

describe('a text that is longer than its column', () => {
  test('a text that is too long after encryption is refused: encryption doubles its length', async () => {
    expect((await postPassword(32_735)).status).toBe(200);
    const { status, json } = await postPassword(60_000);
    expect(status).toBe(400);
    expect(json).toMatchObject({ name: 'SequelizeDatabaseError', parent: { code: 'ER_DATA_TOO_LONG' } });
    expect((await postPassword(32_736)).status).toBe(400);
  });
});

describe('an upload of certificates to the sandbox Chartbrew', () => {
  test('each uploaded file becomes a path in the row, and the SSH key becomes a flag', async () => {
    const answer = await upload(16, [
      ['sslCa', 'CA TEXT'],
      ['sslCert', 'CERT TEXT'],
      ['sslKey', 'KEY TEXT'],
      ['sshPrivateKey', 'SSH KEY TEXT'],
    ]);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      id: 16,
      password: 'sandbox-secret-shop-mysql',
      sslCa: expect.stringMatching(/^\.connectionFiles\/[0-9a-f]{32}$/),
      sslCert: expect.stringMatching(/^\.connectionFiles\/[0-9a-f]{32}$/),
      sslKey: expect.stringMatching(/^\.connectionFiles\/[0-9a-f]{32}$/),
      hasSshPrivateKey: true,
    });
    expect(rowOf(answer)).not.toHaveProperty('sshPrivateKey');
    expect(answer.text).not.toContain('TEXT');
    expect((await get(`${connections}/16`)).json).toEqual(answer.json);
  });

  test('a file that was not sent does not change', async () => {
    expect((await upload(17, [['sslKey', 'KEY']])).json).toMatchObject({
      sslCa: '.connectionFiles/6f1d2c3b4a5968778695a4b3c2d1e0ff',
      sslCert: null,
      hasSshPrivateKey: false,
    });
  });

  test('the journal has the text of the uploaded files', async () => {
    await upload(16, [['sslCa', 'CA TEXT']]);
    expect((await get('/__sandbox/requests')).text).toContain('CA TEXT');
  });

  test('two files for one column, and a file for an unknown column, are refused with an HTML page', async () => {
    const twice = [['sslCa', 'a'] as const, ['sslCa', 'b'] as const];
    expect(await upload(16, twice)).toMatchObject({ status: 500, type: page });
    expect(await upload(16, [['other', 'a']])).toMatchObject({ status: 500, type: page });
  });

  test('an upload to a connection that does not exist is not found', async () => {
    expect(await upload(9999, [['sslCa', 'a']])).toMatchObject({ status: 404, json: { error: 'Not Found' } });
  });

  test('an upload of 1 MiB is answered, and one byte more is received but never answered', async () => {
    const mebibyte = 'x'.repeat(1024 * 1024);
    expect((await upload(16, [['sslCa', mebibyte]])).status).toBe(200);
    const tooLarge = upload(18, [['sslCa', `${mebibyte}x`]], AbortSignal.timeout(500));
    await expect(tooLarge).rejects.toThrow(/timeout/);
    expect((await get('/__sandbox/requests')).text).toContain('/team/7/connections/18/files');
    expect(rowOf(await get(`${connections}/18`)).sslCa).toBeNull();
  });
});
