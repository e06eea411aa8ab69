// Lives of services at Looker: what names them stands in other fields and in the driver's parameters, which have two owners.
import { KEY_FILE, PRIVATE_KEY } from '../cells/cell.ts';
import { KEY_FILE_BASE64, PRIVATE_KEY_BASE64 } from '../cells/looker-files.ts';
import { tlsSteps, verifySteps, type Life } from './looker-life.ts';

const athena: Life = {
  dialect: 'athena',
  config: {
    region: 'eu-west-1',
    s3StagingDir: 's3://acme-athena/results/',
    accessKeyId: 'AKIA1',
    secretAccessKey: 'pw-secret-1',
  },
  steps: [
    {
      what: 'the region, with the secret',
      config: { region: 'eu-central-1', secretAccessKey: { replace: 'pw-secret-2' } },
      sends: { host: 'athena.eu-central-1.amazonaws.com', password: 'pw-secret-2' },
    },
    {
      what: 'the folder of results',
      config: { s3StagingDir: 's3://acme-athena/other/' },
      sends: { jdbc_additional_params: 's3_staging_dir=s3://acme-athena/other/' },
      reads: true,
    },
    { what: 'the catalog', config: { catalog: 'AwsDataCatalog' }, sends: { database: 'AwsDataCatalog' } },
    { what: 'no catalog any more', config: { catalog: null }, sends: { database: null } },
    { what: 'the schema', config: { schema: 'web' }, sends: { schema: 'web' } },
    { what: 'no schema any more', config: { schema: null }, sends: { schema: null } },
    { what: 'no key any more', config: { accessKeyId: null }, sends: { username: null } },
    { what: 'the key', config: { accessKeyId: 'AKIA2' }, sends: { username: 'AKIA2' } },
    { what: 'no secret any more', config: { secretAccessKey: { clear: true } }, sends: { password: null } },
    { what: 'a secret', config: { secretAccessKey: { replace: 'pw-secret-3' } }, sends: { password: 'pw-secret-3' } },
    ...tlsSteps,
    ...verifySteps,
  ],
  told: {
    __typename: 'AthenaConfig',
    region: 'eu-central-1',
    s3StagingDir: 's3://acme-athena/other/',
    accessKeyId: 'AKIA2',
    secretAccessKey: 'SET',
    tls: { enabled: true, verify: false },
  },
  stored: ['config.athena.secretAccessKey'],
};

const bigquery: Life = {
  dialect: 'bigquery',
  config: { projectId: 'acme-web', dataset: 'events', serviceAccountKey: KEY_FILE },
  steps: [
    {
      what: 'the project, with the key',
      config: { projectId: 'acme-bi', serviceAccountKey: { replace: KEY_FILE } },
      sends: {
        host: 'acme-bi',
        certificate: KEY_FILE_BASE64,
        file_type: '.json',
        username: 'bi@acme-web.iam.gserviceaccount.com',
      },
    },
    { what: 'the dataset', config: { dataset: 'mart' }, sends: { database: 'mart', schema: 'mart' } },
    {
      what: 'the account',
      config: { serviceAccountEmail: 'other@acme-web.iam.gserviceaccount.com' },
      sends: { username: 'other@acme-web.iam.gserviceaccount.com' },
    },
    { what: 'no account any more', config: { serviceAccountEmail: null }, sends: { username: null } },
    { what: 'no key any more', config: { serviceAccountKey: { clear: true } }, sends: { certificate: null } },
    {
      what: 'a key with another account',
      config: { serviceAccountKey: { replace: KEY_FILE }, serviceAccountEmail: 'x@acme-web.iam.gserviceaccount.com' },
      sends: { certificate: KEY_FILE_BASE64, file_type: '.json', username: 'x@acme-web.iam.gserviceaccount.com' },
    },
    {
      what: 'a key, which tells whose it is',
      config: { serviceAccountKey: { replace: KEY_FILE } },
      sends: {
        certificate: KEY_FILE_BASE64,
        file_type: '.json',
        username: 'bi@acme-web.iam.gserviceaccount.com',
      },
    },
  ],
  told: {
    __typename: 'BigQueryConfig',
    projectId: 'acme-bi',
    dataset: 'mart',
    serviceAccountEmail: 'bi@acme-web.iam.gserviceaccount.com',
    serviceAccountKey: 'SET',
  },
  stored: ['config.bigquery.serviceAccountKey'],
};

const databricks: Life = {
  dialect: 'databricks',
  config: { host: 'dbc-1.cloud.databricks.com', httpPath: '/sql/1.0/warehouses/a', accessToken: 'pw-secret-1' },
  steps: [
    {
      what: 'the host, with the token',
      config: { host: 'dbc-2.cloud.databricks.com', accessToken: { replace: 'pw-secret-2' } },
      sends: { host: 'dbc-2.cloud.databricks.com', password: 'pw-secret-2' },
    },
    {
      what: 'the path, with the token',
      config: { httpPath: '/sql/1.0/warehouses/b c', accessToken: { replace: 'pw-secret-2' } },
      sends: { jdbc_additional_params: 'httpPath=/sql/1.0/warehouses/b%20c', password: 'pw-secret-2' },
      reads: true,
    },
    { what: 'the schema', config: { schema: 'mart' }, sends: { database: 'mart' } },
    { what: 'no schema any more', config: { schema: null }, sends: { database: 'default' } },
    { what: 'no token any more', config: { accessToken: { clear: true } }, sends: { password: null } },
    { what: 'a token', config: { accessToken: { replace: 'pw-secret-3' } }, sends: { password: 'pw-secret-3' } },
    ...tlsSteps,
    ...verifySteps,
  ],
  told: {
    __typename: 'DatabricksConfig',
    host: 'dbc-2.cloud.databricks.com',
    httpPath: '/sql/1.0/warehouses/b c',
    schema: 'default',
    accessToken: 'SET',
    tls: { enabled: true, verify: false },
  },
  stored: ['config.databricks.accessToken'],
};

const newKey = { privateKey: { replace: PRIVATE_KEY } };
const sentKey = { certificate: PRIVATE_KEY_BASE64, file_type: '.p8', uses_key_pair_auth: true };

const snowflake: Life = {
  dialect: 'snowflake',
  config: { account: 'acme-fin', database: 'FINANCE', username: 'BI', privateKey: PRIVATE_KEY, warehouse: 'WH' },
  steps: [
    {
      what: 'the account, with the key',
      config: { account: 'acme-eu', ...newKey },
      sends: {
        host: 'acme-eu.snowflakecomputing.com',
        jdbc_additional_params: 'account=acme-eu&warehouse=WH',
        ...sentKey,
      },
      reads: true,
    },
    {
      what: 'a host of its own, with the key',
      config: { hostOverride: 'eu.privatelink.acme.example', ...newKey },
      sends: { host: 'eu.privatelink.acme.example', ...sentKey },
      reads: true,
    },
    {
      what: 'the account behind it, with the key',
      config: { account: 'acme-us', ...newKey },
      sends: { jdbc_additional_params: 'account=acme-us&warehouse=WH', ...sentKey },
      reads: true,
    },
    {
      what: 'no host of its own any more, with the key',
      config: { hostOverride: null, ...newKey },
      sends: { host: 'acme-us.snowflakecomputing.com', ...sentKey },
    },
    {
      what: 'a role',
      config: { role: 'ANALYST' },
      sends: { jdbc_additional_params: 'role=ANALYST&account=acme-us&warehouse=WH' },
      reads: true,
    },
    {
      what: 'no warehouse any more',
      config: { warehouse: null },
      sends: { jdbc_additional_params: 'role=ANALYST&account=acme-us' },
      reads: true,
    },
    { what: 'the database', config: { database: 'SALES' }, sends: { database: 'SALES' } },
    { what: 'the schema', config: { schema: 'PUBLIC' }, sends: { schema: 'PUBLIC' } },
    { what: 'no schema any more', config: { schema: null }, sends: { schema: null } },
    { what: 'the user', config: { username: 'BI_2' }, sends: { username: 'BI_2' } },
    {
      what: 'a password in place of the key',
      config: { password: { replace: 'pw-secret-2' } },
      sends: { password: 'pw-secret-2', uses_key_pair_auth: false },
    },
    { what: 'a key in place of the password', config: newKey, sends: sentKey },
    {
      what: 'no key any more',
      config: { privateKey: { clear: true } },
      sends: { certificate: null, uses_key_pair_auth: false },
    },
    { what: 'no password any more', config: { password: { clear: true } }, sends: { password: null } },
    {
      what: 'both, of which the key signs in',
      config: { ...newKey, password: { replace: 'pw-secret-3' } },
      sends: { password: 'pw-secret-3', ...sentKey },
    },
    { what: 'the key pair not used', options: { usesKeyPairAuth: false }, sends: { uses_key_pair_auth: false } },
    { what: 'the key pair used', options: { usesKeyPairAuth: true }, sends: { uses_key_pair_auth: true } },
    ...tlsSteps,
    ...verifySteps,
  ],
  told: {
    __typename: 'SnowflakeConfig',
    account: 'acme-us',
    database: 'SALES',
    role: 'ANALYST',
    username: 'BI_2',
    password: 'SET',
    privateKey: 'SET',
    tls: { enabled: true, verify: false },
  },
  stored: ['config.snowflake.password', 'config.snowflake.privateKey'],
};

const trino: Life = {
  dialect: 'trino',
  config: { host: 'trino.acme.example', port: 8443, catalog: 'hive', username: 'bi', password: 'pw-secret-1' },
  steps: [
    {
      what: 'the host, with the password',
      config: { host: 'trino2.acme.example', password: { replace: 'pw-secret-2' } },
      sends: { host: 'trino2.acme.example', password: 'pw-secret-2' },
    },
    {
      what: 'the port, with the password',
      config: { port: 443, password: { replace: 'pw-secret-2' } },
      sends: { port: '443', password: 'pw-secret-2' },
    },
    { what: 'the catalog', config: { catalog: 'iceberg' }, sends: { database: 'iceberg' } },
    { what: 'no catalog any more', config: { catalog: null }, sends: { database: null } },
    { what: 'the schema', config: { schema: 'web' }, sends: { schema: 'web' } },
    { what: 'no schema any more', config: { schema: null }, sends: { schema: null } },
    { what: 'the user', config: { username: 'bi_2' }, sends: { username: 'bi_2' } },
    { what: 'no password any more', config: { password: { clear: true } }, sends: { password: null } },
    { what: 'a password', config: { password: { replace: 'pw-secret-3' } }, sends: { password: 'pw-secret-3' } },
    ...tlsSteps,
  ],
  told: {
    __typename: 'TrinoConfig',
    host: 'trino2.acme.example',
    port: 443,
    username: 'bi_2',
    password: 'SET',
    tls: { enabled: true },
  },
  stored: ['config.trino.password'],
};

export const lookerCloudLives: readonly Life[] = [athena, bigquery, databricks, snowflake, trino];
