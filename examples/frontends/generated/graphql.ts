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

export type ListRowFragment = { id: string, name: string, vendor: Vendor, dialect: Dialect, host: string | null, database: string | null };

export type ConnectionPageQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: ConnectionFilter | null | undefined;
}>;


export type ConnectionPageQuery = { connections: { totalCount: number | null, isComplete: boolean, edges: Array<{ cursor: string, node: { id: string, name: string, vendor: Vendor, dialect: Dialect, host: string | null, database: string | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ConnectionByIdQueryVariables = Exact<{
  id: string | number;
}>;


export type ConnectionByIdQuery = { node:
    | { __typename: 'Connection', id: string, name: string, vendor: Vendor, dialect: Dialect, host: string | null, database: string | null, config:
        | { __typename: 'ApiConfig' }
        | { __typename: 'AthenaConfig' }
        | { __typename: 'BigQueryConfig' }
        | { __typename: 'ClickHouseConfig', username: string | null, password: { status: SecretStatus } }
        | { __typename: 'CustomerIoConfig' }
        | { __typename: 'DatabricksConfig' }
        | { __typename: 'DuckDbConfig' }
        | { __typename: 'ExasolConfig', username: string | null, password: { status: SecretStatus } }
        | { __typename: 'FirestoreConfig' }
        | { __typename: 'GoogleAnalyticsConfig' }
        | { __typename: 'LakebaseConfig', username: string | null, password: { status: SecretStatus } }
        | { __typename: 'MariaDbConfig', username: string | null, password: { status: SecretStatus } }
        | { __typename: 'MongoDbConfig', username: string | null, password: { status: SecretStatus } }
        | { __typename: 'MotherDuckConfig' }
        | { __typename: 'MsSqlConfig', username: string | null, password: { status: SecretStatus } }
        | { __typename: 'MySqlConfig', username: string | null, password: { status: SecretStatus } }
        | { __typename: 'OracleConfig', username: string | null, password: { status: SecretStatus } }
        | { __typename: 'OtherConfig', username: string | null, password: { status: SecretStatus } }
        | { __typename: 'PostgresConfig', username: string | null, password: { status: SecretStatus } }
        | { __typename: 'RealtimeDbConfig' }
        | { __typename: 'RedshiftConfig', username: string | null, password: { status: SecretStatus } }
        | { __typename: 'SapHanaConfig', username: string | null, password: { status: SecretStatus } }
        | { __typename: 'SnowflakeConfig' }
        | { __typename: 'StarRocksConfig', username: string | null, password: { status: SecretStatus } }
        | { __typename: 'TrinoConfig' }
       }
    | { __typename: 'VendorInstance' }
   | null };

export type CreateConnectionMutationVariables = Exact<{
  input: CreateConnectionInput;
}>;


export type CreateConnectionMutation = { createConnection:
    | { __typename: 'ConflictError', message: string, requestId: string }
    | { __typename: 'CreateConnectionSuccess', connection: { id: string, name: string, vendor: Vendor, dialect: Dialect, host: string | null, database: string | null } }
    | { __typename: 'OutcomeUnknownError', message: string, requestId: string }
    | { __typename: 'PermissionError', message: string, requestId: string }
    | { __typename: 'RateLimitedError', message: string, requestId: string }
    | { __typename: 'UnsupportedError', message: string, requestId: string }
    | { __typename: 'ValidationError', message: string, requestId: string, issues: Array<{ path: Array<string>, code: ValidationCode, message: string }> }
    | { __typename: 'VendorUnavailableError', message: string, requestId: string }
   };

export type UpdateConnectionMutationVariables = Exact<{
  input: UpdateConnectionInput;
}>;


export type UpdateConnectionMutation = { updateConnection:
    | { __typename: 'ConflictError', message: string, requestId: string }
    | { __typename: 'NotFoundError', message: string, requestId: string }
    | { __typename: 'OutcomeUnknownError', message: string, requestId: string }
    | { __typename: 'PermissionError', message: string, requestId: string }
    | { __typename: 'RateLimitedError', message: string, requestId: string }
    | { __typename: 'UnsupportedError', message: string, requestId: string }
    | { __typename: 'UpdateConnectionSuccess', connection: { id: string, name: string, vendor: Vendor, dialect: Dialect, host: string | null, database: string | null } }
    | { __typename: 'ValidationError', message: string, requestId: string }
    | { __typename: 'VendorUnavailableError', message: string, requestId: string }
   };

export type DeleteConnectionMutationVariables = Exact<{
  input: DeleteConnectionInput;
}>;


export type DeleteConnectionMutation = { deleteConnection:
    | { __typename: 'ConflictError', message: string, requestId: string }
    | { __typename: 'DeleteConnectionSuccess', deletedId: string }
    | { __typename: 'NotFoundError', message: string, requestId: string }
    | { __typename: 'OutcomeUnknownError', message: string, requestId: string }
    | { __typename: 'PermissionError', message: string, requestId: string }
    | { __typename: 'RateLimitedError', message: string, requestId: string }
    | { __typename: 'UnsupportedError', message: string, requestId: string }
    | { __typename: 'VendorUnavailableError', message: string, requestId: string }
   };

export const ListRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ListRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Connection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"dialect"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"database"}}]}}]} as unknown as DocumentNode<ListRowFragment, unknown>;
export const ConnectionPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConnectionPage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectionFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connections"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ListRow"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"isComplete"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ListRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Connection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"dialect"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"database"}}]}}]} as unknown as DocumentNode<ConnectionPageQuery, ConnectionPageQueryVariables>;
export const ConnectionByIdDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConnectionById"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Connection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ListRow"}},{"kind":"Field","name":{"kind":"Name","value":"config"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ServerConfig"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"password"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ListRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Connection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"dialect"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"database"}}]}}]} as unknown as DocumentNode<ConnectionByIdQuery, ConnectionByIdQueryVariables>;
export const CreateConnectionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateConnection"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateConnectionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createConnection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateConnectionSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ListRow"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ValidationError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issues"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ListRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Connection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"dialect"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"database"}}]}}]} as unknown as DocumentNode<CreateConnectionMutation, CreateConnectionMutationVariables>;
export const UpdateConnectionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateConnection"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateConnectionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateConnection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateConnectionSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ListRow"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ListRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Connection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"dialect"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"database"}}]}}]} as unknown as DocumentNode<UpdateConnectionMutation, UpdateConnectionMutationVariables>;
export const DeleteConnectionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteConnection"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteConnectionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteConnection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteConnectionSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"requestId"}}]}}]}}]}}]} as unknown as DocumentNode<DeleteConnectionMutation, DeleteConnectionMutationVariables>;