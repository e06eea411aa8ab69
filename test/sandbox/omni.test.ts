// What the Omni sandbox answers over real HTTP. This file must not import adapters or the sandbox's internals.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSandboxOmni } from '../../src/sandbox/omni/server.ts';
import { type SandboxServer, startSandboxServer } from '../../src/sandbox/server.ts';

type Json = Record<string, unknown>;
interface Answer {
  readonly status: number;
  readonly text: string;
  readonly body: Json;
}

let server: SandboxServer;
let clock = Date.UTC(2026, 6, 22, 9, 30);

const start = async (options: { perMinute?: number } = {}): Promise<void> => {
  server = await startSandboxServer(() => createSandboxOmni({ ...options, now: () => clock }), 0);
};
beforeEach(async () => {
  clock = Date.UTC(2026, 6, 22, 9, 30);
  await start();
});
afterEach(() => server.close());

async function call(path: string, init: RequestInit = {}): Promise<Answer> {
  const headers = { authorization: 'Bearer sandbox-omni-key' };
  const response = await fetch(server.origin + path, { headers, ...init });
  const text = await response.text();
  return { status: response.status, text, body: JSON.parse(text) as Json };
}

const post = (body: string, type = 'application/json'): Promise<Answer> =>
  call('/api/v1/connections', {
    method: 'POST',
    headers: { authorization: 'Bearer sandbox-omni-key', 'content-type': type },
    body,
  });
const create = (body: unknown): Promise<Answer> => post(JSON.stringify(body));
const readBack = async (created: Answer): Promise<Json> =>
  (await call(`/api/v1/connections/${String(created.body['data'])}`)).body['connection'] as Json;
const list = async (query = ''): Promise<Json[]> =>
  (await call(`/api/v1/connections${query}`)).body['connections'] as Json[];
const statusOfList = async (): Promise<number> => (await call('/api/v1/connections')).status;
const names = async (query: string): Promise<unknown[]> => (await list(query)).map(({ name }) => name);

const postgres = {
  dialect: 'postgres',
  name: 'Shop',
  host: 'shop.example.net',
  port: 5432,
  database: 'shop',
  username: 'reader',
  passwordUnencrypted: 'pw-canary-1',
};
const snowflake = {
  dialect: 'snowflake',
  name: 'Snow',
  host: 'acme-fin',
  database: 'FINANCE',
  username: 'LOADER',
  warehouse: 'COMPUTE_WH',
  passwordUnencrypted: 'pw-canary-2',
};
const googleKey = JSON.stringify({
  type: 'service_account',
  project_id: 'acme',
  private_key: 'key-canary-3',
  client_email: 'omni@acme.iam.gserviceaccount.com',
});
const bigQuery = { dialect: 'bigquery', name: 'Lake', region: 'us', passwordUnencrypted: googleKey };
const databricks = { dialect: 'databricks', name: 'Bricks', host: 'dbc.example.net', warehouse: '/sql/1.0/w' };
const athena = { dialect: 'athena', name: 'Clicks', region: 'us-east-1' };

describe('the key of the sandbox Omni', () => {
  it.each([undefined, 'sandbox-omni-key', 'Basic c2FuZGJveA==', 'Bearer'])(
    'a missing or malformed key in the header %s is answered 400',
    async (authorization) => {
      const { status, body } = await call('/api/v1/connections', {
        headers: authorization === undefined ? {} : { authorization },
      });
      expect(status).toBe(400);
      expect(body).toEqual({ detail: expect.stringMatching(/^Bad Request: /), status: 400 });
    },
  );

  it('an unknown key is refused with 403', async () => {
    const { status, body } = await call('/api/v1/connections', { headers: { authorization: 'Bearer wrong' } });
    expect(status).toBe(403);
    expect(body).toEqual({ detail: 'Invalid bearer token', status: 403 });
  });

  it('the key gives access to the API file at the root of the host', async () => {
    expect((await call('/openapi.json')).body).toMatchObject({ openapi: '3.1.0', info: { title: 'Omni API' } });
  });
});

describe('a list at the sandbox Omni', () => {
  it('the list has all connections outside the trash, with the same fields as a read', async () => {
    const all = await list();
    expect(all).toHaveLength(11);
    expect(all[0]).toEqual({
      id: 'c0f12353-4817-4398-bcc0-d501e6dd2f64',
      name: 'Production Database',
      dialect: 'postgres',
      database: 'prod_db',
      defaultSchema: 'public',
      baseRole: 'QUERIER',
      createdAt: '2024-02-12T09:15:00.000Z',
      updatedAt: '2026-05-30T17:44:12.301Z',
      deletedAt: null,
      allowBranchConnectionEnvironments: false,
      branchConnectionEnvironmentOverridesUserAttr: false,
      environmentConnectionSwitchesSchemaModel: false,
      userAttributeNameForConnectionEnvironments: 'environment',
      userAttributeValuesForDefaultEnvironment: 'prod',
    });
  });

  it('the list has archived connections only on request', async () => {
    expect(await names('')).not.toContain('Old Production Database');
    expect(await names('?includeDeleted=false')).not.toContain('Old Production Database');
    const all = await list('?includeDeleted=true');
    expect(all).toHaveLength(12);
    expect(all.find(({ name }) => name === 'Old Production Database')).toMatchObject({
      deletedAt: '2024-02-13T10:00:00.000Z',
    });
  });

  it('the list is filtered by a part of the name or the database, in any case', async () => {
    expect(await names('?name=DATABASE')).toEqual(['Production Database', 'Development Database']);
    expect(await names('?database=Prod_')).toEqual(['Production Database']);
  });

  it('the list is filtered by one or several dialects', async () => {
    expect(await names('?dialect=mysql')).toEqual(['Development Database']);
    expect(await names('?dialect=snowflake,trino')).toEqual(['Finance Warehouse', 'Federated Queries']);
    expect(await names('?dialect=sqlserver')).toEqual(['ERP']);
  });

  it('the list is sorted by a field in either direction', async () => {
    expect((await names('?sortField=name')).slice(0, 3)).toEqual(['Clickstream', 'Development Database', 'ERP']);
    expect((await names('?sortField=name&sortDirection=desc')).slice(0, 2)).toEqual([
      'Web Analytics',
      'Production Database',
    ]);
    const byDatabase = await list('?sortField=database&sortDirection=asc');
    expect(byDatabase.at(-1)).toMatchObject({ name: 'Event Stream', database: null });
    expect((await list('?sortField=dialect'))[0]).toMatchObject({ dialect: 'athena' });
  });

  it.each([
    ['?limit=10', "Bad Request: formErrors: Unrecognized key(s) in object: 'limit'"],
    [
      '?sortField=id',
      "Bad Request: sortField: Invalid enum value. Expected 'database' | 'dialect' | 'name', received 'id'",
    ],
    ['?sortDirection=up', "Bad Request: sortDirection: Invalid enum value. Expected 'asc' | 'desc', received 'up'"],
    ['?includeDeleted=1', "Bad Request: includeDeleted: Invalid enum value. Expected 'true' | 'false', received '1'"],
    ['?dialect=postgres,mongodb', 'Invalid dialect(s): mongodb'],
  ])('the query %s is refused', async (query, detail) => {
    const { status, body } = await call(`/api/v1/connections${query}`);
    expect(status).toBe(400);
    expect(body).toEqual({ detail, status: 400 });
  });
});

describe('a read by id at the sandbox Omni', () => {
  it('a read returns the connection inside an object', async () => {
    const { status, body } = await call('/api/v1/connections/789e0123-e45b-47d8-a456-426614174000');
    expect(status).toBe(200);
    expect(body).toMatchObject({ connection: { name: 'Development Database', dialect: 'mysql', database: 'dev_db' } });
  });

  it('a read returns an archived connection with the time at which it was archived', async () => {
    const { status, body } = await call('/api/v1/connections/7a6b5c4d-3e2f-4a1b-8c9d-0e1f2a3b4c5d');
    expect(status).toBe(200);
    expect(body).toMatchObject({ connection: { deletedAt: '2024-02-13T10:00:00.000Z' } });
  });

  it.each(['11111111-2222-4333-8444-555555555555', 'not-a-uuid'])('a read of the id %s is answered 404', async (id) => {
    const { status, body } = await call(`/api/v1/connections/${id}`);
    expect(status).toBe(404);
    expect(body).toEqual({ detail: 'Connection not found', status: 404 });
  });
});

describe('a create at the sandbox Omni', () => {
  it('a create answers 201 with the new id only', async () => {
    const { status, body } = await create(postgres);
    expect(status).toBe(201);
    expect(body).toEqual({ success: true, data: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) });
  });

  it('the fields that reads do not return are not stored', async () => {
    const created = await create({
      ...postgres,
      defaultSchema: 'public',
      baseRole: 'VIEWER',
      includeSchemas: 'public,web',
      queryTimeoutSeconds: 3600,
      allowsUserSpecificTimezones: true,
      offloadedSchemas: ['archive'],
    });
    expect(await readBack(created)).toEqual({
      id: created.body['data'],
      name: 'Shop',
      dialect: 'postgres',
      database: 'shop',
      defaultSchema: 'public',
      baseRole: 'VIEWER',
      createdAt: '2026-07-22T09:30:00.000Z',
      updatedAt: '2026-07-22T09:30:00.000Z',
      deletedAt: null,
      allowBranchConnectionEnvironments: false,
      branchConnectionEnvironmentOverridesUserAttr: false,
      environmentConnectionSwitchesSchemaModel: false,
      userAttributeNameForConnectionEnvironments: null,
      userAttributeValuesForDefaultEnvironment: null,
    });
    expect((await call('/api/v1/connections')).text).not.toMatch(/pw-canary-1|shop\.example\.net|reader/);
  });

  it('two connections may have the same name', async () => {
    await create(postgres);
    expect((await create(postgres)).status).toBe(201);
    expect(await names('?name=Shop')).toEqual(['Shop', 'Shop']);
  });

  it.each([
    ['a key pair', { ...snowflake, passwordUnencrypted: undefined, privateKey: 'MIIE' }],
    ['a key pair beside an empty password', { ...snowflake, passwordUnencrypted: '', privateKey: 'MIIE' }],
    ['a host of its own', { ...snowflake, host: undefined, hostOverride: 'acme.snowflakecomputing.com' }],
    [
      'OAuth and no warehouse',
      { dialect: 'snowflake', name: 'S', host: 'acme', database: 'D', authenticationType: 'snowflake-oauth-user' },
    ],
    ['a BigQuery key file', bigQuery],
    [
      'BigQuery OAuth',
      { dialect: 'bigquery', name: 'Lake', region: 'us', authenticationType: 'bigquery-byo-oauth-user' },
    ],
    ['a Databricks token', { ...databricks, passwordUnencrypted: 'dapi' }],
    ['a Databricks machine', { ...databricks, useMachineAuth: true, oauthClientId: 'c' }],
    ['an Athena role', { ...athena, awsRoleArn: 'arn:aws:iam::123456789012:role/omni' }],
    ['an Athena key pair', { ...athena, username: 'AKIA', passwordUnencrypted: 'secret' }],
    ['a MotherDuck token', { dialect: 'motherduck', name: 'Ducks', database: 'ducks', passwordUnencrypted: 'token' }],
    ['Oracle with its licence', { ...postgres, dialect: 'oracle', port: 1521, acceptsLicense: true }],
    ['SQL Server with its schema', { ...postgres, dialect: 'mssql', port: 1433, defaultSchema: 'dbo' }],
  ])('a create with %s is accepted', async (_what, body) => {
    expect(await create(body)).toMatchObject({ status: 201, body: { success: true } });
  });

  it.each([
    [{}, 'Bad Request: dialect: Required'],
    [{ dialect: 'duckdb', name: 'x' }, 'Invalid connection dialect'],
    [{ ...postgres, name: undefined }, 'Bad Request: name: Required'],
    [{ ...postgres, host: undefined }, 'Bad Request: host: Required'],
    [{ ...postgres, port: undefined }, 'Bad Request: port: Required'],
    [{ ...postgres, passwordUnencrypted: undefined }, 'Bad Request: passwordUnencrypted: Required'],
    [{ ...postgres, passwordUnencrypted: undefined, privateKey: 'MIIE' }, 'Bad Request: passwordUnencrypted: Required'],
    [{ ...postgres, password: 'x' }, "Bad Request: formErrors: Unrecognized key(s) in object: 'password'"],
    [{ ...postgres, port: '5432' }, 'Bad Request: port: Expected number, received string'],
    [{ ...postgres, port: 5432.5 }, 'Bad Request: port: Expected integer, received float'],
    [{ ...postgres, host: null }, 'Bad Request: host: Expected string, received null'],
    [
      { ...postgres, queryTimeoutSeconds: 3601 },
      'Bad Request: queryTimeoutSeconds: Number must be less than or equal to 3600',
    ],
    [
      { ...snowflake, host: 'acme.snowflakecomputing.com' },
      'Bad Request: host: Please only include your Snowflake account identifier',
    ],
    [{ ...snowflake, warehouse: undefined }, 'Bad Request: warehouse: Required'],
    [{ ...snowflake, externalOauthTokenUrl: 'http://x.example' }, 'Bad Request: externalOauthTokenUrl: Invalid url'],
    [{ ...bigQuery, region: undefined }, 'Bad Request: region: Required'],
    [{ ...bigQuery, maxBillingBytes: 1000 }, 'Bad Request: maxBillingBytes: Expected string, received number'],
    [{ ...bigQuery, passwordUnencrypted: '{}' }, 'Bad Request: passwordUnencrypted: Invalid service account JSON'],
    [{ ...athena, region: undefined, useMachineAuth: true }, 'Bad Request: region: Required'],
    [{ ...athena, passwordUnencrypted: 'secret' }, 'Bad Request: username: Required'],
    [{ ...databricks, warehouse: undefined, useMachineAuth: true }, 'Bad Request: warehouse: Required'],
    [databricks, 'Bad Request: passwordUnencrypted: Required'],
    [{ ...postgres, dialect: 'mssql' }, 'Bad Request: defaultSchema: Required'],
    [{ ...postgres, dialect: 'oracle' }, 'Bad Request: acceptsLicense: Required'],
  ])('a create with %j is refused', async (sent, detail) => {
    const { status, body } = await create(sent);
    expect(status).toBe(400);
    expect(body).toEqual({ detail, status: 400 });
    expect(await list()).toHaveLength(11);
  });

  it.each([
    [{ ...snowflake, hostOverride: 'acme.example.net' }, 'hostOverride'],
    [{ ...postgres, dialect: 'oracle', acceptsLicense: false }, 'acceptsLicense'],
  ])('a refusal names the wrong field of %j', async (sent, field) => {
    const { status, body } = await create(sent);
    expect(status).toBe(400);
    expect(body['detail']).toMatch(new RegExp(`^Bad Request: ${field}: `));
  });

  it('a body that is not a JSON object, or has no JSON content type, is refused', async () => {
    for (const answer of [
      await post('{"dialect":'),
      await post(''),
      await post(JSON.stringify(postgres), 'text/plain'),
    ]) {
      expect(answer.status).toBe(400);
      expect(answer.body).toEqual({ detail: 'Bad Request: Invalid JSON', status: 400 });
    }
    expect((await post('[]')).status).toBe(400);
  });

  it('a reset removes created connections', async () => {
    await create(postgres);
    await fetch(`${server.origin}/__sandbox/reset`, { method: 'POST' });
    expect(await list()).toHaveLength(11);
  });
});

describe('a path or a method that the sandbox Omni does not serve', () => {
  it('an unsupported method on a known path is invalid, and an unknown path is 404', async () => {
    const put = await call('/api/v1/connections', { method: 'PUT' });
    expect(put.body).toEqual({ detail: 'Invalid method', status: 400 });
    expect((await call('/api/v1/nonsense')).status).toBe(404);
    expect((await call('/v1/connections')).status).toBe(404);
  });
});

describe('the rate limit of the sandbox Omni', () => {
  it('the rate limit is off by default', async () => {
    const answers = await Promise.all(Array.from({ length: 70 }, () => call('/api/v1/connections')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('requests over the limit get an empty 429 until a minute has passed', async () => {
    await server.close();
    await start({ perMinute: 2 });
    expect([await statusOfList(), await statusOfList(), await statusOfList()]).toEqual([200, 200, 429]);
    const headers = { authorization: 'Bearer sandbox-omni-key' };
    expect((await fetch(`${server.origin}/api/v1/connections`, { headers })).headers.get('retry-after')).toBeNull();
    clock += 60_000;
    expect(await statusOfList()).toBe(200);
  });
});
