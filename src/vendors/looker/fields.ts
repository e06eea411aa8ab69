// The fields that only Looker has: options (input) and details (output), with their wire names in DBConnection (API 4.0).
import * as z from 'zod';
import {
  dateTime,
  flag,
  formedText,
  hostName,
  integer,
  list,
  nameInside,
  secret,
  text,
} from '../../fields/define-fields.ts';
import type { FieldMeta } from '../../fields/field-meta.ts';
import { SAFE_REASONS } from '../../fields/safe-reasons.ts';
import type { WireTable } from '../../domain/dialect-support.ts';
import {
  certificate,
  certificateWire,
  dialectDetails,
  dialectDetailsWire,
  driverTexts,
  pdtOverride,
  pdtOverrideWire,
  snippets,
  snippetsWire,
  reportedPdtOverride,
  reportedPdtOverrideWire,
} from './fields/field-groups.ts';

const vendorOnly = { safeToChange: SAFE_REASONS.vendorOnly } as const satisfies Partial<FieldMeta>;
const limit = { safeToChange: SAFE_REASONS.limit } as const satisfies Partial<FieldMeta>;

const timeZone = (description: string) =>
  formedText(
    description,
    /^[A-Za-z\d_+\-/:]+$/,
    'Must be the name of a time zone, such as Europe/Berlin, with no other characters than letters, digits and _ + - / :',
    { safeToChange: SAFE_REASONS.timeZone },
  );

/** The fields that are options and details. */
const shared = {
  driverVersionRequested: text(
    'Name of the JDBC driver version that Looker should use. Null means that no version is requested.',
  ),
  dbTimezone: timeZone('Time zone of the times in the database, such as Europe/Berlin. Null means that none is set.'),
  queryTimezone: timeZone('Time zone that Looker uses in queries. Null means that none is set.'),
  maxConnections: integer(
    'Maximum number of simultaneous connections to the database. Null means that none is set.',
    limit,
  ),
  maxQueries: integer('Maximum number of simultaneous queries on this connection. Null means that none is set.', limit),
  maxQueriesPerUser: integer(
    'Maximum number of simultaneous queries of one user on this connection. Null means that none is set.',
    limit,
  ),
  poolTimeoutSeconds: integer(
    'Maximum time in seconds that a query waits for a pooled connection. Null means that none is set.',
    limit,
  ),
  connectionPooling: flag('Whether Looker pools its connections to the database.', vendorOnly),
  maxBillingGigabytes: formedText(
    'For BigQuery: maximum number of gigabytes that one query may be billed for, or the name of a user attribute that holds the number. Null means that none is set.',
    /^(?:\d+(?:\.\d+)?|[A-Za-z_][A-Za-z\d_]*)$/,
    'Must be a number, or the name of a user attribute: letters, digits and _.',
    limit,
  ),
  costEstimateEnabled: flag(
    'Whether Looker shows an estimate of the cost of a query before the query runs.',
    vendorOnly,
  ),
  storageProjectId: text('For BigQuery: default project of the stored data. Null means that none is set.'),
  rolesVerified: flag(
    'For BigQuery: whether all roles of the service account in the project were verified.',
    vendorOnly,
  ),
  tmpSchema: nameInside(
    'Schema or dataset in which Looker builds persistent derived tables. Null means that none is set.',
  ),
  tmpHost: hostName(
    'Host of the schema for persistent derived tables, where it is not the host of the connection. Null means that none is set.',
    {},
  ),
  maintenanceCron: text(
    'Cron expression for the maintenance of persistent derived tables. Null means that none is set.',
    vendorOnly,
  ),
  pdtConcurrency: integer(
    'Maximum number of persistent derived tables that Looker builds at the same time. Null means that none is set.',
    limit,
  ),
  pdtApiControlEnabled: flag('Whether the API may start and stop the builds of persistent derived tables.', vendorOnly),
  alwaysRetryFailedBuilds: flag(
    'Whether Looker always repeats failed builds of persistent derived tables.',
    vendorOnly,
  ),
  precacheTables: flag('Whether SQL Runner loads the list of tables before a user opens it.', vendorOnly),
  infoSchemaForSqlWriting: flag('Whether Looker fetches the information schema in order to write SQL.', vendorOnly),
  contextCommentDisabled: flag(
    'Whether Looker leaves out the comment with the origin of a query from its SQL.',
    vendorOnly,
  ),
  queryHoldingDisabled: flag(
    'Whether Looker does not hold queries back while derived tables are being built.',
    vendorOnly,
  ),
  usesUserCredentials: flag(
    'Whether each user signs in with their own credentials. When this is turned on, Looker erases the stored user name and password.',
  ),
  usesKeyPairAuth: flag(
    'Whether the connection signs in by key pair. The gateway sets it when snowflake.privateKey is provided.',
  ),
  usesApplicationDefaultCredentials: flag(
    'Whether the connection signs in with the credentials of the Google Cloud machine that runs Looker.',
  ),
  impersonatedServiceAccount: text(
    'Service account that Looker impersonates in queries, mainly with the credentials of its machine. Null means that none is set.',
  ),
  oauthApplicationId: text(
    'Id of the OAuth application in Looker by which users sign in. Null means that none is set.',
  ),
  tunnelId: text('Id of the SSH tunnel in Looker that leads to the database. Null means that no tunnel is used.'),
  customLocalPort: integer(
    'Local port of the SSH tunnel, where it is configured manually. Null means that Looker picks the port.',
    {
      min: 1,
      max: 65_535,
    },
  ),
  userAttributeFields: list(
    'Fields of the connection whose value is the name of a user attribute.',
    text("Looker's name of the field, such as username."),
  ),
  portUserAttribute: text(
    'Name of the user attribute that holds the port, instead of the port in `config`. The list userAttributeFields must contain `port`. Null means that no user attribute holds the port.',
    { example: 'db_port' },
  ),
};

export const lookerOptions = z.object({
  dialectName: text(
    "Looker's name of the dialect, where Looker has several names for it, such as mysql_8 or azure_postgres. A read reports it as vendorDialect. It is not allowed with config.other.",
  ),
  ...shared,
  ...driverTexts,
  certificate,
  pdtOverride,
});

export const lookerDetails = z.object({
  allowedActions: list(
    "Actions that Looker allows the gateway's user for this connection. Null means that Looker does not report them.",
    text("Looker's name of the action, such as update."),
  ),
  dialectDetails,
  snippets,
  managed: flag('Whether Looker itself manages the connection. Such a connection cannot be tested.'),
  example: flag('Whether the connection is one of the examples that come with Looker.'),
  pdtsEnabled: flag('Whether persistent derived tables are enabled for the connection.'),
  defaultBigQueryConnection: flag(
    'Whether the connection is the default BigQuery connection of the Google Cloud project.',
  ),
  supportsDataStudioLink: flag('Whether Looker Studio can open the connection.'),
  usesOauth: flag('Whether users sign in to the database by OAuth.'),
  usesInstanceOauth: flag('Whether the Looker instance itself signs in to the database by OAuth.'),
  usesServiceAuth: flag('Whether the connection signs in with a service account.'),
  serviceAccountName: text(
    'Name of the service account of the Looker instance on Google Cloud. Null means that none is set.',
  ),
  driverVersionActual: text('Name of the JDBC driver version that Looker uses for the connection.'),
  lastRegeneratedAt: dateTime(
    'Start of the last completed check for persistent derived tables that must be built again. Null means that Looker reports none.',
  ),
  lastReapedAt: dateTime(
    'Start of the last completed removal of old persistent derived tables. Null means that Looker reports none.',
  ),
  lastModifiedByUserId: text(
    'Looker id of the user who last changed the connection. Null means that Looker does not report it.',
  ),
  ...shared,
  ...driverTexts,
  jdbcAdditionalParams: secret(
    'Driver parameters other than those that `config` reports (warehouse, role, httpPath, s3StagingDir). They may hold credentials, so only the status is reported.',
  ),
  certificate: secret('Status of a key file. A key file of BigQuery or Snowflake is also reported in `config`.'),
  pdtOverride: reportedPdtOverride,
});

/** The wire tables describe the parts of these groups. */
type Group = 'certificate' | 'pdtOverride' | 'dialectDetails';

const sharedWire = {
  driverVersionRequested: 'named_driver_version_requested',
  dbTimezone: 'db_timezone',
  queryTimezone: 'query_timezone',
  maxConnections: 'max_connections',
  maxQueries: 'max_queries',
  maxQueriesPerUser: 'max_queries_per_user',
  poolTimeoutSeconds: 'pool_timeout',
  connectionPooling: 'connection_pooling',
  maxBillingGigabytes: 'max_billing_gigabytes',
  costEstimateEnabled: 'cost_estimate_enabled',
  storageProjectId: 'bq_storage_project_id',
  rolesVerified: 'bq_roles_verified',
  tmpSchema: 'tmp_db_name',
  tmpHost: 'tmp_db_host',
  maintenanceCron: 'maintenance_cron',
  pdtConcurrency: 'pdt_concurrency',
  pdtApiControlEnabled: 'pdt_api_control_enabled',
  alwaysRetryFailedBuilds: 'always_retry_failed_builds',
  precacheTables: 'sql_runner_precache_tables',
  infoSchemaForSqlWriting: 'sql_writing_with_info_schema',
  contextCommentDisabled: 'disable_context_comment',
  queryHoldingDisabled: 'query_holding_disabled',
  usesUserCredentials: 'user_db_credentials',
  usesKeyPairAuth: 'uses_key_pair_auth',
  usesApplicationDefaultCredentials: 'uses_application_default_credentials',
  impersonatedServiceAccount: 'impersonated_service_account',
  oauthApplicationId: 'oauth_application_id',
  tunnelId: 'tunnel_id',
  customLocalPort: 'custom_local_port',
  userAttributeFields: 'user_attribute_fields',
  portUserAttribute: { wire: 'port', derived: true },
} as const satisfies Record<keyof typeof shared, WireTable[string]>;

export const lookerOptionsWire = {
  ...sharedWire,
  dialectName: { wire: 'dialect_name', derived: true },
  jdbcAdditionalParams: { wire: 'jdbc_additional_params', derived: true },
  afterConnectStatements: 'after_connect_statements',
  ...certificateWire,
  ...pdtOverrideWire,
} as const satisfies WireTable & Record<Exclude<keyof typeof lookerOptions.shape, Group>, unknown>;

export const lookerDetailsWire = {
  ...sharedWire,
  ...dialectDetailsWire,
  snippets: snippetsWire,
  allowedActions: { wire: 'can', derived: true },
  managed: 'managed',
  example: 'example',
  pdtsEnabled: 'pdts_enabled',
  defaultBigQueryConnection: 'default_bq_connection',
  supportsDataStudioLink: 'supports_data_studio_link',
  usesOauth: 'uses_oauth',
  usesInstanceOauth: 'uses_instance_oauth',
  usesServiceAuth: 'uses_service_auth',
  serviceAccountName: 'p4sa_name',
  driverVersionActual: 'named_driver_version_actual',
  lastRegeneratedAt: 'last_regen_at',
  lastReapedAt: 'last_reap_at',
  lastModifiedByUserId: 'user_id',
  jdbcAdditionalParams: 'jdbc_additional_params',
  afterConnectStatements: 'after_connect_statements',
  certificate: 'certificate',
  ...reportedPdtOverrideWire,
} as const satisfies WireTable & Record<Exclude<keyof typeof lookerDetails.shape, Group>, unknown>;
