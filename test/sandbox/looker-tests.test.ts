// How the Looker sandbox tests connections, saved and unsaved, over real HTTP. This file must not import adapters or the
// sandbox's internals.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSandboxLooker } from '../../src/sandbox/looker/server.ts';
import { type SandboxServer, startSandboxServer } from '../../src/sandbox/server.ts';
import { type Answer, call } from './call.ts';

let server: SandboxServer;
let authorization = '';

beforeEach(async () => {
  server = await startSandboxServer(() => createSandboxLooker(), 0);
  const form = new URLSearchParams({ client_id: 'sandbox-looker-client', client_secret: 'sandbox-looker-secret' });
  const { body } = await call(`${server.origin}/api/4.0/login`, { method: 'POST', body: form });
  authorization = `token ${String(body['access_token'])}`;
});
afterEach(() => server.close());

const send = (method: string, path: string, body?: unknown): Promise<Answer> =>
  call(`${server.origin}/api/4.0/connections${path}`, {
    method,
    headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const results = ({ text }: Answer): Record<string, unknown>[] => JSON.parse(text) as Record<string, unknown>[];
const outcomes = (answer: Answer): unknown[] =>
  results(answer).map(({ name, status }) => `${String(name)} ${String(status)}`);

const shop = {
  name: 'shop',
  dialect_name: 'postgres',
  host: 'shop.example.net',
  port: '5432',
  database: 'shop',
  username: 'reader',
  password: 'pw-secret-1',
  jdbc_additional_params: 'token=jdbc-secret-2',
};

describe('a test of a saved connection at the sandbox Looker', () => {
  it('a test without a list of tests runs every test of the dialect', async () => {
    const answer = await send('PUT', '/Catalogue/test');
    expect(answer.status).toBe(200);
    expect(results(answer)).toEqual([
      {
        name: 'connect',
        status: 'success',
        message: 'Can connect',
        connection_string:
          'jdbc:mongobi://mongobi.acme.example:3307/catalogue?user=looker?source=admin&password=stored-catalogue-password',
        can: {},
      },
      {
        name: 'query',
        status: 'success',
        message: 'Can run simple select query',
        connection_string: null,
        can: {},
      },
    ]);
    expect(outcomes(await send('PUT', '/production_orders/test'))).toEqual([
      'connect success',
      'kill success',
      'query success',
      'database_timezone success',
      'database_version success',
      'tmp_db success',
      'cdt success',
      'tmp_db_views success',
    ]);
  });

  it('a test runs the requested tests and ignores unknown names', async () => {
    expect(outcomes(await send('PUT', '/production_orders/test?tests=query,nonsense,connect'))).toEqual([
      'connect success',
      'query success',
    ]);
    expect(outcomes(await send('PUT', '/production_orders/test?tests=connect%2Cquery'))).toHaveLength(2);
    expect(results(await send('PUT', '/production_orders/test?tests=nonsense'))).toEqual([]);
  });

  it('a test of a host that ends in .invalid fails with the status 200', async () => {
    await send('PATCH', '/billing', { host: 'billing.acme.INVALID' });
    const answer = await send('PUT', '/billing/test?tests=kill');
    expect(answer.status).toBe(200);
    expect(results(answer)).toEqual([
      {
        name: 'kill',
        status: 'error',
        message: 'Cannot resolve the host "billing.acme.INVALID": Name or service not known',
        connection_string: null,
        can: {},
      },
    ]);
  });

  it('a test with a stored password that contains "wrong" fails until the password is replaced', async () => {
    await send('POST', '', { ...shop, password: 'wrong-secret-3' });
    const [connect, query] = results(await send('PUT', '/shop/test?tests=connect,query'));
    const url = 'jdbc:postgresql://shop.example.net:5432/shop?user=reader&password=wrong-secret-3&token=jdbc-secret-2';
    expect(connect).toEqual({
      name: 'connect',
      status: 'error',
      message: `FATAL: password authentication failed for user "reader" (${url})`,
      connection_string: url,
      can: {},
    });
    expect(query).toMatchObject({
      status: 'error',
      message: 'FATAL: password authentication failed for user "reader"',
      connection_string: null,
    });
    await send('PATCH', '/shop', { password: 'pw-secret-4' });
    expect(outcomes(await send('PUT', '/shop/test?tests=connect'))).toEqual(['connect success']);
  });

  it('a test with a key file that contains "wrong" fails', async () => {
    const certificate = Buffer.from('{"private_key":"wrong-secret-5"}').toString('base64');
    await send('PATCH', '/thelook', { certificate });
    expect(results(await send('PUT', '/thelook/test?tests=query'))).toMatchObject([
      {
        status: 'error',
        message: 'FATAL: key authentication failed for user "looker@acme-thelook.iam.gserviceaccount.com"',
      },
    ]);
  });

  it("Looker's own connections and unknown connections are not tested", async () => {
    await send('POST', '', { ...shop, name: 'looker' });
    for (const name of ['looker', 'looker__internal__analytics']) {
      const answer = await send('PUT', `/${name}/test`);
      expect(answer.status).toBe(422);
      expect(answer.body['errors']).toMatchObject([{ field: 'connection_name', code: 'invalid' }]);
    }
    expect((await send('PUT', '/nobody/test')).status).toBe(404);
    expect((await send('PUT', '/billing')).status).toBe(404);
  });
});

describe('a test of an unsaved connection at the sandbox Looker', () => {
  it('a test of an unsaved connection saves nothing', async () => {
    const before = (await send('GET', '')).text;
    const answer = await send('PUT', '/test?tests=connect,query', shop);
    expect(answer.status).toBe(200);
    expect(outcomes(answer)).toEqual(['connect success', 'query success']);
    expect(results(answer)[0]).toMatchObject({
      connection_string:
        'jdbc:postgresql://shop.example.net:5432/shop?user=reader&password=pw-secret-1&token=jdbc-secret-2',
    });
    expect((await send('GET', '')).text).toBe(before);
  });

  it('a test of an unsaved connection needs no name, and uses nothing of a saved connection with that name', async () => {
    expect(outcomes(await send('PUT', '/test?tests=connect', { ...shop, name: undefined }))).toEqual([
      'connect success',
    ]);
    const { password: _, ...withoutPassword } = shop;
    const [connect] = results(await send('PUT', '/test', { ...withoutPassword, name: 'production_orders' }));
    expect(connect?.['connection_string']).toBe(
      'jdbc:postgresql://shop.example.net:5432/shop?user=reader&token=jdbc-secret-2',
    );
  });

  it('a test of an unsaved connection fails when its password contains "wrong"', async () => {
    const answer = await send('PUT', '/test?tests=query', { ...shop, password: 'is-wrong-secret-6' });
    expect(answer.status).toBe(200);
    expect(results(answer)).toMatchObject([
      { status: 'error', message: 'FATAL: password authentication failed for user "reader"' },
    ]);
  });

  it('an encrypted private key is decrypted with the password, which is stored as its passphrase', async () => {
    const snowflake = {
      dialect_name: 'snowflake',
      host: 'acme.snowflakecomputing.com',
      port: '443',
      username: 'BI',
      uses_key_pair_auth: true,
      certificate: Buffer.from('-----BEGIN ENCRYPTED PRIVATE KEY-----').toString('base64'),
      file_type: '.p8',
    };
    const locked = results(await send('PUT', '/test?tests=query', snowflake));
    expect(locked).toMatchObject([{ status: 'error', message: 'Private key is encrypted: its passphrase is missing' }]);
    const [connect] = results(await send('PUT', '/test?tests=connect', { ...snowflake, password: 'pass-secret-7' }));
    expect(connect).toMatchObject({
      status: 'success',
      connection_string: 'jdbc:snowflake://acme.snowflakecomputing.com:443/?user=BI&private_key_file_pwd=pass-secret-7',
    });
  });

  it("Athena's host of a Chinese region exists under .cn only", async () => {
    const athena = { dialect_name: 'athena', port: '443', username: 'AKIA1', password: 'pw-secret-1' };
    const at = async (host: string) => outcomes(await send('PUT', '/test?tests=connect', { ...athena, host }));
    expect(await at('athena.cn-north-1.amazonaws.com')).toEqual(['connect error']);
    expect(await at('athena.cn-north-1.amazonaws.com.cn')).toEqual(['connect success']);
    expect(await at('athena.eu-west-1.amazonaws.com')).toEqual(['connect success']);
  });

  it('the error for a missing dialect names the field `dialect`', async () => {
    const answer = await send('PUT', '/test', { ...shop, dialect_name: undefined });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      message: 'Validation Failed',
      errors: [{ field: 'dialect', code: 'missing_field', message: 'This field is required.' }],
    });
  });

  it('a test of an unsaved connection refuses what a create refuses', async () => {
    const answer = await send('PUT', '/test', { ...shop, port: 5432 });
    expect(answer.status).toBe(422);
    expect(answer.body['errors']).toMatchObject([{ field: 'port', code: 'invalid' }]);
    expect((await send('PUT', '/test', [])).status).toBe(400);
    expect((await send('PUT', '/test')).status).toBe(400);
  });
});
