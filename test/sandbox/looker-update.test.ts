// How the Looker sandbox updates and deletes connections, over real HTTP. This file must not import adapters or the sandbox's
// internals.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSandboxLooker } from '../../src/sandbox/looker/server.ts';
import { type SandboxServer, startSandboxServer } from '../../src/sandbox/server.ts';
import { type Answer, call, keptSecrets } from './call.ts';

let server: SandboxServer;
let authorization = '';

beforeEach(async () => {
  server = await startSandboxServer(() => createSandboxLooker({ now: () => Date.UTC(2026, 6, 13, 12) }), 0);
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
const get = (name: string): Promise<Answer> => send('GET', `/${name}`);
const patch = (name: string, body: unknown): Promise<Answer> => send('PATCH', `/${name}`, body);
const secrets = (name: string): Promise<unknown> => keptSecrets(server.origin, name);
const complaints = ({ body }: Answer): string[] =>
  (body['errors'] as { field: string; code: string }[]).map(({ field, code }) => `${field} ${code}`);
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('an update at the sandbox Looker', () => {
  it('an update sets the fields that are sent, keeps the others, and answers with the whole connection', async () => {
    const { body: before } = await get('production_orders');
    const { status, body } = await patch('Production_Orders', { host: 'new-db.acme.example', max_connections: 12 });
    expect(status).toBe(200);
    expect(body).toEqual({ ...before, host: 'new-db.acme.example', max_connections: 12 });
    expect((await get('production_orders')).body).toEqual(body);
    expect(body).toMatchObject({ port: '5432', ssl: true, created_at: '2022-06-14T12:26:50.000+00:00' });
    expect(await secrets('production_orders')).toEqual({ password: 'stored-orders-password' });
  });

  it('null clears a field, and an empty text stays an empty text', async () => {
    const { body } = await patch('production_orders', { schema: null, max_connections: null, tmp_db_name: '' });
    expect(body).toMatchObject({ schema: null, max_connections: null, tmp_db_name: '', pdts_enabled: false });
    expect(body['database']).toBe('orders');
  });

  it.each([
    'ssl',
    'verify_ssl',
    'uses_key_pair_auth',
    'sql_runner_precache_tables',
    'sql_writing_with_info_schema',
    'connection_pooling',
    'query_holding_disabled',
  ])('an update with null for %s is refused', async (field) => {
    const answer = await patch('production_orders', { [field]: null, database: 'other' });
    expect(answer.status).toBe(422);
    expect(complaints(answer)).toEqual([`${field} invalid`]);
    expect((await get('production_orders')).body['database']).toBe('orders');
  });

  it.each([
    [{ name: null }, 'name missing_field'],
    [{ name: 'two words' }, 'name invalid'],
    [{ dialect_name: null }, 'dialect_name missing_field'],
    [{ dialect_name: 'duckdb' }, 'dialect_name invalid'],
    [{ host: null }, 'host missing_field'],
    [{ port: 5432 }, 'port invalid'],
    [{ password: 12 }, 'password invalid'],
    [{ pdt_context_override: { username: 'builder' } }, 'pdt_context_override.context missing_field'],
    [{ pdt_context_override: { context: 'pdt', pdt_port: 5 } }, 'pdt_context_override.pdt_port invalid'],
  ])('an update with %j is refused with 422', async (change, complaint) => {
    const answer = await patch('production_orders', change);
    expect(answer.status).toBe(422);
    expect(answer.body['message']).toBe('Validation Failed');
    expect(complaints(answer)).toEqual([complaint]);
  });

  it('unknown and read-only keys are ignored', async () => {
    const { body: before } = await get('billing');
    const sent = { surprise: 1, has_password: false, created_at: 'never', can: {}, uses_oauth: true, managed: true };
    const { status, body } = await patch('billing', sent);
    expect(status).toBe(200);
    expect(body).toEqual(before);
  });

  it('an update keeps, replaces or clears the password, and the answer shows only whether one is set', async () => {
    const replaced = await patch('billing', { password: 'pw-secret-1' });
    expect(replaced.body['has_password']).toBe(true);
    expect(replaced.text).not.toContain('pw-secret-1');
    expect(await secrets('billing')).toEqual({ password: 'pw-secret-1' });
    await patch('billing', { host: 'billing-2.acme.example' });
    expect(await secrets('billing')).toEqual({ password: 'pw-secret-1' });
    expect((await patch('billing', { password: null })).body['has_password']).toBe(false);
    expect(await secrets('billing')).toEqual({});
  });

  it('an update replaces a key file and keeps its type when none is sent', async () => {
    const certificate = base64('{"private_key":"key-secret-1"}');
    const { status, body, text } = await patch('thelook', { certificate });
    expect(status).toBe(200);
    expect(body['uses_service_auth']).toBe(true);
    expect(text).not.toContain(certificate);
    expect(await secrets('thelook')).toEqual({ certificate, file_type: '.json' });
    expect((await patch('thelook', { certificate: null, file_type: null })).body['uses_service_auth']).toBe(false);
    expect(await secrets('thelook')).toEqual({});
  });

  it('per-user credentials clear the stored user and password', async () => {
    const { body } = await patch('billing', { user_db_credentials: true, password: 'pw-secret-1' });
    expect(body).toMatchObject({ user_db_credentials: true, username: null, has_password: false });
    expect(await secrets('billing')).toEqual({});
    const back = await patch('billing', { user_db_credentials: false, username: 'me', password: 'pw-secret-2' });
    expect(back.body).toMatchObject({ user_db_credentials: false, username: 'me', has_password: true });
  });

  it('a rename stores the name in lower case and keeps everything else, unless the name is in use', async () => {
    const taken = await patch('billing', { name: 'ERP' });
    expect(taken.status).toBe(409);
    expect((await get('erp')).body['dialect_name']).toBe('mssql_2017');
    const { status, body } = await patch('billing', { name: 'Invoices' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: 'invoices', database: 'billing', has_password: true });
    expect((await get('billing')).status).toBe(404);
    expect(await secrets('invoices')).toEqual({ password: 'stored-billing-password' });
    expect((await patch('invoices', { name: 'INVOICES' })).status).toBe(200);
  });

  it('an update keeps the snippets', async () => {
    await patch('production_orders', { port: '6432' });
    expect((await get('production_orders?fields=port,snippets')).body).toEqual({
      port: '6432',
      snippets: [{ name: 'show_processes', label: 'Show Processes', sql: 'SELECT * FROM pg_stat_activity' }],
    });
  });

  it('an unknown name is 404, a connection that Looker manages is 403, and a body that is not a JSON object is 400', async () => {
    expect((await patch('nobody', { port: '1' })).status).toBe(404);
    expect((await patch('looker__internal__analytics', { port: '1' })).status).toBe(403);
    expect((await patch('billing', [])).status).toBe(400);
    expect((await send('PATCH', '/billing')).status).toBe(400);
  });
});

const changeOverride = (override: unknown): Promise<Answer> => patch('marketing', { pdt_context_override: override });

describe('the override of the PDT context', () => {
  it('an override is updated key by key, by either of its two names for a field', async () => {
    const { status, body, text } = await changeOverride({ context: 'pdt', host: 'pdt.acme.example', pdt_port: '5440' });
    expect(status).toBe(200);
    expect(body['pdt_context_override']).toMatchObject({
      host: 'pdt.acme.example',
      pdt_host: 'pdt.acme.example',
      port: '5440',
      username: 'looker_pdt',
      has_password: true,
    });
    expect(text).not.toContain('stored-');
    const twin = await changeOverride({ context: 'pdt', pdt_username: 'builder', pdt_password: 'pw-secret-1' });
    expect(twin.body['pdt_context_override']).toMatchObject({ username: 'builder', port: '5440', has_password: true });
    expect(await secrets('marketing')).toEqual({ password: 'stored-marketing-password', pdt_password: 'pw-secret-1' });
    const cleared = await changeOverride({ context: 'pdt', port: null, password: null });
    expect(cleared.body['pdt_context_override']).toMatchObject({
      port: null,
      username: 'builder',
      has_password: false,
    });
    expect(await secrets('marketing')).toEqual({ password: 'stored-marketing-password' });
  });

  it('null, and an update of other fields, keep the override', async () => {
    expect((await changeOverride(null)).body['pdt_context_override']).toMatchObject({ username: 'looker_pdt' });
    expect((await patch('marketing', { port: '5440' })).body['pdt_context_override']).toMatchObject({
      username: 'looker_pdt',
      has_password: true,
    });
  });

  it('an update creates an override where there is none', async () => {
    const { body } = await patch('erp', { pdt_context_override: { context: 'pdt', database: 'SCRATCH' } });
    expect(body['pdt_context_override']).toMatchObject({ database: 'SCRATCH', host: null, has_password: false });
  });

  it('the DELETE of an override removes it once, and the connection stays', async () => {
    const gone = await send('DELETE', '/Marketing/connection_override/pdt');
    expect([gone.status, gone.text]).toEqual([204, '']);
    expect((await get('marketing')).body).toMatchObject({ pdt_context_override: null, has_password: true });
    expect(await secrets('marketing')).toEqual({ password: 'stored-marketing-password' });
    expect((await send('DELETE', '/marketing/connection_override/pdt')).status).toBe(404);
  });

  it('the DELETE of another context, or of an unknown connection, is not found', async () => {
    const other = await send('DELETE', '/marketing/connection_override/other');
    expect(other.status).toBe(422);
    expect(complaints(other)).toEqual(['override_context invalid']);
    expect((await get('marketing')).body['pdt_context_override']).toMatchObject({ username: 'looker_pdt' });
    expect((await send('DELETE', '/nobody/connection_override/pdt')).status).toBe(404);
  });
});

describe('a delete at the sandbox Looker', () => {
  it('a delete answers 204 without a body, and a second delete 404', async () => {
    const gone = await send('DELETE', '/BILLING');
    expect([gone.status, gone.text]).toEqual([204, '']);
    expect((await get('billing')).status).toBe(404);
    expect((await send('GET', '')).text).not.toContain('"name":"billing"');
    const again = await send('DELETE', '/billing');
    expect(again.status).toBe(404);
    expect(again.body['message']).toBe('Not found');
    expect(await secrets('billing')).toBeUndefined();
  });

  it('a connection that Looker manages cannot be deleted', async () => {
    expect((await send('DELETE', '/looker__internal__analytics')).status).toBe(404);
    expect((await get('looker__internal__analytics')).status).toBe(200);
  });
});
