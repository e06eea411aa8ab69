// The other writable fields at Looker, and the fields that only Looker writes, in the order of the field map.
import { field, writeSample, readSample, type Field } from '../../../support/field-samples.ts';

/** A field that is written as an option and read as a detail, with the same value. */
const both = (wire: string, name: string, type: string, value: unknown, on = 'postgres'): Field =>
  field(wire, [
    writeSample(`LookerOptionsInput.${name}: ${type}`, `options.looker.${name}`, value, value, { on }),
    readSample(`LookerDetails.${name}: ${type}`, value, `details.${name}`, value, { on }),
  ]);

const detail = (wire: string, name: string, type: string, raw: unknown, told: unknown): Field =>
  field(wire, [readSample(`LookerDetails.${name}: ${type}`, raw, `details.${name}`, told)]);

const ofDialect = (wire: string, name: string, type: string, value: unknown): Field =>
  field(`dialect.${wire}`, [
    readSample(`LookerDialect.${name}: ${type}`, value, `details.dialectDetails.${name}`, value),
  ]);

const ofSnippet = (name: string, value: string): Field =>
  field(
    `snippets[].${name}`,
    [readSample(`LookerSnippet.${name}: String`, value, `details.snippets.0.${name}`, value, { on: 'withSnippet' })],
    `snippets.0.${name}`,
  );

const settings: readonly Field[] = [
  both('named_driver_version_requested', 'driverVersionRequested', 'String', '42.7.3'),
  detail('named_driver_version_actual', 'driverVersionActual', 'String', '42.7.4', '42.7.4'),
  both('db_timezone', 'dbTimezone', 'String', 'UTC'),
  both('query_timezone', 'queryTimezone', 'String', 'Europe/Berlin'),
  field('max_connections', [
    writeSample('LookerOptionsInput.maxConnections: Int', 'options.looker.maxConnections', 30, 30),
    readSample('LookerDetails.maxConnections: Int', 30, 'details.maxConnections', 30),
    readSample('LookerDetails.maxConnections: Int', 2147483647, 'details.maxConnections', 2147483647),
    readSample('LookerDetails.maxConnections: Int', 2147483648, 'details.maxConnections', null),
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
    writeSample('LookerOptionsInput.tunnelId: String', 'options.looker.tunnelId', '3', '3'),
    readSample('LookerDetails.tunnelId: String', '3', 'details.tunnelId', '3'),
    readSample('LookerDetails.tunnelId: String', '', 'details.tunnelId', null),
  ]),
  both('custom_local_port', 'customLocalPort', 'Int', 10017),
  field('uses_tns', [
    writeSample('OracleInput.usesTns: Boolean', 'config.oracle.usesTns', true, true),
    readSample('OracleConfig.usesTns: Boolean', true, 'config.usesTns', true, { on: 'oracle' }),
  ]),
  field('service_name', [
    writeSample('OracleInput.serviceName: String', 'config.oracle.serviceName', 'ORCLPDB1', 'ORCLPDB1'),
    readSample('OracleConfig.serviceName: String', 'ORCLPDB1', 'config.serviceName', 'ORCLPDB1', { on: 'oracle' }),
  ]),
  field('pdt_context_override', [
    writeSample(
      'LookerOptionsInput.pdtOverride: LookerPdtOverrideInput',
      'options.looker.pdtOverride',
      { host: 'pdt.acme.example', port: 5433 },
      { context: 'pdt', host: 'pdt.acme.example', port: '5433' },
    ),
    readSample(
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
    readSample('LookerDetails.pdtOverride: LookerPdtOverride', null, 'details.pdtOverride', null),
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
    readSample('LookerDetails.usesServiceAuth: Boolean', true, 'details.usesServiceAuth', true, { on: 'bigquery' }),
    readSample('BigQueryConfig.serviceAccountKey: MaskedSecret!', true, 'config.serviceAccountKey', 'SET', {
      on: 'bigquery',
    }),
    readSample('BigQueryConfig.serviceAccountKey: MaskedSecret!', false, 'config.serviceAccountKey', 'NOT_SET', {
      on: 'bigquery',
    }),
  ]),
  detail('supports_data_studio_link', 'supportsDataStudioLink', 'Boolean', true, true),
  field('created_at', [
    readSample(
      'Connection.createdAt: DateTime',
      '2022-06-14T12:26:50.000+00:00',
      'createdAt',
      '2022-06-14T12:26:50.000Z',
    ),
    readSample('Connection.createdAt: DateTime', '', 'createdAt', null),
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

export const lookerSettings: readonly Field[] = [...settings, ...onlyRead];
