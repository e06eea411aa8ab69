// What only Looker takes and tells of a connection, and its name in DBConnection (API 4.0).
import * as z from 'zod';
import {
  dateTime,
  flag,
  formedText,
  hostName,
  integer,
  list,
  nameInside,
  SAFE,
  secret,
  text,
  type FieldMeta,
} from '../../fields/fields.ts';
import type { WireTable } from '../../domain/vendor.ts';
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
  toldPdtOverride,
  toldPdtOverrideWire,
} from './field-groups.ts';

const vendorOnly = { safeToChange: SAFE.vendorOnly } as const satisfies Partial<FieldMeta>;
const limit = { safeToChange: SAFE.limit } as const satisfies Partial<FieldMeta>;

const timeZone = (description: string) =>
  formedText(
    description,
    /^[A-Za-z\d_+\-/:]+$/,
    'Must be the name of a time zone, as Europe/Berlin: letters, digits and _ + - / : alone.',
    { safeToChange: SAFE.timeZone },
  );

/** Both taken and told. */
const shared = {
  driverVersionRequested: text('JDBC driver version to use, by name.'),
  dbTimezone: timeZone('Time zone in which the database keeps its times.'),
  queryTimezone: timeZone('Time zone in which queries run.'),
  maxConnections: integer('Most connections to the database at once.', limit),
  maxQueries: integer('Most queries at once.', limit),
  maxQueriesPerUser: integer('Most queries at once of one user.', limit),
  poolTimeoutSeconds: integer('Longest wait for a pooled connection, in seconds.', limit),
  connectionPooling: flag('Whether connections are pooled.', vendorOnly),
  maxBillingGigabytes: formedText(
    'BigQuery: most gigabytes a query may be billed for, or the name of a user attribute.',
    /^(?:\d+(?:\.\d+)?|[A-Za-z_][A-Za-z\d_]*)$/,
    'Must be a number, or the name of a user attribute: letters, digits and _.',
    limit,
  ),
  costEstimateEnabled: flag('Whether the cost of a query is estimated before it runs.', vendorOnly),
  storageProjectId: text('BigQuery: project that holds the storage.'),
  rolesVerified: flag("BigQuery: whether the service account's roles were verified.", vendorOnly),
  tmpSchema: nameInside('Scratch schema or dataset for persistent derived tables.'),
  tmpHost: hostName('Host of the scratch schema, where it is another one.', {}),
  maintenanceCron: text('When Looker maintains its persistent derived tables, as a cron expression.', vendorOnly),
  pdtConcurrency: integer('Most persistent derived tables built at once.', limit),
  pdtApiControlEnabled: flag('Whether persistent derived tables may be started and stopped by API.', vendorOnly),
  alwaysRetryFailedBuilds: flag(
    'Whether failed builds of persistent derived tables are always tried again.',
    vendorOnly,
  ),
  precacheTables: flag('Whether SQL Runner loads the list of tables beforehand.', vendorOnly),
  infoSchemaForSqlWriting: flag('Whether the information schema is consulted when SQL is written.', vendorOnly),
  contextCommentDisabled: flag('Whether queries go out without the comment that tells their origin.', vendorOnly),
  queryHoldingDisabled: flag('Whether queries are not held back while derived tables are built.', vendorOnly),
  usesUserCredentials: flag(
    'Whether each user brings their own credentials. When turned on, Looker forgets the stored user name and password.',
  ),
  usesKeyPairAuth: flag('Whether a key pair signs in. Set by itself with snowflake.privateKey.'),
  usesApplicationDefaultCredentials: flag(
    'Whether the credentials of the Google Cloud machine that runs Looker are used.',
  ),
  impersonatedServiceAccount: text('Service account to act as with those credentials.'),
  oauthApplicationId: text('Id of the OAuth application registered in Looker.'),
  tunnelId: text('Id of the SSH tunnel registered in Looker.'),
  customLocalPort: integer('Local port of the tunnel, in place of the one that Looker picks.', {
    min: 1,
    max: 65_535,
  }),
  userAttributeFields: list(
    'Names of the fields whose value is the name of a user attribute.',
    text("A field by Looker's own name, as username."),
  ),
  portUserAttribute: text(
    'Name of the user attribute that holds the port, in place of the port in `config`. `port` must be among userAttributeFields.',
    { example: 'db_port' },
  ),
};

export const lookerOptions = z.object({
  dialectName: text(
    "Looker's own word where it has several for the dialect, as mysql_8 or azure_postgres. Reads back as vendorDialect. Not with config.other.",
  ),
  ...shared,
  ...driverTexts,
  certificate,
  pdtOverride,
});

export const lookerDetails = z.object({
  allowedActions: list(
    "What the gateway's Looker user may do with this connection.",
    text("An action by Looker's own name, as update."),
  ),
  dialectDetails,
  snippets,
  managed: flag('Whether Looker manages the connection itself.'),
  example: flag('Whether it is one of the examples that come with Looker.'),
  pdtsEnabled: flag('Whether persistent derived tables are on.'),
  defaultBigQueryConnection: flag('Whether it is the default BigQuery connection of the Google Cloud project.'),
  supportsDataStudioLink: flag('Whether Looker Studio can open it.'),
  usesOauth: flag('Whether users sign in by OAuth.'),
  usesInstanceOauth: flag('Whether the Looker instance itself signs in by OAuth.'),
  usesServiceAuth: flag('Whether a service account signs in.'),
  serviceAccountName: text('Service account of the Looker instance on Google Cloud.'),
  driverVersionActual: text('JDBC driver version that is in use.'),
  lastRegeneratedAt: dateTime('When persistent derived tables were last built.'),
  lastReapedAt: dateTime('When old persistent derived tables were last removed.'),
  lastModifiedByUserId: text("Looker's id of the user who changed it last."),
  ...shared,
  ...driverTexts,
  jdbcAdditionalParams: secret(
    'Driver parameters beyond those that `config` shows (warehouse, role, httpPath, s3StagingDir). May hold credentials: set or not.',
  ),
  certificate: secret('A key file; that of BigQuery or Snowflake shows in `config`.'),
  pdtOverride: toldPdtOverride,
});

/** In the tables by their parts. */
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
  ...toldPdtOverrideWire,
} as const satisfies WireTable & Record<Exclude<keyof typeof lookerDetails.shape, Group>, unknown>;
