// Made-up rows in the shape of the vendors' lists, and the answer that every peer must give for them.

const pad = (number) => String(number).padStart(5, '0');

const DIALECTS = [
  { name: 'postgres', kind: 'POSTGRES', label: 'PostgreSQL 9.5+', port: '5432' },
  { name: 'mysql', kind: 'MYSQL', label: 'MySQL', port: '3306' },
  { name: 'redshift', kind: 'REDSHIFT', label: 'Amazon Redshift', port: '5439' },
  { name: 'mssql_2017', kind: 'MSSQL', label: 'Microsoft SQL Server', port: '1433' },
];

const dialectOf = (index) => DIALECTS[index % DIALECTS.length];

/** Returns the connection with this index in the shape of Looker's DBConnection: 62 fields, about 2.3 kB of JSON. */
export function lookerRow(index) {
  const dialect = dialectOf(index);
  const name = `connection_${pad(index)}`;
  return {
    name,
    dialect_name: dialect.name,
    host: `db-${pad(index)}.warehouse.example.com`,
    port: dialect.port,
    database: `analytics_${index % 17}`,
    username: `looker_reader_${index % 5}`,
    schema: 'public',
    ssl: index % 2 === 0,
    verify_ssl: index % 4 === 0,
    has_password: true,
    created_at: new Date(Date.UTC(2024, 0, 1) + index * 3_600_000).toISOString(),
    max_connections: 10 + (index % 40),
    pool_timeout: 120,
    db_timezone: 'UTC',
    query_timezone: 'America/New_York',
    tmp_db_name: 'looker_scratch',
    tmp_db_host: '',
    uses_service_auth: false,
    uses_key_pair_auth: false,
    uses_oauth: false,
    uses_instance_oauth: false,
    uses_tns: false,
    user_db_credentials: false,
    user_attribute_fields: [],
    maintenance_cron: '0 4 * * *',
    last_regen_at: '1784019600',
    last_reap_at: '1784019605',
    sql_runner_precache_tables: true,
    sql_writing_with_info_schema: false,
    after_connect_statements: `SET application_name = 'looker'; SET statement_timeout = ${60_000 + index}`,
    jdbc_additional_params: '',
    custom_local_port: null,
    tunnel_id: '',
    pdt_concurrency: 1,
    pdts_enabled: true,
    disable_context_comment: false,
    oauth_application_id: null,
    always_retry_failed_builds: false,
    uses_application_default_credentials: false,
    impersonated_service_account: null,
    cost_estimate_enabled: true,
    pdt_api_control_enabled: false,
    connection_pooling: true,
    bq_storage_project_id: null,
    bq_roles_verified: false,
    query_holding_disabled: false,
    default_bq_connection: false,
    max_billing_gigabytes: null,
    max_queries: 50,
    max_queries_per_user: 10,
    named_driver_version_requested: null,
    named_driver_version_actual: 'postgresql-42.7.2',
    service_name: null,
    p4sa_name: null,
    supports_data_studio_link: false,
    user_id: String(index % 23),
    example: false,
    managed: false,
    pdt_context_override: null,
    can: {
      index: true,
      index_limited: true,
      show: true,
      cost_estimate: true,
      access_data: true,
      explore: true,
      refresh_schemas: true,
      destroy: true,
      test: true,
      create: true,
      update: true,
    },
    snippets: [
      { name: 'show_processes', label: 'Show Processes', sql: 'SELECT * FROM pg_stat_activity' },
      { name: 'table_sizes', label: 'Table Sizes', sql: 'SELECT relname, pg_total_relation_size(oid) FROM pg_class' },
    ],
    dialect: {
      name: dialect.name,
      label: dialect.label,
      supports_cost_estimate: true,
      cost_estimate_style: 'default',
      persistent_table_indexes: 'id',
      persistent_table_sortkeys: '',
      persistent_table_distkey: '',
      supports_streaming: true,
      automatically_run_sql_runner_snippets: true,
      connection_tests: ['connect', 'kill', 'query', 'database_timezone', 'database_version', 'tmp_db', 'cdt'],
      supports_inducer: false,
      supports_multiple_databases: false,
      supports_persistent_derived_tables: true,
      has_ssl_support: true,
    },
  };
}

/** Returns the connection with this index in the shape of Chartbrew's list. */
export const chartbrewRow = (index) => ({
  id: index + 1,
  team_id: 7,
  project_ids: [1, 2],
  name: `connection_${pad(index)}`,
  type: 'postgres',
  subType: 'postgres',
  host: `db-${pad(index)}.warehouse.example.com`,
  dbName: `analytics_${index % 17}`,
  port: '5432',
  username: `chartbrew_reader_${index % 5}`,
  options: [],
  connectionString: null,
  authentication: null,
  firebaseServiceAccount: null,
  ssl: false,
  sslMode: null,
  srv: false,
  useSsh: false,
  active: true,
  createdAt: '2025-05-27T18:20:00.000Z',
  updatedAt: '2025-05-27T18:20:00.000Z',
});

/** Returns a row as the answer of the workload's query has it. Bare peers use it as their mapping. */
export function nodeOf(row) {
  const dialect = DIALECTS.find(({ name }) => name === row.dialect_name);
  return {
    name: row.name,
    vendor: 'LOOKER',
    dialect: dialect.kind,
    host: row.host,
    database: row.database,
    username: row.username,
    config: {
      __typename: {
        POSTGRES: 'PostgresConfig',
        MYSQL: 'MySqlConfig',
        REDSHIFT: 'RedshiftConfig',
        MSSQL: 'MsSqlConfig',
      }[dialect.kind],
      host: row.host,
      port: Number(row.port),
      database: row.database,
      username: row.username,
      password: { status: row.has_password ? 'SET' : 'NOT_SET' },
    },
    details: {
      __typename: 'LookerDetails',
      maxConnections: row.max_connections,
      poolTimeoutSeconds: row.pool_timeout,
      dbTimezone: row.db_timezone,
      queryTimezone: row.query_timezone,
      tmpSchema: row.tmp_db_name,
    },
  };
}

/** What the workloads select of a connection. */
export const SELECTION = `
  name vendor dialect host database username
  config { __typename ... on ServerConfig { host port database username password { status } } }
  details { __typename ... on LookerDetails { maxConnections poolTimeoutSeconds dbTimezone queryTimezone tmpSchema } }`;
