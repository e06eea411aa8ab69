// Looker's fields (DBConnection of API 4.0 with its dialect, snippets and override), in the order of the field map.
import { field, takes, tells, type Field, type VendorFields } from '../../support/field-walk.ts';
import { KEY_FILE, PRIVATE_KEY } from '../cells/cell.ts';

const KEY_FILE_BASE64 =
  'eyJ0eXBlIjoic2VydmljZV9hY2NvdW50IiwicHJvamVjdF9pZCI6ImFjbWUtd2ViIiwicHJpdmF0ZV9rZXkiOiJrZXktc2VjcmV0LTEiLCJjbGllbnRfZW1haWwiOiJiaUBhY21lLXdlYi5pYW0uZ3NlcnZpY2VhY2NvdW50LmNvbSJ9';
const PRIVATE_KEY_BASE64 =
  'LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCmtleS1zZWNyZXQtMgotLS0tLUVORCBQUklWQVRFIEtFWS0tLS0tCg==';
/** `p12-secret-1`. */
const P12_BASE64 = 'cDEyLXNlY3JldC0x';

/** The dialects that are reached at a server, with the stem of their types. */
const servers = [
  ['clickhouse', 'ClickHouse'],
  ['exasol', 'Exasol'],
  ['mariadb', 'MariaDb'],
  ['mssql', 'MsSql'],
  ['mysql', 'MySql'],
  ['oracle', 'Oracle'],
  ['postgres', 'Postgres'],
  ['redshift', 'Redshift'],
  ['sapHana', 'SapHana'],
  ['other', 'Other'],
] as const;

/** Written as an option and read as a detail, with one value everywhere. */
const both = (wire: string, name: string, type: string, value: unknown, on = 'postgres'): Field =>
  field(wire, [
    takes(`LookerOptionsInput.${name}: ${type}`, `options.looker.${name}`, value, value, { on }),
    tells(`LookerDetails.${name}: ${type}`, value, `details.${name}`, value, { on }),
  ]);

const detail = (wire: string, name: string, type: string, raw: unknown, told: unknown): Field =>
  field(wire, [tells(`LookerDetails.${name}: ${type}`, raw, `details.${name}`, told)]);

const ofDialect = (wire: string, name: string, type: string, value: unknown): Field =>
  field(`dialect.${wire}`, [tells(`LookerDialect.${name}: ${type}`, value, `details.dialectDetails.${name}`, value)]);

const ofSnippet = (name: string, value: string): Field =>
  field(
    `snippets[].${name}`,
    [tells(`LookerSnippet.${name}: String`, value, `details.snippets.0.${name}`, value, { on: 'withSnippet' })],
    `snippets.0.${name}`,
  );

/** A text of the override; its twin is read where it is missing itself. */
const ofOverride = (wire: string, name: string, value: string): Field =>
  field(`pdt_context_override.${wire}`, [
    takes(`LookerPdtOverrideInput.${name}: String`, `options.looker.pdtOverride.${name}`, value, value),
    tells(`LookerPdtOverride.${name}: String`, value, `details.pdtOverride.${name}`, value, { on: 'withOverride' }),
    tells(`LookerPdtOverride.${name}: String`, value, `details.pdtOverride.${name}`, value, {
      on: 'withOverride',
      place: `pdt_context_override.pdt_${wire}`,
    }),
  ]);

const secretOfOverride = (wire: string, name: string, value: string): Field =>
  field(`pdt_context_override.${wire}`, [
    takes(`LookerPdtOverrideInput.${name}: SecretString`, `options.looker.pdtOverride.${name}`, value, value),
    tells(`LookerPdtOverride.${name}: MaskedSecret!`, value, `details.pdtOverride.${name}`, 'SET', {
      on: 'withOverride',
    }),
    tells(`LookerPdtOverride.${name}: MaskedSecret!`, null, `details.pdtOverride.${name}`, 'NOT_SET', {
      on: 'withOverride',
    }),
    tells(`LookerPdtOverride.${name}: MaskedSecret!`, value, `details.pdtOverride.${name}`, 'SET', {
      on: 'withOverride',
      place: `pdt_context_override.pdt_${wire}`,
    }),
  ]);

const identity: readonly Field[] = [
  field('name', [
    takes('CreateConnectionInput.name: String!', 'name', 'walk_by_name', 'walk_by_name'),
    tells('Connection.name: String!', 'orders_eu', 'name', 'orders_eu'),
    tells('Connection.vendorId: String!', 'orders_us', 'vendorId', 'orders_us'),
  ]),
  field('dialect_name', [
    takes('ConnectionConfigInput.athena: AthenaInput', 'config.athena', {}, 'athena'),
    takes('ConnectionConfigInput.bigquery: BigQueryInput', 'config.bigquery', {}, 'bigquery_standard_sql'),
    takes('ConnectionConfigInput.clickhouse: ClickHouseInput', 'config.clickhouse', {}, 'clickhouse'),
    takes('ConnectionConfigInput.databricks: DatabricksInput', 'config.databricks', {}, 'databricks'),
    takes('ConnectionConfigInput.exasol: ExasolInput', 'config.exasol', {}, 'exasol'),
    takes('ConnectionConfigInput.mariadb: MariaDbInput', 'config.mariadb', {}, 'mariadb'),
    takes('ConnectionConfigInput.mssql: MsSqlInput', 'config.mssql', {}, 'mssql_2017'),
    takes('ConnectionConfigInput.mysql: MySqlInput', 'config.mysql', {}, 'mysql'),
    takes('ConnectionConfigInput.oracle: OracleInput', 'config.oracle', {}, 'oracle'),
    takes('ConnectionConfigInput.postgres: PostgresInput', 'config.postgres', {}, 'postgres'),
    takes('ConnectionConfigInput.redshift: RedshiftInput', 'config.redshift', {}, 'redshift'),
    takes('ConnectionConfigInput.sapHana: SapHanaInput', 'config.sapHana', {}, 'hana'),
    takes('ConnectionConfigInput.snowflake: SnowflakeInput', 'config.snowflake', {}, 'snowflake'),
    takes('ConnectionConfigInput.trino: TrinoInput', 'config.trino', {}, 'trino'),
    takes('OtherInput.dialectName: String', 'config.other.dialectName', 'greenplum', 'greenplum'),
    ...[
      ['mssql', 'mssql_2008'],
      ['mssql', 'mssql_2012'],
      ['mssql', 'mssql_2016'],
      ['mssql', 'msazuresql'],
      ['mssql', 'mssqldw'],
      ['mysql', 'mysql_8'],
      ['mysql', 'googlecloudsql'],
      ['mysql', 'amazonaurora'],
      ['oracle', 'oracle_dwcs'],
      ['postgres', 'google_cloud_postgres'],
      ['postgres', 'azure_postgres'],
      ['postgres', 'postgres9_1'],
      ['sapHana', 'hana_2'],
    ].map(([on, word]) =>
      takes('LookerOptionsInput.dialectName: String', 'options.looker.dialectName', word, word, { on }),
    ),
    tells('Connection.vendorDialect: String!', 'mysql_8', 'vendorDialect', 'mysql_8'),
    tells('Connection.vendorDialect: String!', 'mongobi', 'vendorDialect', 'mongobi'),
    ...[
      ['athena', 'ATHENA'],
      ['bigquery_standard_sql', 'BIGQUERY'],
      ['clickhouse', 'CLICKHOUSE'],
      ['databricks', 'DATABRICKS'],
      ['exasol', 'EXASOL'],
      ['mariadb', 'MARIADB'],
      ['mssql_2008', 'MSSQL'],
      ['mssql_2012', 'MSSQL'],
      ['mssql_2016', 'MSSQL'],
      ['mssql_2017', 'MSSQL'],
      ['msazuresql', 'MSSQL'],
      ['mssqldw', 'MSSQL'],
      ['mysql', 'MYSQL'],
      ['mysql_8', 'MYSQL'],
      ['googlecloudsql', 'MYSQL'],
      ['amazonaurora', 'MYSQL'],
      ['oracle', 'ORACLE'],
      ['oracle_dwcs', 'ORACLE'],
      ['postgres', 'POSTGRES'],
      ['google_cloud_postgres', 'POSTGRES'],
      ['azure_postgres', 'POSTGRES'],
      ['postgres9_1', 'POSTGRES'],
      ['redshift', 'REDSHIFT'],
      ['hana', 'SAP_HANA'],
      ['hana_2', 'SAP_HANA'],
      ['snowflake', 'SNOWFLAKE'],
      ['trino', 'TRINO'],
      ['bigquery', 'OTHER'],
      ['presto', 'OTHER'],
      ['prestosql', 'OTHER'],
      ['mongobi', 'OTHER'],
    ].map(([word, told]) => tells('Connection.dialect: Dialect!', word, 'dialect', told)),
  ]),
];

const address: readonly Field[] = [
  field('host', [
    ...servers.map(([key, name]) =>
      takes(`${name}Input.host: String`, `config.${key}.host`, 'other.acme.example', 'other.acme.example'),
    ),
    takes('TrinoInput.host: String', 'config.trino.host', 'other.acme.example', 'other.acme.example'),
    takes('DatabricksInput.host: String', 'config.databricks.host', 'dbc-2.databricks.com', 'dbc-2.databricks.com'),
    takes('BigQueryInput.projectId: String', 'config.bigquery.projectId', 'acme-ads', 'acme-ads'),
    takes('SnowflakeInput.account: String', 'config.snowflake.account', 'acme-hr', 'acme-hr.snowflakecomputing.com'),
    takes(
      'SnowflakeInput.hostOverride: String',
      'config.snowflake.hostOverride',
      'acme.privatelink.example',
      'acme.privatelink.example',
      { on: 'snowflakeByHost' },
    ),
    takes('AthenaInput.region: String', 'config.athena.region', 'us-east-1', 'athena.us-east-1.amazonaws.com'),
    ...servers.map(([key, name]) =>
      tells(`${name}Config.host: String`, 'db.acme.example', 'config.host', 'db.acme.example', { on: key }),
    ),
    tells('TrinoConfig.host: String', 'db.acme.example', 'config.host', 'db.acme.example', { on: 'trino' }),
    tells('DatabricksConfig.host: String', 'dbc-2.databricks.com', 'config.host', 'dbc-2.databricks.com', {
      on: 'databricks',
    }),
    tells('BigQueryConfig.projectId: String', 'acme-web', 'config.projectId', 'acme-web', { on: 'bigquery' }),
    tells('SnowflakeConfig.account: String', 'acme-fin.snowflakecomputing.com', 'config.account', 'acme-fin', {
      on: 'snowflake',
    }),
    tells(
      'SnowflakeConfig.hostOverride: String',
      'acme.privatelink.example',
      'config.hostOverride',
      'acme.privatelink.example',
      { on: 'snowflake' },
    ),
    tells('AthenaConfig.region: String', 'athena.us-east-1.amazonaws.com', 'config.region', 'us-east-1', {
      on: 'athena',
    }),
  ]),
  field('port', [
    ...servers.map(([key, name]) => takes(`${name}Input.port: Int`, `config.${key}.port`, 7001, '7001')),
    takes('TrinoInput.port: Int', 'config.trino.port', 7001, '7001'),
    takes('LookerOptionsInput.portUserAttribute: String', 'options.looker.portUserAttribute', 'db_port', 'db_port', {
      beside: { 'options.looker.userAttributeFields': ['port'] },
    }),
    takes('ConnectionConfigInput.snowflake: SnowflakeInput', 'config.snowflake', {}, '443'),
    takes('ConnectionConfigInput.databricks: DatabricksInput', 'config.databricks', {}, '443'),
    takes('ConnectionConfigInput.athena: AthenaInput', 'config.athena', {}, '443'),
    ...servers.map(([key, name]) => tells(`${name}Config.port: Int`, '7001', 'config.port', 7001, { on: key })),
    tells('TrinoConfig.port: Int', '7001', 'config.port', 7001, { on: 'trino' }),
    tells('PostgresConfig.port: Int', 'db_port', 'config.port', null),
    tells('LookerDetails.portUserAttribute: String', 'db_port', 'details.portUserAttribute', 'db_port'),
    tells('LookerDetails.portUserAttribute: String', '5432', 'details.portUserAttribute', null),
  ]),
  field('database', [
    ...servers.map(([key, name]) => takes(`${name}Input.database: String`, `config.${key}.database`, 'crm', 'crm')),
    takes('BigQueryInput.dataset: String', 'config.bigquery.dataset', 'ads', 'ads'),
    takes('TrinoInput.catalog: String', 'config.trino.catalog', 'hive', 'hive'),
    takes('AthenaInput.catalog: String', 'config.athena.catalog', 'AwsDataCatalog', 'AwsDataCatalog'),
    takes('DatabricksInput.schema: String', 'config.databricks.schema', 'sales', 'sales'),
    takes('ConnectionConfigInput.databricks: DatabricksInput', 'config.databricks', {}, 'default'),
    takes('SnowflakeInput.database: String', 'config.snowflake.database', 'CRM', 'CRM'),
    ...servers.map(([key, name]) =>
      tells(`${name}Config.database: String`, 'crm', 'config.database', 'crm', { on: key }),
    ),
    tells('BigQueryConfig.dataset: String', 'ads', 'config.dataset', 'ads', { on: 'bigquery' }),
    tells('TrinoConfig.catalog: String', 'hive', 'config.catalog', 'hive', { on: 'trino' }),
    tells('AthenaConfig.catalog: String', 'AwsDataCatalog', 'config.catalog', 'AwsDataCatalog', { on: 'athena' }),
    tells('DatabricksConfig.schema: String', 'sales', 'config.schema', 'sales', { on: 'databricks' }),
    tells('SnowflakeConfig.database: String', 'CRM', 'config.database', 'CRM', { on: 'snowflake' }),
  ]),
  field('schema', [
    ...servers.map(([key, name]) => takes(`${name}Input.schema: String`, `config.${key}.schema`, 'eu', 'eu')),
    takes('TrinoInput.schema: String', 'config.trino.schema', 'eu', 'eu'),
    takes('AthenaInput.schema: String', 'config.athena.schema', 'eu', 'eu'),
    takes('SnowflakeInput.schema: String', 'config.snowflake.schema', 'EU', 'EU'),
    takes('BigQueryInput.dataset: String', 'config.bigquery.dataset', 'ads', 'ads'),
    ...servers.map(([key, name]) => tells(`${name}Config.schema: String`, 'eu', 'config.schema', 'eu', { on: key })),
    tells('TrinoConfig.schema: String', 'eu', 'config.schema', 'eu', { on: 'trino' }),
    tells('AthenaConfig.schema: String', 'eu', 'config.schema', 'eu', { on: 'athena' }),
    tells('SnowflakeConfig.schema: String', 'EU', 'config.schema', 'EU', { on: 'snowflake' }),
  ]),
];

const signIn: readonly Field[] = [
  field('username', [
    ...servers.map(([key, name]) => takes(`${name}Input.username: String`, `config.${key}.username`, 'ann', 'ann')),
    takes('TrinoInput.username: String', 'config.trino.username', 'ann', 'ann'),
    takes('SnowflakeInput.username: String', 'config.snowflake.username', 'ANN', 'ANN'),
    takes('BigQueryInput.serviceAccountEmail: String', 'config.bigquery.serviceAccountEmail', 'a@b.c', 'a@b.c'),
    takes(
      'BigQueryInput.serviceAccountKey: SecretString',
      'config.bigquery.serviceAccountKey',
      KEY_FILE,
      'bi@acme-web.iam.gserviceaccount.com',
    ),
    takes('AthenaInput.accessKeyId: String', 'config.athena.accessKeyId', 'AKIAOTHER', 'AKIAOTHER'),
    takes('ConnectionConfigInput.databricks: DatabricksInput', 'config.databricks', {}, 'token'),
    ...servers.map(([key, name]) =>
      tells(`${name}Config.username: String`, 'ann', 'config.username', 'ann', { on: key }),
    ),
    tells('TrinoConfig.username: String', 'ann', 'config.username', 'ann', { on: 'trino' }),
    tells('SnowflakeConfig.username: String', 'ANN', 'config.username', 'ANN', { on: 'snowflake' }),
    tells('BigQueryConfig.serviceAccountEmail: String', 'a@b.c', 'config.serviceAccountEmail', 'a@b.c', {
      on: 'bigquery',
    }),
    tells('AthenaConfig.accessKeyId: String', 'AKIAOTHER', 'config.accessKeyId', 'AKIAOTHER', { on: 'athena' }),
  ]),
  field('password', [
    ...servers.map(([key, name]) =>
      takes(`${name}Input.password: SecretString`, `config.${key}.password`, 'pw-secret-2', 'pw-secret-2'),
    ),
    takes('TrinoInput.password: SecretString', 'config.trino.password', 'pw-secret-2', 'pw-secret-2'),
    takes('SnowflakeInput.password: SecretString', 'config.snowflake.password', 'pw-secret-2', 'pw-secret-2'),
    takes('DatabricksInput.accessToken: SecretString', 'config.databricks.accessToken', 'pw-secret-2', 'pw-secret-2'),
    takes('AthenaInput.secretAccessKey: SecretString', 'config.athena.secretAccessKey', 'pw-secret-2', 'pw-secret-2'),
    ...servers.map(([key, name]) =>
      tells(`${name}Config.password: MaskedSecret!`, undefined, 'config.password', 'UNKNOWN', { on: key }),
    ),
    tells('TrinoConfig.password: MaskedSecret!', undefined, 'config.password', 'UNKNOWN', { on: 'trino' }),
    tells('SnowflakeConfig.password: MaskedSecret!', undefined, 'config.password', 'UNKNOWN', { on: 'snowflake' }),
    tells('DatabricksConfig.accessToken: MaskedSecret!', undefined, 'config.accessToken', 'UNKNOWN', {
      on: 'databricks',
    }),
    tells('AthenaConfig.secretAccessKey: MaskedSecret!', undefined, 'config.secretAccessKey', 'UNKNOWN', {
      on: 'athena',
    }),
  ]),
  field('has_password', [
    ...servers.map(([key, name]) =>
      tells(`${name}Config.password: MaskedSecret!`, true, 'config.password', 'SET', { on: key }),
    ),
    tells('TrinoConfig.password: MaskedSecret!', true, 'config.password', 'SET', { on: 'trino' }),
    tells('SnowflakeConfig.password: MaskedSecret!', true, 'config.password', 'SET', { on: 'snowflake' }),
    tells('DatabricksConfig.accessToken: MaskedSecret!', true, 'config.accessToken', 'SET', { on: 'databricks' }),
    tells('AthenaConfig.secretAccessKey: MaskedSecret!', true, 'config.secretAccessKey', 'SET', { on: 'athena' }),
    tells('PostgresConfig.password: MaskedSecret!', false, 'config.password', 'NOT_SET'),
  ]),
  field('certificate', [
    takes(
      'BigQueryInput.serviceAccountKey: SecretString',
      'config.bigquery.serviceAccountKey',
      KEY_FILE,
      KEY_FILE_BASE64,
    ),
    takes('SnowflakeInput.privateKey: SecretString', 'config.snowflake.privateKey', PRIVATE_KEY, PRIVATE_KEY_BASE64),
    takes('LookerCertificateInput.body: SecretString!', 'options.looker.certificate.body', P12_BASE64, P12_BASE64, {
      on: 'other',
      beside: { 'options.looker.certificate.fileType': 'P12' },
    }),
    takes(
      'LookerCertificateInput.body: SecretString!',
      'options.looker.certificate.body',
      PRIVATE_KEY,
      PRIVATE_KEY_BASE64,
      { on: 'other', beside: { 'options.looker.certificate.fileType': 'P8' } },
    ),
    takes(
      'LookerOptionsInput.certificate: LookerCertificateInput',
      'options.looker.certificate',
      { body: KEY_FILE, fileType: 'JSON' },
      KEY_FILE_BASE64,
      { on: 'other' },
    ),
    tells('BigQueryConfig.serviceAccountKey: MaskedSecret!', undefined, 'config.serviceAccountKey', 'UNKNOWN', {
      on: 'bigquery',
    }),
    tells('SnowflakeConfig.privateKey: MaskedSecret!', undefined, 'config.privateKey', 'UNKNOWN', {
      on: 'snowflake',
    }),
    tells('LookerDetails.certificate: MaskedSecret!', undefined, 'details.certificate', 'UNKNOWN', { on: 'other' }),
  ]),
  field('file_type', [
    takes('BigQueryInput.serviceAccountKey: SecretString', 'config.bigquery.serviceAccountKey', KEY_FILE, '.json'),
    takes('SnowflakeInput.privateKey: SecretString', 'config.snowflake.privateKey', PRIVATE_KEY, '.p8'),
    ...[
      ['P12', P12_BASE64, '.p12'],
      ['P8', PRIVATE_KEY, '.p8'],
      ['JSON', KEY_FILE, '.json'],
    ].map(([type, body, sends]) =>
      takes(
        'LookerCertificateInput.fileType: LookerCertificateType!',
        'options.looker.certificate.fileType',
        type,
        sends,
        { on: 'other', beside: { 'options.looker.certificate.body': body } },
      ),
    ),
  ]),
  field('uses_key_pair_auth', [
    takes('SnowflakeInput.privateKey: SecretString', 'config.snowflake.privateKey', PRIVATE_KEY, true),
    takes('LookerOptionsInput.usesKeyPairAuth: Boolean', 'options.looker.usesKeyPairAuth', true, true, {
      on: 'snowflake',
    }),
    tells('LookerDetails.usesKeyPairAuth: Boolean', true, 'details.usesKeyPairAuth', true, { on: 'snowflake' }),
    tells('SnowflakeConfig.privateKey: MaskedSecret!', true, 'config.privateKey', 'SET', { on: 'snowflake' }),
  ]),
];

const encrypted = ['snowflake', 'databricks', 'athena', 'trino'];

const line: readonly Field[] = [
  field('ssl', [
    ...servers.map(([key]) => takes('TlsInput.enabled: Boolean', `config.${key}.tls.enabled`, true, true)),
    ...encrypted.map((key) => takes('TlsInput.enabled: Boolean', `config.${key}.tls.enabled`, false, false)),
    takes('ConnectionConfigInput.snowflake: SnowflakeInput', 'config.snowflake', {}, true),
    takes('ConnectionConfigInput.databricks: DatabricksInput', 'config.databricks', {}, true),
    takes('ConnectionConfigInput.athena: AthenaInput', 'config.athena', {}, true),
    takes('ConnectionConfigInput.trino: TrinoInput', 'config.trino', {}, true),
    ...[...servers.map(([key]) => key), ...encrypted].map((on) =>
      tells('TlsConfig.enabled: Boolean', true, 'config.tls.enabled', true, { on }),
    ),
  ]),
  field(
    'verify_ssl',
    [...servers.map(([key]) => key), 'snowflake', 'databricks', 'athena'].flatMap((on) => [
      takes('TlsInput.verify: Boolean', `config.${on}.tls.verify`, true, true),
      tells('TlsConfig.verify: Boolean', true, 'config.tls.verify', true, { on }),
    ]),
  ),
  field('jdbc_additional_params', [
    takes(
      'LookerOptionsInput.jdbcAdditionalParams: SecretString',
      'options.looker.jdbcAdditionalParams',
      'TCPKeepAlive=true&user=url-secret-1',
      'TCPKeepAlive=true&user=url-secret-1',
    ),
    takes('SnowflakeInput.account: String', 'config.snowflake.account', 'acme-hr', 'account=acme-hr'),
    takes('SnowflakeInput.warehouse: String', 'config.snowflake.warehouse', 'WH', 'account=acme-fin&warehouse=WH'),
    takes('SnowflakeInput.role: String', 'config.snowflake.role', 'ANALYST', 'account=acme-fin&role=ANALYST'),
    takes(
      'LookerOptionsInput.jdbcAdditionalParams: SecretString',
      'options.looker.jdbcAdditionalParams',
      'TCPKeepAlive=true',
      'account=acme-fin&TCPKeepAlive=true',
      { on: 'snowflake' },
    ),
    takes(
      'DatabricksInput.httpPath: String',
      'config.databricks.httpPath',
      '/sql/1.0/warehouses/abc',
      'httpPath=/sql/1.0/warehouses/abc',
    ),
    takes(
      'AthenaInput.s3StagingDir: String',
      'config.athena.s3StagingDir',
      's3://acme-bi/out/',
      's3_staging_dir=s3://acme-bi/out/',
    ),
    tells('LookerDetails.jdbcAdditionalParams: MaskedSecret!', 'a=url-secret-1', 'details.jdbcAdditionalParams', 'SET'),
    tells('LookerDetails.jdbcAdditionalParams: MaskedSecret!', null, 'details.jdbcAdditionalParams', 'NOT_SET'),
    tells(
      'LookerDetails.jdbcAdditionalParams: MaskedSecret!',
      'account=acme-fin&warehouse=WH&role=ANALYST',
      'details.jdbcAdditionalParams',
      'NOT_SET',
      { on: 'snowflake' },
    ),
    tells('SnowflakeConfig.warehouse: String', 'account=a&warehouse=MY%20WH', 'config.warehouse', 'MY WH', {
      on: 'snowflake',
    }),
    tells('SnowflakeConfig.role: String', 'account=a&role=ANALYST', 'config.role', 'ANALYST', { on: 'snowflake' }),
    tells(
      'DatabricksConfig.httpPath: String',
      'httpPath=/sql/1.0/warehouses/abc',
      'config.httpPath',
      '/sql/1.0/warehouses/abc',
      { on: 'databricks' },
    ),
    tells(
      'AthenaConfig.s3StagingDir: String',
      's3_staging_dir=s3://acme-bi/out/',
      'config.s3StagingDir',
      's3://acme-bi/out/',
      { on: 'athena' },
    ),
  ]),
  field('after_connect_statements', [
    takes(
      'LookerOptionsInput.afterConnectStatements: SecretString',
      'options.looker.afterConnectStatements',
      "SET token = 'sql-secret-1'",
      "SET token = 'sql-secret-1'",
    ),
    tells(
      'LookerDetails.afterConnectStatements: MaskedSecret!',
      "SET token = 'sql-secret-1'",
      'details.afterConnectStatements',
      'SET',
    ),
    tells('LookerDetails.afterConnectStatements: MaskedSecret!', '', 'details.afterConnectStatements', 'NOT_SET'),
  ]),
];

const settings: readonly Field[] = [
  both('named_driver_version_requested', 'driverVersionRequested', 'String', '42.7.3'),
  detail('named_driver_version_actual', 'driverVersionActual', 'String', '42.7.4', '42.7.4'),
  both('db_timezone', 'dbTimezone', 'String', 'UTC'),
  both('query_timezone', 'queryTimezone', 'String', 'Europe/Berlin'),
  field('max_connections', [
    takes('LookerOptionsInput.maxConnections: Int', 'options.looker.maxConnections', 30, 30),
    tells('LookerDetails.maxConnections: Int', 30, 'details.maxConnections', 30),
    tells('LookerDetails.maxConnections: Int', 2147483647, 'details.maxConnections', 2147483647),
    tells('LookerDetails.maxConnections: Int', 2147483648, 'details.maxConnections', null),
  ]),
  both('max_queries', 'maxQueries', 'Int', 20),
  both('max_queries_per_user', 'maxQueriesPerUser', 'Int', 5),
  both('max_billing_gigabytes', 'maxBillingGigabytes', 'String', '50', 'bigquery'),
  both('pool_timeout', 'poolTimeoutSeconds', 'Int', 120),
  both('connection_pooling', 'connectionPooling', 'Boolean', true),
  both('cost_estimate_enabled', 'costEstimateEnabled', 'Boolean', true),
  both('tmp_db_name', 'tmpSchema', 'String', 'looker_scratch'),
  both('tmp_db_host', 'tmpHost', 'String', 'scratch.acme.example'),
  both('maintenance_cron', 'maintenanceCron', 'String', '*/5 * * * *'),
  both('pdt_concurrency', 'pdtConcurrency', 'Int', 2),
  both('pdt_api_control_enabled', 'pdtApiControlEnabled', 'Boolean', true),
  both('always_retry_failed_builds', 'alwaysRetryFailedBuilds', 'Boolean', true),
  both('sql_runner_precache_tables', 'precacheTables', 'Boolean', true),
  both('sql_writing_with_info_schema', 'infoSchemaForSqlWriting', 'Boolean', true),
  both('disable_context_comment', 'contextCommentDisabled', 'Boolean', true),
  both('query_holding_disabled', 'queryHoldingDisabled', 'Boolean', true),
  both('user_db_credentials', 'usesUserCredentials', 'Boolean', true),
  both('user_attribute_fields', 'userAttributeFields', '[String!]', ['username', 'database']),
  both('uses_application_default_credentials', 'usesApplicationDefaultCredentials', 'Boolean', true, 'bigquery'),
  both('impersonated_service_account', 'impersonatedServiceAccount', 'String', 'bi@acme.example', 'bigquery'),
  both('oauth_application_id', 'oauthApplicationId', 'String', '12', 'snowflake'),
  both('bq_storage_project_id', 'storageProjectId', 'String', 'acme-storage', 'bigquery'),
  both('bq_roles_verified', 'rolesVerified', 'Boolean', true, 'bigquery'),
  field('tunnel_id', [
    takes('LookerOptionsInput.tunnelId: String', 'options.looker.tunnelId', '3', '3'),
    tells('LookerDetails.tunnelId: String', '3', 'details.tunnelId', '3'),
    tells('LookerDetails.tunnelId: String', '', 'details.tunnelId', null),
  ]),
  both('custom_local_port', 'customLocalPort', 'Int', 10017),
  field('uses_tns', [
    takes('OracleInput.usesTns: Boolean', 'config.oracle.usesTns', true, true),
    tells('OracleConfig.usesTns: Boolean', true, 'config.usesTns', true, { on: 'oracle' }),
  ]),
  field('service_name', [
    takes('OracleInput.serviceName: String', 'config.oracle.serviceName', 'ORCLPDB1', 'ORCLPDB1'),
    tells('OracleConfig.serviceName: String', 'ORCLPDB1', 'config.serviceName', 'ORCLPDB1', { on: 'oracle' }),
  ]),
  field('pdt_context_override', [
    takes(
      'LookerOptionsInput.pdtOverride: LookerPdtOverrideInput',
      'options.looker.pdtOverride',
      { host: 'pdt.acme.example', port: 5433 },
      { context: 'pdt', host: 'pdt.acme.example', port: '5433' },
    ),
    tells(
      'LookerDetails.pdtOverride: LookerPdtOverride',
      {
        context: 'pdt',
        host: 'pdt.acme.example',
        port: '5433',
        has_password: true,
        jdbc_additional_params: null,
        after_connect_statements: null,
      },
      'details.pdtOverride',
      {
        context: 'pdt',
        host: 'pdt.acme.example',
        port: 5433,
        username: null,
        database: null,
        schema: null,
        serviceName: null,
        password: 'SET',
        certificate: 'UNKNOWN',
        jdbcAdditionalParams: 'NOT_SET',
        afterConnectStatements: 'NOT_SET',
      },
    ),
    tells('LookerDetails.pdtOverride: LookerPdtOverride', null, 'details.pdtOverride', null),
  ]),
];

const onlyRead: readonly Field[] = [
  detail('can', 'allowedActions', '[String!]', { show: true, update: false, test: true }, ['show', 'test']),
  detail(
    'dialect',
    'dialectDetails',
    'LookerDialect',
    { name: 'postgres', label: 'PostgreSQL 9.5+', connection_tests: ['connect', 'query'], has_ssl_support: true },
    {
      name: 'postgres',
      label: 'PostgreSQL 9.5+',
      supportsCostEstimate: null,
      costEstimateStyle: null,
      persistentTableIndexes: null,
      persistentTableSortkeys: null,
      persistentTableDistkey: null,
      supportsStreaming: null,
      automaticallyRunSqlRunnerSnippets: null,
      connectionTests: ['connect', 'query'],
      supportsInducer: null,
      supportsMultipleDatabases: null,
      supportsPersistentDerivedTables: null,
      hasSslSupport: true,
    },
  ),
  detail(
    'snippets',
    'snippets',
    '[LookerSnippet!]',
    [{ name: 'a', label: 'A', sql: 'SELECT 1' }],
    [{ name: 'a', label: 'A', sql: 'SELECT 1' }],
  ),
  detail('pdts_enabled', 'pdtsEnabled', 'Boolean', true, true),
  detail('uses_oauth', 'usesOauth', 'Boolean', true, true),
  detail('uses_instance_oauth', 'usesInstanceOauth', 'Boolean', true, true),
  field('uses_service_auth', [
    tells('LookerDetails.usesServiceAuth: Boolean', true, 'details.usesServiceAuth', true, { on: 'bigquery' }),
    tells('BigQueryConfig.serviceAccountKey: MaskedSecret!', true, 'config.serviceAccountKey', 'SET', {
      on: 'bigquery',
    }),
    tells('BigQueryConfig.serviceAccountKey: MaskedSecret!', false, 'config.serviceAccountKey', 'NOT_SET', {
      on: 'bigquery',
    }),
  ]),
  detail('supports_data_studio_link', 'supportsDataStudioLink', 'Boolean', true, true),
  field('created_at', [
    tells('Connection.createdAt: DateTime', '2022-06-14T12:26:50.000+00:00', 'createdAt', '2022-06-14T12:26:50.000Z'),
    tells('Connection.createdAt: DateTime', '', 'createdAt', null),
  ]),
  detail('user_id', 'lastModifiedByUserId', 'String', '7', '7'),
  detail('example', 'example', 'Boolean', true, true),
  detail('managed', 'managed', 'Boolean', true, true),
  detail('last_regen_at', 'lastRegeneratedAt', 'DateTime', '1655209610', '2022-06-14T12:26:50.000Z'),
  detail('last_reap_at', 'lastReapedAt', 'DateTime', '1655209611', '2022-06-14T12:26:51.000Z'),
  detail('default_bq_connection', 'defaultBigQueryConnection', 'Boolean', true, true),
  detail('p4sa_name', 'serviceAccountName', 'String', 'p4sa@acme.example', 'p4sa@acme.example'),
  ofDialect('name', 'name', 'String', 'postgres'),
  ofDialect('label', 'label', 'String', 'PostgreSQL 9.5+'),
  ofDialect('supports_cost_estimate', 'supportsCostEstimate', 'Boolean', true),
  ofDialect('cost_estimate_style', 'costEstimateStyle', 'String', 'standard'),
  ofDialect('persistent_table_indexes', 'persistentTableIndexes', 'String', 'indexes'),
  ofDialect('persistent_table_sortkeys', 'persistentTableSortkeys', 'String', 'sortkeys'),
  ofDialect('persistent_table_distkey', 'persistentTableDistkey', 'String', 'distkey'),
  ofDialect('supports_streaming', 'supportsStreaming', 'Boolean', true),
  ofDialect('automatically_run_sql_runner_snippets', 'automaticallyRunSqlRunnerSnippets', 'Boolean', true),
  ofDialect('connection_tests', 'connectionTests', '[String!]', ['connect', 'query']),
  ofDialect('supports_inducer', 'supportsInducer', 'Boolean', true),
  ofDialect('supports_multiple_databases', 'supportsMultipleDatabases', 'Boolean', true),
  ofDialect('supports_persistent_derived_tables', 'supportsPersistentDerivedTables', 'Boolean', true),
  ofDialect('has_ssl_support', 'hasSslSupport', 'Boolean', true),
  ofSnippet('name', 'a'),
  ofSnippet('label', 'A'),
  ofSnippet('sql', 'SELECT 1'),
];

const override: readonly Field[] = [
  field('pdt_context_override.context', [
    takes(
      'LookerOptionsInput.pdtOverride: LookerPdtOverrideInput',
      'options.looker.pdtOverride',
      { host: 'pdt.acme.example' },
      'pdt',
    ),
    tells('LookerPdtOverride.context: String', 'pdt', 'details.pdtOverride.context', 'pdt'),
  ]),
  ofOverride('host', 'host', 'pdt.acme.example'),
  field('pdt_context_override.port', [
    takes('LookerPdtOverrideInput.port: Int', 'options.looker.pdtOverride.port', 5433, '5433'),
    tells('LookerPdtOverride.port: Int', '5433', 'details.pdtOverride.port', 5433, { on: 'withOverride' }),
    tells('LookerPdtOverride.port: Int', '5433', 'details.pdtOverride.port', 5433, {
      on: 'withOverride',
      place: 'pdt_context_override.pdt_port',
    }),
  ]),
  ofOverride('username', 'username', 'pdt_builder'),
  field('pdt_context_override.password', [
    takes(
      'LookerPdtOverrideInput.password: SecretString',
      'options.looker.pdtOverride.password',
      'pw-secret-3',
      'pw-secret-3',
    ),
    tells('LookerPdtOverride.password: MaskedSecret!', undefined, 'details.pdtOverride.password', 'UNKNOWN', {
      on: 'withOverride',
    }),
  ]),
  field('pdt_context_override.has_password', [
    tells('LookerPdtOverride.password: MaskedSecret!', true, 'details.pdtOverride.password', 'SET', {
      on: 'withOverride',
    }),
    tells('LookerPdtOverride.password: MaskedSecret!', false, 'details.pdtOverride.password', 'NOT_SET', {
      on: 'withOverride',
    }),
  ]),
  field('pdt_context_override.certificate', [
    takes(
      'LookerCertificateInput.body: SecretString!',
      'options.looker.pdtOverride.certificate.body',
      KEY_FILE,
      KEY_FILE_BASE64,
      { beside: { 'options.looker.pdtOverride.certificate.fileType': 'JSON' } },
    ),
    takes(
      'LookerPdtOverrideInput.certificate: LookerCertificateInput',
      'options.looker.pdtOverride.certificate',
      { body: P12_BASE64, fileType: 'P12' },
      P12_BASE64,
    ),
    tells('LookerPdtOverride.certificate: MaskedSecret!', undefined, 'details.pdtOverride.certificate', 'UNKNOWN', {
      on: 'withOverride',
    }),
  ]),
  field(
    'pdt_context_override.file_type',
    [
      ['JSON', KEY_FILE, '.json'],
      ['P12', P12_BASE64, '.p12'],
    ].map(([type, body, sends]) =>
      takes(
        'LookerCertificateInput.fileType: LookerCertificateType!',
        'options.looker.pdtOverride.certificate.fileType',
        type,
        sends,
        { beside: { 'options.looker.pdtOverride.certificate.body': body } },
      ),
    ),
  ),
  ofOverride('database', 'database', 'scratch'),
  ofOverride('schema', 'schema', 'pdt'),
  secretOfOverride('jdbc_additional_params', 'jdbcAdditionalParams', 'a=url-secret-2'),
  secretOfOverride('after_connect_statements', 'afterConnectStatements', 'SET a = sql-secret-2'),
  field('pdt_context_override.pdt_service_name', [
    takes('LookerPdtOverrideInput.serviceName: String', 'options.looker.pdtOverride.serviceName', 'PDB1', 'PDB1'),
    tells('LookerPdtOverride.serviceName: String', 'PDB1', 'details.pdtOverride.serviceName', 'PDB1', {
      on: 'withOverride',
    }),
  ]),
];

const twin = (wire: string, raw: string) => ({
  wire,
  why: 'same as the field without pdt_; never sent, read where that is missing',
  unread: { on: 'withWholeOverride', place: `pdt_context_override.${wire}`, raw },
});
const writtenTwin = (wire: string) => ({ wire, why: 'same as the field without pdt_; never sent, never reported' });

const server = { host: 'db.acme.example' };
const row = (dialect_name: string) => ({ dialect_name });

export const lookerWalk: VendorFields = {
  word: 'dialect_name',
  fields: [...identity, ...address, ...signIn, ...line, ...settings, ...onlyRead, ...override],
  exceptions: [
    {
      wire: 'ssl',
      why: 'BigQuery is an HTTPS API, the flag has no effect',
      of: ['bigquery_standard_sql'],
      unread: { on: 'bigquery', place: 'ssl', raw: true },
    },
    twin('pdt_host', 'twin.acme.example'),
    twin('pdt_port', '7777'),
    twin('pdt_username', 'twin'),
    writtenTwin('pdt_password'),
    writtenTwin('pdt_certificate'),
    writtenTwin('pdt_file_type'),
    twin('pdt_database', 'twin'),
    twin('pdt_schema', 'twin'),
    twin('pdt_jdbc_additional_params', ''),
    twin('pdt_after_connect_statements', ''),
  ],
  inputs: {
    athena: { athena: { region: 'eu-central-1', s3StagingDir: 's3://acme/' } },
    bigquery: { bigquery: { projectId: 'acme-web', dataset: 'events' } },
    clickhouse: { clickhouse: server },
    databricks: { databricks: { host: 'dbc-1.databricks.com', httpPath: '/sql/1' } },
    exasol: { exasol: server },
    mariadb: { mariadb: server },
    mssql: { mssql: server },
    mysql: { mysql: server },
    oracle: { oracle: server },
    postgres: { postgres: server },
    redshift: { redshift: server },
    sapHana: { sapHana: server },
    snowflake: { snowflake: { account: 'acme-fin', database: 'FINANCE' } },
    snowflakeByHost: { snowflake: { database: 'FINANCE' } },
    trino: { trino: server },
    other: { other: { dialectName: 'vertica', ...server } },
  },
  rows: {
    athena: row('athena'),
    bigquery: row('bigquery_standard_sql'),
    clickhouse: row('clickhouse'),
    databricks: row('databricks'),
    exasol: row('exasol'),
    mariadb: row('mariadb'),
    mssql: row('mssql_2017'),
    mysql: row('mysql'),
    oracle: row('oracle'),
    postgres: row('postgres'),
    redshift: row('redshift'),
    sapHana: row('hana'),
    snowflake: row('snowflake'),
    trino: row('trino'),
    other: row('vertica'),
    withSnippet: { dialect_name: 'postgres', snippets: [{}] },
    withOverride: { dialect_name: 'postgres', pdt_context_override: { context: 'pdt' } },
    withWholeOverride: {
      dialect_name: 'postgres',
      pdt_context_override: {
        context: 'pdt',
        host: 'pdt.acme.example',
        port: '5433',
        username: 'pdt_builder',
        database: 'scratch',
        schema: 'pdt',
        jdbc_additional_params: 'a=b',
        after_connect_statements: 'SELECT 1',
      },
    },
  },
};
