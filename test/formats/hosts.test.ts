// A host field accepts a host only. Anything else in it (a port, an instance, driver parameters, brackets) is
// refused with advice, or normalized.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createForUpdate, runMutation, recordSent } from '../support/mutations.ts';
import { create, issuesOf, refusalOf } from '../support/create-connection.ts';
import { startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';

type Values = Readonly<Record<string, unknown>>;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterEach(() => gateway.resetAll());
afterAll(() => gateway.close());

const server = { database: 'orders', username: 'bi', password: 'pw-secret-1' };
const PORT = 'Must be only the host. Send the port in the field `port` if the dialect has this field.';
const ALONE = 'Must be only a host name or an IP address, without scheme, user, path, blanks or control characters.';
const PARAMETERS = 'Must be only the host, without driver parameters or credentials.';
const SIGNS = 'Must contain only letters, digits, dots, hyphens and underscores.';
const ADDRESS = 'Must be a host name, an IPv4 address or a whole IPv6 address.';

describe('A host is refused', () => {
  it.each([
    ['plausible_events_db:8123', PORT],
    ['db.acme.example:5432', PORT],
    ['10.0.0.5:5432', PORT],
    ['[2001:db8::15]:5432', PORT],
    ['sql.acme.example,1433', PORT],
    [
      'sql.acme.example\\SQLEXPRESS',
      'Must be only the host. For a named instance send its port in `port`, or its name in a driver parameter.',
    ],
    ['sql.acme.example;user=sa;password=pw-secret-1', PARAMETERS],
    ['sql.acme.example;encrypt', PARAMETERS],
    ['db.acme.example&sslmode=disable', PARAMETERS],
    ['host=db.acme.example', PARAMETERS],
    ['https://db.acme.example', ALONE],
    ['bi:pw-secret-1@db.acme.example', ALONE],
    ['db.acme.example/orders', ALONE],
    ['db.acme.example?ssl=true', ALONE],
    ['db.acme.example#1', ALONE],
    ['db acme example', ALONE],
    [' db.acme.example', ALONE],
    ['db.acme.example ', ALONE],
    [
      'a.acme.example,b.acme.example',
      'Must be one host. For several hosts use `connectionString` or `srv` if the dialect has these fields.',
    ],
    ['db%2Eacme.example', 'Must be a host without percent-escapes and without the zone (%) of an IPv6 address.'],
    ['fe80::1%eth0', 'Must be a host without percent-escapes and without the zone (%) of an IPv6 address.'],
    ['db.acme.example:', ADDRESS],
    ['db.acme.example:pg', ADDRESS],
    ['2001:db8::15::1', ADDRESS],
    ['[db.acme.example]', ADDRESS],
    ['"db.acme.example"', SIGNS],
    ["'db'", SIGNS],
    ['db|cat', SIGNS],
    ['<host>', SIGNS],
    ['${DB_HOST}', SIGNS],
    ['{{db_host}}', SIGNS],
    ['(db)', SIGNS],
    ['*.acme.example', SIGNS],
    ['db。acme。example', SIGNS],
    ['.acme.example', 'Must not begin with a dot or contain two consecutive dots.'],
    ['db..acme.example', 'Must not begin with a dot or contain two consecutive dots.'],
  ])('a host with something else in it is refused with advice: %s', async (host, message) => {
    for (const [instance, dialect] of [
      ['looker', 'mssql'],
      ['omni', 'mysql'],
      ['credible', 'mysql'],
      ['chartbrew', 'clickhouse'],
    ] as const) {
      const config = { [dialect]: { ...server, port: 8123, host } };
      const { result, text } = await create(gateway, { instance, name: 'one', config });
      expect(result.issues).toContainEqual(
        expect.objectContaining({ path: ['input', 'config', dialect, 'host'], code: 'INVALID', message }),
      );
      expect(text).not.toContain('secret-1');
      expect(await gateway.received(instance)).toEqual([]);
    }
  });

  const postgres = { host: 'db.acme.example', ...server };
  it.each<[string, VendorName, Values, Values | undefined, string]>([
    [
      'a host of Trino',
      'credible',
      { trino: { host: 'trino.acme.example:8443', port: 8443 } },
      undefined,
      'config.trino.host',
    ],
    [
      'a host of Databricks',
      'omni',
      { databricks: { host: 'dbc-1.example:443', httpPath: '/x', accessToken: 'a' } },
      undefined,
      'config.databricks.host',
    ],
    [
      'a host of MongoDB',
      'chartbrew',
      { mongodb: { host: 'a.example:27017,b.example:27017', database: 'shop' } },
      undefined,
      'config.mongodb.host',
    ],
    [
      'a host of Snowflake',
      'looker',
      { snowflake: { hostOverride: 'acme.example:443', database: 'D' } },
      undefined,
      'config.snowflake.hostOverride',
    ],
    [
      'a Snowflake account as host',
      'omni',
      { snowflake: { account: 'acme:443', warehouse: 'W', database: 'D', username: 'U', password: 'p' } },
      undefined,
      'config.snowflake.account',
    ],
    [
      'a Snowflake account with parameters as host',
      'credible',
      { snowflake: { account: 'acme;user=x', warehouse: 'W', username: 'U', password: 'p' } },
      undefined,
      'config.snowflake.account',
    ],
    [
      'the host of scratch tables',
      'looker',
      { postgres },
      { looker: { tmpHost: 'tmp.acme.example:5432' } },
      'options.looker.tmpHost',
    ],
    [
      'the host of an override',
      'looker',
      { postgres },
      { looker: { pdtOverride: { host: 'pdt;user=sa' } } },
      'options.looker.pdtOverride.host',
    ],
    [
      'the host of an SSH tunnel',
      'chartbrew',
      { postgres },
      { chartbrew: { ssh: { enabled: true, host: 'ssh.acme.example:22', username: 'hop', password: 'ssh-secret-1' } } },
      'options.chartbrew.ssh.host',
    ],
    [
      'the jump host of an SSH tunnel',
      'chartbrew',
      { postgres },
      { chartbrew: { ssh: { enabled: true, host: 'a', username: 'hop', password: 'ssh-secret-1', jumpHost: 'b\\c' } } },
      'options.chartbrew.ssh.jumpHost',
    ],
    [
      'the host of a DuckDB attachment',
      'credible',
      { duckdb: { attached: [{ name: 'a', source: { postgres: { host: 'db:5432' } } }] } },
      undefined,
      'config.duckdb.attached.0.source.postgres.host',
    ],
  ])('%s', async (_where, instance, config, options, place) => {
    const input = { instance, name: 'one', config, ...(options && { options }) };
    expect(await refusalOf(gateway, input)).toEqual([`${place} INVALID`]);
  });

  it('an update with a wrong host is refused before any write', async () => {
    const { id } = await createForUpdate(gateway, { instance: 'looker', name: 'one', config: { postgres } });
    const change = { config: { postgres: { host: 'db2.acme.example:5433', password: { replace: 'pw-secret-2' } } } };
    const { result, sent } = await recordSent(gateway, 'looker', () =>
      runMutation(gateway, 'updateConnection', { id, ...change }),
    );
    expect(issuesOf(result)).toEqual(['input.config.postgres.host INVALID']);
    expect(sent).toEqual([]);
  });
});

describe('A host is accepted', () => {
  it.each([
    ['db.acme.example', 'db.acme.example'],
    ['DB.acme.example', 'DB.acme.example'],
    ['db.acme.example.', 'db.acme.example.'],
    ['localhost', 'localhost'],
    ['10.0.0.5', '10.0.0.5'],
    ['plausible_events_db', 'plausible_events_db'],
    ['_dmarc.acme.example', '_dmarc.acme.example'],
    ['münchen.acme.example', 'münchen.acme.example'],
    ['データベース.example', 'データベース.example'],
    ['2001:db8::15', '2001:db8::15'],
    ['[2001:db8::15]', '2001:db8::15'],
    ['2001:DB8:0:0:0:0:0:15', '2001:db8::15'],
    ['[::1]', '::1'],
  ])('the host %s is accepted and sent as %s', async (host, sent) => {
    const config = { mysql: { ...server, host, port: 3306 } };
    const { result } = await create(gateway, { instance: 'omni', name: 'one', config });
    expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess', warnings: [] });
    expect(await gateway.posted('omni')).toMatchObject([{ host: sent }]);
  });

  it('another spelling of the same address is not a change', async () => {
    const config = { mysql: { ...server, host: '2001:db8::15', port: 3306 } };
    const { id } = await createForUpdate(gateway, { instance: 'looker', name: 'one', config });
    const change = { config: { mysql: { host: '[2001:0DB8::15]' } } };
    const { result, sent } = await recordSent(gateway, 'looker', () =>
      runMutation(gateway, 'updateConnection', { id, ...change }),
    );
    expect(result).toMatchObject({
      __typename: 'UpdateConnectionSuccess',
      connection: { config: { host: '2001:db8::15' } },
    });
    expect(sent).toEqual([]);
  });
});

const api = (baseUrl: string) => ({ api: { baseUrl } });

const s3 = (endpoint: string) => ({
  duckdb: { attached: [{ name: 'a', source: { s3: { accessKeyId: 'AKIA', secretAccessKey: 's', endpoint } } }] },
});

describe('A URL', () => {
  it.each([
    'https://api.acme.example:8443/v1',
    'http://10.0.0.5:8080',
    'https://[2001:db8::15]:8443/v1',
    'https://api.acme.example/a%20b/~c,d',
    'HTTPS://API.acme.example/v1/',
  ])('a URL may have a port and a path: %s', async (baseUrl) => {
    const { result } = await create(gateway, { instance: 'chartbrew', name: 'one', config: api(baseUrl) });
    expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess', warnings: [] });
    expect(await gateway.posted('chartbrew')).toMatchObject([{ host: baseUrl }]);
  });

  it.each(['minio:9000', 's3.acme.example', 'https://s3.acme.example:9000', '[2001:db8::15]:9000'])(
    'the URL of a service may be a host with a port: %s',
    async (endpoint) => {
      const { result } = await create(gateway, { instance: 'credible', name: 'one', config: s3(endpoint) });
      expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess', warnings: [] });
    },
  );

  it.each([
    [
      'https://api.acme.example/v1;password=pw-secret-1',
      'Must not contain `;`, quotes, angle brackets, braces or \\ in its path.',
    ],
    ['https://api.acme.example/v1\\x', 'Must not contain `;`, quotes, angle brackets, braces or \\ in its path.'],
    ['https://api.acme.example/{tenant}', 'Must not contain `;`, quotes, angle brackets, braces or \\ in its path.'],
    ['https://api.acme.example;jsessionid=1/v1', PARAMETERS],
    ['https://api.acme.example:0/v1', 'Its port must be 1 to 65535.'],
    ['https://api.acme.example:99999/v1', 'Its port must be 1 to 65535.'],
    ['https://api.acme.example:', 'Its port must be 1 to 65535.'],
    ['https://2001:db8::15/v1', 'Must have its IPv6 address in brackets: http://[2001:db8::1]/.'],
    [
      'https://api.acme%2eexample/v1',
      'Must be a host without percent-escapes and without the zone (%) of an IPv6 address.',
    ],
    ['https://{{host}}/v1', SIGNS],
  ])('a URL is refused with advice: %s', async (baseUrl, message) => {
    const { result, text } = await create(gateway, { instance: 'chartbrew', name: 'one', config: api(baseUrl) });
    expect(result.issues).toMatchObject([{ path: ['input', 'config', 'api', 'baseUrl'], code: 'INVALID', message }]);
    expect(text).not.toContain('secret-1');
  });

  it.each(['s3.acme.example;x=y', 'http://s3.acme.example:70000', '2001:db8::15'])(
    'the URL of a service is refused: %s',
    async (endpoint) => {
      expect(await refusalOf(gateway, { instance: 'credible', name: 'one', config: s3(endpoint) })).toEqual([
        'config.duckdb.attached.0.source.s3.endpoint INVALID',
      ]);
    },
  );
});
