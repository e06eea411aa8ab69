// Every option of Looker with a new value, the expected PATCH, and the value that clears it, typed from the vendor's
// notes (null is for fields that DBConnection has as nullable).
export interface OptionChange {
  readonly option: string;
  readonly value: unknown;
  readonly sends: Readonly<Record<string, unknown>>;
  /** The PATCH that clears it. Null: Looker does not accept null. Missing: it is removed by a call of its own. */
  readonly clears?: Readonly<Record<string, unknown>> | null;
  /** Whether the option can redirect the connection. */
  readonly leads?: true;
}

const nullable = (option: string, wire: string, value: unknown, leads?: true): OptionChange => ({
  ...(leads && { leads }),
  option,
  value,
  sends: { [wire]: value },
  clears: { [wire]: null },
});
const always = (option: string, wire: string, leads?: true): OptionChange => ({
  ...(leads && { leads }),
  option,
  value: true,
  sends: { [wire]: true },
  clears: null,
});

export const optionChanges: readonly OptionChange[] = [
  nullable('driverVersionRequested', 'named_driver_version_requested', '42.2', true),
  nullable('dbTimezone', 'db_timezone', 'UTC'),
  nullable('queryTimezone', 'query_timezone', 'Europe/Paris'),
  nullable('maxConnections', 'max_connections', 12),
  nullable('maxQueries', 'max_queries', 13),
  nullable('maxQueriesPerUser', 'max_queries_per_user', 14),
  nullable('poolTimeoutSeconds', 'pool_timeout', 15),
  always('connectionPooling', 'connection_pooling'),
  nullable('costEstimateEnabled', 'cost_estimate_enabled', true),
  nullable('tmpSchema', 'tmp_db_name', 'scratch'),
  nullable('tmpHost', 'tmp_db_host', 'scratch.acme.example', true),
  nullable('maintenanceCron', 'maintenance_cron', '*/5 * * * *'),
  nullable('pdtConcurrency', 'pdt_concurrency', 2),
  nullable('pdtApiControlEnabled', 'pdt_api_control_enabled', true),
  nullable('alwaysRetryFailedBuilds', 'always_retry_failed_builds', true),
  always('precacheTables', 'sql_runner_precache_tables'),
  always('infoSchemaForSqlWriting', 'sql_writing_with_info_schema'),
  nullable('contextCommentDisabled', 'disable_context_comment', true),
  always('queryHoldingDisabled', 'query_holding_disabled'),
  always('usesKeyPairAuth', 'uses_key_pair_auth', true),
  nullable('oauthApplicationId', 'oauth_application_id', '7', true),
  nullable('tunnelId', 'tunnel_id', '3', true),
  nullable('customLocalPort', 'custom_local_port', 10_017, true),
  nullable('userAttributeFields', 'user_attribute_fields', ['username'], true),
  {
    option: 'jdbcAdditionalParams',
    leads: true,
    value: { replace: 'key=jdbc-secret-1' },
    sends: { jdbc_additional_params: 'key=jdbc-secret-1' },
    clears: { jdbc_additional_params: null },
  },
  {
    option: 'afterConnectStatements',
    leads: true,
    value: { replace: "SET key = 'sql-secret-1'" },
    sends: { after_connect_statements: "SET key = 'sql-secret-1'" },
    clears: { after_connect_statements: null },
  },
  {
    option: 'pdtOverride',
    leads: true,
    value: {
      host: 'pdt.acme.example',
      port: 5433,
      username: 'builder',
      database: 'd',
      schema: 's',
      serviceName: 'ORCL',
    },
    sends: {
      pdt_context_override: {
        context: 'pdt',
        host: 'pdt.acme.example',
        port: '5433',
        username: 'builder',
        database: 'd',
        schema: 's',
        pdt_service_name: 'ORCL',
      },
    },
  },
];
