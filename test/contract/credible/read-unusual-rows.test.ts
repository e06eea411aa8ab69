// Reads of Credible's rows: the documented response example with every key, blocks whose values are converted,
// and rows with wrong or missing values.
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startTestGateway } from '../../support/gateway.ts';
import { startStubbedGateway, type StubbedGateway } from '../../support/stub-vendor.ts';
import { idOf } from '../../support/watched-gateway.ts';
import { readWhole } from '../../support/whole-connection.ts';
import { credibleResponse, credibleSources } from './documented-answer.ts';

/** The current row of the stub Credible. */
let row: Readonly<Record<string, unknown>> = {};
let stubbed: StubbedGateway;
beforeAll(async () => {
  stubbed = await startStubbedGateway('credible', () => ({ status: 200, body: row }));
});
afterAll(() => stubbed.close());

/** Reads one row and returns what is reported. Checks that the answer has no secret. */
async function tell(wire: Readonly<Record<string, unknown>>) {
  row = { name: 'one', ...wire };
  const [one] = await readWhole(stubbed.gateway, [idOf('v1:c:credible:one')]);
  expect(JSON.stringify(one)).not.toMatch(/secret-\d/);
  if (!one) throw new Error('The row is not told.');
  return one;
}

const noTls = { enabled: null, verify: null, mode: null, ca: 'NOT_SET', certificate: 'NOT_SET', key: 'NOT_SET' };

const emptyServer = {
  host: null,
  port: null,
  database: null,
  schema: null,
  username: null,
  password: 'UNKNOWN',
  tls: null,
};
const postgres = {
  __typename: 'PostgresConfig',
  host: 'pg.acme.example',
  port: 123,
  database: 'orders',
  schema: null,
  username: 'reader',
  password: 'SET',
  tls: null,
  connectionString: 'SET',
  flavor: null,
};
const bigquery = {
  __typename: 'BigQueryConfig',
  projectId: 'acme-web',
  billingProjectId: 'acme-billing',
  location: 'EU',
  dataset: null,
  serviceAccountEmail: null,
  serviceAccountKey: 'SET',
  maximumBytesBilled: '9007199254740993',
  queryTimeoutMs: 60_000,
};
const snowflake = {
  __typename: 'SnowflakeConfig',
  account: 'acme-fin',
  hostOverride: null,
  warehouse: 'WH',
  database: 'FINANCE',
  schema: 'PUBLIC',
  role: 'ANALYST',
  username: 'SVC',
  password: 'SET',
  privateKey: 'SET',
  privateKeyPassphrase: 'SET',
  oauth: null,
  queryTimeoutMs: 123,
  tls: null,
};

describe('The response example in the documents of Credible', () => {
  const details = {
    __typename: 'CredibleDetails',
    resource: '/api/v0/organizations/acme/projects/analytics/connections/one',
    dialectName: 'standardsql',
    isPool: true,
    canPersist: true,
    canStream: true,
    includeTables: ['sales.orders', 'finance.*'],
    excludeTables: ['backup.records', 'temp_data.*'],
    excludeAllTables: false,
    indexing: 'UNKNOWN',
    indexingUpdatedAt: '2023-11-07T05:31:56.000Z',
  };

  it.each([
    ['postgres', 'POSTGRES', postgres, ['password', 'connectionString']],
    ['bigquery', 'BIGQUERY', bigquery, ['serviceAccountKey']],
    ['snowflake', 'SNOWFLAKE', snowflake, ['password', 'privateKey', 'privateKeyPassphrase']],
    [
      'trino',
      'TRINO',
      {
        __typename: 'TrinoConfig',
        host: 'trino.acme.example',
        port: 123,
        catalog: 'iceberg',
        schema: 'curated',
        username: 'malloy',
        password: 'SET',
        peakaKey: 'SET',
        tls: { ...noTls, enabled: true },
      },
      ['password', 'peakaKey'],
    ],
    [
      'mysql',
      'MYSQL',
      {
        __typename: 'MySqlConfig',
        host: 'my.acme.example',
        port: 123,
        database: 'shop',
        schema: null,
        username: 'reader',
        password: 'SET',
        tls: null,
        connectionString: 'NOT_SET',
        flavor: null,
      },
      ['password'],
    ],
    [
      'motherduck',
      'MOTHERDUCK',
      { __typename: 'MotherDuckConfig', database: 'scratch', schema: null, accessToken: 'SET' },
      ['accessToken'],
    ],
    [
      'duckdb',
      'DUCKDB',
      {
        __typename: 'DuckDbConfig',
        attached: [
          { name: 'test_connection', source: bigquery },
          { name: '_connection', source: snowflake },
          { name: 'test_connection_1', source: postgres },
          { name: 'g', source: { __typename: 'GcsConfig', keyId: 'GOOG1EXAMPLE', secret: 'SET' } },
          {
            name: 's',
            source: {
              __typename: 'S3Config',
              accessKeyId: 'AKIAEXAMPLE',
              secretAccessKey: 'SET',
              region: 'us-east-1',
              endpoint: 'https://s3.acme.example',
              sessionToken: 'SET',
            },
          },
        ],
      },
      [
        'attached.0.source.bigquery.serviceAccountKey',
        'attached.1.source.snowflake.password',
        'attached.1.source.snowflake.privateKey',
        'attached.1.source.snowflake.privateKeyPassphrase',
        'attached.2.source.postgres.password',
        'attached.2.source.postgres.connectionString',
        'attached.3.source.gcs.secret',
        'attached.4.source.s3.secretAccessKey',
        'attached.4.source.s3.sessionToken',
      ],
    ],
  ])(
    'the documented response example is read with the block of the type %s only',
    async (type, dialect, config, secrets) => {
      const reported = await tell({ ...credibleResponse, type });
      expect(reported).toMatchObject({ dialect, vendorDialect: type, completeness: 'FULL' });
      expect(reported.config).toEqual(config);
      expect(reported.details).toEqual(details);
      expect(reported.secrets).toHaveLength(secrets.length);
      const expected = secrets.map((key) => ({ path: ['config', type, ...key.split('.')], status: 'SET' }));
      expect(reported.secrets).toEqual(expect.arrayContaining(expected));
    },
  );
});

describe('The server of a Trino connection', () => {
  it.each([
    ['https://trino.acme.example', 'trino.acme.example', true],
    ['http://trino.acme.example', 'trino.acme.example', false],
    ['HTTPS://trino.acme.example', 'trino.acme.example', true],
    ['trino.acme.example', 'trino.acme.example', null],
    ['http://10.20.0.7/', '10.20.0.7', false],
    ['https://bi:pw-secret-1@trino.acme.example/path-secret-2?token=query-secret-3', 'trino.acme.example', true],
    ['bi:pw-secret-1@trino.acme.example', 'trino.acme.example', null],
    // The password has an unescaped /, so the text before it is not a host.
    ['https://bi:pw-secret-1/x@trino.acme.example', null, true],
    ['ftp://trino.acme.example', 'trino.acme.example', null],
    ['https://[2001:db8::15]', '2001:db8::15', true],
    ['http://[2001:0DB8:0::15]/', '2001:db8::15', false],
    ['', null, null],
    [null, null, null],
    [{ host: 'trino.acme.example' }, null, null],
    [undefined, null, null],
  ])('the Trino server %j is read as host and encryption', async (server, host, enabled) => {
    const { config } = await tell({ type: 'trino', trinoConnection: { server, port: '8443', user: '' } });
    expect(config).toEqual({
      __typename: 'TrinoConfig',
      host,
      port: 8443,
      catalog: null,
      schema: null,
      username: null,
      password: 'UNKNOWN',
      peakaKey: 'UNKNOWN',
      tls: { ...noTls, enabled },
    });
  });
});

describe('A host or a database at Credible', () => {
  it.each([
    ['db.acme.example;user=sa;password=pw-secret-1', 'db.acme.example'],
    ['db.acme.example?password=pw-secret-1', 'db.acme.example'],
    ['db.acme.example&password=pw-secret-1', 'db.acme.example'],
    ['db.acme.example:1433;password=pw-secret-1', 'db.acme.example:1433'],
    ['password=pw-secret-1', null],
    ['host=db password=pw-secret-1', null],
    ['db.acme.example;password=pw@secret-1', 'db.acme.example'],
  ])('a host is reported without driver properties: %j', async (host, expected) => {
    const { config } = await tell({ type: 'postgres', postgresConnection: { host } });
    expect(config).toMatchObject({ host: expected });
  });

  it.each([
    ['orders;password=pw-secret-1', 'orders'],
    ['orders?password=pw-secret-1', 'orders'],
    ['orders#pw-secret-1', 'orders'],
    ['orders user=x password=pw-secret-1', null],
    [';password=pw-secret-1', null],
    ['orders/eu', 'orders/eu'],
  ])('a database is reported without driver properties: %j', async (databaseName, expected) => {
    const { config } = await tell({ type: 'postgres', postgresConnection: { databaseName } });
    expect(config).toMatchObject({ database: expected });
  });

  it('attachments and all dialects are reported without driver properties', async () => {
    const name = 'acme;token=pw-secret-1';
    const blocks = [
      ['mysql', { mysqlConnection: { database: name } }, { database: 'acme' }],
      ['bigquery', { bigqueryConnection: { defaultProjectId: name } }, { projectId: 'acme' }],
      [
        'snowflake',
        { snowflakeConnection: { account: name, database: name, schema: name } },
        { account: 'acme', database: 'acme', schema: 'acme' },
      ],
      ['trino', { trinoConnection: { catalog: name, schema: name } }, { catalog: 'acme', schema: 'acme' }],
      ['motherduck', { motherduckConnection: { database: name } }, { database: 'acme' }],
    ] as const;
    for (const [type, block, expected] of blocks)
      expect((await tell({ type, ...block })).config).toMatchObject(expected);
    const attachedDatabases = [{ name: 'a', type: 'postgres', postgresConnection: { host: name, databaseName: name } }];
    expect((await tell({ type: 'duckdb', duckdbConnection: { attachedDatabases } })).config).toMatchObject({
      attached: [{ source: { host: 'acme', database: 'acme' } }],
    });
  });
});

describe('The status of secrets that Credible leaves out', () => {
  it.each([
    ['motherduck', { motherduckConnection: { database: 'scratch' } }, ['accessToken']],
    ['trino', { trinoConnection: { password: null, peakaKey: '' } }, ['password', 'peakaKey']],
    ['trino', {}, ['password', 'peakaKey']],
    [
      'duckdb',
      { duckdbConnection: { attachedDatabases: [{ name: 's', type: 's3', s3Connection: { accessKeyId: 'AKIA' } }] } },
      ['attached.0.source.s3.secretAccessKey', 'attached.0.source.s3.sessionToken'],
    ],
    [
      'duckdb',
      { duckdbConnection: { attachedDatabases: [{ name: 'g', type: 'gcs', gcsConnection: { secret: '' } }] } },
      ['attached.0.source.gcs.secret'],
    ],
    ['duckdb', {}, []],
  ])('the secrets of %s are UNKNOWN when the vendor leaves them out: %j', async (type, block, secrets) => {
    expect((await tell({ type, ...block })).secrets).toEqual(
      secrets.map((key) => ({ path: ['config', type, ...key.split('.')], status: 'UNKNOWN' })),
    );
  });
});

const attached = async (attachedDatabases: unknown) => {
  const { config, completeness } = await tell({ type: 'duckdb', duckdbConnection: { attachedDatabases } });
  return { attached: config['attached'], completeness };
};

describe('An attachment of a DuckDB', () => {
  it.each([
    ['no list', 'postgres', null],
    ['nothing', null, null],
    ['an empty list', [], []],
    ['a list of no objects', [null, 5, 'pw-secret-1', ['x']], []],
  ])('a DuckDB has no readable attachment when Credible returns %s', async (_what, value, expected) => {
    expect(await attached(value)).toEqual({ attached: expected, completeness: 'FULL' });
  });

  it.each(['azure', 'constructor', '', null, 5])(
    'an attachment of an unknown kind is reported as OTHER: %j',
    async (type) => {
      const azureConnection = { sasUrl: 'https://acme.example/?sig=url-secret-1' };
      expect(await attached([{ name: 'blobs', type, azureConnection, ...credibleSources }])).toEqual({
        attached: [{ name: 'blobs', source: null }],
        completeness: 'PARTIAL',
      });
    },
  );

  it.each([undefined, null, 'postgresql://bi:pw-secret-1@db', [], {}])(
    'an attachment with an unreadable block is reported without settings: %j',
    async (postgresConnection) => {
      const nothing = { ...emptyServer, __typename: 'PostgresConfig', connectionString: 'UNKNOWN', flavor: null };
      expect(await attached([{ name: '', type: 'postgres', postgresConnection }])).toEqual({
        attached: [{ name: null, source: nothing }],
        completeness: 'FULL',
      });
    },
  );

  it('values of the wrong type in an attachment are reported as null', async () => {
    const { attached: sources } = await attached([
      {
        name: 7,
        type: 'bigquery',
        surprise: { password: 'pw-secret-1' },
        bigqueryConnection: { defaultProjectId: 5, maximumBytesBilled: 1_000_000, queryTimeoutMilliseconds: 'soon' },
      },
      {
        name: { secret: 'pw-secret-2' },
        type: 's3',
        s3Connection: {
          accessKeyId: ['AKIA'],
          region: '',
          endpoint: 'https://AKIA:s3-secret-1@s3.acme.example/store?token=query-secret-2',
          secretAccessKey: 's3-secret-3',
        },
      },
    ]);
    expect(sources).toEqual([
      {
        name: '7',
        source: {
          __typename: 'BigQueryConfig',
          projectId: '5',
          billingProjectId: null,
          location: null,
          dataset: null,
          serviceAccountEmail: null,
          serviceAccountKey: 'UNKNOWN',
          maximumBytesBilled: '1000000',
          queryTimeoutMs: null,
        },
      },
      {
        name: null,
        source: {
          __typename: 'S3Config',
          accessKeyId: null,
          region: null,
          endpoint: 'https://s3.acme.example/store',
          secretAccessKey: 'SET',
          sessionToken: 'UNKNOWN',
        },
      },
    ]);
  });
});

describe('An unknown type at Credible', () => {
  it.each(['databricks', 'ducklake', 'constructor', 'POSTGRES', ''])(
    'the unknown type %j is read as OTHER',
    async (type) => {
      const reported = await tell({ ...credibleResponse, type });
      expect(reported).toMatchObject({ dialect: 'OTHER', vendorDialect: type, completeness: 'PARTIAL', secrets: [] });
      expect(reported.config).toEqual({ ...emptyServer, __typename: 'OtherConfig' });
    },
  );
});

describe('The sources of a DuckDB in the schema', () => {
  it('the sources of a DuckDB have their own types in the schema', async () => {
    const gateway = await startTestGateway();
    onTestFinished(() => gateway.close());
    const answer = await gateway.ask(`{
      connections(filter: { instance: ["credible"], dialect: [DUCKDB], name: { equals: "lake_duckdb" } }) {
        nodes {
          config {
            ... on DuckDbConfig {
              attached {
                name
                source {
                  __typename
                  ... on PostgresConfig { host port database password { status } connectionString { status } }
                  ... on S3Config { region secretAccessKey { status mask } sessionToken { status } }
                  ... on GcsConfig { keyId secret { status } }
                }
              }
            }
          }
          secrets { path status }
        }
      }
    }`);
    expect(answer.errors).toBeUndefined();
    expect(answer.data.connections.nodes).toEqual([
      {
        config: {
          attached: [
            {
              name: 'orders',
              source: {
                __typename: 'PostgresConfig',
                host: 'orders-db.acme.example',
                port: 5432,
                database: 'orders',
                password: { status: 'SET' },
                connectionString: { status: 'UNKNOWN' },
              },
            },
            {
              name: 'exports',
              source: {
                __typename: 'S3Config',
                region: 'eu-west-1',
                secretAccessKey: { status: 'SET', mask: '••••••••' },
                sessionToken: { status: 'SET' },
              },
            },
            {
              name: 'archive',
              source: { __typename: 'GcsConfig', keyId: 'GOOG1SANDBOX', secret: { status: 'SET' } },
            },
          ],
        },
        secrets: [
          { path: ['config', 'duckdb', 'attached', '0', 'source', 'postgres', 'password'], status: 'SET' },
          { path: ['config', 'duckdb', 'attached', '0', 'source', 'postgres', 'connectionString'], status: 'UNKNOWN' },
          { path: ['config', 'duckdb', 'attached', '1', 'source', 's3', 'secretAccessKey'], status: 'SET' },
          { path: ['config', 'duckdb', 'attached', '1', 'source', 's3', 'sessionToken'], status: 'SET' },
          { path: ['config', 'duckdb', 'attached', '2', 'source', 'gcs', 'secret'], status: 'SET' },
        ],
      },
    ]);
    expect(answer.text).not.toContain('sandbox-secret');
  });
});
