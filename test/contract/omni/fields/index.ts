// The field map of Omni: the create body, most of which reads do not return, and the few fields that only reads return.
import type { VendorFields } from '../../../support/field-samples.ts';
import { KEY_FILE } from '../../create-case.ts';
import { omniSettings } from './settings.ts';
import { omniSignIn } from './sign-in.ts';

const server = {
  host: 'db.acme.example',
  port: 5432,
  database: 'orders',
  username: 'bi_reader',
  password: 'pw-secret-1',
};
const snowflake = { account: 'acme-fin', warehouse: 'WH', database: 'FINANCE', username: 'OMNI' };
const oauth = { clientId: 'client-1', clientSecret: 'oauth-secret-1' };
const databricks = { host: 'dbc-1.databricks.com', httpPath: '/sql/1' };
const row = (dialect: string) => ({ dialect });

export const omniFields: VendorFields = {
  dialectWirePath: 'dialect',
  fields: [...omniSignIn, ...omniSettings],
  exceptions: [],
  inputs: {
    athena: { athena: { region: 'eu-central-1', accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'pw-secret-1' } },
    athenaAlone: { athena: { region: 'eu-central-1' } },
    bigquery: { bigquery: { location: 'us', serviceAccountKey: KEY_FILE } },
    bigqueryAlone: { bigquery: { location: 'us' } },
    clickhouse: { clickhouse: server },
    databricks: { databricks: { ...databricks, accessToken: 'pw-secret-1' } },
    databricksByOAuth: { databricks: { ...databricks, oauth } },
    databricksLakebase: { databricksLakebase: server },
    exasol: { exasol: server },
    mariadb: { mariadb: server },
    motherduck: { motherduck: { database: 'orders', accessToken: 'pw-secret-1' } },
    mssql: { mssql: { ...server, schema: 'dbo' } },
    mysql: { mysql: server },
    oracle: { oracle: { ...server, acceptsLicense: true } },
    postgres: { postgres: server },
    redshift: { redshift: server },
    sapHana: { sapHana: server },
    snowflake: { snowflake: { ...snowflake, password: 'pw-secret-1' } },
    snowflakeByHost: {
      snowflake: { warehouse: 'WH', database: 'FINANCE', username: 'OMNI', password: 'pw-secret-1' },
    },
    snowflakeByKey: { snowflake },
    snowflakeByOAuth: { snowflake: { account: 'acme-fin', database: 'FINANCE', oauth } },
    starrocks: { starrocks: server },
    trino: {
      trino: {
        host: 'db.acme.example',
        port: 8080,
        catalog: 'hive',
        username: 'bi_reader',
        password: 'pw-secret-1',
      },
    },
  },
  rows: {
    athena: row('athena'),
    bigquery: row('bigquery'),
    clickhouse: row('clickhouse'),
    databricks: row('databricks'),
    databricksLakebase: row('databricks_lakebase'),
    exasol: row('exasol'),
    mariadb: row('mariadb'),
    motherduck: row('motherduck'),
    mssql: row('mssql'),
    mysql: row('mysql'),
    oracle: row('oracle'),
    postgres: row('postgres'),
    redshift: row('redshift'),
    sapHana: row('sap_hana'),
    snowflake: row('snowflake'),
    starrocks: row('starrocks'),
    trino: row('trino'),
    other: row('singlestore'),
    withOlderName: { dialect: 'postgres', branchConnectionEnvironmentOverridesUserAttr: true },
    withEnvironment: { dialect: 'postgres', userAttributeNameForConnectionEnvironments: 'region' },
  },
};
