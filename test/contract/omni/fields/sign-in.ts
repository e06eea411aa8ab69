// The fields of identity, address and sign-in at Omni, in the order of the field map.
import { field, writeSample, readSample, type Field } from '../../../support/field-samples.ts';
import { KEY_FILE, PRIVATE_KEY } from '../../create-case.ts';

/** The dialects with a host, and the stem of their type names. */
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
    writeSample('ConnectionConfigInput.athena: AthenaInput', 'config.athena', {}, 'athena'),
    writeSample('ConnectionConfigInput.bigquery: BigQueryInput', 'config.bigquery', {}, 'bigquery'),
    writeSample('ConnectionConfigInput.clickhouse: ClickHouseInput', 'config.clickhouse', {}, 'clickhouse'),
    writeSample('ConnectionConfigInput.databricks: DatabricksInput', 'config.databricks', {}, 'databricks'),
    writeSample(
      'ConnectionConfigInput.databricksLakebase: LakebaseInput',
      'config.databricksLakebase',
      {},
      'databricks_lakebase',
    ),
    writeSample('ConnectionConfigInput.exasol: ExasolInput', 'config.exasol', {}, 'exasol'),
    writeSample('ConnectionConfigInput.mariadb: MariaDbInput', 'config.mariadb', {}, 'mariadb'),
    writeSample('ConnectionConfigInput.motherduck: MotherDuckInput', 'config.motherduck', {}, 'motherduck'),
    writeSample('ConnectionConfigInput.mssql: MsSqlInput', 'config.mssql', {}, 'mssql'),
    writeSample('ConnectionConfigInput.mysql: MySqlInput', 'config.mysql', {}, 'mysql'),
    writeSample('ConnectionConfigInput.oracle: OracleInput', 'config.oracle', {}, 'oracle'),
    writeSample('ConnectionConfigInput.postgres: PostgresInput', 'config.postgres', {}, 'postgres'),
    writeSample('ConnectionConfigInput.redshift: RedshiftInput', 'config.redshift', {}, 'redshift'),
    writeSample('ConnectionConfigInput.sapHana: SapHanaInput', 'config.sapHana', {}, 'sap_hana'),
    writeSample('ConnectionConfigInput.snowflake: SnowflakeInput', 'config.snowflake', {}, 'snowflake'),
    writeSample('ConnectionConfigInput.starrocks: StarRocksInput', 'config.starrocks', {}, 'starrocks'),
    writeSample('ConnectionConfigInput.trino: TrinoInput', 'config.trino', {}, 'trino'),
    readSample('Connection.vendorDialect: String!', 'sqlserver', 'vendorDialect', 'sqlserver'),
    readSample('Connection.vendorDialect: String!', 'fabric', 'vendorDialect', 'fabric'),
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
    ].map(([word, told]) => readSample('Connection.dialect: Dialect!', word, 'dialect', told)),
  ]),
  field('name', [
    writeSample('CreateConnectionInput.name: String!', 'name', 'Walk by name', 'Walk by name'),
    readSample('Connection.name: String!', 'Orders EU', 'name', 'Orders EU'),
  ]),
];

const address: readonly Field[] = [
  field('host', [
    ...servers.map(([key, name]) =>
      writeSample(`${name}Input.host: String`, `config.${key}.host`, 'other.acme.example', 'other.acme.example'),
    ),
    writeSample('TrinoInput.host: String', 'config.trino.host', 'other.acme.example', 'other.acme.example'),
    writeSample(
      'DatabricksInput.host: String',
      'config.databricks.host',
      'dbc-2.databricks.com',
      'dbc-2.databricks.com',
    ),
    writeSample('SnowflakeInput.account: String', 'config.snowflake.account', 'acme-hr', 'acme-hr'),
  ]),
  field('hostOverride', [
    writeSample(
      'SnowflakeInput.hostOverride: String',
      'config.snowflake.hostOverride',
      'acme.privatelink.example',
      'acme.privatelink.example',
      { on: 'snowflakeByHost' },
    ),
  ]),
  field('port', [
    ...servers.map(([key, name]) => writeSample(`${name}Input.port: Int`, `config.${key}.port`, 7001, 7001)),
    writeSample('TrinoInput.port: Int', 'config.trino.port', 7001, 7001),
  ]),
  field('database', [
    ...servers.map(([key, name]) =>
      writeSample(`${name}Input.database: String`, `config.${key}.database`, 'crm', 'crm'),
    ),
    writeSample('BigQueryInput.projectId: String', 'config.bigquery.projectId', 'acme-ads', 'acme-ads'),
    writeSample('AthenaInput.catalog: String', 'config.athena.catalog', 'AwsDataCatalog', 'AwsDataCatalog'),
    writeSample('TrinoInput.catalog: String', 'config.trino.catalog', 'iceberg', 'iceberg'),
    writeSample('DatabricksInput.catalog: String', 'config.databricks.catalog', 'main', 'main'),
    writeSample('SnowflakeInput.database: String', 'config.snowflake.database', 'CRM', 'CRM'),
    writeSample('MotherDuckInput.database: String', 'config.motherduck.database', 'crm', 'crm'),
    ...servers.map(([key, name]) =>
      readSample(`${name}Config.database: String`, 'crm', 'config.database', 'crm', { on: key }),
    ),
    readSample('OtherConfig.database: String', 'crm', 'config.database', 'crm', { on: 'other' }),
    readSample('BigQueryConfig.projectId: String', 'acme-ads', 'config.projectId', 'acme-ads', { on: 'bigquery' }),
    readSample('AthenaConfig.catalog: String', 'AwsDataCatalog', 'config.catalog', 'AwsDataCatalog', { on: 'athena' }),
    readSample('TrinoConfig.catalog: String', 'hive', 'config.catalog', 'hive', { on: 'trino' }),
    readSample('DatabricksConfig.catalog: String', 'main', 'config.catalog', 'main', { on: 'databricks' }),
    readSample('SnowflakeConfig.database: String', 'CRM', 'config.database', 'CRM', { on: 'snowflake' }),
    readSample('MotherDuckConfig.database: String', 'crm', 'config.database', 'crm', { on: 'motherduck' }),
  ]),
];

const signIn: readonly Field[] = [
  field('username', [
    ...servers.map(([key, name]) =>
      writeSample(`${name}Input.username: String`, `config.${key}.username`, 'ann', 'ann'),
    ),
    writeSample('TrinoInput.username: String', 'config.trino.username', 'ann', 'ann'),
    writeSample('SnowflakeInput.username: String', 'config.snowflake.username', 'ANN', 'ANN'),
    writeSample('BigQueryInput.serviceAccountEmail: String', 'config.bigquery.serviceAccountEmail', 'a@b.c', 'a@b.c'),
    writeSample('AthenaInput.accessKeyId: String', 'config.athena.accessKeyId', 'AKIAOTHER', 'AKIAOTHER'),
  ]),
  field('passwordUnencrypted', [
    ...servers.map(([key, name]) =>
      writeSample(`${name}Input.password: SecretString`, `config.${key}.password`, 'pw-secret-2', 'pw-secret-2'),
    ),
    writeSample('TrinoInput.password: SecretString', 'config.trino.password', 'pw-secret-2', 'pw-secret-2'),
    writeSample('SnowflakeInput.password: SecretString', 'config.snowflake.password', 'pw-secret-2', 'pw-secret-2'),
    writeSample(
      'BigQueryInput.serviceAccountKey: SecretString',
      'config.bigquery.serviceAccountKey',
      KEY_FILE,
      KEY_FILE,
    ),
    writeSample(
      'MotherDuckInput.accessToken: SecretString',
      'config.motherduck.accessToken',
      'pw-secret-2',
      'pw-secret-2',
    ),
    writeSample(
      'DatabricksInput.accessToken: SecretString',
      'config.databricks.accessToken',
      'pw-secret-2',
      'pw-secret-2',
    ),
    writeSample(
      'AthenaInput.secretAccessKey: SecretString',
      'config.athena.secretAccessKey',
      'pw-secret-2',
      'pw-secret-2',
    ),
    ...servers.map(([key, name]) =>
      readSample(`${name}Config.password: MaskedSecret!`, undefined, 'config.password', 'UNKNOWN', { on: key }),
    ),
    readSample('TrinoConfig.password: MaskedSecret!', undefined, 'config.password', 'UNKNOWN', { on: 'trino' }),
    readSample('SnowflakeConfig.password: MaskedSecret!', undefined, 'config.password', 'UNKNOWN', { on: 'snowflake' }),
    readSample('BigQueryConfig.serviceAccountKey: MaskedSecret!', undefined, 'config.serviceAccountKey', 'UNKNOWN', {
      on: 'bigquery',
    }),
    readSample('MotherDuckConfig.accessToken: MaskedSecret!', undefined, 'config.accessToken', 'UNKNOWN', {
      on: 'motherduck',
    }),
    readSample('DatabricksConfig.accessToken: MaskedSecret!', undefined, 'config.accessToken', 'UNKNOWN', {
      on: 'databricks',
    }),
    readSample('AthenaConfig.secretAccessKey: MaskedSecret!', undefined, 'config.secretAccessKey', 'UNKNOWN', {
      on: 'athena',
    }),
  ]),
  field('privateKey', [
    writeSample('SnowflakeInput.privateKey: SecretString', 'config.snowflake.privateKey', PRIVATE_KEY, PRIVATE_KEY, {
      on: 'snowflakeByKey',
    }),
    readSample('SnowflakeConfig.privateKey: MaskedSecret!', undefined, 'config.privateKey', 'UNKNOWN', {
      on: 'snowflake',
    }),
  ]),
  field('oauthClientId', [
    writeSample('OAuthInput.clientId: String', 'config.snowflake.oauth.clientId', 'client-2', 'client-2', {
      on: 'snowflakeByOAuth',
    }),
    writeSample('OAuthInput.clientId: String', 'config.databricks.oauth.clientId', 'client-2', 'client-2', {
      on: 'databricksByOAuth',
    }),
  ]),
  field('oauthClientSecretUnencrypted', [
    ...['snowflake', 'databricks'].map((key) =>
      writeSample(
        'OAuthInput.clientSecret: SecretString',
        `config.${key}.oauth.clientSecret`,
        'oauth-secret-2',
        'oauth-secret-2',
        { on: `${key}ByOAuth` },
      ),
    ),
    ...['snowflake', 'databricks'].map((on) =>
      readSample('OAuthConfig.clientSecret: MaskedSecret!', undefined, 'config.oauth.clientSecret', 'UNKNOWN', { on }),
    ),
  ]),
  field('externalOauthAudience', [
    writeSample(
      'OAuthInput.audience: String',
      'config.snowflake.oauth.audience',
      'https://a.example',
      'https://a.example',
      {
        on: 'snowflakeByOAuth',
      },
    ),
  ]),
  field('externalOauthAuthorizationUrl', [
    writeSample(
      'OAuthInput.authorizationUrl: String',
      'config.snowflake.oauth.authorizationUrl',
      'https://login.acme.example/authorize',
      'https://login.acme.example/authorize',
      { on: 'snowflakeByOAuth' },
    ),
  ]),
  field('externalOauthTokenUrl', [
    writeSample(
      'OAuthInput.tokenUrl: String',
      'config.snowflake.oauth.tokenUrl',
      'https://login.acme.example/token',
      'https://login.acme.example/token',
      { on: 'snowflakeByOAuth' },
    ),
  ]),
];

export const omniSignIn: readonly Field[] = [...identity, ...address, ...signIn];
