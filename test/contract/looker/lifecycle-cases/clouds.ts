// Lifecycles of cloud services at Looker. Their names are in other fields and in the driver parameters, which config and options share.
import { KEY_FILE } from '../../create-case.ts';
import { KEY_FILE_BASE64 } from '../create-cases/files.ts';
import { tlsSteps, verifySteps, type Again, type LifecycleCase } from './lifecycle-case.ts';

const athenaAgain: Again = [{ secretAccessKey: { replace: 'pw-secret-2' } }, { password: 'pw-secret-2' }];

const athena: LifecycleCase = {
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
      what: 'a region of China, with the secret',
      config: { region: 'cn-north-1', ...athenaAgain[0] },
      sends: { host: 'athena.cn-north-1.amazonaws.com.cn', ...athenaAgain[1] },
    },
    {
      what: 'a region outside China again, with the secret',
      config: { region: 'eu-central-1', ...athenaAgain[0] },
      sends: { host: 'athena.eu-central-1.amazonaws.com', ...athenaAgain[1] },
    },
    {
      what: 'the folder of results, with the secret',
      config: { s3StagingDir: 's3://acme-athena/other/', ...athenaAgain[0] },
      sends: { jdbc_additional_params: 's3_staging_dir=s3://acme-athena/other/', ...athenaAgain[1] },
      reads: true,
    },
    { what: 'the catalog', config: { catalog: 'AwsDataCatalog' }, sends: { database: 'AwsDataCatalog' } },
    { what: 'no catalog any more', config: { catalog: null }, sends: { database: null } },
    { what: 'the schema', config: { schema: 'web' }, sends: { schema: 'web' } },
    { what: 'no schema any more', config: { schema: null }, sends: { schema: null } },
    {
      what: 'no key any more, with the secret',
      config: { accessKeyId: null, ...athenaAgain[0] },
      sends: { username: null, ...athenaAgain[1] },
    },
    {
      what: 'the key, with the secret',
      config: { accessKeyId: 'AKIA2', ...athenaAgain[0] },
      sends: { username: 'AKIA2', ...athenaAgain[1] },
    },
    { what: 'no secret any more', config: { secretAccessKey: { clear: true } }, sends: { password: null } },
    { what: 'a secret', config: { secretAccessKey: { replace: 'pw-secret-3' } }, sends: { password: 'pw-secret-3' } },
    ...tlsSteps(athenaAgain),
    ...verifySteps(athenaAgain),
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

const bigquery: LifecycleCase = {
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
      what: 'the account, with the key',
      config: {
        serviceAccountEmail: 'other@acme-web.iam.gserviceaccount.com',
        serviceAccountKey: { replace: KEY_FILE },
      },
      sends: {
        username: 'other@acme-web.iam.gserviceaccount.com',
        certificate: KEY_FILE_BASE64,
        file_type: '.json',
      },
    },
    {
      what: 'no account of its own any more, with the key',
      config: { serviceAccountEmail: null, serviceAccountKey: { replace: KEY_FILE } },
      sends: {
        username: 'bi@acme-web.iam.gserviceaccount.com',
        certificate: KEY_FILE_BASE64,
        file_type: '.json',
      },
    },
    {
      what: 'no account and no key any more',
      config: { serviceAccountEmail: null, serviceAccountKey: { clear: true } },
      sends: { username: null, certificate: null },
    },
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

const databricksAgain: Again = [{ accessToken: { replace: 'pw-secret-2' } }, { password: 'pw-secret-2' }];

const databricks: LifecycleCase = {
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
    ...tlsSteps(databricksAgain),
    ...verifySteps(databricksAgain),
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

const trinoAgain: Again = [{ password: { replace: 'pw-secret-2' } }, { password: 'pw-secret-2' }];

const trino: LifecycleCase = {
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
    {
      what: 'the user, with the password',
      config: { username: 'bi_2', ...trinoAgain[0] },
      sends: { username: 'bi_2', ...trinoAgain[1] },
    },
    { what: 'no password any more', config: { password: { clear: true } }, sends: { password: null } },
    { what: 'a password', config: { password: { replace: 'pw-secret-3' } }, sends: { password: 'pw-secret-3' } },
    {
      what: 'encryption off, with no password any more: Looker would not send it',
      config: { tls: { enabled: false }, password: { clear: true } },
      sends: { ssl: false, password: null },
    },
    { what: 'encryption on', config: { tls: { enabled: true } }, sends: { ssl: true } },
    { what: 'a password again', config: { password: { replace: 'pw-secret-4' } }, sends: { password: 'pw-secret-4' } },
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

export const lookerCloudLifecycles: readonly LifecycleCase[] = [athena, bigquery, databricks, trino];
