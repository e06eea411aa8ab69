// Valid and invalid requests, typed by hand, with the expected findings of a check against the vendor's OpenAPI file. Each
// contains secrets, which no finding may quote.
import type { RecordedRequest } from '../../src/sandbox/server.ts';
import type { VendorName } from '../support/gateway.ts';

export type Change = Partial<Omit<RecordedRequest, 'body'>> & { readonly body?: unknown };

export type Case = [vendor: VendorName, what: string, change: Change, ...problems: string[]];

const JSON_TYPE = 'application/json';
const OMNI_ID = '9a4f0e5c-0000-4000-8000-000000000001';
const CREDIBLE = '/api/v0/organizations/acme/projects/analytics/connections';

const right: Readonly<Record<VendorName, RecordedRequest>> = {
  looker: {
    method: 'POST',
    path: '/api/4.0/connections',
    query: '',
    headers: { authorization: 'Bearer token-secret-1', 'content-type': JSON_TYPE },
    body: '{"name":"orders","dialect_name":"postgres","port":"5432","password":"pw-secret-1","schema":null}',
  },
  omni: {
    method: 'POST',
    path: '/api/v1/connections',
    query: '',
    headers: { authorization: 'Bearer token-secret-1', 'content-type': JSON_TYPE },
    body: '{"name":"orders","dialect":"snowflake","privateKey":"key-secret-1"}',
  },
  credible: {
    method: 'POST',
    path: CREDIBLE,
    query: 'dryRun=true',
    headers: { authorization: 'ApiKey token-secret-1', 'content-type': JSON_TYPE },
    body: '{"name":"orders","type":"postgres","postgresConnection":{"port":5432,"password":"pw-secret-1"},"includeTables":["a.*"]}',
  },
  chartbrew: {
    method: 'POST',
    path: '/team/7/connections',
    query: '',
    headers: { authorization: 'Bearer token-secret-1', 'content-type': JSON_TYPE },
    body: '{"type":"api","port":"443","options":[{"X-Key":"pw-secret-1"}],"authentication":{"type":"bearer_token","token":"pw-secret-1"},"firebaseServiceAccount":{"private_key":"pw-secret-1"}}',
  },
};

const GET = { method: 'GET', headers: { authorization: 'Bearer token-secret-1' }, body: '' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const LOGIN = { path: '/api/4.0/login', headers: FORM };
const FILES = {
  path: '/team/7/connections/16/files',
  headers: { authorization: 'Bearer token-secret-1', 'content-type': 'multipart/form-data; boundary=b' },
};
const part = (name: string, rest = `; filename="a.pem"`): string =>
  `--b\r\nContent-Disposition: form-data; name="${name}"${rest}\r\n\r\npem-secret-1\r\n`;

/** Returns the valid create of a vendor with a change. */
export const requestOf = (vendor: VendorName, { body, ...rest }: Change): RecordedRequest => ({
  ...right[vendor],
  ...rest,
  ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
});

/** The valid requests, then the invalid ones with their findings after `METHOD path: `. */
export const cases: readonly Case[] = [
  ['looker', 'a create', {}],
  ['looker', 'the word token', { headers: { authorization: 'token abc', 'content-type': JSON_TYPE } }],
  ['looker', 'a login', { ...LOGIN, body: 'client_id=client-1&client_secret=pw-secret-1' }],
  ['looker', 'a list with fields', { ...GET, query: 'fields=name' }],
  // The file has `style: simple` for `tests`, which OpenAPI does not define in a query. The validator uses `explode`.
  ['looker', 'a dry run', { method: 'PUT', path: '/api/4.0/connections/test', query: 'tests=connect,query' }],
  ['looker', 'a change', { method: 'PATCH', path: '/api/4.0/connections/orders', body: { host: null, port: '1' } }],
  ['looker', 'a delete', { ...GET, method: 'DELETE', path: '/api/4.0/connections/orders' }],
  [
    'looker',
    'the removal of an override',
    { ...GET, method: 'DELETE', path: '/api/4.0/connections/orders/connection_override/pdt' },
  ],
  ['looker', 'a test', { ...GET, method: 'PUT', path: '/api/4.0/connections/orders/test', query: 'tests=connect' }],
  [
    'looker',
    'a change to null of what has none',
    { method: 'PATCH', path: '/api/4.0/connections/orders', body: { ssl: null, uses_key_pair_auth: null } },
    'must be boolean at /body/ssl',
    'must be boolean at /body/uses_key_pair_auth',
  ],
  ['looker', 'an unknown key', { body: { name: 'orders', user: 'bi' } }, 'unknown key at /body/user'],
  [
    'looker',
    'read-only keys',
    { body: { dialect: {}, can: {}, has_password: true, managed: false, created_at: null } },
    'only the vendor writes it at /body/can',
    'only the vendor writes it at /body/dialect',
    'only the vendor writes it at /body/has_password',
    'only the vendor writes it at /body/created_at',
    'only the vendor writes it at /body/managed',
  ],
  [
    'looker',
    'wrong keys inside',
    { body: { pdt_context_override: { user: 'bi', has_password: true, pdt_port: 5432 } } },
    'unknown key at /body/pdt_context_override/user',
    'must be string at /body/pdt_context_override/pdt_port',
    'only the vendor writes it at /body/pdt_context_override/has_password',
  ],
  ['looker', 'a number as port', { body: { port: 5432 } }, 'must be string at /body/port'],
  ['looker', 'null where none may be', { body: { name: null } }, 'must be string at /body/name'],
  ['looker', 'a list as body', { body: [] }, 'must be object at /body'],
  ['looker', 'broken JSON', { body: '{"password":"pw-secret-1"' }, 'is not JSON at /body', 'must be object at /body'],
  ['looker', 'an unknown path', { path: '/api/4.0/connection' }, 'no such operation'],
  ['looker', 'a path of no version', { path: '/connections' }, 'no such operation'],
  ['looker', 'a slash too much', { path: '/api/4.0/connections/' }, 'no such operation'],
  ['looker', 'a wrong method', { method: 'PUT' }, 'no such operation'],
  ['looker', 'an unknown query key', { ...GET, query: 'limit=5' }, 'unknown key at /query/limit'],
  ['looker', 'a body where none is taken', { ...GET, body: '{}' }, 'unknown key at /body'],
  ['looker', 'no token', { ...GET, headers: {} }, 'not as the vendor asks for at /header/authorization'],
  [
    'looker',
    'credentials in the query',
    { ...LOGIN, query: 'client_id=client-1&client_secret=pw-secret-1', body: '' },
    'missing at /body/client_id',
    'missing at /body/client_secret',
    'unknown key at /query/client_id',
    'unknown key at /query/client_secret',
  ],
  [
    'looker',
    'a login as JSON',
    {
      ...LOGIN,
      headers: { 'content-type': JSON_TYPE },
      body: { client_id: 'client-1', client_secret: 'pw-secret-1' },
    },
    'not application/x-www-form-urlencoded at /header/content-type',
  ],
  [
    'looker',
    'a login with a field twice and one too much',
    { ...LOGIN, body: 'client_id=a&client_id=b&client_secret=pw-secret-1&grant_type=x' },
    'unknown key at /body/grant_type',
    'must be string at /body/client_id',
  ],

  ['omni', 'a create with a key pair', {}],
  ['omni', 'a list', { ...GET, query: 'includeDeleted=true&sortField=name&dialect=snowflake,bigquery' }],
  ['omni', 'a read', { ...GET, path: `/api/v1/connections/${OMNI_ID}` }],
  ['omni', 'an unknown key', { body: { name: 'a', dialect: 'mysql', user: 'bi' } }, 'unknown key at /body/user'],
  ['omni', 'no name', { body: { dialect: 'mysql', passwordUnencrypted: 'pw-secret-1' } }, 'missing at /body/name'],
  [
    'omni',
    'values of wrong kinds',
    {
      body: {
        name: 'a',
        dialect: 'duckdb',
        port: '5432',
        maxBillingBytes: 1000,
        includeSchemas: ['a'],
        queryTimeoutSeconds: 3601,
        externalOauthTokenUrl: 'login',
        warehouse: null,
      },
    },
    'must be equal to one of the allowed values at /body/dialect',
    'must match format "uri" at /body/externalOauthTokenUrl',
    'must be string at /body/includeSchemas',
    'must be string at /body/maxBillingBytes',
    'must be integer at /body/port',
    'must be <= 3600 at /body/queryTimeoutSeconds',
    'must be string at /body/warehouse',
  ],
  [
    'omni',
    'an unknown key inside an update',
    {
      method: 'PATCH',
      path: `/api/v1/connections/${OMNI_ID}`,
      body: { environmentUserAttribute: { attributeName: 'region', defaultValues: null, value: 'eu' } },
    },
    'unknown key at /body/environmentUserAttribute/value',
  ],
  ['omni', 'an unknown path', { path: '/api/connections' }, 'no such operation'],
  ['omni', 'a wrong method', { method: 'PUT', path: `/api/v1/connections/${OMNI_ID}` }, 'no such operation'],
  [
    'omni',
    'an id of another kind',
    { ...GET, path: '/api/v1/connections/16' },
    'must match format "uuid" at /path/connectionId',
  ],
  [
    'omni',
    'a wrong query',
    { ...GET, query: 'includeDeleted=yes&limit=5&sortField=age' },
    'unknown key at /query/limit',
    'must be boolean at /query/includeDeleted',
    'must be equal to one of the allowed values at /query/sortField',
  ],
  [
    'omni',
    'another scheme',
    { ...GET, headers: { authorization: 'Basic pw-secret-1' } },
    'not as the vendor asks for at /header/authorization',
  ],

  ['credible', 'a dry run with a group’s token', {}],
  ['credible', 'a read', { ...GET, path: `${CREDIBLE}/orders`, query: '' }],
  [
    'credible',
    'read-only keys',
    {
      body: {
        resource: 'a',
        attributes: {},
        indexingStatus: 'PENDING',
        indexingStatusLastUpdated: null,
        duckdbConnection: { attachedDatabases: [{ name: 'a', type: 's3', attributes: { isPool: true } }] },
      },
    },
    'only the vendor writes it at /body/resource',
    'only the vendor writes it at /body/attributes',
    'only the vendor writes it at /body/duckdbConnection/attachedDatabases/0/attributes',
    'only the vendor writes it at /body/indexingStatus',
    'only the vendor writes it at /body/indexingStatusLastUpdated',
  ],
  [
    'credible',
    'unknown keys inside',
    { body: { mysqlConnection: { username: 'bi' }, duckdbConnection: { url: 'md:', attachedDatabases: [{ id: 1 }] } } },
    'unknown key at /body/mysqlConnection/username',
    'unknown key at /body/duckdbConnection/url',
    'unknown key at /body/duckdbConnection/attachedDatabases/0/id',
  ],
  [
    'credible',
    'values of wrong kinds',
    {
      body: {
        type: 'oracle',
        postgresConnection: { port: '5432' },
        bigqueryConnection: { maximumBytesBilled: 1000 },
        duckdbConnection: { attachedDatabases: [{ name: 'my-files', gcsConnection: { keyId: 'a' } }] },
        includeTables: ['orders'],
      },
    },
    'must be equal to one of the allowed values at /body/type',
    'must be integer at /body/postgresConnection/port',
    'must be string at /body/bigqueryConnection/maximumBytesBilled',
    'must match pattern "^[a-zA-Z_][a-zA-Z0-9_]*$" at /body/duckdbConnection/attachedDatabases/0/name',
    'missing at /body/duckdbConnection/attachedDatabases/0/gcsConnection/secret',
    'must match pattern "^[a-zA-Z0-9_-]+\\.(?:[a-zA-Z0-9_-]+|\\*)$" at /body/includeTables/0',
  ],
  [
    'credible',
    'another content type',
    { headers: { authorization: 'Bearer a', 'content-type': 'text/plain' }, body: {} },
    'not application/json at /header/content-type',
  ],
  ['credible', 'an unknown path', { path: '/api/v0/projects/analytics/connections' }, 'no such operation'],
  ['credible', 'a wrong method', { method: 'PUT', path: `${CREDIBLE}/orders` }, 'no such operation'],
  [
    'credible',
    'a name that no path takes',
    { ...GET, query: '', path: `${CREDIBLE}/my%20orders` },
    'must match pattern "^[a-zA-Z0-9_-]+$" at /path/connectionName',
  ],
  [
    'credible',
    'a wrong query',
    { query: 'dryRun=maybe&dry_run=true' },
    'unknown key at /query/dry_run',
    'must be boolean at /query/dryRun',
  ],

  ['chartbrew', 'a create whose JSON fields are open', {}],
  ['chartbrew', 'an upload', { ...FILES, body: `${part('sslCa')}${part('sshPrivateKey')}--b--\r\n` }],
  ['chartbrew', 'a number as port', { body: { port: 5432 } }, 'must be string,null at /body/port'],
  [
    'chartbrew',
    'keys that the server forces or would honour',
    { body: { id: 5, team_id: 7 } },
    'unknown key at /body/team_id',
    'only the vendor writes it at /body/id',
  ],
  [
    'chartbrew',
    'wrong keys and kinds',
    { body: { sslCa: 'pem-secret-1', project_ids: ['3'], oauth_id: '5', sshPort: '22', ssl: null } },
    'unknown key at /body/sslCa',
    'must be integer at /body/project_ids/0',
    'must match format "uuid" at /body/oauth_id',
    'must be boolean at /body/ssl',
    'must be integer,null at /body/sshPort',
  ],
  ['chartbrew', 'a team as text', { path: '/team/seven/connections' }, 'must be integer at /path/team_id'],
  ['chartbrew', 'an unknown path', { path: '/api/team/7/connections' }, 'no such operation'],
  ['chartbrew', 'a wrong method', { method: 'PATCH', path: '/team/7/connections/16' }, 'no such operation'],
  ['chartbrew', 'an unknown query key', { ...GET, query: 'project_id=3' }, 'unknown key at /query/project_id'],
  [
    'chartbrew',
    'wrong parts',
    { ...FILES, body: `${part('sslCa')}${part('sslCa')}${part('ca')}${part('sslKey', '')}--b--\r\n` },
    'is no file at /body/sslKey',
    'unknown key at /body/ca',
    'must be string at /body/sslCa',
  ],
  ['chartbrew', 'a broken upload', { ...FILES, body: 'pem-secret-1' }, 'is not multipart/form-data at /body'],
];
