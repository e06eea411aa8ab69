// Some vendors store URLs in host fields, with user, password or token. Only the host is reported, and of a
// URL the part before its query.
import { describe, expect, it } from 'vitest';
import type { VendorName } from '../support/gateway.ts';
import { listRows, type WireRow } from '../support/stub-rows.ts';
import type { Row } from '../support/whole-connection.ts';

/** Stored hosts, and what is reported. */
const HOSTS: readonly (readonly [string, string | null])[] = [
  ['https://u:hidden-pw@db.acme.example/path?token=hidden-pw#hidden-pw', 'db.acme.example'],
  ['postgresql://u:hidden-pw@db.acme.example:5433/shop', 'db.acme.example:5433'],
  ['u:hidden-pw@db.acme.example:5432', 'db.acme.example:5432'],
  ['u:hidden@pw@db.acme.example', 'db.acme.example'],
  ['db.acme.example/?password=hidden-pw', 'db.acme.example'],
  ['jdbc:postgresql://u:hidden-pw@db.acme.example/shop', null],
  // An unescaped / ends the host too early.
  ['https://u:hidden/pw@db.acme.example', null],
  ['hidden-pw/x@db.acme.example', null],
  ['u:17/hidden-pw@db.acme.example', null],
  ['u:18?hidden-pw@db.acme.example', null],
  ['u:19#hidden-pw@db.acme.example', null],
  ['://hidden-pw', null],
  ['db.acme.example', 'db.acme.example'],
  ['10.0.0.7', '10.0.0.7'],
  ['[2001:db8::7]', '[2001:db8::7]'],
  ['2001:db8::7', '2001:db8::7'],
  ['db.acme.example:5433', 'db.acme.example:5433'],
  ['a.acme.example:27017,b.acme.example:27018', 'a.acme.example:27017,b.acme.example:27018'],
  ['sql.acme.example\\SQLEXPRESS', 'sql.acme.example\\SQLEXPRESS'],
  // Driver parameters after a host.
  ['sql.acme.example;user=sa;password=hidden-pw', 'sql.acme.example'],
  ['sql.acme.example;user=sa;password=hidden@pw', 'sql.acme.example'],
  ['sql.acme.example:1433;password=hidden-pw', 'sql.acme.example:1433'],
  ['sql.acme.example ; password=hidden-pw', 'sql.acme.example'],
  ['https://db.acme.example;password=hidden-pw', 'db.acme.example'],
  ['sql.acme.example%3Bpassword=hidden-pw', null],
  ['host=db.acme.example password=hidden-pw', null],
  // A text after a colon that is not a port may be a password.
  ['db.acme.example:hidden-pw', null],
  ['u:hidden-pw', null],
  ['u:hidden;pw@db.acme.example', null],
  [';password=hidden-pw', null],
];

/** Stored database names, and what is reported. */
const DATABASES: readonly (readonly [string, string | null])[] = [
  ['orders', 'orders'],
  ['R&D', 'R&D'],
  ['Sales; old', 'Sales; old'],
  ['db;user=sa;password=hidden-pw', 'db'],
  ['orders?sslmode=require&password=hidden-pw', 'orders'],
  ['orders&password=hidden-pw', 'orders'],
  ['?password=hidden-pw', null],
];

/** Stored URLs, and what is reported. */
const URLS: readonly (readonly [string, string | null])[] = [
  ['https://u:hidden-pw@api.acme.example/v1?token=hidden-pw#hidden-pw', 'https://api.acme.example/v1'],
  ['https://api.acme.example:8443/v1/reports?key=hidden-pw', 'https://api.acme.example:8443/v1/reports'],
  ['http://hidden-pw@api.acme.example', 'http://api.acme.example'],
  ['u:hidden-pw@api.acme.example/v1', 'api.acme.example/v1'],
  ['api.acme.example?key=hidden-pw', 'api.acme.example'],
  ['https://u:hidden/pw@api.acme.example', null],
  ['https://u:17?hidden-pw@api.acme.example', null],
  ['https://u:18#hidden-pw@api.acme.example', null],
  ['https://u:hidden@pw@api.acme.example', 'https://api.acme.example'],
  ['https://api.acme.example/hidden-pw@v1', null],
  ['https://', null],
  ['https://api.acme.example', 'https://api.acme.example'],
  ['https://api.acme.example/v1;password=hidden-pw', 'https://api.acme.example/v1'],
  ['https://api.acme.example;password=hidden-pw/v1', 'https://api.acme.example'],
  ['https://api.acme.example;password=hidden@pw/v1', null],
  ['https://u:hidden-pw', null],
];

describe('a URL in a read', () => {
  it.each<[VendorName, string, (url: string) => WireRow, (row: Row) => unknown]>([
    ['chartbrew', 'an API', (host) => ({ type: 'api', host }), ({ config }) => config['baseUrl']],
    [
      'chartbrew',
      'a Realtime Database',
      (connectionString) => ({ type: 'realtimedb', connectionString }),
      ({ config }) => config['databaseUrl'],
    ],
    [
      'credible',
      'S3 attached to a DuckDB',
      (endpoint) => ({
        type: 'duckdb',
        duckdbConnection: { attachedDatabases: [{ name: 'files', type: 's3', s3Connection: { endpoint } }] },
      }),
      ({ config }) => (config['attached'] as readonly { source: { endpoint: unknown } }[])[0]?.source.endpoint,
    ],
  ])('a URL at %s of %s is reported without user info and query', async (vendor, _what, toRow, urlOf) => {
    const told = await listRows(
      vendor,
      URLS.map(([url], at) => ({ ...toRow(url), id: at + 1, name: `row${at}` })),
    );
    expect(URLS.map(([url], at) => [url, urlOf(told[`row${at}`] as Row)])).toEqual(URLS);
    expect(JSON.stringify(told)).not.toMatch(/hidden|u:1/);
  });
});

describe('the name of a database in a read', () => {
  it.each<[VendorName, string, (name: string) => WireRow, string]>([
    ['looker', 'SQL Server', (database) => ({ dialect_name: 'mssql_2017', database }), 'database'],
    ['looker', 'unknown', (database) => ({ dialect_name: 'vertica', database }), 'database'],
    ['omni', 'MySQL', (database) => ({ dialect: 'mysql', database }), 'database'],
    ['credible', 'MySQL', (database) => ({ type: 'mysql', mysqlConnection: { database } }), 'database'],
    ['credible', 'Trino', (catalog) => ({ type: 'trino', trinoConnection: { catalog } }), 'catalog'],
    ['chartbrew', 'MongoDB', (dbName) => ({ type: 'mongodb', dbName }), 'database'],
  ])(
    'a database name at %s of the dialect %s is reported without driver parameters',
    async (vendor, _dialect, toRow, field) => {
      const idOf = (at: number) =>
        vendor === 'omni' ? { id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}` } : { id: at + 1 };
      const rows = DATABASES.map(([name], at) => ({ ...toRow(name), ...idOf(at), name: `row${at}` }));
      const told = await listRows(vendor, rows);
      const shown = DATABASES.map(([name], at) => [name, (told[`row${at}`] as Row).config[field]]);
      // At Looker any text after a ; may be a driver parameter.
      const ofLooker = DATABASES.map(([name, expected]) => [name, name === 'Sales; old' ? 'Sales' : expected]);
      expect(shown).toEqual(vendor === 'looker' ? ofLooker : DATABASES);
      expect(JSON.stringify(told)).not.toContain('hidden');
    },
  );
});

describe('a host in a read', () => {
  it.each<[VendorName, string, (host: string) => WireRow, string]>([
    ['looker', 'PostgreSQL', (host) => ({ dialect_name: 'postgres', host }), 'host'],
    ['looker', 'Snowflake', (host) => ({ dialect_name: 'snowflake', host }), 'hostOverride'],
    ['looker', 'unknown', (host) => ({ dialect_name: 'vertica', host }), 'host'],
    ['credible', 'MySQL', (host) => ({ type: 'mysql', mysqlConnection: { host } }), 'host'],
    ['credible', 'Snowflake', (account) => ({ type: 'snowflake', snowflakeConnection: { account } }), 'account'],
    ['chartbrew', 'MySQL', (host) => ({ type: 'mysql', host }), 'host'],
    ['chartbrew', 'unknown', (host) => ({ type: 'jira', host }), 'host'],
    ['credible', 'Trino', (server) => ({ type: 'trino', trinoConnection: { server } }), 'host'],
  ])(
    'a host at %s of the dialect %s is reported without anything around it',
    async (vendor, _dialect, toRow, field) => {
      const rows = HOSTS.map(([host], at) => ({ ...toRow(host), id: at + 1, name: `row${at}` }));
      const told = await listRows(vendor, rows);
      const shown = HOSTS.map(([host], at) => [host, (told[`row${at}`] as Row).config[field]]);
      expect(shown).toEqual(HOSTS);
      expect(JSON.stringify(told)).not.toMatch(/hidden|u:1/);
    },
  );

  it.each([
    ['acme.snowflakecomputing.com', null, 'acme', null],
    ['https://u:hidden-pw@acme.snowflakecomputing.com/', null, 'acme', null],
    ['snow.acme.example', 'account=acme&warehouse=W', 'acme', 'snow.acme.example'],
    ['snow.acme.example', 'account=u:hidden-pw%40acme', 'acme', 'snow.acme.example'],
    ['', 'account=acme', 'acme', null],
    [null, null, null, null],
  ])('%s with the parameters %s is the Snowflake account %s', async (host, params, account, hostOverride) => {
    const row = { name: 'snowflake', dialect_name: 'snowflake', host, jdbc_additional_params: params };
    const { snowflake } = await listRows('looker', [row]);
    expect(snowflake).toMatchObject({ config: { account, hostOverride } });
    expect(JSON.stringify(snowflake)).not.toContain('hidden');
  });
});
