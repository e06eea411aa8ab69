// How the Chartbrew sandbox updates and deletes a row, over real HTTP. Every expected value is typed from the vendor notes.
import { request } from 'undici';
import { describe, expect, test } from 'vitest';
import { createSandboxChartbrew } from '../../src/sandbox/chartbrew/server.ts';
import { useSandbox } from '../support/sandbox-call.ts';

const connections = '/team/7/connections';
const page = 'text/html; charset=utf-8';
const authorization = 'Bearer sandbox-chartbrew-key';

const { send, journal, origin } = useSandbox(createSandboxChartbrew, authorization);
const put = (id: number, body: unknown) => send('PUT', `${connections}/${id}`, body);
const read = async (id: number) => (await send('GET', `${connections}/${id}`)).json;
const datasetIds = async () => (await send('GET', '/team/7/datasets')).json.map(({ id }: { id: number }) => id);

describe('an update at the sandbox Chartbrew', () => {
  test('an update is partial, and its answer is the whole row with the secret in clear', async () => {
    const before = await read(16);
    const answer = await put(16, { host: 'new-db.acme.example', port: '3307', ssl: true });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      ...before,
      host: 'new-db.acme.example',
      port: '3307',
      ssl: true,
      updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
    });
    expect(answer.json).toMatchObject({ id: 16, name: 'Shop', password: 'sandbox-secret-shop-mysql', OAuth: null });
    expect(answer.json.updatedAt > '2026-01-14T12:30:00.000Z').toBe(true);
    expect(await read(16)).toEqual(answer.json);
  });

  test.each(['host', 'port', 'dbName', 'username', 'password'])('null and "" do not change %s', async (field) => {
    const before = (await read(16))[field];
    expect(before).toMatch(/./);
    expect((await put(16, { [field]: null })).json).toHaveProperty(field, before);
    expect((await put(16, { [field]: '' })).json).toHaveProperty(field, before);
  });

  test.each(['sshHost', 'sshUsername', 'sshJumpHost'])('null and "" do not change %s', async (field) => {
    await put(18, { [field]: 'kept' });
    expect((await put(18, { [field]: null })).json).toHaveProperty(field, 'kept');
    expect((await put(18, { [field]: '' })).json).toHaveProperty(field, 'kept');
  });

  test('null and "" do not change the SSH secrets, which no answer shows', async () => {
    const set = await put(18, { sshPassword: 'pw-secret-1', sshPassphrase: 'pw-secret-2' });
    expect(set.json).toMatchObject({ hasSshPassword: true, hasSshPassphrase: true });
    expect(set.text).not.toContain('pw-secret');
    expect((await put(18, { sshPassword: null, sshPassphrase: '' })).status).toBe(200);
    const storedSecrets = (await send('GET', '/__sandbox/secrets')).json;
    expect(storedSecrets['18']).toEqual({ sshPassword: 'pw-secret-1', sshPassphrase: 'pw-secret-2' });
  });

  test.each([null, ''])('%j clears the connection string', async (connectionString) => {
    expect(await put(20, { connectionString })).toMatchObject({ status: 200, json: { connectionString: null } });
  });

  test('null clears a nullable field', async () => {
    const none = { options: null, authentication: null, project_ids: null, name: null, subType: null };
    expect(await put(14, none)).toMatchObject({ status: 200, json: none });
    expect(await read(14)).toMatchObject({ ...none, host: 'https://billing.acme.example/v2' });
  });

  test('null clears the numeric fields of the tunnel', async () => {
    expect((await put(18, { sshPort: null })).json).toMatchObject({ sshPort: null });
  });

  test('authentication, options and the service account are each replaced as a whole', async () => {
    const whole = {
      authentication: { type: 'basic_auth', user: 'monitor' },
      options: [{ 'X-Other': 'pw-secret-1' }],
      firebaseServiceAccount: { project_id: 'other' },
    };
    await put(14, { firebaseServiceAccount: { private_key: 'pw-secret-2' } });
    expect((await put(14, whole)).status).toBe(200);
    const { authentication, options, firebaseServiceAccount } = await read(14);
    expect({ authentication, options, firebaseServiceAccount }).toEqual(whole);
  });

  test('a port that is a number is refused with an empty 400, and nothing changes', async () => {
    const before = await read(16);
    const answer = await put(16, { port: 3307, name: 'Other' });
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({ code: 'ERR_INVALID_ARG_TYPE' });
    expect(await read(16)).toEqual(before);
  });

  test('file paths and server-set fields in the JSON are ignored', async () => {
    const before = await read(21);
    const answer = await put(21, {
      sslCa: null,
      sslCert: 'x',
      sslKey: 'x',
      sshPrivateKey: 'x',
      allowPrivateHost: true,
      team_id: 8,
      createdAt: '2020-01-01T00:00:00.000Z',
      updatedAt: '2020-01-01T00:00:00.000Z',
      color: 'blue',
    });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ ...before, updatedAt: answer.json.updatedAt });
    expect(answer.json.sslCa).toBe('.connectionFiles/aa11bb22cc33dd44ee55ff6677889900');
    expect(answer.json.updatedAt > '2026-01-08T15:00:00.000Z').toBe(true);
  });

  test('the type may change to any text, but not to null', async () => {
    expect(await put(16, { type: 'oracle' })).toMatchObject({ status: 200, json: { type: 'oracle' } });
    const answer = await put(16, { type: null });
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({
      name: 'SequelizeValidationError',
      errors: [{ message: 'Connection.type cannot be null', type: 'notNull Violation', path: 'type', value: null }],
    });
    expect(await read(16)).toMatchObject({ type: 'oracle' });
  });

  test('a name that is an object is a validation error', async () => {
    const answer = await put(16, { name: { first: 'x' } });
    expect(answer).toMatchObject({ status: 400, json: { name: 'SequelizeValidationError' } });
    expect(answer.json.errors).toMatchObject([{ path: 'name' }]);
  });

  test('a value that does not fit its column is a storage error that quotes the statement and the encrypted secret', async () => {
    const answer = await put(16, { name: 'x'.repeat(256), password: 'pw-secret-1' });
    expect(answer).toMatchObject({
      status: 400,
      json: { name: 'SequelizeDatabaseError', sql: 'UPDATE `Connection` SET `name`=?,`password`=? WHERE `id` = ?' },
    });
    expect(answer.text).not.toContain('pw-secret-1');
  });

  test('an id in the body changes the id of the row, and the answer is an empty refusal', async () => {
    const { id: _id, updatedAt: _updatedAt, ...before } = await read(16);
    const answer = await put(16, { id: 500, dbName: 'moved' });
    expect(answer.status).toBe(400);
    expect(answer.text).toBe('{}');
    expect(await send('GET', `${connections}/16`)).toMatchObject({ status: 404 });
    expect(await read(500)).toMatchObject({ ...before, id: 500, dbName: 'moved' });
    expect((await send('POST', connections, {})).json).toMatchObject({ id: 501 });
  });

  test('the id of another row is a storage error, and both rows stay', async () => {
    expect(await put(16, { id: 11 })).toMatchObject({
      status: 400,
      json: { name: 'SequelizeUniqueConstraintError', parent: { code: 'ER_DUP_ENTRY' } },
    });
    expect([await read(16), await read(11)]).toMatchObject([{ name: 'Shop' }, { name: 'Orders (Mongo)' }]);
  });

  test('the row can be updated with its own id in the body', async () => {
    expect(await put(16, { id: 16, name: 'Same' })).toMatchObject({ status: 200, json: { id: 16, name: 'Same' } });
  });

  test('an update without a JSON body gets an HTML error page', async () => {
    expect(await send('PUT', `${connections}/16`)).toMatchObject({ status: 500, type: page });
  });

  test.each([142, 9999])('the row %i is not found', async (id) => {
    expect(await put(id, { name: 'x' })).toMatchObject({ status: 404, json: { error: 'Not Found' } });
  });

  test('an update for another team is denied', async () => {
    expect(await send('PUT', '/team/8/connections/142', { name: 'x' })).toMatchObject({ status: 403 });
  });
});

describe('a delete at the sandbox Chartbrew', () => {
  test('a delete is confirmed, and a second delete is not found', async () => {
    const answer = await send('DELETE', `${connections}/16`);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ removed: true });
    const gone = await send('DELETE', `${connections}/16`);
    expect(gone).toMatchObject({ status: 404, json: { error: 'Not Found' } });
    expect((await send('GET', `${connections}/16`)).status).toBe(404);
    expect((await send('GET', connections)).json).toHaveLength(15);
  });

  test("another team's row is not found and stays", async () => {
    expect((await send('DELETE', `${connections}/142`)).status).toBe(404);
    expect((await send('POST', connections, { id: 142 })).json).toMatchObject({
      name: 'SequelizeUniqueConstraintError',
    });
  });

  test('an id is not used twice', async () => {
    expect((await send('POST', connections, {})).json).toMatchObject({ id: 143 });
    await send('DELETE', `${connections}/143`);
    expect((await send('POST', connections, {})).json).toMatchObject({ id: 144 });
  });

  test.each(['', '?removeDatasets=', '?other=true'])('a delete with the query %j keeps the datasets', async (query) => {
    await send('DELETE', `${connections}/16${query}`);
    expect(await datasetIds()).toContain(1016);
  });

  test.each(['true', 'false', '0'])(
    'a delete with removeDatasets=%s deletes the datasets of the connection only',
    async (value) => {
      expect(await datasetIds()).toHaveLength(16);
      await send('DELETE', `${connections}/16?removeDatasets=${value}`);
      const left = await datasetIds();
      expect(left).not.toContain(1016);
      expect(left).toHaveLength(15);
      expect((await journal()).find(({ method }) => method === 'DELETE')).toMatchObject({
        query: `removeDatasets=${value}`,
      });
    },
  );
});

describe('a caller who leaves the sandbox Chartbrew', () => {
  // The real server crashes when a caller aborts a call by id that has no body.
  test.each([null, '{}'])(
    'a caller who leaves is marked in the journal, with the body that was sent: %j',
    async (body) => {
      await fetch(`${origin()}/__sandbox/outage`, { method: 'POST', body: 'hang' });
      const leaving = new AbortController();
      const left = request(`${origin()}${connections}/16/test`, {
        method: 'GET',
        headers: { authorization, 'content-type': 'application/json' },
        body,
        signal: leaving.signal,
      });
      left.catch(() => {});
      await expect.poll(journal).toHaveLength(1);
      expect((await journal())[0]).not.toHaveProperty('hungUp');
      leaving.abort();
      await expect(left).rejects.toThrow(/abort/);
      await expect.poll(async () => (await journal())[0]).toMatchObject({ hungUp: true, body: body ?? '' });
    },
  );

  test('a caller who got the answer, or whose connection the sandbox reset, is not marked as having left', async () => {
    await send('GET', `${connections}/16`);
    await fetch(`${origin()}/__sandbox/outage`, { method: 'POST', body: 'reset' });
    await expect(send('GET', `${connections}/16`)).rejects.toThrow(/other side closed|ECONNRESET/);
    const recorded = await journal();
    expect(recorded).toHaveLength(2);
    for (const entry of recorded) expect(entry).not.toHaveProperty('hungUp');
  });
});
