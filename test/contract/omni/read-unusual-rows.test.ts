// Reads of Omni's seventeen dialects: the database (project, catalog) and the default
// schema (dataset) are reported, and nothing else is known. Every field of the schema is selected.
import { describe, expect, it } from 'vitest';
import { idOf } from '../../support/watched-gateway.ts';
import { startGatewayWithRows, listRows, type WireRow } from '../../support/stub-rows.ts';
import { readWhole } from '../../support/whole-connection.ts';

const uuid = (at: number): string => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;

const notReportedServer = { host: null, port: null, username: null, password: 'UNKNOWN' };
const noTls = { enabled: null, verify: null, mode: null, ca: 'NOT_SET', certificate: 'NOT_SET', key: 'NOT_SET' };
const notReportedOauth = {
  clientId: null,
  clientSecret: 'UNKNOWN',
  audience: null,
  authorizationUrl: null,
  tokenUrl: null,
};

const server = { database: 'db-1', schema: 'schema-1', ...notReportedServer, tls: null };
const tlsServer = { ...server, tls: noTls };
const urlAndFlavor = { connectionString: 'NOT_SET', flavor: null };

/** Omni's dialect name, the enum value, the config, and the paths of the secrets below `config`. */
const DIALECTS: readonly (readonly [string, string, Readonly<Record<string, unknown>>, readonly string[]])[] = [
  ['postgres', 'POSTGRES', { __typename: 'PostgresConfig', ...server, ...urlAndFlavor }, ['postgres.password']],
  ['mysql', 'MYSQL', { __typename: 'MySqlConfig', ...server, ...urlAndFlavor }, ['mysql.password']],
  ['mariadb', 'MARIADB', { __typename: 'MariaDbConfig', ...server }, ['mariadb.password']],
  ['redshift', 'REDSHIFT', { __typename: 'RedshiftConfig', ...server }, ['redshift.password']],
  ['starrocks', 'STARROCKS', { __typename: 'StarRocksConfig', ...server }, ['starrocks.password']],
  [
    'databricks_lakebase',
    'DATABRICKS_LAKEBASE',
    { __typename: 'LakebaseConfig', ...server },
    ['databricksLakebase.password'],
  ],
  ['clickhouse', 'CLICKHOUSE', { __typename: 'ClickHouseConfig', ...tlsServer }, ['clickhouse.password']],
  ['exasol', 'EXASOL', { __typename: 'ExasolConfig', ...tlsServer }, ['exasol.password']],
  ['sap_hana', 'SAP_HANA', { __typename: 'SapHanaConfig', ...tlsServer }, ['sapHana.password']],
  ['mssql', 'MSSQL', { __typename: 'MsSqlConfig', ...tlsServer }, ['mssql.password']],
  ['sqlserver', 'MSSQL', { __typename: 'MsSqlConfig', ...tlsServer }, ['mssql.password']],
  [
    'oracle',
    'ORACLE',
    { __typename: 'OracleConfig', ...server, usesTns: null, serviceName: null, acceptsLicense: null },
    ['oracle.password'],
  ],
  [
    'trino',
    'TRINO',
    {
      __typename: 'TrinoConfig',
      ...notReportedServer,
      catalog: 'db-1',
      schema: 'schema-1',
      peakaKey: 'NOT_SET',
      tls: noTls,
    },
    ['trino.password'],
  ],
  [
    'bigquery',
    'BIGQUERY',
    {
      __typename: 'BigQueryConfig',
      projectId: 'db-1',
      dataset: 'schema-1',
      billingProjectId: null,
      location: null,
      serviceAccountEmail: null,
      serviceAccountKey: 'UNKNOWN',
      maximumBytesBilled: null,
      queryTimeoutMs: null,
    },
    ['bigquery.serviceAccountKey'],
  ],
  [
    'snowflake',
    'SNOWFLAKE',
    {
      __typename: 'SnowflakeConfig',
      database: 'db-1',
      schema: 'schema-1',
      account: null,
      hostOverride: null,
      warehouse: null,
      role: null,
      username: null,
      password: 'UNKNOWN',
      privateKey: 'UNKNOWN',
      privateKeyPassphrase: 'NOT_SET',
      oauth: notReportedOauth,
      queryTimeoutMs: null,
      tls: null,
    },
    ['snowflake.password', 'snowflake.privateKey', 'snowflake.oauth.clientSecret'],
  ],
  [
    'databricks',
    'DATABRICKS',
    {
      __typename: 'DatabricksConfig',
      catalog: 'db-1',
      schema: 'schema-1',
      host: null,
      httpPath: null,
      accessToken: 'UNKNOWN',
      oauth: notReportedOauth,
      machineAuthentication: null,
      tls: null,
    },
    ['databricks.accessToken', 'databricks.oauth.clientSecret'],
  ],
  [
    'athena',
    'ATHENA',
    {
      __typename: 'AthenaConfig',
      catalog: 'db-1',
      schema: 'schema-1',
      region: null,
      s3StagingDir: null,
      roleArn: null,
      accessKeyId: null,
      secretAccessKey: 'UNKNOWN',
      machineAuthentication: null,
      tls: null,
    },
    ['athena.secretAccessKey'],
  ],
  [
    'motherduck',
    'MOTHERDUCK',
    { __typename: 'MotherDuckConfig', database: 'db-1', schema: 'schema-1', accessToken: 'UNKNOWN' },
    ['motherduck.accessToken'],
  ],
];

const secretsAt = (paths: readonly string[]) =>
  paths.map((path) => ({ path: ['config', ...path.split('.')], status: 'UNKNOWN' }));

describe('a row of Omni', () => {
  const row = { id: uuid(1), name: 'One', database: 'db-1', defaultSchema: 'schema-1' };

  it.each(DIALECTS)(
    'a row of Omni is read with all its fields, in a list and by its id: %s',
    async (word, dialect, config, secrets) => {
      const gateway = await startGatewayWithRows('omni', [{ ...row, dialect: word }]);
      const expected = {
        vendorId: uuid(1),
        name: 'One',
        vendor: 'OMNI',
        dialect,
        vendorDialect: word,
        completeness: 'PARTIAL',
        config,
        secrets: secretsAt(secrets),
      };
      expect(await readWhole(gateway, [idOf(`v1:c:omni:${uuid(1)}`)])).toMatchObject([expected]);
      const { One: listed } = await listRows('omni', [{ ...row, dialect: word }]);
      expect(listed).toMatchObject(expected);
      expect(listed?.['config']).toEqual(config);
    },
  );

  it.each(['duckdb', 'singlestore', 'fabric', 'MSSQL', 'sap-hana', 'databricksLakebase', 'toString', ''])(
    'a row of Omni with an unknown dialect name has the dialect OTHER: %s',
    async (word) => {
      const { One: other } = await listRows('omni', [{ ...row, dialect: word }]);
      expect(other).toMatchObject({ dialect: 'OTHER', vendorDialect: word, secrets: [] });
      expect(other?.['config']).toEqual({ __typename: 'OtherConfig', ...server });
    },
  );
});

describe('unusual values in a row of Omni', () => {
  it.each([
    ['mariadb', { database: null, defaultSchema: null }, { database: null, schema: null }],
    ['exasol', { database: '', defaultSchema: '' }, { database: null, schema: null }],
    ['oracle', { database: 17, defaultSchema: 0 }, { database: '17', schema: '0' }],
    ['trino', { database: ['hive'], defaultSchema: {} }, { catalog: null, schema: null }],
    ['athena', { database: true, defaultSchema: false }, { catalog: null, schema: null }],
    ['databricks', {}, { catalog: null, schema: null }],
    ['motherduck', { database: { name: 'ducks' }, surprise: [1] }, { database: null, schema: null }],
  ])('values of the wrong type in a row of %s are read as null: %j', async (dialect, values, config) => {
    const { One: one } = await listRows('omni', [{ id: uuid(1), name: 'One', dialect, ...values }]);
    expect(one).toMatchObject({ config });
  });

  it('a time without a zone is read as UTC', async () => {
    const times = { createdAt: '2026-01-15T08:30:00', updatedAt: '2026-01-15T08:30:00.5' };
    const { One: one } = await listRows('omni', [{ id: uuid(1), name: 'One', dialect: 'oracle', ...times }]);
    expect(one).toMatchObject({
      createdAt: '2026-01-15T08:30:00.000Z',
      updatedAt: '2026-01-15T08:30:00.500Z',
    });
  });

  it.each([
    [null, ['eu'], null],
    ['region', null, { attributeName: 'region', defaultValues: null }],
    ['region', [], { attributeName: 'region', defaultValues: [] }],
  ])('the environment is reported with its name %j and values %j', async (name, values, environmentUserAttribute) => {
    const row = {
      userAttributeNameForConnectionEnvironments: name,
      userAttributeValuesForDefaultEnvironment: values,
    };
    const { One: one } = await listRows('omni', [{ id: uuid(1), name: 'One', dialect: 'oracle', ...row }]);
    expect(one?.details).toMatchObject({ environmentUserAttribute });
  });

  it('a database is reported without the driver properties after it', async () => {
    const row = { database: 'orders;password=pw-secret-1', defaultSchema: 'sales?password=pw-secret-2' };
    const { One: one } = await listRows('omni', [{ id: uuid(1), name: 'One', dialect: 'oracle', ...row }]);
    expect(one?.config).toMatchObject({ database: 'orders', schema: 'sales' });
  });

  it('values of the wrong type in the details are read as null', async () => {
    const odd = { baseRole: ['VIEWER'], userAttributeNameForConnectionEnvironments: '', createdAt: 5, deletedAt: '' };
    const list = { userAttributeValuesForDefaultEnvironment: ['eu', '', null, 7, 'us'] };
    const rows = await listRows('omni', [
      { id: uuid(1), name: 'odd', dialect: 'oracle', ...odd, allowBranchConnectionEnvironments: 'true' },
      { id: uuid(2), name: 'list', dialect: 'trino', userAttributeNameForConnectionEnvironments: 'region', ...list },
    ]);
    expect(rows['odd']).toMatchObject({ createdAt: null, updatedAt: null, deletedAt: null });
    expect(rows['odd']?.details).toEqual({
      __typename: 'OmniDetails',
      baseRole: null,
      environmentUserAttribute: null,
      allowsBranchEnvironments: null,
      switchesSchemaModel: null,
    });
    expect(rows['list']?.details).toMatchObject({
      environmentUserAttribute: { attributeName: 'region', defaultValues: ['eu', 'us'] },
    });
  });
});

/** Reads one row and returns its settings. Checks that they have no secret. */
async function reported(row: WireRow) {
  const rows = await listRows('omni', [{ id: uuid(1), name: 'One', ...row }]);
  expect(JSON.stringify(rows)).not.toMatch(/secret-\d/);
  return rows['One']?.config;
}

describe('fields that Omni does not document', () => {
  it.each(['clickhouse', 'exasol', 'sap_hana', 'mssql', 'trino'])(
    'the certificate flag of %s is inverted: trusting every certificate means no verification',
    async (dialect) => {
      expect(await reported({ dialect, trustServerCertificate: true })).toMatchObject({ tls: { verify: false } });
      expect(await reported({ dialect, trustServerCertificate: false })).toMatchObject({ tls: { verify: true } });
    },
  );

  it.each([null, '', 'true', 0, 1, []])('the certificate check is null for the value %j', async (flag) => {
    expect(await reported({ dialect: 'mssql', trustServerCertificate: flag })).toMatchObject({ tls: { verify: null } });
  });

  it('only fields that Omni accepts for the dialect are reported', async () => {
    const config = await reported({
      dialect: 'mariadb',
      trustServerCertificate: true,
      host: 'db.acme.example',
      port: '3306',
    });
    expect(config).toMatchObject({ host: 'db.acme.example', port: 3306, tls: null });
  });

  it('no secret and no user of a URL is reported', async () => {
    const echoed = {
      passwordUnencrypted: 'pw-secret-1',
      privateKey: 'key-secret-2',
      oauthClientSecretUnencrypted: 'oauth-secret-3',
    };
    expect(
      await reported({ dialect: 'redshift', host: 'postgresql://bi:url-secret-4@db.acme.example/x', ...echoed }),
    ).toMatchObject({
      host: 'db.acme.example',
      password: 'UNKNOWN',
    });
    const urls = {
      externalOauthAuthorizationUrl: 'https://bi:url-secret-5@login.acme.example/authorize?token=url-secret-6',
      externalOauthTokenUrl: 'https://bi:url-secret-7@login.acme.example/token',
    };
    expect(await reported({ dialect: 'snowflake', ...urls, ...echoed })).toMatchObject({
      oauth: {
        authorizationUrl: 'https://login.acme.example/authorize',
        tokenUrl: 'https://login.acme.example/token',
        clientSecret: 'UNKNOWN',
      },
      privateKey: 'UNKNOWN',
    });
    expect(
      await reported({ dialect: 'quantumdb', host: 'bi:url-secret-8@db', connectionString: 'url-secret-9', ...echoed }),
    ).toEqual({
      __typename: 'OtherConfig',
      database: null,
      schema: null,
      ...notReportedServer,
      tls: null,
    });
  });
});
