// What Omni calls a connection, where it leads and how it signs in, in the order of the field map.
import { field, takes, tells, type Field } from '../../../support/field-walk.ts';
import { KEY_FILE, PRIVATE_KEY } from '../../create-case.ts';

/** The dialects that are reached at a server, with the stem of their types. */
export const servers = [
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

export const omniSignIn: readonly Field[] = [...identity, ...address, ...signIn];
