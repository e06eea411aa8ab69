// What the Looker sandbox answers over real HTTP. This file must not import adapters or the sandbox's internals.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSandboxLooker } from '../../src/sandbox/looker/server.ts';
import { type SandboxServer, startSandboxServer } from '../../src/sandbox/server.ts';

type Json = Record<string, unknown>;
interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
  readonly body: Json;
}

let server: SandboxServer;
let clock = Date.UTC(2026, 6, 13, 12);

beforeEach(async () => {
  clock = Date.UTC(2026, 6, 13, 12);
  server = await startSandboxServer(() => createSandboxLooker({ now: () => clock }), 0);
});
afterEach(() => server.close());

async function call(path: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(server.origin + path, init);
  const text = await response.text();
  const type = response.headers.get('content-type');
  return { status: response.status, type, text, body: type?.includes('json') ? (JSON.parse(text) as Json) : {} };
}

const login = (form: Record<string, string>): Promise<Answer> =>
  call('/api/4.0/login', { method: 'POST', body: new URLSearchParams(form) });
const goodForm = { client_id: 'sandbox-looker-client', client_secret: 'sandbox-looker-secret' };
const newToken = async (): Promise<string> => String((await login(goodForm)).body['access_token']);

const get = async (path: string): Promise<Answer> =>
  call(`/api/4.0${path}`, { headers: { authorization: `token ${await newToken()}` } });
const post = async (body: string, type = 'application/json'): Promise<Answer> =>
  call('/api/4.0/connections', {
    method: 'POST',
    headers: { authorization: `Bearer ${await newToken()}`, 'content-type': type },
    body,
  });
const create = (body: unknown): Promise<Answer> => post(JSON.stringify(body));

const complaints = ({ body }: Answer): string[] =>
  (body['errors'] as { field: string; code: string }[]).map(({ field, code }) => `${field} ${code}`);
const base64 = (text: string): string => Buffer.from(text).toString('base64');

const postgres = {
  name: 'shop',
  dialect_name: 'postgres',
  host: 'shop.example.net',
  port: '5432',
  database: 'shop',
  username: 'reader',
  password: 'pw-canary-1',
};
const bigQuery = {
  name: 'lake',
  dialect_name: 'bigquery_standard_sql',
  host: 'my-project',
  database: 'my_dataset',
  certificate: base64('{"type":"service_account","private_key":"key-canary-2"}'),
  file_type: '.json',
};

describe('a login to the sandbox Looker', () => {
  it('a login with the right credentials returns a new token that is valid for an hour', async () => {
    const { status, body } = await login(goodForm);
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^\w{20,}$/),
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token: null,
    });
    expect((await login(goodForm)).body['access_token']).not.toBe(body['access_token']);
  });

  it('a login with wrong credentials is answered 404, not 401', async () => {
    const { status, body } = await login({ ...goodForm, client_secret: 'wrong' });
    expect(status).toBe(404);
    expect(body).toEqual({ message: 'Not found', documentation_url: expect.any(String) });
  });

  it('a login reads credentials from a form body only', async () => {
    const query = await call(`/api/4.0/login?${new URLSearchParams(goodForm).toString()}`, { method: 'POST' });
    expect(query.status).toBe(404);
    const headers = { 'content-type': 'application/json' };
    const json = await call('/api/4.0/login', { method: 'POST', headers, body: JSON.stringify(goodForm) });
    expect(json.status).toBe(404);
  });

  it.each(['token', 'Bearer'])('a token is accepted with the scheme %s', async (word) => {
    const headers = { authorization: `${word} ${await newToken()}` };
    expect((await call('/api/4.0/connections', { headers })).status).toBe(200);
  });

  it('a missing token, an unknown token and a token without a scheme are refused with 401', async () => {
    const bare = await newToken();
    for (const authorization of [undefined, 'token nonsense', 'Basic abc', bare]) {
      const headers = authorization === undefined ? undefined : { authorization };
      const { status, body } = await call('/api/4.0/connections', headers && { headers });
      expect(status).toBe(401);
      expect(body).toEqual({ message: 'Requires authentication.', documentation_url: expect.any(String) });
    }
  });

  it('a token expires after an hour', async () => {
    const headers = { authorization: `token ${await newToken()}` };
    clock += 3_599_000;
    expect((await call('/api/4.0/connections', { headers })).status).toBe(200);
    clock += 1000;
    expect((await call('/api/4.0/connections', { headers })).status).toBe(401);
  });

  it('a logout ends the current token only', async () => {
    const headers = { authorization: `token ${await newToken()}` };
    const otherHeaders = { authorization: `token ${await newToken()}` };
    const logout = await call('/api/4.0/logout', { method: 'DELETE', headers });
    expect([logout.status, logout.text]).toEqual([204, '']);
    expect((await call('/api/4.0/connections', { headers })).status).toBe(401);
    expect((await call('/api/4.0/connections', { headers: otherHeaders })).status).toBe(200);
  });
});

describe('paths of the sandbox Looker without a connection', () => {
  it('the root of the host answers that the server is alive', async () => {
    expect((await call('/alive')).status).toBe(200);
  });

  it('the versions can be read without a token', async () => {
    const { status, body } = await call('/api/4.0/versions');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      looker_release_version: '26.12.3',
      current_version: { version: '4.0', full_version: '4.0.26.12', status: 'current' },
      api_server_url: server.origin,
    });
  });

  it('an unknown path is answered 404', async () => {
    expect((await get('/nonsense')).status).toBe(404);
  });
});

describe('a read at the sandbox Looker', () => {
  it('the list has connections of many dialects and no secret', async () => {
    const { status, text } = await get('/connections');
    expect(status).toBe(200);
    const list = JSON.parse(text) as Json[];
    expect(new Set(list.map(({ dialect_name }) => dialect_name)).size).toBeGreaterThanOrEqual(12);
    for (const key of ['password', 'certificate', 'file_type', 'pdt_password', 'pdt_certificate', 'pdt_file_type']) {
      expect(text).not.toContain(`"${key}":`);
    }
    expect(text).not.toContain('stored-');
    expect(text).not.toContain(base64('stored-finance-private-key'));
  });

  it('a read returns all fields of a connection', async () => {
    const { status, body } = await get('/connections/production_orders');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: 'production_orders',
      dialect_name: 'postgres',
      host: 'orders-db.acme.example',
      port: '5432',
      has_password: true,
      uses_service_auth: false,
      db_timezone: null,
      tunnel_id: '',
      oauth_application_id: null,
      pdt_context_override: null,
      managed: false,
      example: false,
      created_at: '2022-06-14T12:26:50.000+00:00',
      last_regen_at: '1784019600',
      after_connect_statements: "SET application_name = 'looker'",
      can: { index: true, test: true, update: true, destroy: true },
    });
    expect(body['dialect']).toMatchObject({
      name: 'postgres',
      label: 'PostgreSQL 9.5+',
      connection_tests: [
        'connect',
        'kill',
        'query',
        'database_timezone',
        'database_version',
        'tmp_db',
        'cdt',
        'tmp_db_views',
      ],
    });
    const fields = `always_retry_failed_builds after_connect_statements bq_roles_verified bq_storage_project_id can
      connection_pooling cost_estimate_enabled created_at custom_local_port database db_timezone default_bq_connection
      dialect dialect_name disable_context_comment example has_password host impersonated_service_account
      jdbc_additional_params last_reap_at last_regen_at maintenance_cron managed max_billing_gigabytes max_connections
      max_queries max_queries_per_user name named_driver_version_actual named_driver_version_requested
      oauth_application_id p4sa_name pdt_api_control_enabled pdt_concurrency pdt_context_override pdts_enabled
      pool_timeout port query_holding_disabled query_timezone schema service_name snippets sql_runner_precache_tables
      sql_writing_with_info_schema ssl supports_data_studio_link tmp_db_host tmp_db_name tunnel_id user_attribute_fields
      user_db_credentials user_id username uses_application_default_credentials uses_instance_oauth uses_key_pair_auth
      uses_oauth uses_service_auth uses_tns verify_ssl`.split(/\s+/);
    expect(new Set(Object.keys(body))).toEqual(new Set(fields));
  });

  it('a read returns the snippets of a connection that has some', async () => {
    expect((await get('/connections/production_orders?fields=snippets')).body).toEqual({
      snippets: [{ name: 'show_processes', label: 'Show Processes', sql: 'SELECT * FROM pg_stat_activity' }],
    });
    expect((await get('/connections/billing?fields=snippets')).body).toEqual({ snippets: [] });
  });

  it('a connection is found by its name in any case, and by its encoded name', async () => {
    expect((await get('/connections/Production%5fORDERS')).body['name']).toBe('production_orders');
  });

  it('an unknown name is 404, and a name that cannot be decoded is 400', async () => {
    const { status, body } = await get('/connections/nobody');
    expect(status).toBe(404);
    expect(body).toEqual({ message: 'Not found', documentation_url: expect.any(String) });
    expect((await get('/connections/%E0%A4%A')).status).toBe(400);
  });

  it('a read with `fields` returns the requested fields only, nested fields too', async () => {
    const { body } = await get('/connections/billing?fields=name,port,dialect(name,label),no_such_field');
    expect(body).toEqual({ name: 'billing', port: '3306', dialect: { name: 'mysql', label: 'MySQL' } });
    const list = JSON.parse((await get('/connections?fields=name,can(test)')).text) as Json[];
    expect(list).toContainEqual({ name: 'billing', can: { test: true } });
    expect(list).toContainEqual({ name: 'looker__internal__analytics', can: { test: false } });
  });

  it('a read does not return a secret that is requested by name', async () => {
    const { text } = await get('/connections/billing?fields=name,password,certificate,file_type');
    expect(text).toBe('{"name":"billing"}');
  });

  it('a malformed `fields` parameter is refused', async () => {
    expect((await get('/connections?fields=name,dialect(label')).status).toBe(400);
  });

  it('a read returns an override under both names of each field, and without its secrets', async () => {
    const { body } = await get('/connections/marketing?fields=pdt_context_override');
    const unset = { host: null, pdt_host: null, port: null, pdt_port: null, database: null, pdt_database: null };
    expect(body['pdt_context_override']).toEqual({
      ...unset,
      context: 'pdt',
      username: 'looker_pdt',
      pdt_username: 'looker_pdt',
      schema: null,
      pdt_schema: null,
      jdbc_additional_params: null,
      pdt_jdbc_additional_params: null,
      after_connect_statements: null,
      pdt_after_connect_statements: null,
      pdt_service_name: null,
      has_password: true,
    });
  });
});

describe('a create at the sandbox Looker', () => {
  it('a create answers 200 with the whole connection, the name in lower case, and no password', async () => {
    const { status, body, text } = await create({ ...postgres, name: 'Shop', jdbc_additional_params: 'a=b' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: 'shop',
      port: '5432',
      username: 'reader',
      has_password: true,
      jdbc_additional_params: 'a=b',
      created_at: '2026-07-13T12:00:00.000+00:00',
      last_regen_at: '',
      tunnel_id: '',
    });
    expect(Object.keys(body)).not.toContain('password');
    expect(text).not.toContain('pw-canary-1');
    expect((await get('/connections/SHOP')).body).toEqual(body);
  });

  it('unknown and read-only keys are ignored', async () => {
    const { status, body } = await create({ ...postgres, surprise: 1, created_at: 'never', has_password: false });
    expect(status).toBe(200);
    expect(body).toMatchObject({ created_at: '2026-07-13T12:00:00.000+00:00', has_password: true });
    expect(Object.keys(body)).not.toContain('surprise');
  });

  it('a name that is in use, in any case, is answered 409', async () => {
    const { status, body } = await create({ ...postgres, name: 'BILLING' });
    expect(status).toBe(409);
    expect(body).toEqual({ message: expect.any(String), documentation_url: expect.any(String) });
  });

  it('one 422 names every missing field', async () => {
    const answer = await create({ port: '5432' });
    expect(answer.status).toBe(422);
    expect(answer.body['message']).toBe('Validation Failed');
    expect(answer.body['errors']).toContainEqual({
      field: 'dialect_name',
      code: 'missing_field',
      message: 'This field is required.',
      documentation_url: expect.any(String),
    });
    expect(complaints(answer)).toEqual(['name missing_field', 'dialect_name missing_field', 'host missing_field']);
  });

  it.each([
    [{ name: 'two words' }, 'name invalid'],
    [{ dialect_name: 'duckdb' }, 'dialect_name invalid'],
    [{ host: '' }, 'host missing_field'],
    [{ port: 5432 }, 'port invalid'],
    [{ port: 'five' }, 'port invalid'],
    [{ port: '65536' }, 'port invalid'],
    [{ port: 'db_port', user_attribute_fields: ['host'] }, 'port invalid'],
    [{ ssl: 'true' }, 'ssl invalid'],
    [{ ssl: null }, 'ssl invalid'],
    [{ database: true }, 'database invalid'],
    [{ password: 12345 }, 'password invalid'],
    [{ max_connections: '30' }, 'max_connections invalid'],
    [{ max_billing_gigabytes: 50 }, 'max_billing_gigabytes invalid'],
    [{ user_attribute_fields: 'host' }, 'user_attribute_fields invalid'],
    [{ pdt_context_override: 'pdt' }, 'pdt_context_override invalid'],
    [{ pdt_context_override: { context: 'other' } }, 'pdt_context_override.context invalid'],
    [{ pdt_context_override: { context: 'pdt', port: 5432 } }, 'pdt_context_override.port invalid'],
  ])('a create with %j is refused with 422', async (change, complaint) => {
    const answer = await create({ ...postgres, ...change });
    expect(answer.status).toBe(422);
    expect(complaints(answer)).toEqual([complaint]);
    expect((await get('/connections/shop')).status).toBe(404);
  });

  it('the name of a user attribute is accepted as the port when the flag for it is set', async () => {
    const { status, body } = await create({ ...postgres, port: 'db_port', user_attribute_fields: ['host', 'port'] });
    expect(status).toBe(200);
    expect(body).toMatchObject({ port: 'db_port', user_attribute_fields: ['host', 'port'] });
  });

  it('null is accepted for nullable fields', async () => {
    const { status, body } = await create({ ...postgres, schema: null, tunnel_id: null, uses_tns: null });
    expect(status).toBe(200);
    expect(body).toMatchObject({ schema: null, tunnel_id: '', uses_tns: null });
  });

  it('a BigQuery key file is accepted, and the answer shows only that there is one', async () => {
    const { status, body, text } = await create(bigQuery);
    expect(status).toBe(200);
    expect(body).toMatchObject({ host: 'my-project', uses_service_auth: true, has_password: false });
    expect(text).not.toContain(bigQuery.certificate);
    expect(text).not.toContain('key-canary-2');
  });

  it.each([
    [{ certificate: '{"type":"service_account"}' }, 'certificate invalid'],
    [{ certificate: base64('not json') }, 'certificate invalid'],
    [{ file_type: 'json' }, 'file_type invalid'],
    [{ file_type: '.p8' }, 'file_type invalid'],
    [{ file_type: undefined }, 'file_type missing_field'],
  ])('a BigQuery connection with %j is refused', async (change, complaint) => {
    const answer = await create({ ...bigQuery, ...change });
    expect(answer.status).toBe(422);
    expect(complaints(answer)).toEqual([complaint]);
  });

  it('a Snowflake key pair with a .p8 file is accepted', async () => {
    const { status, body } = await create({
      name: 'snow',
      dialect_name: 'snowflake',
      host: 'acme.snowflakecomputing.com',
      uses_key_pair_auth: true,
      certificate: base64('-----BEGIN PRIVATE KEY-----'),
      file_type: '.p8',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ uses_key_pair_auth: true, uses_service_auth: false, has_password: false });
  });

  it('an Oracle connection needs only the TNS service name', async () => {
    const oracle = { name: 'ora', dialect_name: 'oracle', uses_tns: true, service_name: 'ORA.EXAMPLE' };
    expect((await create(oracle)).status).toBe(200);
  });

  it('per-user credentials clear the shared user and password', async () => {
    const { body } = await create({ ...postgres, user_db_credentials: true });
    expect(body).toMatchObject({ user_db_credentials: true, username: null, has_password: false });
  });

  it('an override is stored from either of its two names for a field', async () => {
    const pdt_context_override = { context: 'pdt', pdt_username: 'builder', password: 'pw-canary-3' };
    const { body, text } = await create({ ...postgres, pdt_context_override });
    expect(body['pdt_context_override']).toMatchObject({
      context: 'pdt',
      username: 'builder',
      pdt_username: 'builder',
      has_password: true,
    });
    expect(text).not.toContain('pw-canary-3');
  });

  it('a body that is not a JSON object, or has no JSON content type, is answered 400', async () => {
    expect((await post('{"name":')).status).toBe(400);
    expect((await post('[]')).status).toBe(400);
    expect((await post(JSON.stringify(postgres), 'text/plain')).status).toBe(400);
    expect((await get('/connections/shop')).status).toBe(404);
  });

  it('a reset removes created connections and tokens', async () => {
    const headers = { authorization: `token ${await newToken()}` };
    await create(postgres);
    await call('/__sandbox/reset', { method: 'POST' });
    expect((await call('/api/4.0/connections', { headers })).status).toBe(401);
    expect((await get('/connections/shop')).status).toBe(404);
  });
});
