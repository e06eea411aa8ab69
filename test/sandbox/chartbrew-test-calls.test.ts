// How the Chartbrew sandbox reads a call that tests a connection, and its fields, over real HTTP. Every expected value
// is typed from the vendor notes, or from the sandbox's own rules for what fails.
import { describe, expect, test } from 'vitest';
import { createSandboxChartbrew } from '../../src/sandbox/chartbrew/server.ts';
import { useSandbox } from '../support/sandbox-call.ts';

const connections = '/team/7/connections';
const page = 'text/html; charset=utf-8';

const { send, upload, journal } = useSandbox(createSandboxChartbrew, 'Bearer sandbox-chartbrew-key');
const testSaved = (id: number, body?: unknown) => send('GET', `${connections}/${id}/test`, body);
const testUnsaved = (type: string, body: unknown) => send('POST', `${connections}/${type}/test`, body);
const testNew = async (row: unknown) => testSaved((await send('POST', connections, row)).json.id);

const formOf = (connection: string | undefined, files: readonly string[] = []) => {
  const form = new FormData();
  if (connection !== undefined) form.append('connection', connection);
  for (const field of files) form.append(field, new Blob(['PEM pw-secret-2']), `${field}.pem`);
  return form;
};

describe('a test of a connection string at the sandbox Chartbrew', () => {
  test('a connection string overrides the parts, and its password ends at the last @', async () => {
    const saved = await testNew({
      type: 'postgres',
      connectionString: 'postgresql://bi:p@ss-secret-1@gone.invalid:5432/shop',
      host: 'db',
      password: 'wrong',
    });
    expect(saved.json.parent).toMatchObject({
      code: 'ENOTFOUND',
      hostname: 'gone.invalid',
      detail: 'postgresql://bi:p@ss-secret-1@gone.invalid:5432/shop',
    });
  });

  test.each([
    ['mysql://bi:pw-secret-1@db:1/shop', /^connect ECONNREFUSED 127\.0\.0\.1:1 /],
    ['mysql://bi:wrong-secret-1@db/shop', /^Access denied for user 'bi'@/],
    ['mysql://db.acme.example/shop', /^Invalid URL$/],
  ])('a connection string of mysql: %s', async (connectionString, words) => {
    const answer = await testUnsaved('mysql', { connectionString });
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(words);
  });

  test.each([
    ['mongodb://bi:pw-secret-1@gone.invalid/shop', /^getaddrinfo ENOTFOUND gone\.invalid /],
    ['mongodb+srv://bi:wrong-secret-1@cluster0.acme.example/shop', /^Authentication failed\. /],
    ['mongodb://127.0.0.1:27017/shop', /^Unable to parse 127\.0\.0\.1:%3Amongodb:$/],
  ])('a connection string of mongodb: %s', async (connectionString, words) => {
    const answer = await testUnsaved('mongodb', { connectionString });
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(words);
  });

  test('a connection string is ignored by clickhouse', async () => {
    const connectionString = 'http://bi:wrong@gone.invalid/x';
    expect((await testUnsaved('clickhouse', { host: 'db', connectionString })).status).toBe(200);
  });
});

describe('a type or an address that the sandbox Chartbrew does not test', () => {
  test.each([
    ['https://api.acme.example/private/v1', 'private_network'],
    ['ftp://api.acme.example', 'invalid_scheme'],
    ['no url', 'invalid_url'],
    [undefined, 'invalid_url'],
  ])('the api at %s is blocked: %s', async (host, reason) => {
    const saved = await testNew({ type: 'api', host });
    const unsaved = await testUnsaved('api', { host });
    const json = { code: 'SSRF_BLOCKED', reason, message: expect.any(String) };
    expect(saved.status).toBe(400);
    expect(saved.json).toEqual(json);
    expect(unsaved.status).toBe(400);
    expect(unsaved.json).toEqual(json);
  });

  test.each([{ type: 'oracle' }, { type: 'postgres', subType: 'cockroach' }])('%j cannot be tested', async (row) => {
    const saved = await testNew({ ...row, host: 'db' });
    const unsaved = await testUnsaved(row.type, { ...row, host: 'db' });
    expect(saved).toMatchObject({ status: 400, json: { code: 'SSRF_BLOCKED', reason: 'invalid_url' } });
    expect(unsaved).toMatchObject({ status: 400, type: page, text: 'No request type specified' });
  });
});

describe('the call of a test at the sandbox Chartbrew', () => {
  test('a test by id accepts the body {} too, and the journal shows the body', async () => {
    expect((await testSaved(16)).status).toBe(200);
    expect((await testSaved(16, {})).status).toBe(200);
    expect((await journal()).map(({ method, body }) => [method, body])).toEqual([
      ['GET', ''],
      ['GET', '{}'],
    ]);
  });

  test.each([142, 9999])('a test of the row %i is not found', async (id) => {
    expect(await testSaved(id)).toMatchObject({ status: 404, json: { error: 'Not Found' } });
  });

  test('a test of a connection of another team is denied', async () => {
    expect((await send('GET', '/team/8/connections/142/test')).status).toBe(403);
    expect((await send('POST', '/team/8/connections/mysql/test', {})).status).toBe(403);
  });

  test('a test of an unsaved connection without a JSON body gets an HTML error page', async () => {
    expect(await send('POST', `${connections}/mysql/test`)).toMatchObject({ status: 500, type: page });
    expect(await send('POST', `${connections}/mysql/test/files`, {})).toMatchObject({ status: 500, type: page });
  });

  test('the type in the body overrides the type in the path', async () => {
    const answer = await testUnsaved('postgres', { type: 'mysql', host: 'db', password: 'wrong' });
    expect(answer.text).toMatch(/^Access denied for user/);
  });

  test('a test with files has the connection as JSON text in a part of its own', async () => {
    const path = `${connections}/postgres/test/files`;
    const fine = formOf('{"host":"db","password":"pw-secret-1"}', ['sslCa', 'sslCert', 'sslKey', 'sshPrivateKey']);
    expect(await upload(path, fine)).toMatchObject({ status: 200, json: { success: true } });
    const wrong = await upload(path, formOf('{"host":"db","username":"bi","password":"wrong"}', ['sslCa']));
    expect(wrong).toMatchObject({ status: 400, type: page });
    expect(wrong.text).toMatch(/^password authentication failed for user "bi"/);
    const other = await upload(path, formOf('{"type":"mysql","host":"gone.invalid"}'));
    expect(other.text).toMatch(/^getaddrinfo ENOTFOUND gone\.invalid \(mysql:/);
  });

  test.each([
    ['no connection', undefined, []],
    ['a connection that is no JSON', 'host=db', []],
    ['a file for no column', '{}', ['other']],
    ['two files for one column', '{}', ['sslCa', 'sslCa']],
  ])('a test with %s is refused with an HTML page', async (_words, connection, files) => {
    const answer = await upload(`${connections}/postgres/test/files`, formOf(connection, files));
    expect(answer).toMatchObject({ status: 500, type: page });
  });
});
