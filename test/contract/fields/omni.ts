// Omni's fields, in the order of the field map: the create body, most of which no read tells, and the few that reads add.
import { field, takes, tells, type Field, type VendorFields } from '../../support/field-walk.ts';
import { KEY_FILE, PRIVATE_KEY } from '../cells/cell.ts';

/** The dialects that are reached at a server, with the stem of their types. */
const servers = [
  ['clickhouse', 'ClickHouse'],
  ['databricksLakebase', 'Lakebase'],
  ['exasol', 'Exasol'],
  ['mariadb', 'MariaDb'],
  ['mssql', 'MsSql'],
  ['mysql', 'MySql'],
  ['oracle', 'Oracle'],
  ['postgres', 'Postgres'],
  ['redshift', 'Redshift'],
  ['sapHana', 'SapHana'],
  ['starrocks', 'StarRocks'],
] as const;

const option = (wire: string, name: string, type: string, value: unknown, on = 'postgres', sends = value): Field =>
  field(wire, [takes(`OmniOptionsInput.${name}: ${type}`, `options.omni.${name}`, value, sends, { on })]);

const identity: readonly Field[] = [
  field('dialect', [
    takes('ConnectionConfigInput.athena: AthenaInput', 'config.athena', {}, 'athena'),
    takes('ConnectionConfigInput.bigquery: BigQueryInput', 'config.bigquery', {}, 'bigquery'),
    takes('ConnectionConfigInput.clickhouse: ClickHouseInput', 'config.clickhouse', {}, 'clickhouse'),
    takes('ConnectionConfigInput.databricks: DatabricksInput', 'config.databricks', {}, 'databricks'),
    takes(
      'ConnectionConfigInput.databricksLakebase: LakebaseInput',
      'config.databricksLakebase',
      {},
      'databricks_lakebase',
    ),
    takes('ConnectionConfigInput.exasol: ExasolInput', 'config.exasol', {}, 'exasol'),
    takes('ConnectionConfigInput.mariadb: MariaDbInput', 'config.mariadb', {}, 'mariadb'),
    takes('ConnectionConfigInput.motherduck: MotherDuckInput', 'config.motherduck', {}, 'motherduck'),
    takes('ConnectionConfigInput.mssql: MsSqlInput', 'config.mssql', {}, 'mssql'),
    takes('ConnectionConfigInput.mysql: MySqlInput', 'config.mysql', {}, 'mysql'),
    takes('ConnectionConfigInput.oracle: OracleInput', 'config.oracle', {}, 'oracle'),
    takes('ConnectionConfigInput.postgres: PostgresInput', 'config.postgres', {}, 'postgres'),
    takes('ConnectionConfigInput.redshift: RedshiftInput', 'config.redshift', {}, 'redshift'),
    takes('ConnectionConfigInput.sapHana: SapHanaInput', 'config.sapHana', {}, 'sap_hana'),
    takes('ConnectionConfigInput.snowflake: SnowflakeInput', 'config.snowflake', {}, 'snowflake'),
    takes('ConnectionConfigInput.starrocks: StarRocksInput', 'config.starrocks', {}, 'starrocks'),
    takes('ConnectionConfigInput.trino: TrinoInput', 'config.trino', {}, 'trino'),
    tells('Connection.vendorDialect: String!', 'sqlserver', 'vendorDialect', 'sqlserver'),
    tells('Connection.vendorDialect: String!', 'fabric', 'vendorDialect', 'fabric'),
    ...[
      ['athena', 'ATHENA'],
      ['bigquery', 'BIGQUERY'],
      ['clickhouse', 'CLICKHOUSE'],
      ['databricks', 'DATABRICKS'],
      ['databricks_lakebase', 'DATABRICKS_LAKEBASE'],
      ['exasol', 'EXASOL'],
      ['mariadb', 'MARIADB'],
      ['motherduck', 'MOTHERDUCK'],
      ['mssql', 'MSSQL'],
      ['sqlserver', 'MSSQL'],
      ['mysql', 'MYSQL'],
      ['oracle', 'ORACLE'],
      ['postgres', 'POSTGRES'],
      ['redshift', 'REDSHIFT'],
      ['sap_hana', 'SAP_HANA'],
      ['snowflake', 'SNOWFLAKE'],
      ['starrocks', 'STARROCKS'],
      ['trino', 'TRINO'],
      ['duckdb', 'OTHER'],
      ['singlestore', 'OTHER'],
      ['fabric', 'OTHER'],
    ].map(([word, told]) => tells('Connection.dialect: Dialect!', word, 'dialect', told)),
  ]),
  field('name', [
    takes('CreateConnectionInput.name: String!', 'name', 'Walk by name', 'Walk by name'),
    tells('Connection.name: String!', 'Orders EU', 'name', 'Orders EU'),
  ]),
];

const address: readonly Field[] = [
  field('host', [
    ...servers.map(([key, name]) =>
      takes(`${name}Input.host: String`, `config.${key}.host`, 'other.acme.example', 'other.acme.example'),
    ),
    takes('TrinoInput.host: String', 'config.trino.host', 'other.acme.example', 'other.acme.example'),
    takes('DatabricksInput.host: String', 'config.databricks.host', 'dbc-2.databricks.com', 'dbc-2.databricks.com'),
    takes('SnowflakeInput.account: String', 'config.snowflake.account', 'acme-hr', 'acme-hr'),
  ]),
  field('hostOverride', [
    takes(
      'SnowflakeInput.hostOverride: String',
      'config.snowflake.hostOverride',
      'acme.privatelink.example',
      'acme.privatelink.example',
      { on: 'snowflakeByHost' },
    ),
  ]),
  field('port', [
    ...servers.map(([key, name]) => takes(`${name}Input.port: Int`, `config.${key}.port`, 7001, 7001)),
    takes('TrinoInput.port: Int', 'config.trino.port', 7001, 7001),
  ]),
  field('database', [
    ...servers.map(([key, name]) => takes(`${name}Input.database: String`, `config.${key}.database`, 'crm', 'crm')),
    takes('BigQueryInput.projectId: String', 'config.bigquery.projectId', 'acme-ads', 'acme-ads'),
    takes('AthenaInput.catalog: String', 'config.athena.catalog', 'AwsDataCatalog', 'AwsDataCatalog'),
    takes('TrinoInput.catalog: String', 'config.trino.catalog', 'iceberg', 'iceberg'),
    takes('DatabricksInput.catalog: String', 'config.databricks.catalog', 'main', 'main'),
    takes('SnowflakeInput.database: String', 'config.snowflake.database', 'CRM', 'CRM'),
    takes('MotherDuckInput.database: String', 'config.motherduck.database', 'crm', 'crm'),
    ...servers.map(([key, name]) =>
      tells(`${name}Config.database: String`, 'crm', 'config.database', 'crm', { on: key }),
    ),
    tells('OtherConfig.database: String', 'crm', 'config.database', 'crm', { on: 'other' }),
    tells('BigQueryConfig.projectId: String', 'acme-ads', 'config.projectId', 'acme-ads', { on: 'bigquery' }),
    tells('AthenaConfig.catalog: String', 'AwsDataCatalog', 'config.catalog', 'AwsDataCatalog', { on: 'athena' }),
    tells('TrinoConfig.catalog: String', 'hive', 'config.catalog', 'hive', { on: 'trino' }),
    tells('DatabricksConfig.catalog: String', 'main', 'config.catalog', 'main', { on: 'databricks' }),
    tells('SnowflakeConfig.database: String', 'CRM', 'config.database', 'CRM', { on: 'snowflake' }),
    tells('MotherDuckConfig.database: String', 'crm', 'config.database', 'crm', { on: 'motherduck' }),
  ]),
];

const signIn: readonly Field[] = [
  field('username', [
    ...servers.map(([key, name]) => takes(`${name}Input.username: String`, `config.${key}.username`, 'ann', 'ann')),
    takes('TrinoInput.username: String', 'config.trino.username', 'ann', 'ann'),
    takes('SnowflakeInput.username: String', 'config.snowflake.username', 'ANN', 'ANN'),
    takes('BigQueryInput.serviceAccountEmail: String', 'config.bigquery.serviceAccountEmail', 'a@b.c', 'a@b.c'),
    takes('AthenaInput.accessKeyId: String', 'config.athena.accessKeyId', 'AKIAOTHER', 'AKIAOTHER'),
  ]),
  field('passwordUnencrypted', [
    ...servers.map(([key, name]) =>
      takes(`${name}Input.password: SecretString`, `config.${key}.password`, 'pw-secret-2', 'pw-secret-2'),
    ),
    takes('TrinoInput.password: SecretString', 'config.trino.password', 'pw-secret-2', 'pw-secret-2'),
    takes('SnowflakeInput.password: SecretString', 'config.snowflake.password', 'pw-secret-2', 'pw-secret-2'),
    takes('BigQueryInput.serviceAccountKey: SecretString', 'config.bigquery.serviceAccountKey', KEY_FILE, KEY_FILE),
    takes('MotherDuckInput.accessToken: SecretString', 'config.motherduck.accessToken', 'pw-secret-2', 'pw-secret-2'),
    takes('DatabricksInput.accessToken: SecretString', 'config.databricks.accessToken', 'pw-secret-2', 'pw-secret-2'),
    takes('AthenaInput.secretAccessKey: SecretString', 'config.athena.secretAccessKey', 'pw-secret-2', 'pw-secret-2'),
    ...servers.map(([key, name]) =>
      tells(`${name}Config.password: MaskedSecret!`, undefined, 'config.password', 'UNKNOWN', { on: key }),
    ),
    tells('TrinoConfig.password: MaskedSecret!', undefined, 'config.password', 'UNKNOWN', { on: 'trino' }),
    tells('SnowflakeConfig.password: MaskedSecret!', undefined, 'config.password', 'UNKNOWN', { on: 'snowflake' }),
    tells('BigQueryConfig.serviceAccountKey: MaskedSecret!', undefined, 'config.serviceAccountKey', 'UNKNOWN', {
      on: 'bigquery',
    }),
    tells('MotherDuckConfig.accessToken: MaskedSecret!', undefined, 'config.accessToken', 'UNKNOWN', {
      on: 'motherduck',
    }),
    tells('DatabricksConfig.accessToken: MaskedSecret!', undefined, 'config.accessToken', 'UNKNOWN', {
      on: 'databricks',
    }),
    tells('AthenaConfig.secretAccessKey: MaskedSecret!', undefined, 'config.secretAccessKey', 'UNKNOWN', {
      on: 'athena',
    }),
  ]),
  field('privateKey', [
    takes('SnowflakeInput.privateKey: SecretString', 'config.snowflake.privateKey', PRIVATE_KEY, PRIVATE_KEY, {
      on: 'snowflakeByKey',
    }),
    tells('SnowflakeConfig.privateKey: MaskedSecret!', undefined, 'config.privateKey', 'UNKNOWN', {
      on: 'snowflake',
    }),
  ]),
  field('oauthClientId', [
    takes('OAuthInput.clientId: String', 'config.snowflake.oauth.clientId', 'client-2', 'client-2', {
      on: 'snowflakeByOAuth',
    }),
    takes('OAuthInput.clientId: String', 'config.databricks.oauth.clientId', 'client-2', 'client-2', {
      on: 'databricksByOAuth',
    }),
  ]),
  field('oauthClientSecretUnencrypted', [
    ...['snowflake', 'databricks'].map((key) =>
      takes(
        'OAuthInput.clientSecret: SecretString',
        `config.${key}.oauth.clientSecret`,
        'oauth-secret-2',
        'oauth-secret-2',
        { on: `${key}ByOAuth` },
      ),
    ),
    ...['snowflake', 'databricks'].map((on) =>
      tells('OAuthConfig.clientSecret: MaskedSecret!', undefined, 'config.oauth.clientSecret', 'UNKNOWN', { on }),
    ),
  ]),
  field('externalOauthAudience', [
    takes('OAuthInput.audience: String', 'config.snowflake.oauth.audience', 'https://a.example', 'https://a.example', {
      on: 'snowflakeByOAuth',
    }),
  ]),
  field('externalOauthAuthorizationUrl', [
    takes(
      'OAuthInput.authorizationUrl: String',
      'config.snowflake.oauth.authorizationUrl',
      'https://login.acme.example/authorize',
      'https://login.acme.example/authorize',
      { on: 'snowflakeByOAuth' },
    ),
  ]),
  field('externalOauthTokenUrl', [
    takes(
      'OAuthInput.tokenUrl: String',
      'config.snowflake.oauth.tokenUrl',
      'https://login.acme.example/token',
      'https://login.acme.example/token',
      { on: 'snowflakeByOAuth' },
    ),
  ]),
];

const settings: readonly Field[] = [
  field('warehouse', [
    takes('SnowflakeInput.warehouse: String', 'config.snowflake.warehouse', 'WH_2', 'WH_2'),
    takes('DatabricksInput.httpPath: String', 'config.databricks.httpPath', '/sql/2', '/sql/2'),
  ]),
  field('region', [
    takes('BigQueryInput.location: String', 'config.bigquery.location', 'europe-west1', 'europe-west1'),
    takes('AthenaInput.region: String', 'config.athena.region', 'us-east-1', 'us-east-1'),
  ]),
  field('defaultSchema', [
    ...servers.map(([key, name]) => takes(`${name}Input.schema: String`, `config.${key}.schema`, 'eu', 'eu')),
    takes('TrinoInput.schema: String', 'config.trino.schema', 'eu', 'eu'),
    takes('AthenaInput.schema: String', 'config.athena.schema', 'eu', 'eu'),
    takes('DatabricksInput.schema: String', 'config.databricks.schema', 'eu', 'eu'),
    takes('SnowflakeInput.schema: String', 'config.snowflake.schema', 'EU', 'EU'),
    takes('MotherDuckInput.schema: String', 'config.motherduck.schema', 'eu', 'eu'),
    takes('BigQueryInput.dataset: String', 'config.bigquery.dataset', 'ads', 'ads'),
    ...servers.map(([key, name]) => tells(`${name}Config.schema: String`, 'eu', 'config.schema', 'eu', { on: key })),
    tells('TrinoConfig.schema: String', 'eu', 'config.schema', 'eu', { on: 'trino' }),
    tells('AthenaConfig.schema: String', 'eu', 'config.schema', 'eu', { on: 'athena' }),
    tells('DatabricksConfig.schema: String', 'eu', 'config.schema', 'eu', { on: 'databricks' }),
    tells('SnowflakeConfig.schema: String', 'EU', 'config.schema', 'EU', { on: 'snowflake' }),
    tells('MotherDuckConfig.schema: String', 'eu', 'config.schema', 'eu', { on: 'motherduck' }),
    tells('OtherConfig.schema: String', 'eu', 'config.schema', 'eu', { on: 'other' }),
    tells('BigQueryConfig.dataset: String', 'ads', 'config.dataset', 'ads', { on: 'bigquery' }),
  ]),
  field('awsRoleArn', [
    takes('AthenaInput.roleArn: String', 'config.athena.roleArn', 'arn:aws:iam::1:role/bi', 'arn:aws:iam::1:role/bi', {
      on: 'athenaAlone',
    }),
  ]),
  field('useMachineAuth', [
    takes('AthenaInput.machineAuthentication: Boolean', 'config.athena.machineAuthentication', true, true, {
      on: 'athenaAlone',
    }),
    takes('DatabricksInput.machineAuthentication: Boolean', 'config.databricks.machineAuthentication', true, true, {
      on: 'databricksByOAuth',
    }),
  ]),
  field(
    'trustServerCertificate',
    ['mssql', 'exasol', 'clickhouse', 'trino', 'sapHana'].flatMap((key) => [
      takes('TlsInput.verify: Boolean', `config.${key}.tls.verify`, true, false),
      takes('TlsInput.verify: Boolean', `config.${key}.tls.verify`, false, true),
    ]),
  ),
  field('acceptsLicense', [takes('OracleInput.acceptsLicense: Boolean', 'config.oracle.acceptsLicense', true, true)]),
  field('authenticationType', [
    takes(
      'OmniOptionsInput.authenticationType: String',
      'options.omni.authenticationType',
      'mssql-active-directory-password',
      'mssql-active-directory-password',
      { on: 'mssql' },
    ),
    takes('SnowflakeInput.privateKey: SecretString', 'config.snowflake.privateKey', PRIVATE_KEY, 'snowflake-keypair', {
      on: 'snowflakeByKey',
    }),
    takes(
      'OmniOptionsInput.workloadIdentityAudience: String',
      'options.omni.workloadIdentityAudience',
      '//iam.googleapis.com/p',
      'bigquery-workload-identity-federation',
      { on: 'bigqueryAlone' },
    ),
  ]),
  option('wifAudience', 'workloadIdentityAudience', 'String', '//iam.googleapis.com/p', 'bigqueryAlone'),
  field('wifServiceAccountEmail', [
    takes(
      'OmniOptionsInput.workloadIdentityServiceAccount: String',
      'options.omni.workloadIdentityServiceAccount',
      'wif@acme.example',
      'wif@acme.example',
      { on: 'bigqueryAlone', beside: { 'options.omni.workloadIdentityAudience': '//iam.googleapis.com/p' } },
    ),
  ]),
  field('maxBillingBytes', [
    takes(
      'BigQueryInput.maximumBytesBilled: BigInt',
      'config.bigquery.maximumBytesBilled',
      '9007199254740993',
      '9007199254740993',
    ),
  ]),
  option('includeSchemas', 'includeSchemas', '[String!]', ['a', 'b'], 'postgres', 'a,b'),
  option('includeOtherCatalogs', 'includeOtherCatalogs', '[String!]', ['c', 'd'], 'bigquery', 'c,d'),
  option('offloadedSchemas', 'offloadedSchemas', '[String!]', ['e', 'f'], 'postgres', 'e,f'),
  option('scratchSchema', 'scratchSchema', 'String', 'omni_scratch'),
  option('queryTimeoutSeconds', 'queryTimeoutSeconds', 'Int', 3600),
  option('systemTimezone', 'systemTimezone', 'String', 'UTC'),
  option('queryTimezone', 'queryTimezone', 'String', 'NONE'),
  option('allowsUserSpecificTimezones', 'allowsUserSpecificTimezones', 'Boolean', true),
  option('enableDbSemanticLayerIntegration', 'semanticLayerIntegration', 'Boolean', true, 'snowflake'),
  option('enableDbSemanticLayerTopics', 'semanticLayerTopics', 'Boolean', true, 'snowflake'),
  option('inferRelationshipsFromForeignKeys', 'inferRelationshipsFromForeignKeys', 'Boolean', true),
  option('inferRelationshipsFromColumnNames', 'inferRelationshipsFromColumnNames', 'Boolean', false),
  option('alwaysScopeViewNames', 'alwaysScopeViewNames', 'Boolean', true),
  field('baseRole', [
    takes('OmniOptionsInput.baseRole: String', 'options.omni.baseRole', 'QUERIER', 'QUERIER'),
    tells('OmniDetails.baseRole: String', 'VIEWER', 'details.baseRole', 'VIEWER'),
  ]),
];

const onlyRead: readonly Field[] = [
  field('id', [
    tells(
      'Connection.vendorId: String!',
      '5b0c6f0e-7a35-4d0c-9a77-0d3f3e1b9c21',
      'vendorId',
      '5b0c6f0e-7a35-4d0c-9a77-0d3f3e1b9c21',
    ),
  ]),
  field('createdAt', [
    tells('Connection.createdAt: DateTime', '2026-01-15T08:30:00Z', 'createdAt', '2026-01-15T08:30:00.000Z'),
  ]),
  field('updatedAt', [
    tells('Connection.updatedAt: DateTime', '2026-01-15T08:30:00Z', 'updatedAt', '2026-01-15T08:30:00.000Z'),
  ]),
  field('deletedAt', [
    tells('Connection.deletedAt: DateTime', '2026-01-15T08:30:00Z', 'deletedAt', '2026-01-15T08:30:00.000Z'),
  ]),
  field('allowBranchConnectionEnvironments', [
    tells('OmniDetails.allowsBranchEnvironments: Boolean', true, 'details.allowsBranchEnvironments', true),
    tells('OmniDetails.allowsBranchEnvironments: Boolean', false, 'details.allowsBranchEnvironments', false, {
      on: 'withOlderName',
    }),
  ]),
  field('branchConnectionEnvironmentOverridesUserAttr', [
    tells('OmniDetails.allowsBranchEnvironments: Boolean', true, 'details.allowsBranchEnvironments', true),
  ]),
  field('environmentConnectionSwitchesSchemaModel', [
    tells('OmniDetails.switchesSchemaModel: Boolean', true, 'details.switchesSchemaModel', true),
  ]),
  field('userAttributeNameForConnectionEnvironments', [
    tells(
      'OmniEnvironment.attributeName: String',
      'region',
      'details.environmentUserAttribute.attributeName',
      'region',
    ),
    tells('OmniDetails.environmentUserAttribute: OmniEnvironment', null, 'details.environmentUserAttribute', null),
  ]),
  field(
    'userAttributeValuesForDefaultEnvironment',
    [['eu', 'us'], ['eu'], 'eu'].map((raw) =>
      tells(
        'OmniEnvironment.defaultValues: [String!]',
        raw,
        'details.environmentUserAttribute.defaultValues',
        raw === 'eu' ? ['eu'] : raw,
        { on: 'withEnvironment' },
      ),
    ),
  ),
];

const server = {
  host: 'db.acme.example',
  port: 5432,
  database: 'orders',
  username: 'bi_reader',
  password: 'pw-secret-1',
};
const snowflake = { account: 'acme-fin', warehouse: 'WH', database: 'FINANCE', username: 'OMNI' };
const oauth = { clientId: 'client-1', clientSecret: 'oauth-secret-1' };
const databricks = { host: 'dbc-1.databricks.com', httpPath: '/sql/1' };
const row = (dialect: string) => ({ dialect });

export const omniWalk: VendorFields = {
  word: 'dialect',
  fields: [...identity, ...address, ...signIn, ...settings, ...onlyRead],
  exceptions: [],
  inputs: {
    athena: { athena: { region: 'eu-central-1', accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'pw-secret-1' } },
    athenaAlone: { athena: { region: 'eu-central-1' } },
    bigquery: { bigquery: { location: 'us', serviceAccountKey: KEY_FILE } },
    bigqueryAlone: { bigquery: { location: 'us' } },
    clickhouse: { clickhouse: server },
    databricks: { databricks: { ...databricks, accessToken: 'pw-secret-1' } },
    databricksByOAuth: { databricks: { ...databricks, oauth } },
    databricksLakebase: { databricksLakebase: server },
    exasol: { exasol: server },
    mariadb: { mariadb: server },
    motherduck: { motherduck: { database: 'orders', accessToken: 'pw-secret-1' } },
    mssql: { mssql: { ...server, schema: 'dbo' } },
    mysql: { mysql: server },
    oracle: { oracle: { ...server, acceptsLicense: true } },
    postgres: { postgres: server },
    redshift: { redshift: server },
    sapHana: { sapHana: server },
    snowflake: { snowflake: { ...snowflake, password: 'pw-secret-1' } },
    snowflakeByHost: {
      snowflake: { warehouse: 'WH', database: 'FINANCE', username: 'OMNI', password: 'pw-secret-1' },
    },
    snowflakeByKey: { snowflake },
    snowflakeByOAuth: { snowflake: { account: 'acme-fin', database: 'FINANCE', oauth } },
    starrocks: { starrocks: server },
    trino: {
      trino: {
        host: 'db.acme.example',
        port: 8080,
        catalog: 'hive',
        username: 'bi_reader',
        password: 'pw-secret-1',
      },
    },
  },
  rows: {
    athena: row('athena'),
    bigquery: row('bigquery'),
    clickhouse: row('clickhouse'),
    databricks: row('databricks'),
    databricksLakebase: row('databricks_lakebase'),
    exasol: row('exasol'),
    mariadb: row('mariadb'),
    motherduck: row('motherduck'),
    mssql: row('mssql'),
    mysql: row('mysql'),
    oracle: row('oracle'),
    postgres: row('postgres'),
    redshift: row('redshift'),
    sapHana: row('sap_hana'),
    snowflake: row('snowflake'),
    starrocks: row('starrocks'),
    trino: row('trino'),
    other: row('singlestore'),
    withOlderName: { dialect: 'postgres', branchConnectionEnvironmentOverridesUserAttr: true },
    withEnvironment: { dialect: 'postgres', userAttributeNameForConnectionEnvironments: 'region' },
  },
};
