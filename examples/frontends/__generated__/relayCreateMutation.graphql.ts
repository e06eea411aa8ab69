/**
 * @generated SignedSource<<3fbc300c98fe48fc15a9c18feab474f7>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
export type DatabaseFlavor = "RDS" | "STANDARD" | "SUPABASE" | "TIMESCALE" | "%future added value";
export type Dialect = "API" | "ATHENA" | "BIGQUERY" | "CLICKHOUSE" | "CUSTOMER_IO" | "DATABRICKS" | "DATABRICKS_LAKEBASE" | "DUCKDB" | "EXASOL" | "FIRESTORE" | "GOOGLE_ANALYTICS" | "MARIADB" | "MONGODB" | "MOTHERDUCK" | "MSSQL" | "MYSQL" | "ORACLE" | "OTHER" | "POSTGRES" | "REALTIME_DB" | "REDSHIFT" | "SAP_HANA" | "SNOWFLAKE" | "STARROCKS" | "TRINO" | "%future added value";
export type LookerCertificateType = "JSON" | "P12" | "P8" | "%future added value";
export type Vendor = "CHARTBREW" | "CREDIBLE" | "LOOKER" | "OMNI" | "%future added value";
export type CreateConnectionInput = {
  config: ConnectionConfigInput;
  idempotencyKey?: string | null | undefined;
  instance: string;
  name: string;
  options?: VendorOptionsInput | null | undefined;
};
export type ConnectionConfigInput = {
  api: ApiInput;
  athena?: never;
  bigquery?: never;
  clickhouse?: never;
  customerIo?: never;
  databricks?: never;
  databricksLakebase?: never;
  duckdb?: never;
  exasol?: never;
  firestore?: never;
  googleAnalytics?: never;
  mariadb?: never;
  mongodb?: never;
  motherduck?: never;
  mssql?: never;
  mysql?: never;
  oracle?: never;
  other?: never;
  postgres?: never;
  realtimeDb?: never;
  redshift?: never;
  sapHana?: never;
  snowflake?: never;
  starrocks?: never;
  trino?: never;
} | {
  api?: never;
  athena: AthenaInput;
  bigquery?: never;
  clickhouse?: never;
  customerIo?: never;
  databricks?: never;
  databricksLakebase?: never;
  duckdb?: never;
  exasol?: never;
  firestore?: never;
  googleAnalytics?: never;
  mariadb?: never;
  mongodb?: never;
  motherduck?: never;
  mssql?: never;
  mysql?: never;
  oracle?: never;
  other?: never;
  postgres?: never;
  realtimeDb?: never;
  redshift?: never;
  sapHana?: never;
  snowflake?: never;
  starrocks?: never;
  trino?: never;
} | {
  api?: never;
  athena?: never;
  bigquery: BigQueryInput;
  clickhouse?: never;
  customerIo?: never;
  databricks?: never;
  databricksLakebase?: never;
  duckdb?: never;
  exasol?: never;
  firestore?: never;
  googleAnalytics?: never;
  mariadb?: never;
  mongodb?: never;
  motherduck?: never;
  mssql?: never;
  mysql?: never;
  oracle?: never;
  other?: never;
  postgres?: never;
  realtimeDb?: never;
  redshift?: never;
  sapHana?: never;
  snowflake?: never;
  starrocks?: never;
  trino?: never;
} | {
  api?: never;
  athena?: never;
  bigquery?: never;
  clickhouse: ClickHouseInput;
  customerIo?: never;
  databricks?: never;
  databricksLakebase?: never;
  duckdb?: never;
  exasol?: never;
  firestore?: never;
  googleAnalytics?: never;
  mariadb?: never;
  mongodb?: never;
  motherduck?: never;
  mssql?: never;
  mysql?: never;
  oracle?: never;
  other?: never;
  postgres?: never;
  realtimeDb?: never;
  redshift?: never;
  sapHana?: never;
  snowflake?: never;
  starrocks?: never;
  trino?: never;
} | {
  api?: never;
  athena?: never;
  bigquery?: never;
  clickhouse?: never;
  customerIo: CustomerIoInput;
  databricks?: never;
  databricksLakebase?: never;
  duckdb?: never;
  exasol?: never;
  firestore?: never;
  googleAnalytics?: never;
  mariadb?: never;
  mongodb?: never;
  motherduck?: never;
  mssql?: never;
  mysql?: never;
  oracle?: never;
  other?: never;
  postgres?: never;
  realtimeDb?: never;
  redshift?: never;
  sapHana?: never;
  snowflake?: never;
  starrocks?: never;
  trino?: never;
} | {
  api?: never;
  athena?: never;
  bigquery?: never;
  clickhouse?: never;
  customerIo?: never;
  databricks: DatabricksInput;
  databricksLakebase?: never;
  duckdb?: never;
  exasol?: never;
  firestore?: never;
  googleAnalytics?: never;
  mariadb?: never;
  mongodb?: never;
  motherduck?: never;
  mssql?: never;
  mysql?: never;
  oracle?: never;
  other?: never;
  postgres?: never;
  realtimeDb?: never;
  redshift?: never;
  sapHana?: never;
  snowflake?: never;
  starrocks?: never;
  trino?: never;
} | {
  api?: never;
  athena?: never;
  bigquery?: never;
  clickhouse?: never;
  customerIo?: never;
  databricks?: never;
  databricksLakebase: LakebaseInput;
  duckdb?: never;
  exasol?: never;
  firestore?: never;
  googleAnalytics?: never;
  mariadb?: never;
  mongodb?: never;
  motherduck?: never;
  mssql?: never;
  mysql?: never;
  oracle?: never;
  other?: never;
  postgres?: never;
  realtimeDb?: never;
  redshift?: never;
  sapHana?: never;
  snowflake?: never;
  starrocks?: never;
  trino?: never;
} | {
  api?: never;
  athena?: never;
  bigquery?: never;
  clickhouse?: never;
  customerIo?: never;
  databricks?: never;
  databricksLakebase?: never;
  duckdb: DuckDbInput;
  exasol?: never;
  firestore?: never;
  googleAnalytics?: never;
  mariadb?: never;
  mongodb?: never;
  motherduck?: never;
  mssql?: never;
  mysql?: never;
  oracle?: never;
  other?: never;
  postgres?: never;
  realtimeDb?: never;
  redshift?: never;
  sapHana?: never;
  snowflake?: never;
  starrocks?: never;
  trino?: never;
} | {
  api?: never;
  athena?: never;
  bigquery?: never;
  clickhouse?: never;
  customerIo?: never;
  databricks?: never;
  databricksLakebase?: never;
  duckdb?: never;
  exasol: ExasolInput;
  firestore?: never;
  googleAnalytics?: never;
  mariadb?: never;
  mongodb?: never;
  motherduck?: never;
  mssql?: never;
  mysql?: never;
  oracle?: never;
  other?: never;
  postgres?: never;
  realtimeDb?: never;
  redshift?: never;
  sapHana?: never;
  snowflake?: never;
  starrocks?: never;
  trino?: never;
} | {
  api?: never;
  athena?: never;
  bigquery?: never;
  clickhouse?: never;
  customerIo?: never;
  databricks?: never;
  databricksLakebase?: never;
  duckdb?: never;
  exasol?: never;
  firestore: FirestoreInput;
  googleAnalytics?: never;
  mariadb?: never;
  mongodb?: never;
  motherduck?: never;
  mssql?: never;
  mysql?: never;
  oracle?: never;
  other?: never;
  postgres?: never;
  realtimeDb?: never;
  redshift?: never;
  sapHana?: never;
  snowflake?: never;
  starrocks?: never;
  trino?: never;
} | {
  api?: never;
  athena?: never;
  bigquery?: never;
  clickhouse?: never;
  customerIo?: never;
  databricks?: never;
  databricksLakebase?: never;
  duckdb?: never;
  exasol?: never;
  firestore?: never;
  googleAnalytics: GoogleAnalyticsInput;
  mariadb?: never;
  mongodb?: never;
  motherduck?: never;
  mssql?: never;
  mysql?: never;
  oracle?: never;
  other?: never;
  postgres?: never;
  realtimeDb?: never;
  redshift?: never;
  sapHana?: never;
  snowflake?: never;
  starrocks?: never;
  trino?: never;
} | {
  api?: never;
  athena?: never;
  bigquery?: never;
  clickhouse?: never;
  customerIo?: never;
  databricks?: never;
  databricksLakebase?: never;
  duckdb?: never;
  exasol?: never;
  firestore?: never;
  googleAnalytics?: never;
  mariadb: MariaDbInput;
  mongodb?: never;
  motherduck?: never;
  mssql?: never;
  mysql?: never;
  oracle?: never;
  other?: never;
  postgres?: never;
  realtimeDb?: never;
  redshift?: never;
  sapHana?: never;
  snowflake?: never;
  starrocks?: never;
  trino?: never;
} | {
  api?: never;
  athena?: never;
  bigquery?: never;
  clickhouse?: never;
  customerIo?: never;
  databricks?: never;
  databricksLakebase?: never;
  duckdb?: never;
  exasol?: never;
  firestore?: never;
  googleAnalytics?: never;
  mariadb?: never;
  mongodb: MongoDbInput;
  motherduck?: never;
  mssql?: never;
  mysql?: never;
  oracle?: never;
  other?: never;
  postgres?: never;
  realtimeDb?: never;
  redshift?: never;
  sapHana?: never;
  snowflake?: never;
  starrocks?: never;
  trino?: never;
} | {
  api?: never;
  athena?: never;
  bigquery?: never;
  clickhouse?: never;
  customerIo?: never;
  databricks?: never;
  databricksLakebase?: never;
  duckdb?: never;
  exasol?: never;
  firestore?: never;
  googleAnalytics?: never;
  mariadb?: never;
  mongodb?: never;
  motherduck: MotherDuckInput;
  mssql?: never;
  mysql?: never;
  oracle?: never;
  other?: never;
  postgres?: never;
  realtimeDb?: never;
  redshift?: never;
  sapHana?: never;
  snowflake?: never;
  starrocks?: never;
  trino?: never;
} | {
  api?: never;
  athena?: never;
  bigquery?: never;
  clickhouse?: never;
  customerIo?: never;
  databricks?: never;
  databricksLakebase?: never;
  duckdb?: never;
  exasol?: never;
  firestore?: never;
  googleAnalytics?: never;
  mariadb?: never;
  mongodb?: never;
  motherduck?: never;
  mssql: MsSqlInput;
  mysql?: never;
  oracle?: never;
  other?: never;
  postgres?: never;
  realtimeDb?: never;
  redshift?: never;
  sapHana?: never;
  snowflake?: never;
  starrocks?: never;
  trino?: never;
} | {
  api?: never;
  athena?: never;
  bigquery?: never;
  clickhouse?: never;
  customerIo?: never;
  databricks?: never;
  databricksLakebase?: never;
  duckdb?: never;
  exasol?: never;
  firestore?: never;
  googleAnalytics?: never;
  mariadb?: never;
  mongodb?: never;
  motherduck?: never;
  mssql?: never;
  mysql: MySqlInput;
  oracle?: never;
  other?: never;
  postgres?: never;
  realtimeDb?: never;
  redshift?: never;
  sapHana?: never;
  snowflake?: never;
  starrocks?: never;
  trino?: never;
} | {
  api?: never;
  athena?: never;
  bigquery?: never;
  clickhouse?: never;
  customerIo?: never;
  databricks?: never;
  databricksLakebase?: never;
  duckdb?: never;
  exasol?: never;
  firestore?: never;
  googleAnalytics?: never;
  mariadb?: never;
  mongodb?: never;
  motherduck?: never;
  mssql?: never;
  mysql?: never;
  oracle: OracleInput;
  other?: never;
  postgres?: never;
  realtimeDb?: never;
  redshift?: never;
  sapHana?: never;
  snowflake?: never;
  starrocks?: never;
  trino?: never;
} | {
  api?: never;
  athena?: never;
  bigquery?: never;
  clickhouse?: never;
  customerIo?: never;
  databricks?: never;
  databricksLakebase?: never;
  duckdb?: never;
  exasol?: never;
  firestore?: never;
  googleAnalytics?: never;
  mariadb?: never;
  mongodb?: never;
  motherduck?: never;
  mssql?: never;
  mysql?: never;
  oracle?: never;
  other: OtherInput;
  postgres?: never;
  realtimeDb?: never;
  redshift?: never;
  sapHana?: never;
  snowflake?: never;
  starrocks?: never;
  trino?: never;
} | {
  api?: never;
  athena?: never;
  bigquery?: never;
  clickhouse?: never;
  customerIo?: never;
  databricks?: never;
  databricksLakebase?: never;
  duckdb?: never;
  exasol?: never;
  firestore?: never;
  googleAnalytics?: never;
  mariadb?: never;
  mongodb?: never;
  motherduck?: never;
  mssql?: never;
  mysql?: never;
  oracle?: never;
  other?: never;
  postgres: PostgresInput;
  realtimeDb?: never;
  redshift?: never;
  sapHana?: never;
  snowflake?: never;
  starrocks?: never;
  trino?: never;
} | {
  api?: never;
  athena?: never;
  bigquery?: never;
  clickhouse?: never;
  customerIo?: never;
  databricks?: never;
  databricksLakebase?: never;
  duckdb?: never;
  exasol?: never;
  firestore?: never;
  googleAnalytics?: never;
  mariadb?: never;
  mongodb?: never;
  motherduck?: never;
  mssql?: never;
  mysql?: never;
  oracle?: never;
  other?: never;
  postgres?: never;
  realtimeDb: RealtimeDbInput;
  redshift?: never;
  sapHana?: never;
  snowflake?: never;
  starrocks?: never;
  trino?: never;
} | {
  api?: never;
  athena?: never;
  bigquery?: never;
  clickhouse?: never;
  customerIo?: never;
  databricks?: never;
  databricksLakebase?: never;
  duckdb?: never;
  exasol?: never;
  firestore?: never;
  googleAnalytics?: never;
  mariadb?: never;
  mongodb?: never;
  motherduck?: never;
  mssql?: never;
  mysql?: never;
  oracle?: never;
  other?: never;
  postgres?: never;
  realtimeDb?: never;
  redshift: RedshiftInput;
  sapHana?: never;
  snowflake?: never;
  starrocks?: never;
  trino?: never;
} | {
  api?: never;
  athena?: never;
  bigquery?: never;
  clickhouse?: never;
  customerIo?: never;
  databricks?: never;
  databricksLakebase?: never;
  duckdb?: never;
  exasol?: never;
  firestore?: never;
  googleAnalytics?: never;
  mariadb?: never;
  mongodb?: never;
  motherduck?: never;
  mssql?: never;
  mysql?: never;
  oracle?: never;
  other?: never;
  postgres?: never;
  realtimeDb?: never;
  redshift?: never;
  sapHana: SapHanaInput;
  snowflake?: never;
  starrocks?: never;
  trino?: never;
} | {
  api?: never;
  athena?: never;
  bigquery?: never;
  clickhouse?: never;
  customerIo?: never;
  databricks?: never;
  databricksLakebase?: never;
  duckdb?: never;
  exasol?: never;
  firestore?: never;
  googleAnalytics?: never;
  mariadb?: never;
  mongodb?: never;
  motherduck?: never;
  mssql?: never;
  mysql?: never;
  oracle?: never;
  other?: never;
  postgres?: never;
  realtimeDb?: never;
  redshift?: never;
  sapHana?: never;
  snowflake: SnowflakeInput;
  starrocks?: never;
  trino?: never;
} | {
  api?: never;
  athena?: never;
  bigquery?: never;
  clickhouse?: never;
  customerIo?: never;
  databricks?: never;
  databricksLakebase?: never;
  duckdb?: never;
  exasol?: never;
  firestore?: never;
  googleAnalytics?: never;
  mariadb?: never;
  mongodb?: never;
  motherduck?: never;
  mssql?: never;
  mysql?: never;
  oracle?: never;
  other?: never;
  postgres?: never;
  realtimeDb?: never;
  redshift?: never;
  sapHana?: never;
  snowflake?: never;
  starrocks: StarRocksInput;
  trino?: never;
} | {
  api?: never;
  athena?: never;
  bigquery?: never;
  clickhouse?: never;
  customerIo?: never;
  databricks?: never;
  databricksLakebase?: never;
  duckdb?: never;
  exasol?: never;
  firestore?: never;
  googleAnalytics?: never;
  mariadb?: never;
  mongodb?: never;
  motherduck?: never;
  mssql?: never;
  mysql?: never;
  oracle?: never;
  other?: never;
  postgres?: never;
  realtimeDb?: never;
  redshift?: never;
  sapHana?: never;
  snowflake?: never;
  starrocks?: never;
  trino: TrinoInput;
};
export type ApiInput = {
  authentication?: ApiAuthenticationInput | null | undefined;
  baseUrl?: string | null | undefined;
  headers?: ReadonlyArray<SecretEntryInput> | null | undefined;
};
export type ApiAuthenticationInput = {
  basic: BasicAuthenticationInput;
  bearer?: never;
} | {
  basic?: never;
  bearer: string;
};
export type BasicAuthenticationInput = {
  password?: string | null | undefined;
  username: string;
};
export type SecretEntryInput = {
  name: string;
  value: string;
};
export type AthenaInput = {
  accessKeyId?: string | null | undefined;
  catalog?: string | null | undefined;
  machineAuthentication?: boolean | null | undefined;
  region?: string | null | undefined;
  roleArn?: string | null | undefined;
  s3StagingDir?: string | null | undefined;
  schema?: string | null | undefined;
  secretAccessKey?: string | null | undefined;
  tls?: TlsInput | null | undefined;
};
export type TlsInput = {
  ca?: string | null | undefined;
  certificate?: string | null | undefined;
  enabled?: boolean | null | undefined;
  key?: string | null | undefined;
  mode?: string | null | undefined;
  verify?: boolean | null | undefined;
};
export type BigQueryInput = {
  billingProjectId?: string | null | undefined;
  dataset?: string | null | undefined;
  location?: string | null | undefined;
  maximumBytesBilled?: string | null | undefined;
  projectId?: string | null | undefined;
  queryTimeoutMs?: number | null | undefined;
  serviceAccountEmail?: string | null | undefined;
  serviceAccountKey?: string | null | undefined;
};
export type ClickHouseInput = {
  database?: string | null | undefined;
  host?: string | null | undefined;
  password?: string | null | undefined;
  port?: number | null | undefined;
  schema?: string | null | undefined;
  tls?: TlsInput | null | undefined;
  username?: string | null | undefined;
};
export type CustomerIoInput = {
  apiKey?: string | null | undefined;
  region?: string | null | undefined;
};
export type DatabricksInput = {
  accessToken?: string | null | undefined;
  catalog?: string | null | undefined;
  host?: string | null | undefined;
  httpPath?: string | null | undefined;
  machineAuthentication?: boolean | null | undefined;
  oauth?: OAuthInput | null | undefined;
  schema?: string | null | undefined;
  tls?: TlsInput | null | undefined;
};
export type OAuthInput = {
  audience?: string | null | undefined;
  authorizationUrl?: string | null | undefined;
  clientId?: string | null | undefined;
  clientSecret?: string | null | undefined;
  tokenUrl?: string | null | undefined;
};
export type LakebaseInput = {
  database?: string | null | undefined;
  host?: string | null | undefined;
  password?: string | null | undefined;
  port?: number | null | undefined;
  schema?: string | null | undefined;
  tls?: TlsInput | null | undefined;
  username?: string | null | undefined;
};
export type DuckDbInput = {
  attached?: ReadonlyArray<DuckDbAttachmentInput> | null | undefined;
};
export type DuckDbAttachmentInput = {
  name: string;
  source: DuckDbSourceInput;
};
export type DuckDbSourceInput = {
  bigquery: BigQueryInput;
  gcs?: never;
  postgres?: never;
  s3?: never;
  snowflake?: never;
} | {
  bigquery?: never;
  gcs: GcsInput;
  postgres?: never;
  s3?: never;
  snowflake?: never;
} | {
  bigquery?: never;
  gcs?: never;
  postgres: PostgresInput;
  s3?: never;
  snowflake?: never;
} | {
  bigquery?: never;
  gcs?: never;
  postgres?: never;
  s3: S3Input;
  snowflake?: never;
} | {
  bigquery?: never;
  gcs?: never;
  postgres?: never;
  s3?: never;
  snowflake: SnowflakeInput;
};
export type GcsInput = {
  keyId?: string | null | undefined;
  secret?: string | null | undefined;
};
export type PostgresInput = {
  connectionString?: string | null | undefined;
  database?: string | null | undefined;
  flavor?: DatabaseFlavor | null | undefined;
  host?: string | null | undefined;
  password?: string | null | undefined;
  port?: number | null | undefined;
  schema?: string | null | undefined;
  tls?: TlsInput | null | undefined;
  username?: string | null | undefined;
};
export type S3Input = {
  accessKeyId?: string | null | undefined;
  endpoint?: string | null | undefined;
  region?: string | null | undefined;
  secretAccessKey?: string | null | undefined;
  sessionToken?: string | null | undefined;
};
export type SnowflakeInput = {
  account?: string | null | undefined;
  database?: string | null | undefined;
  hostOverride?: string | null | undefined;
  oauth?: OAuthInput | null | undefined;
  password?: string | null | undefined;
  privateKey?: string | null | undefined;
  privateKeyPassphrase?: string | null | undefined;
  queryTimeoutMs?: number | null | undefined;
  role?: string | null | undefined;
  schema?: string | null | undefined;
  tls?: TlsInput | null | undefined;
  username?: string | null | undefined;
  warehouse?: string | null | undefined;
};
export type ExasolInput = {
  database?: string | null | undefined;
  host?: string | null | undefined;
  password?: string | null | undefined;
  port?: number | null | undefined;
  schema?: string | null | undefined;
  tls?: TlsInput | null | undefined;
  username?: string | null | undefined;
};
export type FirestoreInput = {
  serviceAccountKey?: string | null | undefined;
};
export type GoogleAnalyticsInput = {
  oauthId?: string | null | undefined;
};
export type MariaDbInput = {
  database?: string | null | undefined;
  host?: string | null | undefined;
  password?: string | null | undefined;
  port?: number | null | undefined;
  schema?: string | null | undefined;
  tls?: TlsInput | null | undefined;
  username?: string | null | undefined;
};
export type MongoDbInput = {
  connectionString?: string | null | undefined;
  database?: string | null | undefined;
  host?: string | null | undefined;
  options?: ReadonlyArray<SecretEntryInput> | null | undefined;
  password?: string | null | undefined;
  port?: number | null | undefined;
  srv?: boolean | null | undefined;
  tls?: TlsInput | null | undefined;
  username?: string | null | undefined;
};
export type MotherDuckInput = {
  accessToken?: string | null | undefined;
  database?: string | null | undefined;
  schema?: string | null | undefined;
};
export type MsSqlInput = {
  database?: string | null | undefined;
  host?: string | null | undefined;
  password?: string | null | undefined;
  port?: number | null | undefined;
  schema?: string | null | undefined;
  tls?: TlsInput | null | undefined;
  username?: string | null | undefined;
};
export type MySqlInput = {
  connectionString?: string | null | undefined;
  database?: string | null | undefined;
  flavor?: DatabaseFlavor | null | undefined;
  host?: string | null | undefined;
  password?: string | null | undefined;
  port?: number | null | undefined;
  schema?: string | null | undefined;
  tls?: TlsInput | null | undefined;
  username?: string | null | undefined;
};
export type OracleInput = {
  acceptsLicense?: boolean | null | undefined;
  database?: string | null | undefined;
  host?: string | null | undefined;
  password?: string | null | undefined;
  port?: number | null | undefined;
  schema?: string | null | undefined;
  serviceName?: string | null | undefined;
  tls?: TlsInput | null | undefined;
  username?: string | null | undefined;
  usesTns?: boolean | null | undefined;
};
export type OtherInput = {
  database?: string | null | undefined;
  dialectName?: string | null | undefined;
  host?: string | null | undefined;
  password?: string | null | undefined;
  port?: number | null | undefined;
  schema?: string | null | undefined;
  tls?: TlsInput | null | undefined;
  username?: string | null | undefined;
};
export type RealtimeDbInput = {
  authOverrideUid?: string | null | undefined;
  databaseUrl?: string | null | undefined;
  serviceAccountKey?: string | null | undefined;
};
export type RedshiftInput = {
  database?: string | null | undefined;
  host?: string | null | undefined;
  password?: string | null | undefined;
  port?: number | null | undefined;
  schema?: string | null | undefined;
  tls?: TlsInput | null | undefined;
  username?: string | null | undefined;
};
export type SapHanaInput = {
  database?: string | null | undefined;
  host?: string | null | undefined;
  password?: string | null | undefined;
  port?: number | null | undefined;
  schema?: string | null | undefined;
  tls?: TlsInput | null | undefined;
  username?: string | null | undefined;
};
export type StarRocksInput = {
  database?: string | null | undefined;
  host?: string | null | undefined;
  password?: string | null | undefined;
  port?: number | null | undefined;
  schema?: string | null | undefined;
  tls?: TlsInput | null | undefined;
  username?: string | null | undefined;
};
export type TrinoInput = {
  catalog?: string | null | undefined;
  host?: string | null | undefined;
  password?: string | null | undefined;
  peakaKey?: string | null | undefined;
  port?: number | null | undefined;
  schema?: string | null | undefined;
  tls?: TlsInput | null | undefined;
  username?: string | null | undefined;
};
export type VendorOptionsInput = {
  chartbrew: ChartbrewOptionsInput;
  credible?: never;
  looker?: never;
  omni?: never;
} | {
  chartbrew?: never;
  credible: CredibleOptionsInput;
  looker?: never;
  omni?: never;
} | {
  chartbrew?: never;
  credible?: never;
  looker: LookerOptionsInput;
  omni?: never;
} | {
  chartbrew?: never;
  credible?: never;
  looker?: never;
  omni: OmniOptionsInput;
};
export type ChartbrewOptionsInput = {
  active?: boolean | null | undefined;
  projectIds?: ReadonlyArray<number> | null | undefined;
  ssh?: SshTunnelInput | null | undefined;
};
export type SshTunnelInput = {
  enabled?: boolean | null | undefined;
  host?: string | null | undefined;
  jumpHost?: string | null | undefined;
  jumpPort?: number | null | undefined;
  passphrase?: string | null | undefined;
  password?: string | null | undefined;
  port?: number | null | undefined;
  privateKey?: string | null | undefined;
  username?: string | null | undefined;
};
export type CredibleOptionsInput = {
  excludeAllTables?: boolean | null | undefined;
  excludeTables?: ReadonlyArray<string> | null | undefined;
  includeTables?: ReadonlyArray<string> | null | undefined;
};
export type LookerOptionsInput = {
  afterConnectStatements?: string | null | undefined;
  alwaysRetryFailedBuilds?: boolean | null | undefined;
  certificate?: LookerCertificateInput | null | undefined;
  connectionPooling?: boolean | null | undefined;
  contextCommentDisabled?: boolean | null | undefined;
  costEstimateEnabled?: boolean | null | undefined;
  customLocalPort?: number | null | undefined;
  dbTimezone?: string | null | undefined;
  dialectName?: string | null | undefined;
  driverVersionRequested?: string | null | undefined;
  impersonatedServiceAccount?: string | null | undefined;
  infoSchemaForSqlWriting?: boolean | null | undefined;
  jdbcAdditionalParams?: string | null | undefined;
  maintenanceCron?: string | null | undefined;
  maxBillingGigabytes?: string | null | undefined;
  maxConnections?: number | null | undefined;
  maxQueries?: number | null | undefined;
  maxQueriesPerUser?: number | null | undefined;
  oauthApplicationId?: string | null | undefined;
  pdtApiControlEnabled?: boolean | null | undefined;
  pdtConcurrency?: number | null | undefined;
  pdtOverride?: LookerPdtOverrideInput | null | undefined;
  poolTimeoutSeconds?: number | null | undefined;
  portUserAttribute?: string | null | undefined;
  precacheTables?: boolean | null | undefined;
  queryHoldingDisabled?: boolean | null | undefined;
  queryTimezone?: string | null | undefined;
  rolesVerified?: boolean | null | undefined;
  storageProjectId?: string | null | undefined;
  tmpHost?: string | null | undefined;
  tmpSchema?: string | null | undefined;
  tunnelId?: string | null | undefined;
  userAttributeFields?: ReadonlyArray<string> | null | undefined;
  usesApplicationDefaultCredentials?: boolean | null | undefined;
  usesKeyPairAuth?: boolean | null | undefined;
  usesUserCredentials?: boolean | null | undefined;
};
export type LookerCertificateInput = {
  body: string;
  fileType: LookerCertificateType;
};
export type LookerPdtOverrideInput = {
  afterConnectStatements?: string | null | undefined;
  certificate?: LookerCertificateInput | null | undefined;
  database?: string | null | undefined;
  host?: string | null | undefined;
  jdbcAdditionalParams?: string | null | undefined;
  password?: string | null | undefined;
  port?: number | null | undefined;
  schema?: string | null | undefined;
  serviceName?: string | null | undefined;
  username?: string | null | undefined;
};
export type OmniOptionsInput = {
  allowsUserSpecificTimezones?: boolean | null | undefined;
  alwaysScopeViewNames?: boolean | null | undefined;
  authenticationType?: string | null | undefined;
  baseRole?: string | null | undefined;
  includeOtherCatalogs?: ReadonlyArray<string> | null | undefined;
  includeSchemas?: ReadonlyArray<string> | null | undefined;
  inferRelationshipsFromColumnNames?: boolean | null | undefined;
  inferRelationshipsFromForeignKeys?: boolean | null | undefined;
  offloadedSchemas?: ReadonlyArray<string> | null | undefined;
  queryTimeoutSeconds?: number | null | undefined;
  queryTimezone?: string | null | undefined;
  scratchSchema?: string | null | undefined;
  semanticLayerIntegration?: boolean | null | undefined;
  semanticLayerTopics?: boolean | null | undefined;
  systemTimezone?: string | null | undefined;
  workloadIdentityAudience?: string | null | undefined;
  workloadIdentityServiceAccount?: string | null | undefined;
};
export type relayCreateMutation$variables = {
  input: CreateConnectionInput;
  lists: ReadonlyArray<string>;
};
export type relayCreateMutation$data = {
  readonly createConnection: {
    readonly __typename: string;
    readonly connection?: {
      readonly dialect: Dialect;
      readonly id: string;
      readonly name: string;
      readonly vendor: Vendor;
    };
    readonly issues?: ReadonlyArray<{
      readonly message: string;
      readonly path: ReadonlyArray<string>;
    }>;
    readonly message?: string;
    readonly requestId?: string;
  };
};
export type relayCreateMutation = {
  response: relayCreateMutation$data;
  variables: relayCreateMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "input"
  },
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "lists"
  }
],
v1 = [
  {
    "kind": "Variable",
    "name": "input",
    "variableName": "input"
  }
],
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "__typename",
  "storageKey": null
},
v3 = {
  "alias": null,
  "args": null,
  "concreteType": "Connection",
  "kind": "LinkedField",
  "name": "connection",
  "plural": false,
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "id",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "name",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "vendor",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "dialect",
      "storageKey": null
    }
  ],
  "storageKey": null
},
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "message",
  "storageKey": null
},
v5 = {
  "kind": "InlineFragment",
  "selections": [
    {
      "alias": null,
      "args": null,
      "concreteType": "ValidationIssue",
      "kind": "LinkedField",
      "name": "issues",
      "plural": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "path",
          "storageKey": null
        },
        (v4/*:: as any*/)
      ],
      "storageKey": null
    }
  ],
  "type": "ValidationError",
  "abstractKey": null
},
v6 = {
  "kind": "InlineFragment",
  "selections": [
    (v4/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "requestId",
      "storageKey": null
    }
  ],
  "type": "Error",
  "abstractKey": "__isError"
};
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "relayCreateMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "createConnection",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          {
            "kind": "InlineFragment",
            "selections": [
              (v3/*:: as any*/)
            ],
            "type": "CreateConnectionSuccess",
            "abstractKey": null
          },
          (v5/*:: as any*/),
          (v6/*:: as any*/)
        ],
        "storageKey": null
      }
    ],
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "relayCreateMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "createConnection",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          {
            "kind": "InlineFragment",
            "selections": [
              (v3/*:: as any*/),
              {
                "alias": null,
                "args": null,
                "filters": null,
                "handle": "prependNode",
                "key": "",
                "kind": "LinkedHandle",
                "name": "connection",
                "handleArgs": [
                  {
                    "kind": "Variable",
                    "name": "connections",
                    "variableName": "lists"
                  },
                  {
                    "kind": "Literal",
                    "name": "edgeTypeName",
                    "value": "ConnectionEdge"
                  }
                ]
              }
            ],
            "type": "CreateConnectionSuccess",
            "abstractKey": null
          },
          (v5/*:: as any*/),
          (v6/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "962fdfda8b64edca1542d1fb58517d13",
    "id": null,
    "metadata": {},
    "name": "relayCreateMutation",
    "operationKind": "mutation",
    "text": "mutation relayCreateMutation(\n  $input: CreateConnectionInput!\n) {\n  createConnection(input: $input) {\n    __typename\n    ... on CreateConnectionSuccess {\n      connection {\n        id\n        name\n        vendor\n        dialect\n      }\n    }\n    ... on ValidationError {\n      issues {\n        path\n        message\n      }\n    }\n    ... on Error {\n      __isError: __typename\n      message\n      requestId\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "d9de326ffc849f6f6c8f57361f96bbaa";

export default node;
