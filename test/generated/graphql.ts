/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** The authentication of the requests, if they need one. */
export type ApiAuthenticationInput =
  {   /** Basic authentication: a user name and a password in the Authorization header. */
  basic: BasicAuthenticationInput; bearer?: never; }
  |  { basic?: never;   /** The bearer token that is sent in the Authorization header. */
  bearer: string; };

/** A JSON API that is reached over HTTP. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
export type ApiInput = {
  /** The authentication of the requests, if they need one. */
  authentication?: ApiAuthenticationInput | null | undefined;
  /** The URL before the path of every request. Send credentials in `authentication` or `headers`. */
  baseUrl?: string | null | undefined;
  /** The HTTP headers that are sent with every request. */
  headers?: Array<SecretEntryInput> | null | undefined;
};

/** Changes to the settings of a connection with this dialect. A JSON API that is reached over HTTP. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
export type ApiPatch = {
  /** The authentication of the requests, if they need one. */
  authentication?: ApiAuthenticationInput | null | undefined;
  /** The URL before the path of every request. Send credentials in `authentication` or `headers`. */
  baseUrl?: string | null | undefined;
  /** The HTTP headers that are sent with every request. */
  headers?: Array<SecretEntryInput> | null | undefined;
};

/** Amazon Athena, with an access key, a role or the identity of the machine that the vendor runs on. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
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

/** Changes to the settings of a connection with this dialect. Amazon Athena, with an access key, a role or the identity of the machine that the vendor runs on. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
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

/** Conditions on the entries to list. An entry is listed when it meets every condition that is provided. An empty list matches nothing. */
export type AuditFilter = {
  /** The mutation was sent by the caller with this name. */
  caller?: string | null | undefined;
  /** The entry names the connection with this global id. */
  connection?: string | number | null | undefined;
  /** The entry names this instance, by its key or its id. It may be one that is configured no longer. */
  instance?: string | number | null | undefined;
  /** The mutation has one of these names, such as createConnection. */
  mutation?: Array<string> | null | undefined;
  /** The result had one of these types, such as CreateConnectionSuccess. */
  outcome?: Array<string> | null | undefined;
  /** The input had this secret, exactly as it is written here. It is compared by its keyed hash and stored nowhere. It finds nothing that was sent before a change of `audit.key`. */
  secret?: string | null | undefined;
  /** The mutation ended at this time or later. */
  since?: never | null | undefined;
  /** The mutation ended before this time. */
  until?: never | null | undefined;
};

/** Basic authentication: a user name and a password in the Authorization header. */
export type BasicAuthenticationInput = {
  /** The password that is sent with the user name in the Authorization header. */
  password?: string | null | undefined;
  /** The user name of the basic authentication. */
  username: string;
};

/** Google BigQuery, with a service account. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
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

/** Changes to the settings of a connection with this dialect. Google BigQuery, with a service account. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
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

/** The operations that an instance, or one connection, can allow. */
export type Capability =
  /** Create a connection with a dialect that the vendor supports. */
  | 'CREATE'
  /** Delete a saved connection. */
  | 'DELETE'
  /** List the connections of an instance. */
  | 'LIST'
  /** Read one connection by its id. */
  | 'READ'
  /** Change the name of a saved connection. */
  | 'RENAME'
  /** Test a saved connection with the secrets that its vendor stores. */
  | 'TEST_SAVED'
  /** Test settings of a connection without saving them. */
  | 'TEST_UNSAVED'
  /** Change those settings of a saved connection that the `updateSchema` of its dialect contains. */
  | 'UPDATE'
  /** Replace the secrets of a saved connection. */
  | 'UPDATE_SECRETS';

/** Connection options that only Chartbrew accepts. */
export type ChartbrewOptionsInput = {
  /** Whether the connection is marked as active. Chartbrew stores this and connects in either case. */
  active?: boolean | null | undefined;
  /** Ids of the projects whose members can see the connection. */
  projectIds?: Array<number> | null | undefined;
  /** SSH tunnel between Chartbrew and the database. Null means that none is set. */
  ssh?: SshTunnelInput | null | undefined;
};

/** Changes to the options that only Chartbrew accepts. A field that is left out keeps its value, and null clears it. */
export type ChartbrewOptionsPatch = {
  /** Whether the connection is marked as active. Chartbrew stores this and connects in either case. */
  active?: boolean | null | undefined;
  /** Ids of the projects whose members can see the connection. */
  projectIds?: Array<number> | null | undefined;
  /** SSH tunnel between Chartbrew and the database. Null means that none is set. */
  ssh?: SshTunnelPatch | null | undefined;
};

/** ClickHouse, over its HTTP interface. With TLS the usual port is 8443. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
export type ClickHouseInput = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: string | null | undefined;
  /** TCP port. The usual port is 8123. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Changes to the settings of a connection with this dialect. ClickHouse, over its HTTP interface. With TLS the usual port is 8443. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
export type ClickHousePatch = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: SecretPatch | null | undefined;
  /** TCP port. The usual port is 8123. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Whether a connection that was created was deleted again after another target failed. */
export type CompensationStatus =
  /** The connection was deleted again, or did not exist any more. At Omni it is in the trash. */
  | 'DELETED'
  /** The connection could not be deleted, so it still exists. */
  | 'FAILED'
  /** No connection was created, so there was nothing to delete. */
  | 'NOT_NEEDED'
  /** The connection may exist: the vendor did not answer its create or its delete. */
  | 'UNKNOWN'
  /** The instance cannot delete connections, so the connection still exists. */
  | 'UNSUPPORTED';

/** How much of a connection's settings its vendor reports. */
export type Completeness =
  /** The vendor reports all settings except secrets. */
  | 'FULL'
  /** The vendor reports a part of the settings (Omni: five fields). All other fields are null, although they may be set. */
  | 'PARTIAL';

/** Why a mutation conflicts with something that exists. */
export type ConflictReason =
  /** Somebody else changed the connection at the same time. Nothing was written. */
  | 'CHANGED_MEANWHILE'
  /** The idempotency key was already used with another input. Use a new key. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** The first request with this idempotency key is still in progress. Send the request again later. */
  | 'IN_PROGRESS'
  /** The connection has another name than `expectName` says, so it was not deleted. */
  | 'NAME_CHANGED'
  /** The vendor already has a connection with this name. */
  | 'NAME_TAKEN';

/** The settings of a new connection, in the field of its dialect. Exactly one field must be provided. */
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
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never;   /** DuckDB with other databases and cloud storage attached to it. */
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

/** Changes to a connection's settings, in the field of its dialect. The dialect cannot be changed. To use another dialect, create a new connection. */
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
  |  { api?: never; athena?: never; bigquery?: never; clickhouse?: never; customerIo?: never; databricks?: never; databricksLakebase?: never;   /** DuckDB with other databases and cloud storage attached to it. */
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

/** Conditions on the connections to list. A connection is listed when it meets every condition that is provided. An empty list matches nothing. */
export type ConnectionFilter = {
  /** The database of the connection meets this condition, whatever the dialect calls it (database, project, catalog). */
  database?: StringFilter | null | undefined;
  /** The connection has one of these dialects. */
  dialect?: Array<Dialect> | null | undefined;
  /** The host of the connection meets this condition, whatever the dialect calls it (host, account). Instances whose vendor never reports a host are not searched; see `unsearchable`. */
  host?: StringFilter | null | undefined;
  /** Whether connections in the vendor's trash are listed too. Only Omni has a trash. */
  includeDeleted?: boolean | null | undefined;
  /** The connection is stored at one of these instances, each named by its key or its id. */
  instance?: Array<string | number> | null | undefined;
  /** The name of the connection meets this condition. */
  name?: StringFilter | null | undefined;
  /** The connection is stored by one of these products. */
  vendor?: Array<Vendor> | null | undefined;
};

/** The connection to create, and the instance that stores it. */
export type CreateConnectionInput = {
  /** The settings of the connection, in the field of their dialect. */
  config: ConnectionConfigInput;
  /** A text of your choice, 1 to 255 characters, that identifies this request. When the same input is sent again with the same key within 24 hours, the mutation does not run again and the first answer is returned. After a failure that changed nothing, the key can be used again. Null means that every request is carried out. */
  idempotencyKey?: string | null | undefined;
  /** The instance that stores the new connection, by its key or its id. */
  instance: string | number;
  /** Name of the connection at its vendor. Looker accepts lower-case names without blanks. Credible accepts letters, digits, _ and -. */
  name: string;
  /** Options that only the vendor of the instance accepts, in the field of the vendor. When it is left out, no option is set. */
  options?: VendorOptionsInput | null | undefined;
};

/** The connection to create, and the instances that store it. */
export type CreateConnectionsInput = {
  /** The settings of the connection, in the field of their dialect. A field that only some of the vendors support is left out for the others, with a warning. A secret that one of the vendors does not support is refused, and then nothing is created. A field that none of the vendors supports is refused too. */
  config: ConnectionConfigInput;
  /** A text of your choice, 1 to 255 characters, that identifies this request. When the same input is sent again with the same key within 24 hours, the mutation does not run again and the first answer is returned. After a failure that changed nothing, the key can be used again. Null means that every request is carried out. */
  idempotencyKey?: string | null | undefined;
  /** Name of the connection at each target that provides no `name`. */
  name: string;
  /** What happens to the created connections when one target fails. */
  onFailure?: OnFailure;
  /** The instances to create the connection at: 1 to 10 of them. */
  targets: Array<FanOutTargetInput>;
};

/** Connection options that only Credible accepts. */
export type CredibleOptionsInput = {
  /** Whether Credible indexes no table at all. */
  excludeAllTables?: boolean | null | undefined;
  /** The tables that Credible does not index, each as `schema.table` or `schema.*`. Null means none. */
  excludeTables?: Array<string> | null | undefined;
  /** The tables that Credible indexes, each as `schema.table` or `schema.*`. Null or left out means all tables. */
  includeTables?: Array<string> | null | undefined;
};

/** Customer.io, with an App API key. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
export type CustomerIoInput = {
  /** The App API key of the Customer.io account. */
  apiKey?: string | null | undefined;
  /** The region of the Customer.io account: us or eu. */
  region?: string | null | undefined;
};

/** Changes to the settings of a connection with this dialect. Customer.io, with an App API key. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
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

/** Databricks SQL, with a personal access token or OAuth. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
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

/** Changes to the settings of a connection with this dialect. Databricks SQL, with a personal access token or OAuth. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
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

/** The connection to delete. */
export type DeleteConnectionInput = {
  /** The name that the connection must still have; otherwise the delete is refused with a ConflictError. When it is left out, the name is not compared. */
  expectName?: string | null | undefined;
  /** Global id of the connection to delete. */
  id: string | number;
  /** A text of your choice, 1 to 255 characters, that identifies this request. When the same input is sent again with the same key within 24 hours, the mutation does not run again and the first answer is returned. After a failure that changed nothing, the key can be used again. Null means that every request is carried out. */
  idempotencyKey?: string | null | undefined;
};

/** The kinds of database or API that a connection can lead to. */
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
  /** DuckDB with other databases and cloud storage attached to it. */
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

/** Conditions on the dialects to list. A condition that is left out is met by every dialect. */
export type DialectFilter = {
  /** The dialect is one of these dialects. */
  dialect?: Array<Dialect> | null | undefined;
  /** The vendor of this instance supports the dialect, at least for reads. The instance is named by its key or its id. */
  instance?: string | number | null | undefined;
  /** At least one of these vendors supports the dialect, at least for reads. */
  vendor?: Array<Vendor> | null | undefined;
};

/** A database or storage that is attached to a DuckDB. */
export type DuckDbAttachmentInput = {
  /** The name of the attachment in queries: a letter or _, followed by letters, digits and _. */
  name: string;
  /** The database or storage that is attached: exactly one of these fields. It is null on read if this schema does not know its kind. */
  source: DuckDbSourceInput;
};

/** DuckDB with other databases and cloud storage attached to it. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
export type DuckDbInput = {
  /** The attached databases and storage. At least one is required. */
  attached?: Array<DuckDbAttachmentInput> | null | undefined;
};

/** Changes to the settings of a connection with this dialect. DuckDB with other databases and cloud storage attached to it. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
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

/** Exasol, an in-memory database for analytics. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
export type ExasolInput = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: string | null | undefined;
  /** TCP port. The usual port is 8563. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Changes to the settings of a connection with this dialect. Exasol, an in-memory database for analytics. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
export type ExasolPatch = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: SecretPatch | null | undefined;
  /** TCP port. The usual port is 8563. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** What `createConnections` did at all its targets together. */
export type FanOutStatus =
  /** The connection exists at no target: one target failed, and the connections that were created before were deleted again. */
  | 'COMPENSATED'
  /** One target failed, and a connection that was created still exists, or may exist. */
  | 'COMPENSATION_INCOMPLETE'
  /** The connection was created at all targets. */
  | 'COMPLETE'
  /** The connection was created at no target. */
  | 'NOTHING_DONE'
  /** The connection was created, or may have been created, at some targets and not at others. It was kept where it was created. */
  | 'PARTIAL';

/** One instance at which `createConnections` creates the connection. */
export type FanOutTargetInput = {
  /** The instance that stores the new connection, by its key or its id. */
  instance: string | number;
  /** Name of the connection at this instance. When it is left out, the `name` of the whole input is used. */
  name?: string | null | undefined;
  /** Options that only the vendor of this instance accepts, in the field of the vendor. When it is left out, no option is set. */
  options?: VendorOptionsInput | null | undefined;
};

/** Google Cloud Firestore, with a service account. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
export type FirestoreInput = {
  /** The JSON key file of the service account, as text. */
  serviceAccountKey?: string | null | undefined;
};

/** Changes to the settings of a connection with this dialect. Google Cloud Firestore, with a service account. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
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

/** Google Analytics, with an OAuth grant that a user gave on the vendor's web page. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
export type GoogleAnalyticsInput = {
  /** The id of the OAuth grant that a user gave on Chartbrew's web page. */
  oauthId?: string | null | undefined;
};

/** Changes to the settings of a connection with this dialect. Google Analytics, with an OAuth grant that a user gave on the vendor's web page. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
export type GoogleAnalyticsPatch = {
  /** The id of the OAuth grant that a user gave on Chartbrew's web page. */
  oauthId?: string | null | undefined;
};

/** Whether an instance can be used. */
export type HealthStatus =
  /** The instance answers, but accepts no more requests for now, because its rate limit is reached. */
  | 'DEGRADED'
  /** The instance does not answer, or its answer is not as expected. */
  | 'DOWN'
  /** The instance rejects the gateway's credentials, or the gateway's account lacks a permission. */
  | 'UNAUTHORIZED'
  /** The instance answers as expected. */
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
  /** The gateway refused the value, before it wrote anything. */
  | 'GATEWAY'
  /** The vendor refused the value in its response. */
  | 'VENDOR';

/** Databricks Lakebase, a PostgreSQL service of Databricks. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
export type LakebaseInput = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: string | null | undefined;
  /** TCP port. The usual port is 5432. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Changes to the settings of a connection with this dialect. Databricks Lakebase, a PostgreSQL service of Databricks. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
export type LakebasePatch = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: SecretPatch | null | undefined;
  /** TCP port. The usual port is 5432. */
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
  /** Format of the key file: JSON, P8 or P12. */
  fileType: LookerCertificateType;
};

/** Key file for a dialect that has no field for it in `config`. To keep the stored value, leave the field out or send null. To replace it, send { replace }. To clear it, send { clear: true }. */
export type LookerCertificatePatch =
  {   /** True clears the stored value, if the vendor supports that. False is refused. */
  clear: boolean; replace?: never; }
  |  { clear?: never;   /** The new value, which replaces the stored one. */
  replace: LookerCertificateInput; };

/** Format of the key file: JSON, P8 or P12. */
export type LookerCertificateType =
  /** JSON key file of a Google service account, provided as its text or as base64. */
  | 'JSON'
  /** Private key in PKCS#8, provided as its PEM text or as base64. It is not allowed in a PDT override. */
  | 'P8'
  /** PKCS#12 file, provided as base64. */
  | 'P12';

/** Connection options that only Looker accepts. */
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

/** Changes to the options that only Looker accepts. A field that is left out keeps its value, and null clears it. */
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

/** MariaDB, with the MariaDB driver. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
export type MariaDbInput = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: string | null | undefined;
  /** TCP port. The usual port is 3306. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Changes to the settings of a connection with this dialect. MariaDB, with the MariaDB driver. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
export type MariaDbPatch = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: SecretPatch | null | undefined;
  /** TCP port. The usual port is 3306. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** MongoDB or a service with the same protocol. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
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
  /** TCP port. The usual port is 27017. */
  port?: number | null | undefined;
  /** Whether the servers are looked up in a DNS SRV record (mongodb+srv). */
  srv?: boolean | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Changes to the settings of a connection with this dialect. MongoDB or a service with the same protocol. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
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
  /** TCP port. The usual port is 27017. */
  port?: number | null | undefined;
  /** Whether the servers are looked up in a DNS SRV record (mongodb+srv). */
  srv?: boolean | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** MotherDuck, a cloud service for DuckDB, with an access token. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
export type MotherDuckInput = {
  /** The access token of the MotherDuck account. */
  accessToken?: string | null | undefined;
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
};

/** Changes to the settings of a connection with this dialect. MotherDuck, a cloud service for DuckDB, with an access token. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
export type MotherDuckPatch = {
  /** The access token of the MotherDuck account. */
  accessToken?: SecretPatch | null | undefined;
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
};

/** Microsoft SQL Server or Azure SQL. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
export type MsSqlInput = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: string | null | undefined;
  /** TCP port. The usual port is 1433. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Changes to the settings of a connection with this dialect. Microsoft SQL Server or Azure SQL. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
export type MsSqlPatch = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: SecretPatch | null | undefined;
  /** TCP port. The usual port is 1433. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** MySQL or a product with the same protocol. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
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
  /** TCP port. The usual port is 3306. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Changes to the settings of a connection with this dialect. MySQL or a product with the same protocol. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
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
  /** TCP port. The usual port is 3306. */
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

/** Connection options that only Omni accepts. */
export type OmniOptionsInput = {
  /** Whether each user may select a time zone for query results. */
  allowsUserSpecificTimezones?: boolean | null | undefined;
  /** Whether the names of views always include their schema. */
  alwaysScopeViewNames?: boolean | null | undefined;
  /** Omni's name of the sign-in method, such as snowflake-keypair or bigquery-oauth-user. When it is left out, the method follows from the provided secrets. */
  authenticationType?: string | null | undefined;
  /** Minimum role of every user on the connection, such as VIEWER or QUERIER, or the name of a custom role. Null means that Omni reports none. */
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

/** Changes to the options that only Omni accepts. A field that is left out keeps its value, and null clears it. */
export type OmniOptionsPatch = {
  /** Minimum role of every user on the connection, such as VIEWER or QUERIER, or the name of a custom role. Null means that Omni reports none. */
  baseRole?: string | null | undefined;
  /** User attribute whose value selects the connection environment. Null means that no attribute selects it. */
  environmentUserAttribute?: OmniEnvironmentInput | null | undefined;
};

/** What `createConnections` does with the created connections when one target fails. */
export type OnFailure =
  /** Work on one target after another. On a failure, delete the connections that were created, the last one first. Refused before any call when two or more of the instances cannot delete connections. */
  | 'COMPENSATE'
  /** Keep the connections that were created. Up to four targets are worked on at the same time. */
  | 'KEEP';

/** The idempotency key of a request. With it an operation is found before its mutation has answered. */
export type OperationKey = {
  /** The `idempotencyKey` in the input of the mutation. */
  idempotencyKey: string;
  /** The mutation that has the key. */
  mutation: OperationMutation;
};

/** The mutations that write at several targets. */
export type OperationMutation =
  /** A fan-out, by `createConnections`. Its targets are instances. */
  | 'CREATE_CONNECTIONS'
  /** A rotation, by `rotateConnectionSecret`. Its targets are connections. */
  | 'ROTATE_CONNECTION_SECRET';

/** Names an operation: by its id, or by its idempotency key. */
export type OperationSelector =
  {   /** The `operationId` that the mutation returned. */
  id: string | number; key?: never; }
  |  { id?: never;   /** The mutation and the key that you sent with it. */
  key: OperationKey; };

/** Whether the gateway works on an operation. */
export type OperationStatus =
  /** A target failed, or the process that worked on it ended. The created connections are being deleted, or will be within seconds. */
  | 'COMPENSATING'
  /** The work has ended. */
  | 'FINISHED'
  /** The process that worked on it ended. Send the mutation again with the same input and the same idempotency key to go on. Without a key, nobody can go on, because the gateway stores no secret. */
  | 'INTERRUPTED'
  /** The gateway works on it. */
  | 'RUNNING';

/** What the gateway knows of the write at one target of an operation. */
export type OperationTargetState =
  /** The vendor carried out the write. */
  | 'DONE'
  /** Nothing was sent, and nothing will be. */
  | 'NOT_ATTEMPTED'
  /** Its turn has not come. Nothing was sent. */
  | 'NOT_STARTED'
  /** The connection was created, and still exists or may exist: it could not be deleted after another target failed. */
  | 'NOT_UNDONE'
  /** The write was refused, and nothing was changed. */
  | 'REFUSED'
  /** The write was sent, or is about to be sent, and its outcome is not known yet. */
  | 'SENDING'
  /** The connection was created, and deleted again because another target failed. */
  | 'UNDONE'
  /** The write may have been carried out: it was sent, and nothing tells its outcome. */
  | 'UNKNOWN'
  /** The new secret did not pass its test, so nothing was written. */
  | 'VERIFICATION_FAILED';

/** Oracle Database, found by its host or by a TNS service name. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
export type OracleInput = {
  /** Whether the license of Oracle's driver is accepted. Omni refuses connections without it. */
  acceptsLicense?: boolean | null | undefined;
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: string | null | undefined;
  /** TCP port. The usual port is 1521. */
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

/** Changes to the settings of a connection with this dialect. Oracle Database, found by its host or by a TNS service name. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
export type OraclePatch = {
  /** Whether the license of Oracle's driver is accepted. Omni refuses connections without it. */
  acceptsLicense?: boolean | null | undefined;
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: SecretPatch | null | undefined;
  /** TCP port. The usual port is 1521. */
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

/** A dialect that this schema does not list. `vendorDialect` has the vendor's name for it. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
export type OtherInput = {
  /** The name of the database, project or catalog. */
  database?: string | null | undefined;
  /** The vendor's name of the dialect. Only Looker accepts it. Reads return it as `vendorDialect`. */
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

/** Changes to the settings of a connection with this dialect. A dialect that this schema does not list. `vendorDialect` has the vendor's name for it. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
export type OtherPatch = {
  /** The name of the database, project or catalog. */
  database?: string | null | undefined;
  /** The vendor's name of the dialect. Only Looker accepts it. Reads return it as `vendorDialect`. */
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

/** What a mutation that works on several connections did with one of them: `createConnections` with one target, `rotateConnectionSecret` with one connection. */
export type OutcomeStatus =
  /** The write succeeded at the vendor. */
  | 'DONE'
  /** The write was not attempted, so nothing was written. */
  | 'NOT_ATTEMPTED'
  /** The write would be sent. This was a dry run, so nothing was written. */
  | 'PLANNED'
  /** The write was refused, and nothing was written. `result` says why. */
  | 'REFUSED'
  /** The write may have succeeded: it was sent, and the vendor did not answer. Read the connection before you try again. */
  | 'UNKNOWN'
  /** The new secret did not pass its test before the write, so nothing was written. */
  | 'VERIFICATION_FAILED';

/** PostgreSQL or a product with the same protocol. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
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
  /** TCP port. The usual port is 5432. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Changes to the settings of a connection with this dialect. PostgreSQL or a product with the same protocol. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
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
  /** TCP port. The usual port is 5432. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Firebase Realtime Database, with a service account. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
export type RealtimeDbInput = {
  /** The user id under which the database's security rules are evaluated. */
  authOverrideUid?: string | null | undefined;
  /** The URL of the database, if it is not the project's default database. */
  databaseUrl?: string | null | undefined;
  /** The JSON key file of the service account, as text. */
  serviceAccountKey?: string | null | undefined;
};

/** Changes to the settings of a connection with this dialect. Firebase Realtime Database, with a service account. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
export type RealtimeDbPatch = {
  /** The user id under which the database's security rules are evaluated. */
  authOverrideUid?: string | null | undefined;
  /** The URL of the database, if it is not the project's default database. */
  databaseUrl?: string | null | undefined;
  /** The JSON key file of the service account, as text. */
  serviceAccountKey?: SecretPatch | null | undefined;
};

/** Amazon Redshift, with a user name and a password. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
export type RedshiftInput = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: string | null | undefined;
  /** TCP port. The usual port is 5439. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Changes to the settings of a connection with this dialect. Amazon Redshift, with a user name and a password. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
export type RedshiftPatch = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: SecretPatch | null | undefined;
  /** TCP port. The usual port is 5439. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Which secret of a connection is replaced, as a field of the dialect's input. */
export type RotatableSecret =
  /** The dialect's field `accessToken`. */
  | 'ACCESS_TOKEN'
  /** The dialect's field `apiKey`. */
  | 'API_KEY'
  /** The dialect's field `password`. */
  | 'PASSWORD'
  /** The dialect's field `privateKey`. Its passphrase is replaced with it. */
  | 'PRIVATE_KEY'
  /** The dialect's field `serviceAccountKey`: the whole JSON document. */
  | 'SERVICE_ACCOUNT_KEY';

/** The new secret, the connections that get it, and the tests that must pass before the write. */
export type RotateConnectionSecretInput = {
  /** The connections that get the new secret. */
  connections: RotationSelector;
  /** Whether to plan only: the connections are read, and nothing is tested or written. Connections that would be written if their tests pass have the status PLANNED. */
  dryRun?: boolean;
  /** The field whose secret is replaced. An AWS access key changes together with its id: use updateConnection for it. */
  field: RotatableSecret;
  /** A text of your choice, 1 to 255 characters, that identifies this request. When the same input is sent again with the same key within 24 hours, the mutation does not run again and the first answer is returned. After a failure that changed nothing, the key can be used again. Null means that every request is carried out. */
  idempotencyKey?: string | null | undefined;
  /** Passphrase of the new private key. Leave it out when the key has none. */
  privateKeyPassphrase?: string | null | undefined;
  /** The new secret. The old secret is not needed. */
  secret: string;
  /** Which tests must pass before the new secret is written. When it is left out, PER_SERVER is used. */
  verification?: RotationVerification | null | undefined;
  /**
   * True means `verification: PER_SERVER`, and false means `verification: NONE`. When both are provided, they must not contradict each other.
   * @deprecated Use `verification`. Removed after 2027-12-31.
   */
  verifyFirst?: boolean | null | undefined;
};

/** All connections to one server with one user, at every vendor that reports both. The whole route to the server counts: a connection that uses a tunnel, a proxy, driver parameters or any other setting that may lead somewhere else is REFUSED, and its `result` names these settings; rotate it by its id. A connection that is stored as a connection string reports neither host nor user, and is not found. A match that finds nothing is refused with the code INVALID at `input.connections.match`. When nothing is found and an instance did not answer, the result is the failure of that instance, because it may have the connection. */
export type RotationMatch = {
  /** Host of the server, whatever the dialect calls it (host, account, hostOverride). All spellings of a host are equal: upper and lower case, a dot at the end, any form of an IPv6 address, a Snowflake account or its usual host name. */
  host: string;
  /** TCP port of the server. When it is left out, the usual port of the dialect is used; a connection to another port is then REFUSED, and its `result` names the port. A connection whose vendor reports no port is assumed to use the usual port. Dialects without a port (Snowflake) ignore this field. */
  port?: number | null | undefined;
  /** The user that signs in. Upper and lower case are distinguished. */
  username: string;
  /** The products whose connections are searched. When it is left out, all products are searched. */
  vendor?: Array<Vendor> | null | undefined;
};

/** The connections that get the new secret: a list of ids, or a match by server and user. */
export type RotationSelector =
  {   /** Global ids of the connections, 1 to 100 of them. When one of them does not exist, the whole rotation is refused. */
  ids: Array<string | number>; match?: never; }
  |  { ids?: never;   /** All connections to one server with one user. It must find 1 to 100 of them. */
  match: RotationMatch; };

/** Which tests must pass before the new secret is written. */
export type RotationVerification =
  /** The gateway runs no test. Some vendors test settings themselves before they save them (Credible). */
  | 'NONE'
  /** Each connection must pass a test of its own with the new secret. A connection that cannot be tested is NOT_ATTEMPTED: its vendor cannot test settings that are not saved (Omni), does not report all settings, or the test needs another stored secret too (a certificate authority, the key of a tunnel). */
  | 'PER_CONNECTION'
  /** One passed test is enough for a server and user. Every connection that can be tested must pass its test. A connection that cannot be tested waits for the tests of all others. It is written when at least one other connection of this rotation to the same host and port with the same user passed its test, and none of those failed; otherwise it is NOT_ATTEMPTED. When a vendor does not report host or user (Omni), they count as equal to those of any other connection. A secret that could not be tested at any connection is not written. */
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

/** SAP HANA, over the port of its SQL interface. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
export type SapHanaInput = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: string | null | undefined;
  /** TCP port. The usual port is 30015. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Changes to the settings of a connection with this dialect. SAP HANA, over the port of its SQL interface. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
export type SapHanaPatch = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: SecretPatch | null | undefined;
  /** TCP port. The usual port is 30015. */
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

/** The change of a stored secret. To keep the stored value, leave the field out or send null. To replace it, send { replace }. To clear it, send { clear: true }. */
export type SecretPatch =
  {   /** True clears the stored value, if the vendor supports that. False is refused. */
  clear: boolean; replace?: never; }
  |  { clear?: never;   /** The new value, which replaces the stored one. */
  replace: string; };

/** Whether a vendor stores a secret. */
export type SecretStatus =
  /** The vendor stores no secret in this field. */
  | 'NOT_SET'
  /** The vendor stores a secret in this field. */
  | 'SET'
  /** The vendor does not report whether it stores a secret in this field. */
  | 'UNKNOWN';

/** Snowflake, with a password, a key pair or OAuth. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
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

/** Changes to the settings of a connection with this dialect. Snowflake, with a password, a key pair or OAuth. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
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

/** StarRocks, over the MySQL protocol. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
export type StarRocksInput = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: string | null | undefined;
  /** TCP port. The usual port is 9030. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** Changes to the settings of a connection with this dialect. StarRocks, over the MySQL protocol. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
export type StarRocksPatch = {
  /** The name of the database to connect to. */
  database?: string | null | undefined;
  /** The host name or IP address of the database server, as the vendor reaches it. */
  host?: string | null | undefined;
  /** The password of the database user. */
  password?: SecretPatch | null | undefined;
  /** TCP port. The usual port is 9030. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the database user that signs in. */
  username?: string | null | undefined;
};

/** One condition on a text. Upper and lower case are not distinguished. */
export type StringFilter =
  {   /** The text contains this value. */
  contains: string; equals?: never; in?: never; startsWith?: never; }
  |  { contains?: never;   /** The text is equal to this value. */
  equals: string; in?: never; startsWith?: never; }
  |  { contains?: never; equals?: never;   /** The text is equal to one of these values. An empty list matches nothing. */
  in: Array<string>; startsWith?: never; }
  |  { contains?: never; equals?: never; in?: never;   /** The text starts with this value. */
  startsWith: string; };

/** What the gateway can do with connections of one dialect at one vendor. */
export type SupportStatus =
  /** Existing connections with this dialect can be read. None can be created. */
  | 'READ_ONLY'
  /** Connections with this dialect can be created and read. */
  | 'SUPPORTED'
  /** The vendor has no connections with this dialect, or they are reported as OTHER. */
  | 'UNSUPPORTED';

/** The settings to test: everything that `createConnection` accepts, except that no name is needed. Stored secrets are not used, so every secret that the connection needs must be sent. */
export type TestConnectionConfigInput = {
  /** The settings to test, in the field of their dialect. */
  config: ConnectionConfigInput;
  /** The instance that runs the test, by its key or its id. */
  instance: string | number;
  /** The name that the connection would have. It is optional: no vendor needs it for a test. */
  name?: string | null | undefined;
  /** Options that only the vendor of the instance accepts, in the field of the vendor. When it is left out, no option is set. */
  options?: VendorOptionsInput | null | undefined;
  /** The checks to run, by the vendor's names (Looker: connect, query and others). When it is left out, the vendor runs its default checks. A check that the vendor does not have gets the outcome SKIPPED. */
  tests?: Array<string> | null | undefined;
};

/** The saved connection to test, and the checks to run. */
export type TestConnectionInput = {
  /** Global id of the connection to test. */
  id: string | number;
  /** The checks to run, by the vendor's names (Looker: connect, query and others). When it is left out, the vendor runs its default checks. A check that the vendor does not have gets the outcome SKIPPED. */
  tests?: Array<string> | null | undefined;
};

/** The result of a test, or of one check of it. */
export type TestOutcome =
  /** The test or check failed. `message` says why, as far as that is known. */
  | 'FAILED'
  /** The test or check succeeded. */
  | 'PASSED'
  /** The test or check was not run. */
  | 'SKIPPED'
  /** The test or check neither succeeded nor failed; `vendorOutcome` has the result of the vendor. */
  | 'WARNED';

/** The TLS encryption between the vendor and the database. */
export type TlsInput = {
  /** The certificate of the authority to trust, as PEM text. Chartbrew accepts at most 1 MiB. */
  ca?: string | null | undefined;
  /** The client certificate, as PEM text. Chartbrew accepts at most 1 MiB. */
  certificate?: string | null | undefined;
  /** Whether the connection to the database is encrypted. */
  enabled?: boolean | null | undefined;
  /** The private key of the client certificate, as PEM text without a passphrase. Chartbrew accepts at most 1 MiB. */
  key?: string | null | undefined;
  /** Chartbrew's sslMode: require, verify-ca, verify-full, prefer or disable. If it is left out, Patchbay derives it from `verify` and the certificates. */
  mode?: string | null | undefined;
  /** Whether the vendor verifies the server's certificate. With false it accepts any certificate. Looker calls this verify_ssl; Omni's trustServerCertificate is the opposite. */
  verify?: boolean | null | undefined;
};

/** The TLS encryption between the vendor and the database. */
export type TlsPatch = {
  /** The certificate of the authority to trust, as PEM text. Chartbrew accepts at most 1 MiB. */
  ca?: SecretPatch | null | undefined;
  /** The client certificate, as PEM text. Chartbrew accepts at most 1 MiB. */
  certificate?: SecretPatch | null | undefined;
  /** Whether the connection to the database is encrypted. */
  enabled?: boolean | null | undefined;
  /** The private key of the client certificate, as PEM text without a passphrase. Chartbrew accepts at most 1 MiB. */
  key?: SecretPatch | null | undefined;
  /** Chartbrew's sslMode: require, verify-ca, verify-full, prefer or disable. If it is left out, Patchbay derives it from `verify` and the certificates. */
  mode?: string | null | undefined;
  /** Whether the vendor verifies the server's certificate. With false it accepts any certificate. Looker calls this verify_ssl; Omni's trustServerCertificate is the opposite. */
  verify?: boolean | null | undefined;
};

/** Trino or Starburst. The connection is encrypted unless tls.enabled is false. This schema requires no field. When fields that the vendor requires are missing, the mutation is refused with one issue for each of them. */
export type TrinoInput = {
  /** The name of the catalog to connect to. */
  catalog?: string | null | undefined;
  /** The host name or IP address of the coordinator, without a scheme. Credible's `server` combines it with `tls.enabled`. */
  host?: string | null | undefined;
  /** The password of the user. It requires an encrypted connection. */
  password?: string | null | undefined;
  /** The API key of Peaka, a service with the Trino protocol (Credible). */
  peakaKey?: string | null | undefined;
  /** TCP port. The usual port is 8080. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsInput | null | undefined;
  /** The name of the Trino user that signs in. */
  username?: string | null | undefined;
};

/** Changes to the settings of a connection with this dialect. Trino or Starburst. The connection is encrypted unless tls.enabled is false. A field that is left out keeps its value, and null clears it. Lists and one-of groups are replaced as a whole, including their secrets. To keep a stored secret in one of them, send it again. In an item of a list, null means that the item has no secret. */
export type TrinoPatch = {
  /** The name of the catalog to connect to. */
  catalog?: string | null | undefined;
  /** The host name or IP address of the coordinator, without a scheme. Credible's `server` combines it with `tls.enabled`. */
  host?: string | null | undefined;
  /** The password of the user. It requires an encrypted connection. */
  password?: SecretPatch | null | undefined;
  /** The API key of Peaka, a service with the Trino protocol (Credible). */
  peakaKey?: SecretPatch | null | undefined;
  /** TCP port. The usual port is 8080. */
  port?: number | null | undefined;
  /** The default schema, which is used for table names without a schema. */
  schema?: string | null | undefined;
  /** The TLS encryption between the vendor and the database. */
  tls?: TlsPatch | null | undefined;
  /** The name of the Trino user that signs in. */
  username?: string | null | undefined;
};

/** Changes to a saved connection. A field that is left out keeps its value, null clears it, and any other value replaces it. */
export type UpdateConnectionInput = {
  /** Changes to the connection's settings, in the field of its dialect. When it is left out, no setting changes. */
  config?: ConnectionConfigPatch | null | undefined;
  /** Global id of the connection to change. */
  id: string | number;
  /** A text of your choice, 1 to 255 characters, that identifies this request. When the same input is sent again with the same key within 24 hours, the mutation does not run again and the first answer is returned. After a failure that changed nothing, the key can be used again. Null means that every request is carried out. */
  idempotencyKey?: string | null | undefined;
  /** The new name of the connection. Only Chartbrew can rename a connection. When it is left out, the name stays. */
  name?: string | null | undefined;
  /** Changes to the options that only the connection's vendor accepts, in the field of the vendor. When it is left out, no option changes. */
  options?: VendorOptionsPatch | null | undefined;
};

/** Why a value was refused. */
export type ValidationCode =
  /** The value excludes another value of the input; provide only one of them. */
  | 'EXCLUSIVE'
  /** The value does not have the required format. */
  | 'INVALID'
  /** The field belongs to another vendor or dialect than the rest of the input. */
  | 'MISMATCH'
  /** The vendor does not support this field or value here; leave it out. */
  | 'NOT_ALLOWED'
  /** The number is smaller or larger than allowed. */
  | 'OUT_OF_RANGE'
  /** The vendor requires this field, and the input has no value for it. */
  | 'REQUIRED'
  /** The stored secret cannot be used, so the secret must be sent too. Either the change may lead the connection to another server, which must not get the stored secret, or the vendor replaces all settings at once and does not return the stored secret. */
  | 'SECRET_NEEDED'
  /** The text or list is longer than allowed. */
  | 'TOO_LONG'
  /** The text or list is shorter than allowed; often it is empty. */
  | 'TOO_SHORT';

/** The BI products that store connections and that this gateway supports. */
export type Vendor =
  /** Chartbrew, hosted or self-hosted. */
  | 'CHARTBREW'
  /** Credible (credibledata.com), by its admin API. */
  | 'CREDIBLE'
  /** Looker (Google Cloud), API 4.0. */
  | 'LOOKER'
  /** Omni (omniapp.co). Reads report few of the fields that were written. */
  | 'OMNI';

/** Options that only one vendor accepts, in the field of the vendor. It must be the vendor of the instance. */
export type VendorOptionsInput =
  {   /** Options for a connection at an instance of Chartbrew. */
  chartbrew: ChartbrewOptionsInput; credible?: never; looker?: never; omni?: never; }
  |  { chartbrew?: never;   /** Options for a connection at an instance of Credible. */
  credible: CredibleOptionsInput; looker?: never; omni?: never; }
  |  { chartbrew?: never; credible?: never;   /** Options for a connection at an instance of Looker. */
  looker: LookerOptionsInput; omni?: never; }
  |  { chartbrew?: never; credible?: never; looker?: never;   /** Options for a connection at an instance of Omni. */
  omni: OmniOptionsInput; };

/** Changes to the options that only a connection's vendor accepts, in the field of this vendor. */
export type VendorOptionsPatch =
  {   /** Changes to the options of a stored Chartbrew connection. */
  chartbrew: ChartbrewOptionsPatch; credible?: never; looker?: never; omni?: never; }
  |  { chartbrew?: never;   /** Changes to the options of a stored Credible connection. */
  credible: CredibleOptionsInput; looker?: never; omni?: never; }
  |  { chartbrew?: never; credible?: never;   /** Changes to the options of a stored Looker connection. */
  looker: LookerOptionsPatch; omni?: never; }
  |  { chartbrew?: never; credible?: never; looker?: never;   /** Changes to the options of a stored Omni connection. */
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
    | { __typename: 'ConflictError', message: string, requestId: string }
    | { __typename: 'NotFoundError', message: string, requestId: string }
    | { __typename: 'OutcomeUnknownError', message: string, requestId: string }
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

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { name: string, scopes: Array<string>, expiresAt: string | null } };

export type ListDialectsQueryVariables = Exact<{
  filter?: DialectFilter | null | undefined;
}>;


export type ListDialectsQuery = { dialects: Array<{ dialect: Dialect, label: string, support: Array<{ vendor: Vendor, status: SupportStatus, vendorDialect: string | null, note: string | null }> }> };

export type VendorInstanceQueryVariables = Exact<{
  id: string | number;
}>;


export type VendorInstanceQuery = { vendorInstance: { id: string, label: string, vendor: Vendor, host: string, capabilities: Array<Capability>, rateLimit: { remaining: number | null } | null, connections: { totalCount: number | null, nodes: Array<{ id: string, name: string, createdAt: string | null }> } } | null };

export type NodeQueryVariables = Exact<{
  id: string | number;
}>;


export type NodeQuery = { node:
    | { __typename: 'Connection', name: string, vendor: Vendor, dialect: Dialect, id: string }
    | { __typename: 'VendorInstance', label: string, vendor: Vendor, id: string }
   | null };

export type NodesQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type NodesQuery = { nodes: Array<
    | { __typename: 'Connection', name: string, vendor: Vendor, id: string }
    | { __typename: 'VendorInstance', label: string, vendor: Vendor, id: string }
   | null> };

export type OperationQueryVariables = Exact<{
  by: OperationSelector;
}>;


export type OperationQuery = { operation: { id: string, mutation: OperationMutation, status: OperationStatus, startedAt: string, finishedAt: string | null, counts: { total: number, done: number, unknown: number }, targets: Array<{ connectionId: string | null, state: OperationTargetState, instance: { id: string, key: string } }> } | null };

export type AuditQueryVariables = Exact<{
  filter?: AuditFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type AuditQuery = { audit: { nodes: Array<{ endedAt: string, mutation: string, outcome: string, caller: string, instances: Array<string>, connections: Array<string>, secrets: Array<string> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

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
    | { __typename: 'OutcomeUnknownError', message: string, requestId: string }
    | { __typename: 'PermissionError', message: string, requestId: string }
    | { __typename: 'UnsupportedError', message: string, requestId: string }
    | { __typename: 'ValidationError', message: string, requestId: string, issues: Array<{ path: Array<string>, code: ValidationCode, message: string }> }
    | { __typename: 'VendorUnavailableError', message: string, requestId: string }
   };


export const ListConnectionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ListConnections"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"100"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectionFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connections"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"isComplete"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"dialect"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"database"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"completeness"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"instance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ListConnectionsQuery, ListConnectionsQueryVariables>;
export const RotateConnectionSecretDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RotateConnectionSecret"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RotateConnectionSecretInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rotateConnectionSecret"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RotateConnectionSecretSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rotation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcomes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"connection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"result"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ValidationError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"verification"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}}]}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"remaining"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"unsearchable"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ValidationError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]}}]} as unknown as DocumentNode<RotateConnectionSecretMutation, RotateConnectionSecretMutationVariables>;
export const DeleteConnectionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteConnection"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteConnectionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteConnection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteConnectionSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}},{"kind":"Field","name":{"kind":"Name","value":"archived"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConflictError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conflict"}},{"kind":"Field","name":{"kind":"Name","value":"existing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteConnectionMutation, DeleteConnectionMutationVariables>;
export const ViewerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]}}]} as unknown as DocumentNode<ViewerQuery, ViewerQueryVariables>;
export const ListDialectsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ListDialects"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DialectFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dialects"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dialect"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"support"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"vendorDialect"}},{"kind":"Field","name":{"kind":"Name","value":"note"}}]}}]}}]}}]} as unknown as DocumentNode<ListDialectsQuery, ListDialectsQueryVariables>;
export const VendorInstanceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"VendorInstance"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"vendorInstance"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"}},{"kind":"Field","name":{"kind":"Name","value":"rateLimit"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"remaining"}}]}},{"kind":"Field","name":{"kind":"Name","value":"connections"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"3"}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"field"},"value":{"kind":"EnumValue","value":"CREATED_AT"}},{"kind":"ObjectField","name":{"kind":"Name","value":"direction"},"value":{"kind":"EnumValue","value":"DESC"}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]}}]}}]}}]} as unknown as DocumentNode<VendorInstanceQuery, VendorInstanceQueryVariables>;
export const NodeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Node"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Connection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"dialect"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"VendorInstance"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}}]}}]}}]}}]} as unknown as DocumentNode<NodeQuery, NodeQueryVariables>;
export const NodesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Nodes"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ids"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"ids"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ids"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Connection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"VendorInstance"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}}]}}]}}]}}]} as unknown as DocumentNode<NodesQuery, NodesQueryVariables>;
export const OperationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Operation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"by"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OperationSelector"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"operation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"by"},"value":{"kind":"Variable","name":{"kind":"Name","value":"by"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"mutation"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"counts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"done"}},{"kind":"Field","name":{"kind":"Name","value":"unknown"}}]}},{"kind":"Field","name":{"kind":"Name","value":"targets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"instance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}}]}},{"kind":"Field","name":{"kind":"Name","value":"connectionId"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}}]}}]} as unknown as DocumentNode<OperationQuery, OperationQueryVariables>;
export const AuditDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Audit"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"AuditFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"audit"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endedAt"}},{"kind":"Field","name":{"kind":"Name","value":"mutation"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"caller"}},{"kind":"Field","name":{"kind":"Name","value":"instances"}},{"kind":"Field","name":{"kind":"Name","value":"connections"}},{"kind":"Field","name":{"kind":"Name","value":"secrets"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<AuditQuery, AuditQueryVariables>;
export const CreateConnectionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateConnection"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateConnectionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createConnection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateConnectionSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"config"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ServerConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"database"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"password"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"mask"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"secrets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ValidationError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"source"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UnsupportedError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"alternatives"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConflictError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"existing"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OutcomeUnknownError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"probe"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]}}]} as unknown as DocumentNode<CreateConnectionMutation, CreateConnectionMutationVariables>;
export const ReadConnectionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ReadConnection"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"dialect"}},{"kind":"Field","name":{"kind":"Name","value":"vendorDialect"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"database"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"completeness"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"config"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PostgresConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"database"}},{"kind":"Field","name":{"kind":"Name","value":"schema"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"flavor"}},{"kind":"Field","name":{"kind":"Name","value":"password"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tls"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"verify"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MySqlConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"database"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"password"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BigQueryConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"projectId"}},{"kind":"Field","name":{"kind":"Name","value":"dataset"}},{"kind":"Field","name":{"kind":"Name","value":"location"}},{"kind":"Field","name":{"kind":"Name","value":"serviceAccountEmail"}},{"kind":"Field","name":{"kind":"Name","value":"serviceAccountKey"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SnowflakeConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"}},{"kind":"Field","name":{"kind":"Name","value":"hostOverride"}},{"kind":"Field","name":{"kind":"Name","value":"warehouse"}},{"kind":"Field","name":{"kind":"Name","value":"database"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"password"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"privateKey"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OtherConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"database"}},{"kind":"Field","name":{"kind":"Name","value":"username"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"details"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LookerDetails"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"allowedActions"}},{"kind":"Field","name":{"kind":"Name","value":"dbTimezone"}},{"kind":"Field","name":{"kind":"Name","value":"maxConnections"}},{"kind":"Field","name":{"kind":"Name","value":"jdbcAdditionalParams"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OmniDetails"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"baseRole"}},{"kind":"Field","name":{"kind":"Name","value":"environmentUserAttribute"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"attributeName"}},{"kind":"Field","name":{"kind":"Name","value":"defaultValues"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CredibleDetails"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"includeTables"}},{"kind":"Field","name":{"kind":"Name","value":"indexing"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ChartbrewDetails"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subType"}},{"kind":"Field","name":{"kind":"Name","value":"projectIds"}},{"kind":"Field","name":{"kind":"Name","value":"ssh"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"password"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"secrets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]} as unknown as DocumentNode<ReadConnectionQuery, ReadConnectionQueryVariables>;
export const VendorHealthDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"VendorHealth"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"vendors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"documentationUrl"}},{"kind":"Field","name":{"kind":"Name","value":"instances"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"latencyMs"}},{"kind":"Field","name":{"kind":"Name","value":"checkedAt"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<VendorHealthQuery, VendorHealthQueryVariables>;
export const DialectFormDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"DialectForm"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dialect"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"dialect"},"value":{"kind":"EnumValue","value":"SNOWFLAKE"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"inputField"}},{"kind":"Field","name":{"kind":"Name","value":"support"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"vendorDialect"}},{"kind":"Field","name":{"kind":"Name","value":"note"}},{"kind":"Field","name":{"kind":"Name","value":"createSchema"}},{"kind":"Field","name":{"kind":"Name","value":"optionsSchema"}}]}}]}}]}}]} as unknown as DocumentNode<DialectFormQuery, DialectFormQueryVariables>;
export const UpdateConnectionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateConnection"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateConnectionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateConnection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateConnectionSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"config"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ServerConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"database"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"password"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"details"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LookerDetails"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"queryTimezone"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ValidationError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OutcomeUnknownError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"probe"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]}}]} as unknown as DocumentNode<UpdateConnectionMutation, UpdateConnectionMutationVariables>;
export const TestConnectionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"TestConnection"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TestConnectionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"testConnection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TestConnectionSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"test"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"checks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"vendorOutcome"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UnsupportedError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"alternatives"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]}}]} as unknown as DocumentNode<TestConnectionMutation, TestConnectionMutationVariables>;
export const TestConnectionConfigDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"TestConnectionConfig"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"TestConnectionConfigInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"testConnectionConfig"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TestConnectionSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"test"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"checks"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"vendorOutcome"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ValidationError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]}}]} as unknown as DocumentNode<TestConnectionConfigMutation, TestConnectionConfigMutationVariables>;
export const CreateConnectionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateConnections"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateConnectionsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createConnections"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateConnectionsSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"fanOut"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"outcomes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"instance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"result"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateConnectionSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"compensation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ValidationError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]}}]} as unknown as DocumentNode<CreateConnectionsMutation, CreateConnectionsMutationVariables>;