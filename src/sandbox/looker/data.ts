// The data of the Looker sandbox: its fields, its dialects, and its first connections with their secrets.

export type Kind = 'text' | 'integer' | 'flag' | 'texts';
interface Field {
  readonly kind: Kind;
  /** The value that a read returns for an unset field. A boolean means that Looker accepts no null for the field. */
  readonly unset: null | '' | boolean;
}

const text = { kind: 'text', unset: null } satisfies Field;
const integer = { kind: 'integer', unset: null } satisfies Field;
const flag = { kind: 'flag', unset: null } satisfies Field;
const off = { kind: 'flag', unset: false } satisfies Field;

/** Fields that can be written and are read back, apart from name, dialect_name and pdt_context_override. */
export const plainFields = {
  named_driver_version_requested: text,
  host: text,
  port: text,
  username: text,
  uses_key_pair_auth: off,
  database: text,
  db_timezone: text,
  query_timezone: text,
  schema: text,
  max_connections: integer,
  max_queries: integer,
  max_queries_per_user: integer,
  max_billing_gigabytes: text,
  ssl: off,
  verify_ssl: off,
  tmp_db_name: text,
  tmp_db_host: text,
  jdbc_additional_params: text,
  pool_timeout: integer,
  user_db_credentials: flag,
  user_attribute_fields: { kind: 'texts', unset: null },
  maintenance_cron: text,
  sql_runner_precache_tables: off,
  sql_writing_with_info_schema: off,
  after_connect_statements: text,
  custom_local_port: integer,
  tunnel_id: { kind: 'text', unset: '' },
  uses_tns: flag,
  pdt_concurrency: integer,
  disable_context_comment: flag,
  oauth_application_id: text,
  always_retry_failed_builds: flag,
  uses_application_default_credentials: flag,
  impersonated_service_account: text,
  cost_estimate_enabled: flag,
  pdt_api_control_enabled: flag,
  connection_pooling: off,
  bq_storage_project_id: text,
  bq_roles_verified: flag,
  query_holding_disabled: off,
  service_name: text,
} satisfies Record<string, Field>;

/** Fields that are stored and never returned. */
export const secretFields = ['password', 'certificate', 'file_type'] as const;

/** Fields that an override can replace. Each also has a synonym with the prefix `pdt_`. */
export const overrideFields = [
  'host',
  'port',
  'username',
  'database',
  'schema',
  'jdbc_additional_params',
  'after_connect_statements',
] as const;

export type Secrets = Readonly<Partial<Record<(typeof secretFields)[number], string>>>;

export interface StoredOverride {
  readonly fields: Readonly<Partial<Record<(typeof overrideFields)[number] | 'pdt_service_name', string | null>>>;
  readonly secrets: Secrets;
}

/** Fields that only Looker itself sets. */
interface Upkeep {
  readonly created_at?: string;
  readonly last_regen_at?: string;
  readonly last_reap_at?: string;
  readonly example?: boolean;
  readonly managed?: boolean;
}

interface Snippet {
  readonly name: string;
  readonly label: string;
  readonly sql: string;
}

export interface StoredConnection {
  readonly name: string;
  readonly dialectName: string;
  readonly fields: Readonly<Partial<Record<keyof typeof plainFields, unknown>>>;
  readonly secrets: Secrets;
  readonly override?: StoredOverride;
  /** The snippets of SQL Runner. */
  readonly snippets?: readonly Snippet[];
  readonly upkeep: Upkeep;
}

interface DialectTraits {
  readonly label: string;
  readonly tests?: readonly string[];
  readonly severalDatabases?: boolean;
  readonly costEstimate?: boolean;
  readonly noDerivedTables?: boolean;
}

const serverTests = ['connect', 'kill', 'query', 'database_timezone', 'database_version', 'tmp_db'];

const describedDialects: Readonly<Record<string, DialectTraits>> = {
  postgres: { label: 'PostgreSQL 9.5+', tests: [...serverTests, 'cdt', 'tmp_db_views'], costEstimate: true },
  mysql: { label: 'MySQL', tests: [...serverTests, 'mysql_tmp_tables', 'cdt', 'tmp_db_views'] },
  mysql_8: { label: 'MySQL 8.0.12+', tests: [...serverTests, 'mysql_tmp_tables', 'cdt', 'tmp_db_views'] },
  bigquery_standard_sql: { label: 'Google BigQuery Standard SQL', severalDatabases: true, costEstimate: true },
  snowflake: { label: 'Snowflake', severalDatabases: true, costEstimate: true },
  redshift: { label: 'Amazon Redshift', costEstimate: true },
  databricks: { label: 'Databricks', severalDatabases: true },
  athena: { label: 'Amazon Athena', tests: ['connect', 'kill', 'query'] },
  mssql_2017: { label: 'Microsoft SQL Server 2017+' },
  oracle: { label: 'Oracle' },
  trino: { label: 'Trino', severalDatabases: true },
  clickhouse: { label: 'ClickHouse', noDerivedTables: true },
  hana_2: { label: 'SAP HANA 2+' },
  mongobi: { label: 'MongoBI', tests: ['connect', 'query'], noDerivedTables: true },
};

const otherDialects = `actian_avalanche amazonaurora druid druid_13 druid_18 hive2 hive2_3 hive3 spark1_5 spark2_0
  spark_3 impala impala_3_1 impala_native impala_native_3_1 clustrix datavirtuality denodo denodo7 denodo8 dremio
  dremio_11 exasol firebolt bigquery google_cloud_postgres googlecloudsql spanner greenplum db2 as400 netezza mariadb
  azure_postgres msazuresql mssqldw mssql_2008 mssql_2012 mssql_2016 oracle_dwcs postgres9_1 presto prestosql
  qubole_presto hana memsql memsql_7 teradata vector vertica`.split(/\s+/);

/** All dialects that Looker accepts. The labels of the less common dialects are unknown; their name is used instead. */
export const dialects: ReadonlyMap<string, DialectTraits> = new Map([
  ...Object.entries(describedDialects),
  ...otherDialects.map((name): [string, DialectTraits] => [name, { label: name }]),
]);

export const dialectTests = (name: string): readonly string[] =>
  dialects.get(name)?.tests ?? [...serverTests, 'cdt', 'tmp_db_views'];

const base64 = (clear: string): string => Buffer.from(clear).toString('base64');
const googleKey = JSON.stringify({
  type: 'service_account',
  project_id: 'acme-thelook',
  private_key: 'stored-thelook-private-key',
  client_email: 'looker@acme-thelook.iam.gserviceaccount.com',
});

export const firstConnections: readonly StoredConnection[] = [
  {
    name: 'production_orders',
    dialectName: 'postgres',
    fields: {
      host: 'orders-db.acme.example',
      port: '5432',
      database: 'orders',
      schema: 'public',
      username: 'looker_reader',
      ssl: true,
      verify_ssl: true,
      max_connections: 30,
      pool_timeout: 120,
      tmp_db_name: 'looker_scratch',
      query_timezone: 'America/New_York',
      after_connect_statements: "SET application_name = 'looker'",
    },
    secrets: { password: 'stored-orders-password' },
    snippets: [{ name: 'show_processes', label: 'Show Processes', sql: 'SELECT * FROM pg_stat_activity' }],
    upkeep: {
      created_at: '2022-06-14T12:26:50.000+00:00',
      last_regen_at: '1784019600',
      last_reap_at: '1784019605',
    },
  },
  {
    name: 'thelook',
    dialectName: 'bigquery_standard_sql',
    fields: {
      host: 'acme-thelook',
      database: 'thelook_ecommerce',
      schema: 'thelook_ecommerce',
      username: 'looker@acme-thelook.iam.gserviceaccount.com',
      max_billing_gigabytes: '50',
      tmp_db_name: 'looker_scratch',
      cost_estimate_enabled: true,
    },
    secrets: { certificate: base64(googleKey), file_type: '.json' },
    upkeep: { created_at: '2021-11-02T08:00:00.000+00:00', last_regen_at: '1784019600', example: true },
  },
  {
    name: 'billing',
    dialectName: 'mysql',
    fields: {
      host: 'billing-db.acme.example',
      port: '3306',
      database: 'billing',
      username: 'looker',
      db_timezone: 'UTC',
      query_timezone: 'UTC',
      jdbc_additional_params: '',
      tmp_db_name: '',
    },
    secrets: { password: 'stored-billing-password' },
    upkeep: { created_at: '2020-02-29T23:59:59.000+00:00' },
  },
  {
    name: 'crm_replica',
    dialectName: 'mysql_8',
    // Through an SSH tunnel, so host and port are those of the tunnel's near end.
    fields: { host: 'localhost', port: '10017', database: 'crm', username: 'crm_reader', tunnel_id: '3' },
    secrets: { password: 'stored-crm-password' },
    upkeep: { created_at: '2024-03-18T09:41:07.000+00:00' },
  },
  {
    name: 'finance_warehouse',
    dialectName: 'snowflake',
    fields: {
      host: 'acme-fin.snowflakecomputing.com',
      port: '443',
      database: 'FINANCE',
      schema: 'PUBLIC',
      username: 'LOOKER_SVC',
      uses_key_pair_auth: true,
      ssl: true,
      jdbc_additional_params: 'account=acme-fin&warehouse=REPORTING_WH&role=LOOKER_ROLE',
    },
    secrets: { certificate: base64('stored-finance-private-key'), file_type: '.p8' },
    upkeep: { created_at: '2023-09-05T16:12:33.000+00:00' },
  },
  {
    name: 'marketing',
    dialectName: 'redshift',
    fields: {
      host: 'marketing.c1x2y3.us-east-1.redshift.amazonaws.com',
      port: '5439',
      database: 'marketing',
      username: 'looker',
      ssl: true,
      tmp_db_name: 'looker_pdt',
    },
    secrets: { password: 'stored-marketing-password' },
    override: { fields: { username: 'looker_pdt' }, secrets: { password: 'stored-marketing-pdt-password' } },
    upkeep: { created_at: '2021-01-20T10:00:00.000+00:00', last_reap_at: '1784016000' },
  },
  {
    name: 'lakehouse',
    dialectName: 'databricks',
    fields: {
      host: 'dbc-0a1b2c3d-4e5f.cloud.databricks.com',
      port: '443',
      database: 'default',
      username: 'token',
      ssl: true,
      jdbc_additional_params: 'httpPath=/sql/1.0/warehouses/0a1b2c3d4e5f6789',
    },
    secrets: { password: 'stored-lakehouse-token' },
    upkeep: { created_at: '2024-11-11T11:11:11.000+00:00' },
  },
  {
    name: 'clickstream',
    dialectName: 'athena',
    fields: {
      host: 'athena.eu-west-1.amazonaws.com',
      port: '443',
      database: 'clickstream',
      username: 'AKIASTOREDCLICKSTREAM',
      jdbc_additional_params: 's3_staging_dir=s3://acme-athena-results/looker/',
    },
    secrets: { password: 'stored-clickstream-secret-key' },
    upkeep: { created_at: '2023-04-01T07:30:00.000+00:00' },
  },
  {
    name: 'erp',
    dialectName: 'mssql_2017',
    fields: { host: 'erp-sql.acme.example', port: '1433', database: 'ERP', schema: 'dbo', username: 'looker' },
    secrets: { password: 'stored-erp-password' },
    upkeep: { created_at: '2022-01-03T13:05:44.000+00:00' },
  },
  {
    name: 'ledger',
    dialectName: 'oracle',
    fields: {
      host: 'ledger-scan.acme.example',
      port: '1521',
      username: 'LOOKER',
      uses_tns: true,
      service_name: 'LEDGER.ACME.EXAMPLE',
    },
    secrets: { password: 'stored-ledger-password' },
    upkeep: { created_at: '' },
  },
  {
    name: 'federated',
    dialectName: 'trino',
    fields: { host: 'trino.acme.example', port: '8443', database: 'hive', schema: 'web', username: 'bi', ssl: true },
    secrets: { password: 'stored-federated-password' },
    upkeep: { created_at: '2025-05-27T18:20:00.000+00:00' },
  },
  {
    name: 'events',
    dialectName: 'clickhouse',
    fields: { host: 'events.acme.example', port: '8123', database: 'events', username: 'default' },
    secrets: {},
    upkeep: { created_at: '2025-08-08T08:08:08.000+00:00' },
  },
  {
    name: 'sap_reporting',
    dialectName: 'hana_2',
    // Every user brings credentials of their own, so Looker holds none.
    fields: { host: 'hana.acme.example', port: '30015', schema: 'SAPABAP1', user_db_credentials: true },
    secrets: {},
    upkeep: { created_at: '2024-06-30T22:10:10.000+00:00' },
  },
  {
    name: 'catalogue',
    dialectName: 'mongobi',
    fields: { host: 'mongobi.acme.example', port: '3307', database: 'catalogue', username: 'looker?source=admin' },
    secrets: { password: 'stored-catalogue-password' },
    upkeep: { created_at: '2020-12-24T12:00:00.000+00:00' },
  },
  {
    name: 'looker__internal__analytics',
    dialectName: 'mysql',
    fields: { host: 'localhost', database: 'looker', username: 'looker' },
    secrets: { password: 'stored-internal-password' },
    upkeep: { managed: true },
  },
];
