// How the Omni sandbox updates connections and moves them to the trash, over real HTTP. This file must not import adapters or the
// sandbox's internals.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSandboxOmni } from '../../src/sandbox/omni/server.ts';
import { type SandboxServer, startSandboxServer } from '../../src/sandbox/server.ts';
import { type Answer, call, keptSecrets } from './call.ts';

let server: SandboxServer;
const start = async (options: { older?: 400 | 405 } = {}): Promise<void> => {
  server = await startSandboxServer(
    () => createSandboxOmni({ ...options, now: () => Date.UTC(2026, 6, 22, 9, 30) }),
    0,
  );
};
beforeEach(() => start());
afterEach(() => server.close());

const PRODUCTION = 'c0f12353-4817-4398-bcc0-d501e6dd2f64';
const DEVELOPMENT = '789e0123-e45b-47d8-a456-426614174000';
const SNOWFLAKE = '5b0c6f0e-7a35-4d0c-9a77-0d3f3e1b9c21';
const BIGQUERY = '0f7d2f55-93a1-4f0c-8a6e-2a7f9b1c4d10';
const ARCHIVED = '7a6b5c4d-3e2f-4a1b-8c9d-0e1f2a3b4c5d';
const NOBODY = '11111111-2222-4333-8444-555555555555';
const PEM = '-----BEGIN PRIVATE KEY-----\nkey-secret-1\n-----END PRIVATE KEY-----\n';

const send = (method: string, path: string, body?: string, type = 'application/json'): Promise<Answer> =>
  call(`${server.origin}/api/v1/connections${path}`, {
    method,
    headers: { authorization: 'Bearer sandbox-omni-key', 'content-type': type },
    ...(body !== undefined && { body }),
  });
const patch = (id: string, body: unknown): Promise<Answer> => send('PATCH', `/${id}`, JSON.stringify(body));
const get = async (id: string): Promise<unknown> => (await send('GET', `/${id}`)).body['connection'];
const secrets = (id: string): Promise<unknown> => keptSecrets(server.origin, id);

describe('an update at the sandbox Omni', () => {
  it('an update may change the role only', async () => {
    const before = await get(PRODUCTION);
    const { status, body } = await patch(PRODUCTION.toUpperCase(), { baseRole: 'CONNECTION_ADMIN' });
    expect(status).toBe(200);
    expect(body).toEqual({ success: true, message: 'Updated connection default role.' });
    expect(await get(PRODUCTION)).toEqual({
      ...(before as object),
      baseRole: 'CONNECTION_ADMIN',
      updatedAt: '2026-07-22T09:30:00.000Z',
    });
  });

  it('an update may change the environment only, with values and without', async () => {
    const sent = { attributeName: 'region', defaultValues: ['dev', 'prod'] };
    const { body } = await patch(DEVELOPMENT, { environmentUserAttribute: sent });
    expect(body).toEqual({ success: true, message: 'Updated environment user attribute settings.' });
    expect(await get(DEVELOPMENT)).toMatchObject({
      baseRole: null,
      userAttributeNameForConnectionEnvironments: 'region',
      userAttributeValuesForDefaultEnvironment: ['dev', 'prod'],
    });
    await patch(DEVELOPMENT, { environmentUserAttribute: { attributeName: 'region', defaultValues: null } });
    expect(await get(DEVELOPMENT)).toMatchObject({
      userAttributeNameForConnectionEnvironments: 'region',
      userAttributeValuesForDefaultEnvironment: null,
    });
  });

  it('null removes the environment', async () => {
    const { body } = await patch(PRODUCTION, { environmentUserAttribute: null });
    expect(body['message']).toBe('Updated environment user attribute settings.');
    expect(await get(PRODUCTION)).toMatchObject({
      baseRole: 'QUERIER',
      userAttributeNameForConnectionEnvironments: null,
      userAttributeValuesForDefaultEnvironment: null,
    });
  });

  it('an update may change the role and the environment together', async () => {
    const { body } = await patch(PRODUCTION, { baseRole: 'Regional analyst', environmentUserAttribute: null });
    expect(body['message']).toBe('Updated connection default role and user attribute settings.');
    expect(await get(PRODUCTION)).toMatchObject({
      baseRole: 'Regional analyst',
      userAttributeNameForConnectionEnvironments: null,
    });
  });

  it('an update that changes nothing has a message that says so', async () => {
    const { status, body } = await patch(PRODUCTION, { baseRole: 'QUERIER' });
    expect(status).toBe(200);
    expect(body).toEqual({ success: true, message: 'No updates were made to the connection.' });
    expect(await get(PRODUCTION)).toMatchObject({ updatedAt: '2026-05-30T17:44:12.301Z' });
  });

  it('an update replaces a password, which is stored and never returned', async () => {
    expect(await secrets(PRODUCTION)).toEqual({ passwordUnencrypted: 'stored-production-password' });
    const { status, body } = await patch(PRODUCTION, { passwordUnencrypted: 'pw-secret-2' });
    expect(status).toBe(200);
    expect(body).toEqual({ success: true, message: 'Updated connection credentials.' });
    expect(await secrets(PRODUCTION)).toEqual({ passwordUnencrypted: 'pw-secret-2' });
    await patch(PRODUCTION, { baseRole: 'VIEWER' });
    expect(await secrets(PRODUCTION)).toEqual({ passwordUnencrypted: 'pw-secret-2' });
    const list = await send('GET', '?includeDeleted=true');
    expect(list.text).not.toMatch(/secret-\d|stored-/);
    expect(await get(PRODUCTION)).toMatchObject({ baseRole: 'VIEWER', updatedAt: '2026-07-22T09:30:00.000Z' });
  });

  it('an update replaces the key and the role of a Snowflake connection', async () => {
    const { body } = await patch(SNOWFLAKE, { privateKey: PEM, baseRole: 'MODELER' });
    expect(body['message']).toBe('Updated connection default role. Updated connection credentials.');
    expect(await secrets(SNOWFLAKE)).toEqual({ privateKey: PEM });
    expect(await get(SNOWFLAKE)).toMatchObject({ baseRole: 'MODELER' });
  });

  it('an update replaces a BigQuery key file', async () => {
    const key = { type: 'service_account', project_id: 'p', private_key: 'key-secret-3', client_email: 'a@b.example' };
    const passwordUnencrypted = JSON.stringify(key);
    expect((await patch(BIGQUERY, { passwordUnencrypted })).status).toBe(200);
    expect(await secrets(BIGQUERY)).toEqual({ passwordUnencrypted });
  });

  it('an update replaces the secret of a created connection', async () => {
    const shop = { dialect: 'postgres', name: 'Shop', host: 'h.example', port: 5432, database: 'd', username: 'u' };
    const created = await send('POST', '', JSON.stringify({ ...shop, passwordUnencrypted: 'pw-secret-4' }));
    const id = String(created.body['data']);
    expect(await secrets(id)).toEqual({ passwordUnencrypted: 'pw-secret-4' });
    await patch(id, { passwordUnencrypted: 'pw-secret-5' });
    expect(await secrets(id)).toEqual({ passwordUnencrypted: 'pw-secret-5' });
  });

  it.each([
    [PRODUCTION, {}, 'Empty request body'],
    [PRODUCTION, { host: 'x' }, "formErrors: Unrecognized key(s) in object: 'host'"],
    [PRODUCTION, { name: 'x', baseRole: 'VIEWER' }, "formErrors: Unrecognized key(s) in object: 'name'"],
    [
      PRODUCTION,
      { oauthClientSecretUnencrypted: 'x' },
      "formErrors: Unrecognized key(s) in object: 'oauthClientSecretUnencrypted'",
    ],
    [PRODUCTION, { baseRole: '' }, 'baseRole: Invalid enum value'],
    [PRODUCTION, { baseRole: null }, 'baseRole: Expected string, received null'],
    [PRODUCTION, { environmentUserAttribute: 'a' }, 'environmentUserAttribute: Expected object, received string'],
    [
      PRODUCTION,
      { environmentUserAttribute: { defaultValues: null } },
      'environmentUserAttribute.attributeName: Required',
    ],
    [
      PRODUCTION,
      { environmentUserAttribute: { attributeName: 5, defaultValues: null } },
      'environmentUserAttribute.attributeName: Expected string, received number',
    ],
    [
      PRODUCTION,
      { environmentUserAttribute: { attributeName: 'a' } },
      'environmentUserAttribute.defaultValues: Required',
    ],
    [
      PRODUCTION,
      { environmentUserAttribute: { attributeName: 'a', defaultValues: 'b' } },
      'environmentUserAttribute.defaultValues: Expected array, received string',
    ],
    [
      PRODUCTION,
      { environmentUserAttribute: { attributeName: 'a', defaultValues: [], more: 1 } },
      "formErrors: Unrecognized key(s) in object: 'more'",
    ],
    [PRODUCTION, { passwordUnencrypted: null }, 'passwordUnencrypted: Expected string, received null'],
    [PRODUCTION, { passwordUnencrypted: '' }, 'passwordUnencrypted: Required'],
    [PRODUCTION, { privateKey: PEM }, 'privateKey: Only supported for Snowflake connections'],
    [SNOWFLAKE, { privateKey: 'MIIE' }, 'privateKey: Must be a PEM-encoded PKCS#8 private key'],
    [
      SNOWFLAKE,
      { privateKey: '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n' },
      'privateKey: Must be a PEM-encoded PKCS#8 private key',
    ],
    [BIGQUERY, { passwordUnencrypted: 'x' }, 'passwordUnencrypted: Invalid service account JSON'],
  ])('an update of %s is refused: %j', async (id, sent, problem) => {
    const before = [await get(id), await secrets(id)];
    const { status, body } = await patch(id, sent);
    expect(status).toBe(400);
    expect(body).toEqual({ detail: `Bad Request: ${problem}`, status: 400 });
    expect([await get(id), await secrets(id)]).toEqual(before);
  });

  it.each([
    [undefined, 'application/json', 'Empty request body'],
    ['{"baseRole":', 'application/json', 'Invalid JSON'],
    ['{"baseRole":"VIEWER"}', 'text/plain', 'Invalid JSON'],
    ['[]', 'application/json', 'formErrors: Expected object, received array'],
  ])('an update with the body %s and the content type %s is refused', async (sent, type, problem) => {
    const { status, body } = await send('PATCH', `/${PRODUCTION}`, sent, type);
    expect(status).toBe(400);
    expect(body).toEqual({ detail: `Bad Request: ${problem}`, status: 400 });
  });

  it.each([NOBODY, ARCHIVED, 'not-a-uuid'])('an update at %s is not found', async (id) => {
    const { status, body } = await patch(id, { baseRole: 'VIEWER' });
    expect(status).toBe(404);
    expect(body).toEqual({ detail: 'Connection not found', status: 404 });
  });
});

describe('a delete at the sandbox Omni', () => {
  it('a delete moves the connection to the trash, where it is listed without its secrets', async () => {
    const { status, body } = await send('DELETE', `/${PRODUCTION}`);
    expect(status).toBe(200);
    expect(body).toEqual({ success: true, message: 'Connection moved to trash.' });
    expect((await send('GET', '')).text).not.toContain(PRODUCTION);
    expect((await send('GET', '?includeDeleted=true')).text).toContain(PRODUCTION);
    expect(await get(PRODUCTION)).toMatchObject({
      name: 'Production Database',
      deletedAt: '2026-07-22T09:30:00.000Z',
    });
    expect(await secrets(PRODUCTION)).toEqual({});
    expect((await patch(PRODUCTION, { passwordUnencrypted: 'pw-secret-6' })).status).toBe(404);
  });

  it('a delete of a connection in the trash is answered 410', async () => {
    await send('DELETE', `/${DEVELOPMENT}`);
    for (const id of [DEVELOPMENT, ARCHIVED]) {
      const { status, body } = await send('DELETE', `/${id}`);
      expect(status).toBe(410);
      expect(body).toEqual({ detail: 'The connection has already been archived.', status: 410 });
    }
    expect(await get(ARCHIVED)).toMatchObject({ deletedAt: '2024-02-13T10:00:00.000Z' });
  });

  it.each([NOBODY, 'not-a-uuid'])('a delete with the id %s is answered 404', async (id) => {
    const { status, body } = await send('DELETE', `/${id}`);
    expect(status).toBe(404);
    expect(body).toEqual({ detail: 'Connection not found', status: 404 });
  });
});

describe.each([400, 405] as const)('an older Omni server that answers %d to unknown methods', (code) => {
  beforeEach(async () => {
    await server.close();
    await start({ older: code });
  });

  it('an older server cannot read or delete one connection, but can list them', async () => {
    for (const method of ['GET', 'DELETE', 'PUT']) {
      const { status, body } = await send(method, `/${PRODUCTION}`);
      expect(status).toBe(code);
      expect(body).toEqual({ detail: 'Invalid method', status: code });
    }
    const list = await send('GET', '');
    expect(list.body['connections']).toHaveLength(11);
    expect(await secrets(PRODUCTION)).toEqual({ passwordUnencrypted: 'stored-production-password' });
  });

  it('an older server updates the role and the environment, but not the credentials', async () => {
    expect((await patch(PRODUCTION, { baseRole: 'VIEWER' })).body).toEqual({
      success: true,
      message: 'Updated connection default role.',
    });
    expect((await patch(PRODUCTION, { environmentUserAttribute: null })).status).toBe(200);
    const password = await patch(PRODUCTION, { passwordUnencrypted: 'pw-secret-7' });
    expect([password.status, password.body['detail']]).toEqual([
      400,
      "Bad Request: formErrors: Unrecognized key(s) in object: 'passwordUnencrypted'",
    ]);
    expect((await patch(SNOWFLAKE, { privateKey: PEM })).status).toBe(400);
    expect(await secrets(PRODUCTION)).toEqual({ passwordUnencrypted: 'stored-production-password' });
  });
});

describe('an unknown method at the sandbox Omni', () => {
  it('an unknown method is invalid for one connection and for the list', async () => {
    for (const path of ['', `/${PRODUCTION}`]) {
      expect((await send('PUT', path)).body).toEqual({ detail: 'Invalid method', status: 400 });
    }
  });
});
