/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** The authentication of the requests. If it is left out, the requests are not authenticated. */
export type ApiAuthenticationInput =
  {   /** Basic authentication: a user name and a password in the Authorization header. */
  basic: BasicAuthenticationInput; bearer?: never; }
  |  { basic?: never;   /** The bearer token that is sent in the Authorization header. */
  bearer: string; };

/** A JSON API that is reached over HTTP. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type ApiInput = {
  /** The authentication of the requests. If it is left out, the requests are not authenticated. */
  authentication?: ApiAuthenticationInput | null | undefined;
  /** The URL to which the path of each request is appended. Send credentials in `authentication` or `headers`, never in the URL. */
  baseUrl?: string | null | undefined;
  /** The HTTP headers that are sent with every request. */
  headers?: Array<SecretEntryInput> | null | undefined;
};

/** Changes to a connection to this: A JSON API that is reached over HTTP. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type ApiPatch = {
  /** The authentication of the requests. If it is left out, the requests are not authenticated. */
  authentication?: ApiAuthenticationInput | null | undefined;
  /** The URL to which the path of each request is appended. Send credentials in `authentication` or `headers`, never in the URL. */
  baseUrl?: string | null | undefined;
  /** The HTTP headers that are sent with every request. */
  headers?: Array<SecretEntryInput> | null | undefined;
};

/** Amazon Athena, with an access key, a role or the identity of the machine that the vendor runs on. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type AthenaInput = {
  /** The id of the AWS access key. */
  accessKeyId?: string | null | undefined;
  /** The name of the data catalog to connect to. */
  catalog?: string | null | undefined;
  /** Whether the vendor signs in with the identity of the machine that it runs on (Omni: useMachineAuth). */
  machineAuthentication?: boolean | null | undefined;
  /** The AWS region, such as eu-central-1. */
  region?: string | null | undefined;
  /** The ARN of the AWS role that the vendor assumes (Omni: awsRoleArn). */
  roleArn?: string | null | undefined;
  /** The location in S3 to which Athena writes query results, as s3://bucket/path/. Looker requires it. */
  s3StagingDir?: string | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The secret of the AWS access key. */
  secretAccessKey?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
};

/** Changes to a connection to this: Amazon Athena, with an access key, a role or the identity of the machine that the vendor runs on. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type AthenaPatch = {
  /** The id of the AWS access key. */
  accessKeyId?: string | null | undefined;
  /** The name of the data catalog to connect to. */
  catalog?: string | null | undefined;
  /** Whether the vendor signs in with the identity of the machine that it runs on (Omni: useMachineAuth). */
  machineAuthentication?: boolean | null | undefined;
  /** The AWS region, such as eu-central-1. */
  region?: string | null | undefined;
  /** The ARN of the AWS role that the vendor assumes (Omni: awsRoleArn). */
  roleArn?: string | null | undefined;
  /** The location in S3 to which Athena writes query results, as s3://bucket/path/. Looker requires it. */
  s3StagingDir?: string | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The secret of the AWS access key. */
  secretAccessKey?: SecretPatch | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
};

/** Basic authentication: a user name and a password in the Authorization header. */
export type BasicAuthenticationInput = {
  /** The password that is sent with the user name in the Authorization header. */
  password?: string | null | undefined;
  /** The user name of the basic authentication. */
  username: string;
};

/** Google BigQuery, with a service account. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type BigQueryInput = {
  /** The id of the Google Cloud project that pays for the queries, if it is a different project. */
  billingProjectId?: string | null | undefined;
  /** The default dataset, which is used for table names without a dataset. */
  dataset?: string | null | undefined;
  /** The region or multi-region of the data, such as us or europe-west1. */
  location?: string | null | undefined;
  /** The maximum number of bytes that one query may be billed for. */
  maximumBytesBilled?: string | number | null | undefined;
  /** The id of the Google Cloud project that contains the data. */
  projectId?: string | null | undefined;
  /** The maximum duration of a query, in milliseconds. */
  queryTimeoutMs?: number | null | undefined;
  /** The e-mail address of the service account. Looker requires it; if it is left out, Patchbay sends the key's client_email. */
  serviceAccountEmail?: string | null | undefined;
  /** The JSON key file of the service account, as text. */
  serviceAccountKey?: string | null | undefined;
};

/** Changes to a connection to this: Google BigQuery, with a service account. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type BigQueryPatch = {
  /** The id of the Google Cloud project that pays for the queries, if it is a different project. */
  billingProjectId?: string | null | undefined;
  /** The default dataset, which is used for table names without a dataset. */
  dataset?: string | null | undefined;
  /** The region or multi-region of the data, such as us or europe-west1. */
  location?: string | null | undefined;
  /** The maximum number of bytes that one query may be billed for. */
  maximumBytesBilled?: string | number | null | undefined;
  /** The id of the Google Cloud project that contains the data. */
  projectId?: string | null | undefined;
  /** The maximum duration of a query, in milliseconds. */
  queryTimeoutMs?: number | null | undefined;
  /** The e-mail address of the service account. Looker requires it; if it is left out, Patchbay sends the key's client_email. */
  serviceAccountEmail?: string | null | undefined;
  /** The JSON key file of the service account, as text. */
  serviceAccountKey?: SecretPatch | null | undefined;
};

/** What can be done at an instance, or with one connection. */
export type Capability =
  /** Create a connection, in the dialects that its vendor takes. */
  | 'CREATE'
  /** Delete a saved connection. */
  | 'DELETE'
  /** List its connections. */
  | 'LIST'
  /** Read one connection by its id. */
  | 'READ'
  /** Give a saved connection another name. */
  | 'RENAME'
  /** Test a saved connection with the secrets its vendor holds. */
  | 'TEST_SAVED'
  /** Test a configuration without saving it. */
  | 'TEST_UNSAVED'
  /** Change the settings of a saved connection, as far as `updateSchema` says. */
  | 'UPDATE'
  /** Replace the secrets of a saved connection. */
  | 'UPDATE_SECRETS';

/** What only Chartbrew takes for a connection. */
export type ChartbrewOptionsInput = {
  /** Whether the connection is marked as active. Chartbrew stores this and connects in either case. */
  active?: boolean | null | undefined;
  /** Ids of the projects whose members can see the connection. */
  projectIds?: Array<number> | null | undefined;
  /** SSH tunnel between Chartbrew and the database. Null means that none is set. */
  ssh?: SshTunnelInput | null | undefined;
};

/** What of that which only Chartbrew takes can be changed. What is left out is kept, null clears it. */
export type ChartbrewOptionsPatch = {
  /** Whether the connection is marked as active. Chartbrew stores this and connects in either case. */
  active?: boolean | null | undefined;
  /** Ids of the projects whose members can see the connection. */
  projectIds?: Array<number> | null | undefined;
  /** SSH tunnel between Chartbrew and the database. Null means that none is set. */
  ssh?: SshTunnelPatch | null | undefined;
};

/** ClickHouse, over its HTTP interface. With TLS the usual port is 8443. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type ClickHouseInput = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: string | null | undefined;
  /** TCP port; 8123 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Changes to a connection to this: ClickHouse, over its HTTP interface. With TLS the usual port is 8443. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type ClickHousePatch = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: SecretPatch | null | undefined;
  /** TCP port; 8123 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** What became of a connection that was to be taken back. */
export type CompensationStatus =
  /** It was deleted again, or was gone already; at Omni it is in the trash. */
  | 'DELETED'
  /** It could not be deleted: it is there. */
  | 'FAILED'
  /** There was nothing to delete. */
  | 'NOT_NEEDED'
  /** It may be there or not: either its create or its delete was sent and never answered. */
  | 'UNKNOWN'
  /** Its instance cannot delete: it is there. */
  | 'UNSUPPORTED';

/** How much of a configuration its vendor tells. */
export type Completeness =
  /** All but the secrets. */
  | 'FULL'
  /** A part of it (Omni: five fields); the rest is null though it may be set. */
  | 'PARTIAL';

/** What stands in the way. */
export type ConflictReason =
  /** Somebody else changed the connection at the same time; nothing was written. */
  | 'CHANGED_MEANWHILE'
  /** The key was used with another input; take a new one. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** The request that used the key first is still under way; ask again later. */
  | 'IN_PROGRESS'
  /** The connection has another name than the one that was expected. */
  | 'NAME_CHANGED'
  /** The vendor has a connection of this name already. */
  | 'NAME_TAKEN';

/** Settings of a new connection: exactly one dialect. */
export type ConnectionConfigInput =
  {   /** A JSON API that is reached over HTTP. */
  api: ApiInput; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never;   /** Amazon Athena, with an access key, a role or the identity of the machine that the vendor runs on. */
  athena: AthenaInput; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never;   /** Google BigQuery, with a service account. */
  bigquery: BigQueryInput; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never;   /** ClickHouse, over its HTTP interface. With TLS the usual port is 8443. */
  clickhouse: ClickHouseInput; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never;   /** Customer.io, with an App API key. */
  customerIo: CustomerIoInput; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never;   /** Databricks SQL, with a personal access token or OAuth. */
  databricks: DatabricksInput; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never;   /** Databricks Lakebase, a PostgreSQL service of Databricks. */
  databricksLakebase: LakebaseInput; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never;   /** DuckDB with attached databases and storage. */
  duckdb: DuckDbInput; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never;   /** Exasol, an in-memory database for analytics. */
  exasol: ExasolInput; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never;   /** Google Cloud Firestore, with a service account. */
  firestore: FirestoreInput; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never;   /** Google Analytics, with an OAuth grant that a user gave on the vendor's web page. */
  googleAnalytics: GoogleAnalyticsInput; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never;   /** MariaDB, with the MariaDB driver. */
  mariadb: MariaDbInput; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never;   /** MongoDB or a service with the same protocol. */
  mongodb: MongoDbInput; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never;   /** MotherDuck, a cloud service for DuckDB, with an access token. */
  motherduck: MotherDuckInput; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never;   /** Microsoft SQL Server or Azure SQL. */
  mssql: MsSqlInput; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never;   /** MySQL or a product with the same protocol. */
  mysql: MySqlInput; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never;   /** Oracle Database, found by its host or by a TNS service name. */
  oracle: OracleInput; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never;   /** A dialect that this schema does not list. `vendorDialect` has the vendor's name for it. */
  other: OtherInput; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never;   /** PostgreSQL or a product with the same protocol. */
  postgres: PostgresInput; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never;   /** Firebase Realtime Database, with a service account. */
  realtimeDb: RealtimeDbInput; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never;   /** Amazon Redshift, with a user name and a password. */
  redshift: RedshiftInput; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never;   /** SAP HANA, over the port of its SQL interface. */
  sapHana: SapHanaInput; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never;   /** Snowflake, with a password, a key pair or OAuth. */
  snowflake: SnowflakeInput; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never;   /** StarRocks, over the MySQL protocol. */
  starrocks: StarRocksInput; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never;   /** Trino or Starburst. The connection is encrypted unless tls.enabled is false. */
  trino: TrinoInput; };

/** Changes to a connection's settings: must name its own dialect; a change of dialect is a new connection. */
export type ConnectionConfigPatch =
  {   /** A JSON API that is reached over HTTP. */
  api: ApiPatch; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never;   /** Amazon Athena, with an access key, a role or the identity of the machine that the vendor runs on. */
  athena: AthenaPatch; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never;   /** Google BigQuery, with a service account. */
  bigquery: BigQueryPatch; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never;   /** ClickHouse, over its HTTP interface. With TLS the usual port is 8443. */
  clickhouse: ClickHousePatch; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never;   /** Customer.io, with an App API key. */
  customerIo: CustomerIoPatch; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never;   /** Databricks SQL, with a personal access token or OAuth. */
  databricks: DatabricksPatch; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never;   /** Databricks Lakebase, a PostgreSQL service of Databricks. */
  databricksLakebase: LakebasePatch; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never;   /** DuckDB with attached databases and storage. */
  duckdb: DuckDbPatch; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never;   /** Exasol, an in-memory database for analytics. */
  exasol: ExasolPatch; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never;   /** Google Cloud Firestore, with a service account. */
  firestore: FirestorePatch; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never;   /** Google Analytics, with an OAuth grant that a user gave on the vendor's web page. */
  googleAnalytics: GoogleAnalyticsPatch; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never;   /** MariaDB, with the MariaDB driver. */
  mariadb: MariaDbPatch; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never;   /** MongoDB or a service with the same protocol. */
  mongodb: MongoDbPatch; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never;   /** MotherDuck, a cloud service for DuckDB, with an access token. */
  motherduck: MotherDuckPatch; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never;   /** Microsoft SQL Server or Azure SQL. */
  mssql: MsSqlPatch; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never;   /** MySQL or a product with the same protocol. */
  mysql: MySqlPatch; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never;   /** Oracle Database, found by its host or by a TNS service name. */
  oracle: OraclePatch; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never;   /** A dialect that this schema does not list. `vendorDialect` has the vendor's name for it. */
  other: OtherPatch; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never;   /** PostgreSQL or a product with the same protocol. */
  postgres: PostgresPatch; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never;   /** Firebase Realtime Database, with a service account. */
  realtimeDb: RealtimeDbPatch; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never;   /** Amazon Redshift, with a user name and a password. */
  redshift: RedshiftPatch; sapHana?: never; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never;   /** SAP HANA, over the port of its SQL interface. */
  sapHana: SapHanaPatch; snowflake?: never; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never;   /** Snowflake, with a password, a key pair or OAuth. */
  snowflake: SnowflakePatch; starrocks?: never; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never;   /** StarRocks, over the MySQL protocol. */
  starrocks: StarRocksPatch; trino?: never; }
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never; duckdb?: never; exasol?: never; firestore?: never; googleAnalytics?: never; mariadb?: never; mongodb?: never; motherduck?: never; mssql?: never; mysql?: never; oracle?: never; other?: never; postgres?: never; realtimeDb?: never; redshift?: never; sapHana?: never; snowflake?: never; starrocks?: never;   /** Trino or Starburst. The connection is encrypted unless tls.enabled is false. */
  trino: TrinoPatch; };

/** Which connections to list: those that meet every condition given. An empty list matches nothing. */
export type ConnectionFilter = {
  /** By what the dialect calls its database (database, project, catalog). */
  database?: StringFilter | null | undefined;
  /** Of one of these dialects. */
  dialect?: Array<Dialect> | null | undefined;
  /** By what the dialect calls its host (host, account). A vendor that never tells it is left out; see `unsearchable`. */
  host?: StringFilter | null | undefined;
  /** Whether those in the trash are listed too (Omni). */
  includeDeleted?: boolean | null | undefined;
  /** Living at one of these instances, by key or id. */
  instance?: Array<string | number> | null | undefined;
  /** By name. */
  name?: StringFilter | null | undefined;
  /** Held by one of these products. */
  vendor?: Array<Vendor> | null | undefined;
};

/** A connection to be created at one instance. */
export type CreateConnectionInput = {
  /** Its settings, by dialect. */
  config: ConnectionConfigInput;
  /** Of your choice, 1 to 255 characters. Sent again with the same input within 24 hours it gives the first answer, and nothing is done again; after a failure that changed nothing it may be used again. */
  idempotencyKey?: string | null | undefined;
  /** Key or id of the instance to create it at. */
  instance: string | number;
  /** Name at the vendor. Looker: lower case, no blanks; Credible: letters, digits, _ and -. */
  name: string;
  /** What only its vendor takes. */
  options?: VendorOptionsInput | null | undefined;
};

/** A connection to be created at several instances. */
export type CreateConnectionsInput = {
  /** Its settings, by dialect. What one vendor does not know and another does is left out for the first, with a warning; a secret is refused, and so is what none knows. */
  config: ConnectionConfigInput;
  /** Of your choice, 1 to 255 characters. Sent again with the same input within 24 hours it gives the first answer, and nothing is done again; after a failure that changed nothing it may be used again. */
  idempotencyKey?: string | null | undefined;
  /** Its name, but for targets that have one of their own. */
  name: string;
  /** What becomes of the others when one fails. */
  onFailure?: OnFailure;
  /** Where: 1 to 10 of them. */
  targets: Array<FanOutTargetInput>;
};

/** What only Credible takes for a connection. */
export type CredibleOptionsInput = {
  /** Whether Credible indexes no table at all. */
  excludeAllTables?: boolean | null | undefined;
  /** The tables that Credible does not index, each as `schema.table` or `schema.*`. Null means none. */
  excludeTables?: Array<string> | null | undefined;
  /** The tables that Credible indexes, each as `schema.table` or `schema.*`. Null or left out means all tables. */
  includeTables?: Array<string> | null | undefined;
};

/** Customer.io, with an App API key. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type CustomerIoInput = {
  /** The App API key of the Customer.io account. */
  apiKey?: string | null | undefined;
  /** The region of the Customer.io account: us or eu. */
  region?: string | null | undefined;
};

/** Changes to a connection to this: Customer.io, with an App API key. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type CustomerIoPatch = {
  /** The App API key of the Customer.io account. */
  apiKey?: SecretPatch | null | undefined;
  /** The region of the Customer.io account: us or eu. */
  region?: string | null | undefined;
};

/** The product behind the dialect (Chartbrew's subType). It is null on read if this schema does not know the product. */
export type DatabaseFlavor =
  /** Amazon RDS for PostgreSQL or MySQL (Chartbrew: rdsPostgres, rdsMysql). */
  | 'RDS'
  /** The standard product of the dialect. */
  | 'STANDARD'
  /** Supabase, which is based on PostgreSQL (Chartbrew: supabasedb). */
  | 'SUPABASE'
  /** Timescale Cloud, which is based on PostgreSQL (Chartbrew: timescaledb). */
  | 'TIMESCALE';

/** Databricks SQL, with a personal access token or OAuth. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type DatabricksInput = {
  /** The personal access token of the Databricks user. */
  accessToken?: string | null | undefined;
  /** The name of the Unity catalog to connect to. */
  catalog?: string | null | undefined;
  /** The host name of the Databricks workspace. */
  host?: string | null | undefined;
  /** The HTTP path of the SQL warehouse or cluster. */
  httpPath?: string | null | undefined;
  /** Whether the OAuth client signs in without a user (Omni: useMachineAuth). */
  machineAuthentication?: boolean | null | undefined;
  /** Sign-in with OAuth instead of a password. */
  oauth?: OAuthInput | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
};

/** Changes to a connection to this: Databricks SQL, with a personal access token or OAuth. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type DatabricksPatch = {
  /** The personal access token of the Databricks user. */
  accessToken?: SecretPatch | null | undefined;
  /** The name of the Unity catalog to connect to. */
  catalog?: string | null | undefined;
  /** The host name of the Databricks workspace. */
  host?: string | null | undefined;
  /** The HTTP path of the SQL warehouse or cluster. */
  httpPath?: string | null | undefined;
  /** Whether the OAuth client signs in without a user (Omni: useMachineAuth). */
  machineAuthentication?: boolean | null | undefined;
  /** Sign-in with OAuth instead of a password. */
  oauth?: OAuthPatch | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
};

/** The connection to be deleted. */
export type DeleteConnectionInput = {
  /** Refuse unless the connection still has this name. */
  expectName?: string | null | undefined;
  /** Which connection, by its global id. */
  id: string | number;
};

/** The databases and services that a connection can lead to. */
export type Dialect =
  /** A JSON API that is reached over HTTP. */
  | 'API'
  /** Amazon Athena, with an access key, a role or the identity of the machine that the vendor runs on. */
  | 'ATHENA'
  /** Google BigQuery, with a service account. */
  | 'BIGQUERY'
  /** ClickHouse, over its HTTP interface. With TLS the usual port is 8443. */
  | 'CLICKHOUSE'
  /** Customer.io, with an App API key. */
  | 'CUSTOMER_IO'
  /** Databricks SQL, with a personal access token or OAuth. */
  | 'DATABRICKS'
  /** Databricks Lakebase, a PostgreSQL service of Databricks. */
  | 'DATABRICKS_LAKEBASE'
  /** DuckDB with attached databases and storage. */
  | 'DUCKDB'
  /** Exasol, an in-memory database for analytics. */
  | 'EXASOL'
  /** Google Cloud Firestore, with a service account. */
  | 'FIRESTORE'
  /** Google Analytics, with an OAuth grant that a user gave on the vendor's web page. */
  | 'GOOGLE_ANALYTICS'
  /** MariaDB, with the MariaDB driver. */
  | 'MARIADB'
  /** MongoDB or a service with the same protocol. */
  | 'MONGODB'
  /** MotherDuck, a cloud service for DuckDB, with an access token. */
  | 'MOTHERDUCK'
  /** Microsoft SQL Server or Azure SQL. */
  | 'MSSQL'
  /** MySQL or a product with the same protocol. */
  | 'MYSQL'
  /** Oracle Database, found by its host or by a TNS service name. */
  | 'ORACLE'
  /** A dialect that this schema does not list. `vendorDialect` has the vendor's name for it. */
  | 'OTHER'
  /** PostgreSQL or a product with the same protocol. */
  | 'POSTGRES'
  /** Firebase Realtime Database, with a service account. */
  | 'REALTIME_DB'
  /** Amazon Redshift, with a user name and a password. */
  | 'REDSHIFT'
  /** SAP HANA, over the port of its SQL interface. */
  | 'SAP_HANA'
  /** Snowflake, with a password, a key pair or OAuth. */
  | 'SNOWFLAKE'
  /** StarRocks, over the MySQL protocol. */
  | 'STARROCKS'
  /** Trino or Starburst. The connection is encrypted unless tls.enabled is false. */
  | 'TRINO';

/** A database or storage that is attached to a DuckDB. */
export type DuckDbAttachmentInput = {
  /** The name of the attachment in queries: a letter or _, followed by letters, digits and _. */
  name: string;
  /** The database or storage that is attached: exactly one of these fields. It is null on read if this schema does not know its kind. */
  source: DuckDbSourceInput;
};

/** DuckDB with attached databases and storage. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type DuckDbInput = {
  /** The attached databases and storage. At least one is required. */
  attached?: Array<DuckDbAttachmentInput> | null | undefined;
};

/** Changes to a connection to this: DuckDB with attached databases and storage. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type DuckDbPatch = {
  /** The attached databases and storage. At least one is required. */
  attached?: Array<DuckDbAttachmentInput> | null | undefined;
};

/** The database or storage that is attached: exactly one of these fields. It is null on read if this schema does not know its kind. */
export type DuckDbSourceInput =
  {   /** Google BigQuery, with a service account. */
  bigquery: BigQueryInput; gcs?: never; postgres?: never; s3?: never; snowflake?: never; }
  |  { bigquery?: never;   /** Google Cloud Storage, with an HMAC key. */
  gcs: GcsInput; postgres?: never; s3?: never; snowflake?: never; }
  |  { bigquery?: never; gcs?: never;   /** PostgreSQL or a product with the same protocol. */
  postgres: PostgresInput; s3?: never; snowflake?: never; }
  |  { bigquery?: never; gcs?: never; postgres?: never;   /** Amazon S3 or a service with the same API. */
  s3: S3Input; snowflake?: never; }
  |  { bigquery?: never; gcs?: never; postgres?: never; s3?: never;   /** Snowflake, with a password, a key pair or OAuth. */
  snowflake: SnowflakeInput; };

/** Exasol, an in-memory database for analytics. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type ExasolInput = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: string | null | undefined;
  /** TCP port; 8563 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Changes to a connection to this: Exasol, an in-memory database for analytics. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type ExasolPatch = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: SecretPatch | null | undefined;
  /** TCP port; 8563 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** What a create at several instances came to as a whole. */
export type FanOutStatus =
  /** None exists: one failed, and what was created before it was deleted again. */
  | 'COMPENSATED'
  /** One failed, and something that was created is there still, or may be. */
  | 'COMPENSATION_INCOMPLETE'
  /** All exist. */
  | 'COMPLETE'
  /** None exists: nothing was created. */
  | 'NOTHING_DONE'
  /** Some exist, or may, and some do not; what was created was kept. */
  | 'PARTIAL';

/** One place where the connection is to be created. */
export type FanOutTargetInput = {
  /** Key or id of the instance to create it at. */
  instance: string | number;
  /** Its name there, in place of the one for all. */
  name?: string | null | undefined;
  /** What only its vendor takes. */
  options?: VendorOptionsInput | null | undefined;
};

/** Google Cloud Firestore, with a service account. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type FirestoreInput = {
  /** The JSON key file of the service account, as text. */
  serviceAccountKey?: string | null | undefined;
};

/** Changes to a connection to this: Google Cloud Firestore, with a service account. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type FirestorePatch = {
  /** The JSON key file of the service account, as text. */
  serviceAccountKey?: SecretPatch | null | undefined;
};

/** Google Cloud Storage, with an HMAC key. */
export type GcsInput = {
  /** The access id of the HMAC key. */
  keyId?: string | null | undefined;
  /** The secret of the HMAC key. */
  secret?: string | null | undefined;
};

/** Google Analytics, with an OAuth grant that a user gave on the vendor's web page. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type GoogleAnalyticsInput = {
  /** The id of the OAuth grant that a user gave on Chartbrew's web page. */
  oauthId?: string | null | undefined;
};

/** Changes to a connection to this: Google Analytics, with an OAuth grant that a user gave on the vendor's web page. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type GoogleAnalyticsPatch = {
  /** The id of the OAuth grant that a user gave on Chartbrew's web page. */
  oauthId?: string | null | undefined;
};

/** How an instance is. */
export type HealthStatus =
  /** It answers, but takes no more requests for now. */
  | 'DEGRADED'
  /** It does not answer, or not as it should. */
  | 'DOWN'
  /** It refuses the gateway's credentials, or what its account may do is not enough. */
  | 'UNAUTHORIZED'
  /** It answers. */
  | 'UP';

/** Progress of Credible's indexing of the tables. Null when Credible reports none. */
export type IndexingStatus =
  /** The indexing failed, and Credible does not try again. */
  | 'FAILED'
  /** The indexing is finished. */
  | 'INDEXED'
  /** The indexing has not started yet, or is running. */
  | 'PENDING'
  /** The connection changed during the indexing, so Credible starts again. */
  | 'RETRY'
  /** Credible does not index this connection on purpose. */
  | 'SKIPPED'
  /** Credible does not know the state of the indexing. */
  | 'UNKNOWN';

/** Who refused a value. */
export type IssueSource =
  /** Patchbay, before any call was made. */
  | 'GATEWAY'
  /** The vendor, in its answer. */
  | 'VENDOR';

/** Databricks Lakebase, a PostgreSQL service of Databricks. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type LakebaseInput = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: string | null | undefined;
  /** TCP port; 5432 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Changes to a connection to this: Databricks Lakebase, a PostgreSQL service of Databricks. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type LakebasePatch = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: SecretPatch | null | undefined;
  /** TCP port; 5432 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Key file for a dialect that has no field for it in `config`. */
export type LookerCertificateInput = {
  /** Content of the file. PEM and JSON files may be provided as text or as base64, other files as base64 only. */
  body: string;
  /** Type of the file. */
  fileType: LookerCertificateType;
};

/** Key file for a dialect that has no field for it in `config`. Keep: leave the field out, or null. Replace: { replace }. Clear: { clear: true }. */
export type LookerCertificatePatch =
  {   /** true: nothing is to be stored any more, where the vendor can do that. */
  clear: boolean; replace?: never; }
  |  { clear?: never;   /** What takes its place. */
  replace: LookerCertificateInput; };

/** Type of the file. */
export type LookerCertificateType =
  /** JSON key file of a Google service account, provided as its text or as base64. */
  | 'JSON'
  /** Private key in PKCS#8, provided as its PEM text or as base64. It is not allowed in a PDT override. */
  | 'P8'
  /** PKCS#12 file, provided as base64. */
  | 'P12';

/** What only Looker takes for a connection. */
export type LookerOptionsInput = {
  /** SQL that runs after each connect to the database. It may hold credentials, so it is never reported. */
  afterConnectStatements?: string | null | undefined;
  /** Whether Looker always repeats failed builds of persistent derived tables. */
  alwaysRetryFailedBuilds?: boolean | null | undefined;
  /** Key file for a dialect that has no field for it in `config`. */
  certificate?: LookerCertificateInput | null | undefined;
  /** Whether Looker pools its connections to the database. */
  connectionPooling?: boolean | null | undefined;
  /** Whether Looker leaves out the comment with the origin of a query from its SQL. */
  contextCommentDisabled?: boolean | null | undefined;
  /** Whether Looker shows an estimate of the cost of a query before the query runs. */
  costEstimateEnabled?: boolean | null | undefined;
  /** Local port of the SSH tunnel, where it is configured manually. Null means that Looker picks the port. */
  customLocalPort?: number | null | undefined;
  /** Time zone of the times in the database, such as Europe/Berlin. Null means that none is set. */
  dbTimezone?: string | null | undefined;
  /** Looker's name of the dialect, where Looker has several names for it, such as mysql_8 or azure_postgres. A read reports it as vendorDialect. It is not allowed with config.other. */
  dialectName?: string | null | undefined;
  /** Name of the JDBC driver version that Looker should use. Null means that no version is requested. */
  driverVersionRequested?: string | null | undefined;
  /** Service account that Looker impersonates in queries, mainly with the credentials of its machine. Null means that none is set. */
  impersonatedServiceAccount?: string | null | undefined;
  /** Whether Looker fetches the information schema in order to write SQL. */
  infoSchemaForSqlWriting?: boolean | null | undefined;
  /** Driver parameters as key=value pairs, joined by &. They may hold credentials, so they are never reported. */
  jdbcAdditionalParams?: string | null | undefined;
  /** Cron expression for the maintenance of persistent derived tables. Null means that none is set. */
  maintenanceCron?: string | null | undefined;
  /** For BigQuery: maximum number of gigabytes that one query may be billed for, or the name of a user attribute that holds the number. Null means that none is set. */
  maxBillingGigabytes?: string | null | undefined;
  /** Maximum number of simultaneous connections to the database. Null means that none is set. */
  maxConnections?: number | null | undefined;
  /** Maximum number of simultaneous queries on this connection. Null means that none is set. */
  maxQueries?: number | null | undefined;
  /** Maximum number of simultaneous queries of one user on this connection. Null means that none is set. */
  maxQueriesPerUser?: number | null | undefined;
  /** Id of the OAuth application in Looker by which users sign in. Null means that none is set. */
  oauthApplicationId?: string | null | undefined;
  /** Whether the API may start and stop the builds of persistent derived tables. */
  pdtApiControlEnabled?: boolean | null | undefined;
  /** Maximum number of persistent derived tables that Looker builds at the same time. Null means that none is set. */
  pdtConcurrency?: number | null | undefined;
  /** Settings that replace those of the connection while Looker builds and maintains persistent derived tables. */
  pdtOverride?: LookerPdtOverrideInput | null | undefined;
  /** Maximum time in seconds that a query waits for a pooled connection. Null means that none is set. */
  poolTimeoutSeconds?: number | null | undefined;
  /** Name of the user attribute that holds the port, instead of the port in `config`. The list userAttributeFields must contain `port`. Null means that no user attribute holds the port. */
  portUserAttribute?: string | null | undefined;
  /** Whether SQL Runner loads the list of tables before a user opens it. */
  precacheTables?: boolean | null | undefined;
  /** Whether Looker does not hold queries back while derived tables are being built. */
  queryHoldingDisabled?: boolean | null | undefined;
  /** Time zone that Looker uses in queries. Null means that none is set. */
  queryTimezone?: string | null | undefined;
  /** For BigQuery: whether all roles of the service account in the project were verified. */
  rolesVerified?: boolean | null | undefined;
  /** For BigQuery: default project of the stored data. Null means that none is set. */
  storageProjectId?: string | null | undefined;
  /** Host of the schema for persistent derived tables, where it is not the host of the connection. Null means that none is set. */
  tmpHost?: string | null | undefined;
  /** Schema or dataset in which Looker builds persistent derived tables. Null means that none is set. */
  tmpSchema?: string | null | undefined;
  /** Id of the SSH tunnel in Looker that leads to the database. Null means that no tunnel is used. */
  tunnelId?: string | null | undefined;
  /** Fields of the connection whose value is the name of a user attribute. */
  userAttributeFields?: Array<string> | null | undefined;
  /** Whether the connection signs in with the credentials of the Google Cloud machine that runs Looker. */
  usesApplicationDefaultCredentials?: boolean | null | undefined;
  /** Whether the connection signs in by key pair. The gateway sets it when snowflake.privateKey is provided. */
  usesKeyPairAuth?: boolean | null | undefined;
  /** Whether each user signs in with their own credentials. When this is turned on, Looker erases the stored user name and password. */
  usesUserCredentials?: boolean | null | undefined;
};

/** What of that which only Looker takes can be changed. What is left out is kept, null clears it. */
export type LookerOptionsPatch = {
  /** SQL that runs after each connect to the database. It may hold credentials, so it is never reported. */
  afterConnectStatements?: SecretPatch | null | undefined;
  /** Whether Looker always repeats failed builds of persistent derived tables. */
  alwaysRetryFailedBuilds?: boolean | null | undefined;
  /** Key file for a dialect that has no field for it in `config`. */
  certificate?: LookerCertificatePatch | null | undefined;
  /** Whether Looker pools its connections to the database. */
  connectionPooling?: boolean | null | undefined;
  /** Whether Looker leaves out the comment with the origin of a query from its SQL. */
  contextCommentDisabled?: boolean | null | undefined;
  /** Whether Looker shows an estimate of the cost of a query before the query runs. */
  costEstimateEnabled?: boolean | null | undefined;
  /** Local port of the SSH tunnel, where it is configured manually. Null means that Looker picks the port. */
  customLocalPort?: number | null | undefined;
  /** Time zone of the times in the database, such as Europe/Berlin. Null means that none is set. */
  dbTimezone?: string | null | undefined;
  /** Looker's name of the dialect, where Looker has several names for it, such as mysql_8 or azure_postgres. A read reports it as vendorDialect. It is not allowed with config.other. */
  dialectName?: string | null | undefined;
  /** Name of the JDBC driver version that Looker should use. Null means that no version is requested. */
  driverVersionRequested?: string | null | undefined;
  /** Service account that Looker impersonates in queries, mainly with the credentials of its machine. Null means that none is set. */
  impersonatedServiceAccount?: string | null | undefined;
  /** Whether Looker fetches the information schema in order to write SQL. */
  infoSchemaForSqlWriting?: boolean | null | undefined;
  /** Driver parameters as key=value pairs, joined by &. They may hold credentials, so they are never reported. */
  jdbcAdditionalParams?: SecretPatch | null | undefined;
  /** Cron expression for the maintenance of persistent derived tables. Null means that none is set. */
  maintenanceCron?: string | null | undefined;
  /** For BigQuery: maximum number of gigabytes that one query may be billed for, or the name of a user attribute that holds the number. Null means that none is set. */
  maxBillingGigabytes?: string | null | undefined;
  /** Maximum number of simultaneous connections to the database. Null means that none is set. */
  maxConnections?: number | null | undefined;
  /** Maximum number of simultaneous queries on this connection. Null means that none is set. */
  maxQueries?: number | null | undefined;
  /** Maximum number of simultaneous queries of one user on this connection. Null means that none is set. */
  maxQueriesPerUser?: number | null | undefined;
  /** Id of the OAuth application in Looker by which users sign in. Null means that none is set. */
  oauthApplicationId?: string | null | undefined;
  /** Whether the API may start and stop the builds of persistent derived tables. */
  pdtApiControlEnabled?: boolean | null | undefined;
  /** Maximum number of persistent derived tables that Looker builds at the same time. Null means that none is set. */
  pdtConcurrency?: number | null | undefined;
  /** Settings that replace those of the connection while Looker builds and maintains persistent derived tables. */
  pdtOverride?: LookerPdtOverridePatch | null | undefined;
  /** Maximum time in seconds that a query waits for a pooled connection. Null means that none is set. */
  poolTimeoutSeconds?: number | null | undefined;
  /** Name of the user attribute that holds the port, instead of the port in `config`. The list userAttributeFields must contain `port`. Null means that no user attribute holds the port. */
  portUserAttribute?: string | null | undefined;
  /** Whether SQL Runner loads the list of tables before a user opens it. */
  precacheTables?: boolean | null | undefined;
  /** Whether Looker does not hold queries back while derived tables are being built. */
  queryHoldingDisabled?: boolean | null | undefined;
  /** Time zone that Looker uses in queries. Null means that none is set. */
  queryTimezone?: string | null | undefined;
  /** For BigQuery: whether all roles of the service account in the project were verified. */
  rolesVerified?: boolean | null | undefined;
  /** For BigQuery: default project of the stored data. Null means that none is set. */
  storageProjectId?: string | null | undefined;
  /** Host of the schema for persistent derived tables, where it is not the host of the connection. Null means that none is set. */
  tmpHost?: string | null | undefined;
  /** Schema or dataset in which Looker builds persistent derived tables. Null means that none is set. */
  tmpSchema?: string | null | undefined;
  /** Id of the SSH tunnel in Looker that leads to the database. Null means that no tunnel is used. */
  tunnelId?: string | null | undefined;
  /** Fields of the connection whose value is the name of a user attribute. */
  userAttributeFields?: Array<string> | null | undefined;
  /** Whether the connection signs in with the credentials of the Google Cloud machine that runs Looker. */
  usesApplicationDefaultCredentials?: boolean | null | undefined;
  /** Whether the connection signs in by key pair. The gateway sets it when snowflake.privateKey is provided. */
  usesKeyPairAuth?: boolean | null | undefined;
  /** Whether each user signs in with their own credentials. When this is turned on, Looker erases the stored user name and password. */
  usesUserCredentials?: boolean | null | undefined;
};

/** Settings that replace those of the connection while Looker builds and maintains persistent derived tables. */
export type LookerPdtOverrideInput = {
  /** SQL that runs after each connect to the database. It may hold credentials, so it is never reported. */
  afterConnectStatements?: string | null | undefined;
  /** Key file for a dialect that has no field for it in `config`. */
  certificate?: LookerCertificateInput | null | undefined;
  /** Database in which the tables are built. Null means that the override has none. */
  database?: string | null | undefined;
  /** Host name or IP address of the database server. Null means that the override has none. */
  host?: string | null | undefined;
  /** Driver parameters as key=value pairs, joined by &. They may hold credentials, so they are never reported. */
  jdbcAdditionalParams?: string | null | undefined;
  /** Password of the database user that builds the tables. */
  password?: string | null | undefined;
  /** TCP port of the database server. Null means that the override has none. */
  port?: number | null | undefined;
  /** Default schema for table names without a schema. Null means that the override has none. */
  schema?: string | null | undefined;
  /** TNS service name of an Oracle database. Null means that the override has none. */
  serviceName?: string | null | undefined;
  /** Database user that builds the tables. Null means that the override has none. */
  username?: string | null | undefined;
};

/** Settings that replace those of the connection while Looker builds and maintains persistent derived tables. */
export type LookerPdtOverridePatch = {
  /** SQL that runs after each connect to the database. It may hold credentials, so it is never reported. */
  afterConnectStatements?: SecretPatch | null | undefined;
  /** Key file for a dialect that has no field for it in `config`. */
  certificate?: LookerCertificatePatch | null | undefined;
  /** Database in which the tables are built. Null means that the override has none. */
  database?: string | null | undefined;
  /** Host name or IP address of the database server. Null means that the override has none. */
  host?: string | null | undefined;
  /** Driver parameters as key=value pairs, joined by &. They may hold credentials, so they are never reported. */
  jdbcAdditionalParams?: SecretPatch | null | undefined;
  /** Password of the database user that builds the tables. */
  password?: SecretPatch | null | undefined;
  /** TCP port of the database server. Null means that the override has none. */
  port?: number | null | undefined;
  /** Default schema for table names without a schema. Null means that the override has none. */
  schema?: string | null | undefined;
  /** TNS service name of an Oracle database. Null means that the override has none. */
  serviceName?: string | null | undefined;
  /** Database user that builds the tables. Null means that the override has none. */
  username?: string | null | undefined;
};

/** MariaDB, with the MariaDB driver. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type MariaDbInput = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: string | null | undefined;
  /** TCP port; 3306 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Changes to a connection to this: MariaDB, with the MariaDB driver. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type MariaDbPatch = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: SecretPatch | null | undefined;
  /** TCP port; 3306 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** MongoDB or a service with the same protocol. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type MongoDbInput = {
  /** A URL that contains the server, the user and the password: mongodb://user:password@host:port/database. It replaces the fields host, port, database, username and password. Percent-escapes such as %40 are decoded in every part; all other characters of the password are literal. Patchbay sends it in the encoding that the vendor expects. */
  connectionString?: string | null | undefined;
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The options that are appended to the URL, such as replicaSet, authSource and tls. Write each value without percent-encoding. */
  options?: Array<SecretEntryInput> | null | undefined;
  /** The password of the database user. */
  password?: string | null | undefined;
  /** TCP port; 27017 is the usual one. */
  port?: number | null | undefined;
  /** Whether the servers are looked up in a DNS SRV record (mongodb+srv). */
  srv?: boolean | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Changes to a connection to this: MongoDB or a service with the same protocol. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type MongoDbPatch = {
  /** A URL that contains the server, the user and the password: mongodb://user:password@host:port/database. It replaces the fields host, port, database, username and password. Percent-escapes such as %40 are decoded in every part; all other characters of the password are literal. Patchbay sends it in the encoding that the vendor expects. */
  connectionString?: SecretPatch | null | undefined;
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The options that are appended to the URL, such as replicaSet, authSource and tls. Write each value without percent-encoding. */
  options?: Array<SecretEntryInput> | null | undefined;
  /** The password of the database user. */
  password?: SecretPatch | null | undefined;
  /** TCP port; 27017 is the usual one. */
  port?: number | null | undefined;
  /** Whether the servers are looked up in a DNS SRV record (mongodb+srv). */
  srv?: boolean | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** MotherDuck, a cloud service for DuckDB, with an access token. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type MotherDuckInput = {
  /** The access token of the MotherDuck account. */
  accessToken?: string | null | undefined;
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
};

/** Changes to a connection to this: MotherDuck, a cloud service for DuckDB, with an access token. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type MotherDuckPatch = {
  /** The access token of the MotherDuck account. */
  accessToken?: SecretPatch | null | undefined;
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
};

/** Microsoft SQL Server or Azure SQL. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type MsSqlInput = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: string | null | undefined;
  /** TCP port; 1433 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Changes to a connection to this: Microsoft SQL Server or Azure SQL. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type MsSqlPatch = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: SecretPatch | null | undefined;
  /** TCP port; 1433 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** MySQL or a product with the same protocol. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type MySqlInput = {
  /** A URL that contains the server, the user and the password: mysql://user:password@host:port/database. It replaces the fields host, port, database, username and password. Percent-escapes such as %40 are decoded in every part; all other characters of the password are literal. Patchbay sends it in the encoding that the vendor expects. */
  connectionString?: string | null | undefined;
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The product behind the dialect (Chartbrew's subType). It is null on read if this schema does not know the product. */
  flavor?: DatabaseFlavor | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: string | null | undefined;
  /** TCP port; 3306 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Changes to a connection to this: MySQL or a product with the same protocol. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type MySqlPatch = {
  /** A URL that contains the server, the user and the password: mysql://user:password@host:port/database. It replaces the fields host, port, database, username and password. Percent-escapes such as %40 are decoded in every part; all other characters of the password are literal. Patchbay sends it in the encoding that the vendor expects. */
  connectionString?: SecretPatch | null | undefined;
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The product behind the dialect (Chartbrew's subType). It is null on read if this schema does not know the product. */
  flavor?: DatabaseFlavor | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: SecretPatch | null | undefined;
  /** TCP port; 3306 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Sign-in with OAuth instead of a password. */
export type OAuthInput = {
  /** The audience for which the token is requested. */
  audience?: string | null | undefined;
  /** The https URL of the page on which users grant access. */
  authorizationUrl?: string | null | undefined;
  /** The client id that is registered at the authorization server. */
  clientId?: string | null | undefined;
  /** The secret of the OAuth client. Omni cannot change it after the create. */
  clientSecret?: string | null | undefined;
  /** The https URL of the endpoint that issues tokens. */
  tokenUrl?: string | null | undefined;
};

/** Sign-in with OAuth instead of a password. */
export type OAuthPatch = {
  /** The audience for which the token is requested. */
  audience?: string | null | undefined;
  /** The https URL of the page on which users grant access. */
  authorizationUrl?: string | null | undefined;
  /** The client id that is registered at the authorization server. */
  clientId?: string | null | undefined;
  /** The secret of the OAuth client. Omni cannot change it after the create. */
  clientSecret?: SecretPatch | null | undefined;
  /** The https URL of the endpoint that issues tokens. */
  tokenUrl?: string | null | undefined;
};

/** User attribute whose value selects the connection environment. Null means that no attribute selects it. */
export type OmniEnvironmentInput = {
  /** Name of the user attribute. */
  attributeName: string;
  /** Values of the attribute that select this connection itself. Null means that Omni reports none. */
  defaultValues?: Array<string> | null | undefined;
};

/** What only Omni takes for a connection. */
export type OmniOptionsInput = {
  /** Whether each user may select a time zone for query results. */
  allowsUserSpecificTimezones?: boolean | null | undefined;
  /** Whether the names of views always include their schema. */
  alwaysScopeViewNames?: boolean | null | undefined;
  /** Omni's name of the sign-in method, such as snowflake-keypair or bigquery-oauth-user. When it is left out, the method follows from the provided secrets. */
  authenticationType?: string | null | undefined;
  /** Role that every user has on the connection at least, such as VIEWER or QUERIER, or the name of a custom role. Null means that Omni reports none. */
  baseRole?: string | null | undefined;
  /** Further catalogs or databases that Omni offers to its users. */
  includeOtherCatalogs?: Array<string> | null | undefined;
  /** Schemas that Omni offers to its users. Omni offers all schemas when it is left out. */
  includeSchemas?: Array<string> | null | undefined;
  /** Whether Omni derives relationships between tables from the names of columns. */
  inferRelationshipsFromColumnNames?: boolean | null | undefined;
  /** Whether Omni derives relationships between tables from foreign keys. */
  inferRelationshipsFromForeignKeys?: boolean | null | undefined;
  /** Schemas whose structure Omni does not keep in memory. */
  offloadedSchemas?: Array<string> | null | undefined;
  /** Maximum time in seconds that one query may take. Omni uses 900 seconds when it is left out. */
  queryTimeoutSeconds?: number | null | undefined;
  /** Time zone in which Omni shows query results, or NONE for no conversion. Omni uses NONE when it is left out. */
  queryTimezone?: string | null | undefined;
  /** Schema in which Omni may create tables. */
  scratchSchema?: string | null | undefined;
  /** Whether Omni uses the semantic layer of the database. */
  semanticLayerIntegration?: boolean | null | undefined;
  /** Whether Omni creates topics from the semantic layer of the database. */
  semanticLayerTopics?: boolean | null | undefined;
  /** Time zone of the times in the database. Omni uses UTC when it is left out. */
  systemTimezone?: string | null | undefined;
  /** For BigQuery with workload identity federation: full resource name of the workload identity pool provider. */
  workloadIdentityAudience?: string | null | undefined;
  /** For BigQuery with workload identity federation: email address of the service account that Omni impersonates. */
  workloadIdentityServiceAccount?: string | null | undefined;
};

/** What of that which only Omni takes can be changed. What is left out is kept, null clears it. */
export type OmniOptionsPatch = {
  /** Role that every user has on the connection at least, such as VIEWER or QUERIER, or the name of a custom role. Null means that Omni reports none. */
  baseRole?: string | null | undefined;
  /** User attribute whose value selects the connection environment. Null means that no attribute selects it. */
  environmentUserAttribute?: OmniEnvironmentInput | null | undefined;
};

/** What becomes of the others when one target fails. */
export type OnFailure =
  /** One target after another; on a failure delete what was created, last first. Refused up front if two targets cannot delete. */
  | 'COMPENSATE'
  /** Keep what was created; up to four targets at a time. */
  | 'KEEP';

/** Oracle Database, found by its host or by a TNS service name. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type OracleInput = {
  /** Whether the license of Oracle's driver is accepted. Omni refuses connections without it. */
  acceptsLicense?: boolean | null | undefined;
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: string | null | undefined;
  /** TCP port; 1521 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TNS service name of the database (Looker: service_name). */
  serviceName?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
  /** Whether the server is found by its TNS service name (Looker: uses_tns). */
  usesTns?: boolean | null | undefined;
};

/** Changes to a connection to this: Oracle Database, found by its host or by a TNS service name. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type OraclePatch = {
  /** Whether the license of Oracle's driver is accepted. Omni refuses connections without it. */
  acceptsLicense?: boolean | null | undefined;
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: SecretPatch | null | undefined;
  /** TCP port; 1521 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TNS service name of the database (Looker: service_name). */
  serviceName?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
  /** Whether the server is found by its TNS service name (Looker: uses_tns). */
  usesTns?: boolean | null | undefined;
};

/** A dialect that this schema does not list. `vendorDialect` has the vendor's name for it. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type OtherInput = {
  /** The name of the database, project or catalog. */
  database?: string | null | undefined;
  /** The vendor's name of the dialect. Only Looker takes it. Reads return it as `vendorDialect`. */
  dialectName?: string | null | undefined;
  /** The host name or IP address of the database server. */
  host?: string | null | undefined;
  /** The password of the database user. Send a key file in options.looker.certificate. */
  password?: string | null | undefined;
  /** The TCP port of the database server. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Changes to a connection to this: A dialect that this schema does not list. `vendorDialect` has the vendor's name for it. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type OtherPatch = {
  /** The name of the database, project or catalog. */
  database?: string | null | undefined;
  /** The vendor's name of the dialect. Only Looker takes it. Reads return it as `vendorDialect`. */
  dialectName?: string | null | undefined;
  /** The host name or IP address of the database server. */
  host?: string | null | undefined;
  /** The password of the database user. Send a key file in options.looker.certificate. */
  password?: SecretPatch | null | undefined;
  /** The TCP port of the database server. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** What became of one of several. */
export type OutcomeStatus =
  /** It was done. */
  | 'DONE'
  /** It was not begun. */
  | 'NOT_ATTEMPTED'
  /** It would be done; this was a dry run. */
  | 'PLANNED'
  /** It was refused, and nothing was done there; `result` says why. */
  | 'REFUSED'
  /** It may have been done: the request left and no answer came back. Look before you try again. */
  | 'UNKNOWN'
  /** What was to be written was tried first and did not work; nothing was done. */
  | 'VERIFICATION_FAILED';

/** PostgreSQL or a product with the same protocol. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type PostgresInput = {
  /** A URL that contains the server, the user and the password: postgresql://user:password@host:port/database. It replaces the fields host, port, database, username and password. Percent-escapes such as %40 are decoded in every part; all other characters of the password are literal. Patchbay sends it in the encoding that the vendor expects. */
  connectionString?: string | null | undefined;
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The product behind the dialect (Chartbrew's subType). It is null on read if this schema does not know the product. */
  flavor?: DatabaseFlavor | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: string | null | undefined;
  /** TCP port; 5432 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Changes to a connection to this: PostgreSQL or a product with the same protocol. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type PostgresPatch = {
  /** A URL that contains the server, the user and the password: postgresql://user:password@host:port/database. It replaces the fields host, port, database, username and password. Percent-escapes such as %40 are decoded in every part; all other characters of the password are literal. Patchbay sends it in the encoding that the vendor expects. */
  connectionString?: SecretPatch | null | undefined;
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The product behind the dialect (Chartbrew's subType). It is null on read if this schema does not know the product. */
  flavor?: DatabaseFlavor | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: SecretPatch | null | undefined;
  /** TCP port; 5432 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Firebase Realtime Database, with a service account. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type RealtimeDbInput = {
  /** The user id under which the database's security rules are evaluated. */
  authOverrideUid?: string | null | undefined;
  /** The URL of the database, if it is not the project's default database. */
  databaseUrl?: string | null | undefined;
  /** The JSON key file of the service account, as text. */
  serviceAccountKey?: string | null | undefined;
};

/** Changes to a connection to this: Firebase Realtime Database, with a service account. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type RealtimeDbPatch = {
  /** The user id under which the database's security rules are evaluated. */
  authOverrideUid?: string | null | undefined;
  /** The URL of the database, if it is not the project's default database. */
  databaseUrl?: string | null | undefined;
  /** The JSON key file of the service account, as text. */
  serviceAccountKey?: SecretPatch | null | undefined;
};

/** Amazon Redshift, with a user name and a password. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type RedshiftInput = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: string | null | undefined;
  /** TCP port; 5439 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Changes to a connection to this: Amazon Redshift, with a user name and a password. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type RedshiftPatch = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: SecretPatch | null | undefined;
  /** TCP port; 5439 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Which secret: a field of the dialect's input. */
export type RotatableSecret =
  /** `accessToken` of the dialect. */
  | 'ACCESS_TOKEN'
  /** `apiKey` of the dialect. */
  | 'API_KEY'
  /** `password` of the dialect. */
  | 'PASSWORD'
  /** `privateKey` of the dialect; its passphrase goes with it. */
  | 'PRIVATE_KEY'
  /** `serviceAccountKey` of the dialect: the whole JSON document. */
  | 'SERVICE_ACCOUNT_KEY';

/** A new secret, and the connections to put it on. */
export type RotateConnectionSecretInput = {
  /** Which connections. */
  connections: RotationSelector;
  /** Only plan: read the connections, write and test nothing. PLANNED is what would be written, given that the tests pass. */
  dryRun?: boolean;
  /** Which secret it replaces. An AWS key changes together with its id: updateConnection. */
  field: RotatableSecret;
  /** Passphrase of the new private key, where it has one. */
  privateKeyPassphrase?: string | null | undefined;
  /** The new secret. The old one is never needed. */
  secret: string;
  /** What must have passed a test before the secret is written; PER_SERVER when left out. */
  verification?: RotationVerification | null | undefined;
  /**
   * True means `verification: PER_SERVER`, and false means `verification: NONE`. Beside `verification` it must not contradict it.
   * @deprecated Use `verification`. Removed after 2027-12-31.
   */
  verifyFirst?: boolean | null | undefined;
};

/** Every connection to this server as this user, at every vendor that tells both. The whole way to the server counts: a connection that reaches it through a tunnel or a proxy, with driver parameters or any other setting that may lead elsewhere is REFUSED, with those settings named in its `result`, and is rotated only by its id. One that is kept as a connection string tells neither host nor user, and is not found. A match that finds nothing is refused as INVALID at `input.connections.match`. When nothing is found and an instance did not answer, the failure of that instance is the result, because it may have the connection. */
export type RotationMatch = {
  /** What the dialect calls its host (host, account, hostOverride), in any spelling: letters of either case, a dot at the end, an IPv6 address in any form, a Snowflake account or its usual host name. */
  host: string;
  /** TCP port. When it is left out, the dialect's usual port is meant, and a connection at another port is REFUSED by name. A connection that tells no port is taken to be at the usual one. Dialects without a port (Snowflake) ignore it. */
  port?: number | null | undefined;
  /** The user that signs in, in exactly these letters. */
  username: string;
  /** Only at these products; at all of them when left out. */
  vendor?: Array<Vendor> | null | undefined;
};

/** Which connections. */
export type RotationSelector =
  {   /** These, 1 to 100 of them. One that is not there refuses the whole rotation. */
  ids: Array<string | number>; match?: never; }
  |  { ids?: never;   /** Those that lead to a server as a user, 1 to 100 of them. */
  match: RotationMatch; };

/** What must have passed a test before a secret is written. */
export type RotationVerification =
  /** Nothing is tested. Some vendors test what they are to write by themselves all the same (Credible). */
  | 'NONE'
  /** Each connection must pass a test of its own with the new secret. One that cannot be tested is NOT_ATTEMPTED: its vendor has no test of what is not saved (Omni), does not tell all settings, or a test needs another stored secret too (a certificate authority, the key of a tunnel). */
  | 'PER_CONNECTION'
  /** One passed test is enough for a server and user. Every connection that can be tested must pass its test. One that cannot waits for the tests of all others: it is written when another connection of this rotation to the same host and port as the same user passed and none of those failed; else it is NOT_ATTEMPTED. Where a vendor does not tell host or user (Omni), it may be the same as that of any other. So nothing is written that could be tested nowhere. */
  | 'PER_SERVER';

/** Amazon S3 or a service with the same API. */
export type S3Input = {
  /** The id of the AWS access key. */
  accessKeyId?: string | null | undefined;
  /** The host or URL of the service, if it is not Amazon S3. */
  endpoint?: string | null | undefined;
  /** The AWS region. It defaults to us-east-1. */
  region?: string | null | undefined;
  /** The secret of the AWS access key. */
  secretAccessKey?: string | null | undefined;
  /** The session token of a temporary access key. */
  sessionToken?: string | null | undefined;
};

/** SAP HANA, over the port of its SQL interface. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type SapHanaInput = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: string | null | undefined;
  /** TCP port; 30015 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Changes to a connection to this: SAP HANA, over the port of its SQL interface. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type SapHanaPatch = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: SecretPatch | null | undefined;
  /** TCP port; 30015 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** A named value that may be a credential, such as an HTTP header or a URL option. */
export type SecretEntryInput = {
  /** The name of the header or option. */
  name: string;
  /** The value of the header or option. It is a secret and is never returned. */
  value: string;
};

/** What becomes of a stored secret. Keep: leave the field out, or null. Replace: { replace }. Clear: { clear: true }. */
export type SecretPatch =
  {   /** true: nothing is to be stored any more, where the vendor can do that. */
  clear: boolean; replace?: never; }
  |  { clear?: never;   /** What takes its place. */
  replace: string; };

/** What is known of a stored secret. */
export type SecretStatus =
  /** None is stored. */
  | 'NOT_SET'
  /** One is stored. */
  | 'SET'
  /** The vendor does not say. */
  | 'UNKNOWN';

/** Snowflake, with a password, a key pair or OAuth. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type SnowflakeInput = {
  /** The account identifier, such as xy12345.eu-west-1 or org-account, without .snowflakecomputing.com. */
  account?: string | null | undefined;
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The full host name, if it is not the default host of the account. */
  hostOverride?: string | null | undefined;
  /** Sign-in with OAuth instead of a password. */
  oauth?: OAuthInput | null | undefined;
  /** The password of the user. */
  password?: string | null | undefined;
  /** The private key of the user for key-pair sign-in, as PEM text in PKCS#8. Patchbay converts an unencrypted key of another format. */
  privateKey?: string | null | undefined;
  /** The passphrase of the private key, if the key is encrypted. */
  privateKeyPassphrase?: string | null | undefined;
  /** The maximum duration of a query, in milliseconds. */
  queryTimeoutMs?: number | null | undefined;
  /** The Snowflake role that the user assumes. */
  role?: string | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the Snowflake user that signs in. */
  username?: string | null | undefined;
  /** The name of the virtual warehouse that runs the queries. */
  warehouse?: string | null | undefined;
};

/** Changes to a connection to this: Snowflake, with a password, a key pair or OAuth. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type SnowflakePatch = {
  /** The account identifier, such as xy12345.eu-west-1 or org-account, without .snowflakecomputing.com. */
  account?: string | null | undefined;
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The full host name, if it is not the default host of the account. */
  hostOverride?: string | null | undefined;
  /** Sign-in with OAuth instead of a password. */
  oauth?: OAuthPatch | null | undefined;
  /** The password of the user. */
  password?: SecretPatch | null | undefined;
  /** The private key of the user for key-pair sign-in, as PEM text in PKCS#8. Patchbay converts an unencrypted key of another format. */
  privateKey?: SecretPatch | null | undefined;
  /** The passphrase of the private key, if the key is encrypted. */
  privateKeyPassphrase?: SecretPatch | null | undefined;
  /** The maximum duration of a query, in milliseconds. */
  queryTimeoutMs?: number | null | undefined;
  /** The Snowflake role that the user assumes. */
  role?: string | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the Snowflake user that signs in. */
  username?: string | null | undefined;
  /** The name of the virtual warehouse that runs the queries. */
  warehouse?: string | null | undefined;
};

/** SSH tunnel between Chartbrew and the database. Null means that none is set. */
export type SshTunnelInput = {
  /** Whether Chartbrew uses the tunnel. The other fields have an effect only when this is true. */
  enabled?: boolean | null | undefined;
  /** Host name of the SSH server. */
  host?: string | null | undefined;
  /** Host name of a jump server in front of the SSH server. Chartbrew stores it and connects without it. */
  jumpHost?: string | null | undefined;
  /** TCP port of the jump server. Chartbrew stores it and connects without it. */
  jumpPort?: number | null | undefined;
  /** Passphrase of the private key of the SSH user. */
  passphrase?: string | null | undefined;
  /** Password of the SSH user. */
  password?: string | null | undefined;
  /** TCP port of the SSH server. The usual port is 22. */
  port?: number | null | undefined;
  /** Private key of the SSH user: the text of an OpenSSH or PEM file, at most 1 MiB. Patchbay sends it in a second request. */
  privateKey?: string | null | undefined;
  /** Name of the user at the SSH server. */
  username?: string | null | undefined;
};

/** SSH tunnel between Chartbrew and the database. Null means that none is set. */
export type SshTunnelPatch = {
  /** Whether Chartbrew uses the tunnel. The other fields have an effect only when this is true. */
  enabled?: boolean | null | undefined;
  /** Host name of the SSH server. */
  host?: string | null | undefined;
  /** Host name of a jump server in front of the SSH server. Chartbrew stores it and connects without it. */
  jumpHost?: string | null | undefined;
  /** TCP port of the jump server. Chartbrew stores it and connects without it. */
  jumpPort?: number | null | undefined;
  /** Passphrase of the private key of the SSH user. */
  passphrase?: SecretPatch | null | undefined;
  /** Password of the SSH user. */
  password?: SecretPatch | null | undefined;
  /** TCP port of the SSH server. The usual port is 22. */
  port?: number | null | undefined;
  /** Private key of the SSH user: the text of an OpenSSH or PEM file, at most 1 MiB. Patchbay sends it in a second request. */
  privateKey?: SecretPatch | null | undefined;
  /** Name of the user at the SSH server. */
  username?: string | null | undefined;
};

/** StarRocks, over the MySQL protocol. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type StarRocksInput = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: string | null | undefined;
  /** TCP port; 9030 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Changes to a connection to this: StarRocks, over the MySQL protocol. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type StarRocksPatch = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: SecretPatch | null | undefined;
  /** TCP port; 9030 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** How a text is compared: without regard to case. */
export type StringFilter =
  {   /** A part of the text. */
  contains: string; equals?: never; in?: never; startsWith?: never; }
  |  { contains?: never;   /** The whole text. */
  equals: string; in?: never; startsWith?: never; }
  |  { contains?: never; equals?: never;   /** One of these, whole; an empty list matches nothing. */
  in: Array<string>; startsWith?: never; }
  |  { contains?: never; equals?: never; in?: never;   /** The beginning of the text. */
  startsWith: string; };

/** What can be done with a dialect at a vendor. */
export type SupportStatus =
  /** What is there can be read; nothing can be created. */
  | 'READ_ONLY'
  /** Connections can be created and read. */
  | 'SUPPORTED'
  /** The vendor has no such connections, or tells them as OTHER. */
  | 'UNSUPPORTED';

/** Settings to be tested: all that `createConnection` takes, and no name needed. Nothing that is stored is used, so every secret that is to be used must be given. */
export type TestConnectionConfigInput = {
  /** The settings, by dialect. */
  config: ConnectionConfigInput;
  /** Key or id of the instance that is to test them. */
  instance: string | number;
  /** Name that the connection would have; needed by none of the vendors. */
  name?: string | null | undefined;
  /** What only its vendor takes. */
  options?: VendorOptionsInput | null | undefined;
  /** What to try, by the vendor's names (Looker: connect, query, …); what it tries by itself when left out. A name that it does not know is a check that was SKIPPED. */
  tests?: Array<string> | null | undefined;
};

/** The connection to be tested. */
export type TestConnectionInput = {
  /** Which connection, by its global id. */
  id: string | number;
  /** What to try, by the vendor's names (Looker: connect, query, …); what it tries by itself when left out. A name that it does not know is a check that was SKIPPED. */
  tests?: Array<string> | null | undefined;
};

/** How a test went. */
export type TestOutcome =
  /** It went badly: the message says why, as far as that is known. */
  | 'FAILED'
  /** It went well. */
  | 'PASSED'
  /** It was not tried. */
  | 'SKIPPED'
  /** Neither well nor badly: see vendorOutcome. */
  | 'WARNED';

/** The TLS encryption between the vendor and the database. */
export type TlsInput = {
  /** The certificate of the authority to trust, as PEM text. Chartbrew takes at most 1 MiB. */
  ca?: string | null | undefined;
  /** The client certificate, as PEM text. Chartbrew takes at most 1 MiB. */
  certificate?: string | null | undefined;
  /** Whether the connection to the database is encrypted. */
  enabled?: boolean | null | undefined;
  /** The private key of the client certificate, as PEM text without a passphrase. Chartbrew takes at most 1 MiB. */
  key?: string | null | undefined;
  /** Chartbrew's sslMode: require, verify-ca, verify-full, prefer or disable. If it is left out, Patchbay derives it from `verify` and the certificates. */
  mode?: string | null | undefined;
  /** Whether the vendor verifies the server's certificate. With false it accepts any certificate. Looker calls this verify_ssl; Omni's trustServerCertificate is the opposite. */
  verify?: boolean | null | undefined;
};

/** The TLS encryption between the vendor and the database. */
export type TlsPatch = {
  /** The certificate of the authority to trust, as PEM text. Chartbrew takes at most 1 MiB. */
  ca?: SecretPatch | null | undefined;
  /** The client certificate, as PEM text. Chartbrew takes at most 1 MiB. */
  certificate?: SecretPatch | null | undefined;
  /** Whether the connection to the database is encrypted. */
  enabled?: boolean | null | undefined;
  /** The private key of the client certificate, as PEM text without a passphrase. Chartbrew takes at most 1 MiB. */
  key?: SecretPatch | null | undefined;
  /** Chartbrew's sslMode: require, verify-ca, verify-full, prefer or disable. If it is left out, Patchbay derives it from `verify` and the certificates. */
  mode?: string | null | undefined;
  /** Whether the vendor verifies the server's certificate. With false it accepts any certificate. Looker calls this verify_ssl; Omni's trustServerCertificate is the opposite. */
  verify?: boolean | null | undefined;
};

/** Trino or Starburst. The connection is encrypted unless tls.enabled is false. Every field may be left out here; what a vendor requires comes back as issues, all at once. */
export type TrinoInput = {
  /** The name of the catalog to connect to. */
  catalog?: string | null | undefined;
  /** The host name or IP address of the coordinator, without a scheme. Credible's `server` combines it with `tls.enabled`. */
  host?: string | null | undefined;
  /** The password of the user. It requires an encrypted connection. */
  password?: string | null | undefined;
  /** The API key of Peaka, a service with the Trino protocol (Credible). */
  peakaKey?: string | null | undefined;
  /** TCP port; 8080 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the Trino user that signs in. */
  username?: string | null | undefined;
};

/** Changes to a connection to this: Trino or Starburst. The connection is encrypted unless tls.enabled is false. What is left out is kept, null clears it. Lists and alternatives are replaced whole, with the secrets in them: a stored one must come again, and null in a list says that there is none. */
export type TrinoPatch = {
  /** The name of the catalog to connect to. */
  catalog?: string | null | undefined;
  /** The host name or IP address of the coordinator, without a scheme. Credible's `server` combines it with `tls.enabled`. */
  host?: string | null | undefined;
  /** The password of the user. It requires an encrypted connection. */
  password?: SecretPatch | null | undefined;
  /** The API key of Peaka, a service with the Trino protocol (Credible). */
  peakaKey?: SecretPatch | null | undefined;
  /** TCP port; 8080 is the usual one. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the Trino user that signs in. */
  username?: string | null | undefined;
};

/** Changes to a saved connection: what is left out is kept, null clears, a value replaces. */
export type UpdateConnectionInput = {
  /** Changes to its settings, by its dialect. */
  config?: ConnectionConfigPatch | null | undefined;
  /** Which connection, by its global id. */
  id: string | number;
  /** Of your choice, 1 to 255 characters. Sent again with the same input within 24 hours it gives the first answer, and nothing is done again; after a failure that changed nothing it may be used again. */
  idempotencyKey?: string | null | undefined;
  /** Another name; Chartbrew alone renames. */
  name?: string | null | undefined;
  /** Changes to what only its vendor takes. */
  options?: VendorOptionsPatch | null | undefined;
};

/** What is wrong with a value. */
export type ValidationCode =
  /** It stands against another value that was given; give one of them. */
  | 'EXCLUSIVE'
  /** Not of the form that is needed. */
  | 'INVALID'
  /** It names another vendor or dialect than the rest of the input does. */
  | 'MISMATCH'
  /** The vendor has no such field for this dialect; leave it out. */
  | 'NOT_ALLOWED'
  /** A number that is too small or too large. */
  | 'OUT_OF_RANGE'
  /** The vendor needs it and it was not given. */
  | 'REQUIRED'
  /** A secret must be sent with it: what is stored does not follow a change of where the connection leads, or is not given back by the vendor. */
  | 'SECRET_NEEDED'
  /** Longer than is taken. */
  | 'TOO_LONG'
  /** Shorter than is taken; often empty. */
  | 'TOO_SHORT';

/** The products that hold connections. */
export type Vendor =
  /** Chartbrew, hosted or self-hosted. */
  | 'CHARTBREW'
  /** Credible (credibledata.com), by its admin API. */
  | 'CREDIBLE'
  /** Looker (Google Cloud), API 4.0. */
  | 'LOOKER'
  /** Omni (omniapp.co). Reads tell few of the fields that were written. */
  | 'OMNI';

/** What only one vendor takes; must name the vendor of the instance. */
export type VendorOptionsInput =
  {   /** For an instance of Chartbrew. */
  chartbrew: ChartbrewOptionsInput; credible?: never; looker?: never; omni?: never; }
  |  { chartbrew?: never;   /** For an instance of Credible. */
  credible: CredibleOptionsInput; looker?: never; omni?: never; }
  |  { chartbrew?: never; credible?: never;   /** For an instance of Looker. */
  looker: LookerOptionsInput; omni?: never; }
  |  { chartbrew?: never; credible?: never; looker?: never;   /** For an instance of Omni. */
  omni: OmniOptionsInput; };

/** Changes to what only a connection's vendor takes: must name its own vendor. */
export type VendorOptionsPatch =
  {   /** For a connection that Chartbrew holds. */
  chartbrew: ChartbrewOptionsPatch; credible?: never; looker?: never; omni?: never; }
  |  { chartbrew?: never;   /** For a connection that Credible holds. */
  credible: CredibleOptionsInput; looker?: never; omni?: never; }
  |  { chartbrew?: never; credible?: never;   /** For a connection that Looker holds. */
  looker: LookerOptionsPatch; omni?: never; }
  |  { chartbrew?: never; credible?: never; looker?: never;   /** For a connection that Omni holds. */
  omni: OmniOptionsPatch; };

export type ListConnectionsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: ConnectionFilter | null | undefined;
}>;


export type ListConnectionsQuery = { connections: { totalCount: number | null, isComplete: boolean, nodes: Array<{ id: string, name: string, vendor: Vendor, dialect: Dialect, host: string | null, database: string | null, username: string | null, completeness: Completeness }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, sources: Array<{ count: number | null, durationMs: number, instance: { id: string, key: string, label: string }, error:
        | { __typename: 'PermissionError', message: string }
        | { __typename: 'RateLimitedError', message: string }
        | { __typename: 'VendorUnavailableError', message: string }
       | null }> } };

export type RotateConnectionSecretMutationVariables = Exact<{
  input: RotateConnectionSecretInput;
}>;


export type RotateConnectionSecretMutation = { rotateConnectionSecret:
    | { __typename: 'NotFoundError', message: string, requestId: string }
    | { __typename: 'PermissionError', message: string, requestId: string }
    | { __typename: 'RateLimitedError', message: string, requestId: string }
    | { __typename: 'RotateConnectionSecretSuccess', rotation: { outcomes: Array<{ id: string, status: OutcomeStatus, reason: string | null, connection: { id: string, name: string, vendor: Vendor } | null, result:
            | { issues: Array<{ path: Array<string>, code: ValidationCode, message: string }> }
            | Record<PropertyKey, never>
           | null, verification: { outcome: TestOutcome } | null }>, remaining: Array<{ id: string }>, unsearchable: Array<{ id: string, key: string }> } }
    | { __typename: 'ValidationError', message: string, requestId: string, issues: Array<{ path: Array<string>, code: ValidationCode, message: string }> }
    | { __typename: 'VendorUnavailableError', message: string, requestId: string }
   };

export type DeleteConnectionMutationVariables = Exact<{
  input: DeleteConnectionInput;
}>;


export type DeleteConnectionMutation = { deleteConnection:
    | { __typename: 'ConflictError', conflict: ConflictReason, message: string, requestId: string, existing: { id: string, name: string } | null }
    | { __typename: 'DeleteConnectionSuccess', deletedId: string, archived: boolean }
    | { __typename: 'NotFoundError', message: string, requestId: string }
    | { __typename: 'OutcomeUnknownError', message: string, requestId: string }
    | { __typename: 'PermissionError', message: string, requestId: string }
    | { __typename: 'RateLimitedError', message: string, requestId: string }
    | { __typename: 'UnsupportedError', message: string, requestId: string }
    | { __typename: 'VendorUnavailableError', message: string, requestId: string }
   };

export type CreateConnectionMutationVariables = Exact<{
  input: CreateConnectionInput;
}>;


export type CreateConnectionMutation = { createConnection:
    | { __typename: 'ConflictError', message: string, requestId: string, existing: { id: string, name: string } | null }
    | { __typename: 'CreateConnectionSuccess', connection: { id: string, name: string, vendor: Vendor, config:
          | { __typename: 'ApiConfig' }
          | { __typename: 'AthenaConfig' }
          | { __typename: 'BigQueryConfig' }
          | { __typename: 'ClickHouseConfig', host: string | null, port: number | null, database: string | null, username: string | null, password: { status: SecretStatus, mask: string | null } }
          | { __typename: 'CustomerIoConfig' }
          | { __typename: 'DatabricksConfig' }
          | { __typename: 'DuckDbConfig' }
          | { __typename: 'ExasolConfig', host: string | null, port: number | null, database: string | null, username: string | null, password: { status: SecretStatus, mask: string | null } }
          | { __typename: 'FirestoreConfig' }
          | { __typename: 'GoogleAnalyticsConfig' }
          | { __typename: 'LakebaseConfig', host: string | null, port: number | null, database: string | null, username: string | null, password: { status: SecretStatus, mask: string | null } }
          | { __typename: 'MariaDbConfig', host: string | null, port: number | null, database: string | null, username: string | null, password: { status: SecretStatus, mask: string | null } }
          | { __typename: 'MongoDbConfig', host: string | null, port: number | null, database: string | null, username: string | null, password: { status: SecretStatus, mask: string | null } }
          | { __typename: 'MotherDuckConfig' }
          | { __typename: 'MsSqlConfig', host: string | null, port: number | null, database: string | null, username: string | null, password: { status: SecretStatus, mask: string | null } }
          | { __typename: 'MySqlConfig', host: string | null, port: number | null, database: string | null, username: string | null, password: { status: SecretStatus, mask: string | null } }
          | { __typename: 'OracleConfig', host: string | null, port: number | null, database: string | null, username: string | null, password: { status: SecretStatus, mask: string | null } }
          | { __typename: 'OtherConfig', host: string | null, port: number | null, database: string | null, username: string | null, password: { status: SecretStatus, mask: string | null } }
          | { __typename: 'PostgresConfig', host: string | null, port: number | null, database: string | null, username: string | null, password: { status: SecretStatus, mask: string | null } }
          | { __typename: 'RealtimeDbConfig' }
          | { __typename: 'RedshiftConfig', host: string | null, port: number | null, database: string | null, username: string | null, password: { status: SecretStatus, mask: string | null } }
          | { __typename: 'SapHanaConfig', host: string | null, port: number | null, database: string | null, username: string | null, password: { status: SecretStatus, mask: string | null } }
          | { __typename: 'SnowflakeConfig' }
          | { __typename: 'StarRocksConfig', host: string | null, port: number | null, database: string | null, username: string | null, password: { status: SecretStatus, mask: string | null } }
          | { __typename: 'TrinoConfig' }
        , secrets: Array<{ path: Array<string>, status: SecretStatus }> }, warnings: Array<{ path: Array<string> | null, code: string, message: string }> }
    | { __typename: 'OutcomeUnknownError', probe: string, message: string, requestId: string }
    | { __typename: 'PermissionError', message: string, requestId: string }
    | { __typename: 'RateLimitedError', message: string, requestId: string }
    | { __typename: 'UnsupportedError', alternatives: Array<Vendor>, message: string, requestId: string }
    | { __typename: 'ValidationError', message: string, requestId: string, issues: Array<{ path: Array<string>, code: ValidationCode, message: string, source: IssueSource }> }
    | { __typename: 'VendorUnavailableError', message: string, requestId: string }
   };

export type ReadConnectionQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadConnectionQuery = { connection: { id: string, vendorId: string, name: string, vendor: Vendor, dialect: Dialect, vendorDialect: string, host: string | null, database: string | null, username: string | null, completeness: Completeness, createdAt: string | null, config:
      | { __typename: 'ApiConfig' }
      | { __typename: 'AthenaConfig' }
      | { __typename: 'BigQueryConfig', projectId: string | null, dataset: string | null, location: string | null, serviceAccountEmail: string | null, serviceAccountKey: { status: SecretStatus } }
      | { __typename: 'ClickHouseConfig' }
      | { __typename: 'CustomerIoConfig' }
      | { __typename: 'DatabricksConfig' }
      | { __typename: 'DuckDbConfig' }
      | { __typename: 'ExasolConfig' }
      | { __typename: 'FirestoreConfig' }
      | { __typename: 'GoogleAnalyticsConfig' }
      | { __typename: 'LakebaseConfig' }
      | { __typename: 'MariaDbConfig' }
      | { __typename: 'MongoDbConfig' }
      | { __typename: 'MotherDuckConfig' }
      | { __typename: 'MsSqlConfig' }
      | { __typename: 'MySqlConfig', host: string | null, port: number | null, database: string | null, username: string | null, password: { status: SecretStatus } }
      | { __typename: 'OracleConfig' }
      | { __typename: 'OtherConfig', host: string | null, port: number | null, database: string | null, username: string | null }
      | { __typename: 'PostgresConfig', host: string | null, port: number | null, database: string | null, schema: string | null, username: string | null, flavor: DatabaseFlavor | null, password: { status: SecretStatus }, tls: { enabled: boolean | null, verify: boolean | null, mode: string | null } | null }
      | { __typename: 'RealtimeDbConfig' }
      | { __typename: 'RedshiftConfig' }
      | { __typename: 'SapHanaConfig' }
      | { __typename: 'SnowflakeConfig', account: string | null, hostOverride: string | null, warehouse: string | null, database: string | null, role: string | null, username: string | null, password: { status: SecretStatus }, privateKey: { status: SecretStatus } }
      | { __typename: 'StarRocksConfig' }
      | { __typename: 'TrinoConfig' }
    , details:
      | { __typename: 'ChartbrewDetails', subType: string | null, projectIds: Array<number> | null, ssh: { enabled: boolean | null, host: string | null, password: { status: SecretStatus } } | null }
      | { __typename: 'CredibleDetails', includeTables: Array<string> | null, indexing: IndexingStatus | null }
      | { __typename: 'LookerDetails', allowedActions: Array<string> | null, dbTimezone: string | null, maxConnections: number | null, jdbcAdditionalParams: { status: SecretStatus } }
      | { __typename: 'OmniDetails', baseRole: string | null, environmentUserAttribute: { attributeName: string, defaultValues: Array<string> | null } | null }
    , secrets: Array<{ path: Array<string>, status: SecretStatus }> } | null };

export type VendorHealthQueryVariables = Exact<{ [key: string]: never; }>;


export type VendorHealthQuery = { vendors: Array<{ vendor: Vendor, label: string, documentationUrl: string, instances: Array<{ id: string, key: string, label: string, host: string, capabilities: Array<Capability>, health: { status: HealthStatus, latencyMs: number | null, checkedAt: string, error:
          | { __typename: 'PermissionError', message: string }
          | { __typename: 'RateLimitedError', message: string }
          | { __typename: 'VendorUnavailableError', message: string }
         | null } }> }> };

export type DialectFormQueryVariables = Exact<{ [key: string]: never; }>;


export type DialectFormQuery = { dialect: { label: string, inputField: string, support: Array<{ vendor: Vendor, status: SupportStatus, vendorDialect: string | null, note: string | null, createSchema: Record<string, unknown> | null, optionsSchema: Record<string, unknown> | null }> } };

export type UpdateConnectionMutationVariables = Exact<{
  input: UpdateConnectionInput;
}>;


export type UpdateConnectionMutation = { updateConnection:
    | { __typename: 'ConflictError', message: string, requestId: string }
    | { __typename: 'NotFoundError', message: string, requestId: string }
    | { __typename: 'OutcomeUnknownError', probe: string, message: string, requestId: string }
    | { __typename: 'PermissionError', message: string, requestId: string }
    | { __typename: 'RateLimitedError', message: string, requestId: string }
    | { __typename: 'UnsupportedError', message: string, requestId: string }
    | { __typename: 'UpdateConnectionSuccess', connection: { id: string, name: string, config:
          | { host: string | null, database: string | null, username: string | null, password: { status: SecretStatus } }
          | { host: string | null, database: string | null, username: string | null, password: { status: SecretStatus } }
          | { host: string | null, database: string | null, username: string | null, password: { status: SecretStatus } }
          | { host: string | null, database: string | null, username: string | null, password: { status: SecretStatus } }
          | { host: string | null, database: string | null, username: string | null, password: { status: SecretStatus } }
          | { host: string | null, database: string | null, username: string | null, password: { status: SecretStatus } }
          | { host: string | null, database: string | null, username: string | null, password: { status: SecretStatus } }
          | { host: string | null, database: string | null, username: string | null, password: { status: SecretStatus } }
          | { host: string | null, database: string | null, username: string | null, password: { status: SecretStatus } }
          | { host: string | null, database: string | null, username: string | null, password: { status: SecretStatus } }
          | { host: string | null, database: string | null, username: string | null, password: { status: SecretStatus } }
          | { host: string | null, database: string | null, username: string | null, password: { status: SecretStatus } }
          | { host: string | null, database: string | null, username: string | null, password: { status: SecretStatus } }
          | Record<PropertyKey, never>
        , details:
          | { queryTimezone: string | null }
          | Record<PropertyKey, never>
         }, warnings: Array<{ path: Array<string> | null, code: string, message: string }> }
    | { __typename: 'ValidationError', message: string, requestId: string, issues: Array<{ path: Array<string>, code: ValidationCode, message: string }> }
    | { __typename: 'VendorUnavailableError', message: string, requestId: string }
   };

export type TestConnectionMutationVariables = Exact<{
  input: TestConnectionInput;
}>;


export type TestConnectionMutation = { testConnection:
    | { __typename: 'NotFoundError', message: string, requestId: string }
    | { __typename: 'PermissionError', message: string, requestId: string }
    | { __typename: 'RateLimitedError', message: string, requestId: string }
    | { __typename: 'TestConnectionSuccess', test: { outcome: TestOutcome, durationMs: number, checks: Array<{ name: string, outcome: TestOutcome, vendorOutcome: string | null, message: string | null }> } }
    | { __typename: 'UnsupportedError', alternatives: Array<Vendor>, message: string, requestId: string }
    | { __typename: 'ValidationError', message: string, requestId: string }
    | { __typename: 'VendorUnavailableError', message: string, requestId: string }
   };

export type TestConnectionConfigMutationVariables = Exact<{
  input: TestConnectionConfigInput;
}>;


export type TestConnectionConfigMutation = { testConnectionConfig:
    | { __typename: 'NotFoundError', message: string, requestId: string }
    | { __typename: 'PermissionError', message: string, requestId: string }
    | { __typename: 'RateLimitedError', message: string, requestId: string }
    | { __typename: 'TestConnectionSuccess', test: { outcome: TestOutcome, checks: Array<{ name: string, outcome: TestOutcome, vendorOutcome: string | null, message: string | null }> } }
    | { __typename: 'UnsupportedError', message: string, requestId: string }
    | { __typename: 'ValidationError', message: string, requestId: string, issues: Array<{ path: Array<string>, code: ValidationCode, message: string }> }
    | { __typename: 'VendorUnavailableError', message: string, requestId: string }
   };

export type CreateConnectionsMutationVariables = Exact<{
  input: CreateConnectionsInput;
}>;


export type CreateConnectionsMutation = { createConnections:
    | { __typename: 'ConflictError', message: string, requestId: string }
    | { __typename: 'CreateConnectionsSuccess', fanOut: { status: FanOutStatus, outcomes: Array<{ status: OutcomeStatus, instance: { id: string, key: string }, result:
            | { __typename: 'ConflictError', message: string }
            | { __typename: 'CreateConnectionSuccess', connection: { id: string, name: string }, warnings: Array<{ path: Array<string> | null, code: string, message: string }> }
            | { __typename: 'OutcomeUnknownError', message: string }
            | { __typename: 'PermissionError', message: string }
            | { __typename: 'RateLimitedError', message: string }
            | { __typename: 'UnsupportedError', message: string }
            | { __typename: 'ValidationError', message: string }
            | { __typename: 'VendorUnavailableError', message: string }
           | null, compensation: { status: CompensationStatus } | null }> } }
    | { __typename: 'PermissionError', message: string, requestId: string }
    | { __typename: 'UnsupportedError', message: string, requestId: string }
    | { __typename: 'ValidationError', message: string, requestId: string, issues: Array<{ path: Array<string>, code: ValidationCode, message: string }> }
   };


export const ListConnectionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ListConnections"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"100"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectionFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connections"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"isComplete"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"dialect"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"database"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"completeness"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"instance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ListConnectionsQuery, ListConnectionsQueryVariables>;
export const RotateConnectionSecretDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RotateConnectionSecret"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RotateConnectionSecretInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rotateConnectionSecret"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RotateConnectionSecretSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rotation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcomes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"connection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"result"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ValidationError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"verification"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}}]}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"remaining"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unsearchable"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ValidationError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]}}]} as unknown as DocumentNode<RotateConnectionSecretMutation, RotateConnectionSecretMutationVariables>;
export const DeleteConnectionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteConnection"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteConnectionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteConnection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteConnectionSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}},{"kind":"Field","name":{"kind":"Name","value":"archived"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConflictError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conflict"}},{"kind":"Field","name":{"kind":"Name","value":"existing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteConnectionMutation, DeleteConnectionMutationVariables>;
export const CreateConnectionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateConnection"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateConnectionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createConnection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateConnectionSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"config"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ServerConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"database"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"password"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"mask"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"secrets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ValidationError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UnsupportedError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"alternatives"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConflictError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"existing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OutcomeUnknownError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"probe"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]}}]} as unknown as DocumentNode<CreateConnectionMutation, CreateConnectionMutationVariables>;
export const ReadConnectionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ReadConnection"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"dialect"}},{"kind":"Field","name":{"kind":"Name","value":"vendorDialect"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"database"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"completeness"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"config"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PostgresConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"database"}},{"kind":"Field","name":{"kind":"Name","value":"schema"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"flavor"}},{"kind":"Field","name":{"kind":"Name","value":"password"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tls"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"verify"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MySqlConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"database"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"password"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BigQueryConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"projectId"}},{"kind":"Field","name":{"kind":"Name","value":"dataset"}},{"kind":"Field","name":{"kind":"Name","value":"location"}},{"kind":"Field","name":{"kind":"Name","value":"serviceAccountEmail"}},{"kind":"Field","name":{"kind":"Name","value":"serviceAccountKey"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SnowflakeConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"}},{"kind":"Field","name":{"kind":"Name","value":"hostOverride"}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"}},{"kind":"Field","name":{"kind":"Name","value":"database"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"password"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"privateKey"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OtherConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"database"}},{"kind":"Field","name":{"kind":"Name","value":"username"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"details"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LookerDetails"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"allowedActions"}},{"kind":"Field","name":{"kind":"Name","value":"dbTimezone"}},{"kind":"Field","name":{"kind":"Name","value":"maxConnections"}},{"kind":"Field","name":{"kind":"Name","value":"jdbcAdditionalParams"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OmniDetails"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"baseRole"}},{"kind":"Field","name":{"kind":"Name","value":"environmentUserAttribute"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"attributeName"}},{"kind":"Field","name":{"kind":"Name","value":"defaultValues"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CredibleDetails"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"includeTables"}},{"kind":"Field","name":{"kind":"Name","value":"indexing"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ChartbrewDetails"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subType"}},{"kind":"Field","name":{"kind":"Name","value":"projectIds"}},{"kind":"Field","name":{"kind":"Name","value":"ssh"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"password"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"secrets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]} as unknown as DocumentNode<ReadConnectionQuery, ReadConnectionQueryVariables>;
export const VendorHealthDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"VendorHealth"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"vendors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"documentationUrl"}},{"kind":"Field","name":{"kind":"Name","value":"instances"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"latencyMs"}},{"kind":"Field","name":{"kind":"Name","value":"checkedAt"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<VendorHealthQuery, VendorHealthQueryVariables>;
export const DialectFormDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DialectForm"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dialect"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"dialect"},"value":{"kind":"EnumValue","value":"SNOWFLAKE"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"inputField"}},{"kind":"Field","name":{"kind":"Name","value":"support"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"vendorDialect"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"createSchema"}},{"kind":"Field","name":{"kind":"Name","value":"optionsSchema"}}]}}]}}]}}]} as unknown as DocumentNode<DialectFormQuery, DialectFormQueryVariables>;
export const UpdateConnectionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateConnection"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateConnectionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateConnection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateConnectionSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"config"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ServerConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"database"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"password"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"details"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LookerDetails"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"queryTimezone"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ValidationError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OutcomeUnknownError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"probe"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]}}]} as unknown as DocumentNode<UpdateConnectionMutation, UpdateConnectionMutationVariables>;
export const TestConnectionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"TestConnection"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TestConnectionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"testConnection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TestConnectionSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"test"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"checks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"vendorOutcome"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UnsupportedError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"alternatives"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]}}]} as unknown as DocumentNode<TestConnectionMutation, TestConnectionMutationVariables>;
export const TestConnectionConfigDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"TestConnectionConfig"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TestConnectionConfigInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"testConnectionConfig"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TestConnectionSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"test"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"checks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"vendorOutcome"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ValidationError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]}}]} as unknown as DocumentNode<TestConnectionConfigMutation, TestConnectionConfigMutationVariables>;
export const CreateConnectionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateConnections"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateConnectionsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createConnections"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateConnectionsSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fanOut"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"outcomes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"instance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"result"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateConnectionSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"compensation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ValidationError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]}}]} as unknown as DocumentNode<CreateConnectionsMutation, CreateConnectionsMutationVariables>;