// Create cases of Omni: flat camel case, the port as a number, lists joined by commas. Reads return only the database and the schema.
import { KEY_FILE, type CreateCase, type VendorRules } from '../../create-case.ts';
import { omniCloudCreateCases } from './clouds.ts';
import { omniServerCreateCases } from './servers.ts';
import { omniTlsServerCreateCases } from './tls-servers.ts';
import { omniWarehouseCreateCases } from './warehouses.ts';

/** The request examples in Omni's documentation of a create. */
const examples: readonly CreateCase[] = [
  {
    dialect: 'bigquery',
    label: "the page's example",
    config: { location: 'us', serviceAccountKey: KEY_FILE, dataset: 'my_dataset', maximumBytesBilled: '1000000000' },
    options: {
      omni: {
        includeSchemas: ['dataset1', 'dataset2'],
        includeOtherCatalogs: ['other_project1', 'other_project2'],
      },
    },
    body: {
      dialect: 'bigquery',
      region: 'us',
      passwordUnencrypted: KEY_FILE,
      defaultSchema: 'my_dataset',
      includeSchemas: 'dataset1,dataset2',
      includeOtherCatalogs: 'other_project1,other_project2',
      maxBillingBytes: '1000000000',
    },
    setSecrets: ['config.bigquery.serviceAccountKey'],
    reported: { __typename: 'BigQueryConfig', dataset: 'my_dataset', serviceAccountKey: 'UNKNOWN' },
  },
  {
    dialect: 'mysql',
    label: "the page's example",
    config: { host: 'mysql.example.com', port: 3306, database: 'mydb', username: 'dbuser', password: 'mypassword' },
    options: { omni: { includeSchemas: ['public', 'analytics'], queryTimeoutSeconds: 900 } },
    body: {
      dialect: 'mysql',
      host: 'mysql.example.com',
      port: 3306,
      database: 'mydb',
      username: 'dbuser',
      passwordUnencrypted: 'mypassword',
      includeSchemas: 'public,analytics',
      queryTimeoutSeconds: 900,
    },
    setSecrets: ['config.mysql.password'],
    reported: { __typename: 'MySqlConfig', database: 'mydb', password: 'UNKNOWN' },
  },
  {
    dialect: 'postgres',
    label: "the page's example",
    config: { host: 'postgres.example.com', port: 5432, database: 'mydb', username: 'dbuser', password: 'mypassword' },
    options: { omni: { includeSchemas: ['public', 'analytics'], queryTimeoutSeconds: 900 } },
    body: {
      dialect: 'postgres',
      host: 'postgres.example.com',
      port: 5432,
      database: 'mydb',
      username: 'dbuser',
      passwordUnencrypted: 'mypassword',
      includeSchemas: 'public,analytics',
      queryTimeoutSeconds: 900,
    },
    setSecrets: ['config.postgres.password'],
    reported: { __typename: 'PostgresConfig', database: 'mydb', password: 'UNKNOWN' },
  },
  {
    dialect: 'snowflake',
    label: "the page's example",
    config: {
      account: 'myaccount',
      database: 'MYDB',
      username: 'dbuser',
      password: 'mypassword',
      warehouse: 'COMPUTE_WH',
    },
    options: {
      omni: {
        includeSchemas: ['PUBLIC', 'ANALYTICS'],
        includeOtherCatalogs: ['OTHER_DB1', 'OTHER_DB2'],
        queryTimeoutSeconds: 900,
      },
    },
    body: {
      dialect: 'snowflake',
      host: 'myaccount',
      database: 'MYDB',
      username: 'dbuser',
      passwordUnencrypted: 'mypassword',
      warehouse: 'COMPUTE_WH',
      includeSchemas: 'PUBLIC,ANALYTICS',
      includeOtherCatalogs: 'OTHER_DB1,OTHER_DB2',
      queryTimeoutSeconds: 900,
    },
    setSecrets: ['config.snowflake.password'],
    reported: {
      __typename: 'SnowflakeConfig',
      database: 'MYDB',
      password: 'UNKNOWN',
      privateKey: 'UNKNOWN',
      oauth: { clientSecret: 'UNKNOWN' },
    },
  },
];

export const omniCreateCases: readonly CreateCase[] = [
  ...omniServerCreateCases,
  ...omniTlsServerCreateCases,
  ...omniWarehouseCreateCases,
  ...omniCloudCreateCases,
  ...examples,
];

const SERVER = ['host', 'port', 'database', 'username', 'password'];
const TLS_BUT_VERIFY = ['tls.enabled', 'tls.mode', 'tls.ca', 'tls.certificate', 'tls.key'];
const TLS = [...TLS_BUT_VERIFY, 'tls.verify'];

export const omniRules: VendorRules = {
  athena: { missing: ['region', 'accessKeyId', 'secretAccessKey'], refused: ['s3StagingDir', ...TLS] },
  bigquery: { missing: ['location', 'serviceAccountKey'], refused: ['billingProjectId', 'queryTimeoutMs'] },
  clickhouse: { missing: SERVER, refused: TLS_BUT_VERIFY },
  databricks: {
    missing: ['host', 'httpPath', 'accessToken'],
    refused: ['oauth.audience', 'oauth.authorizationUrl', 'oauth.tokenUrl', ...TLS],
  },
  databricksLakebase: { missing: SERVER, refused: TLS },
  exasol: { missing: SERVER, refused: TLS_BUT_VERIFY },
  mariadb: { missing: SERVER, refused: TLS },
  motherduck: { missing: ['database', 'accessToken'], refused: [] },
  mssql: { missing: [...SERVER, 'schema'], refused: TLS_BUT_VERIFY },
  mysql: { missing: SERVER, refused: ['connectionString', 'flavor', ...TLS] },
  oracle: { missing: [...SERVER, 'acceptsLicense'], refused: ['usesTns', 'serviceName', ...TLS] },
  postgres: { missing: SERVER, refused: ['connectionString', 'flavor', ...TLS] },
  redshift: { missing: SERVER, refused: TLS },
  sapHana: { missing: SERVER, refused: TLS_BUT_VERIFY },
  snowflake: {
    missing: ['account', 'warehouse', 'database', 'username', 'password'],
    refused: ['role', 'privateKeyPassphrase', 'queryTimeoutMs', ...TLS],
  },
  starrocks: { missing: SERVER, refused: TLS },
  trino: {
    missing: ['host', 'port', 'catalog', 'username', 'password'],
    refused: ['peakaKey', ...TLS_BUT_VERIFY],
  },
};
