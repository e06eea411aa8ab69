// Looker's fields: DBConnection of API 4.0 with its dialect, snippets and override.
import type { VendorFields } from '../../../support/field-samples.ts';
import { lookerOverride, lookerOverrideAliases } from './override.ts';
import { lookerIdentity } from './identity.ts';
import { lookerSettings } from './settings.ts';
import { lookerSignIn } from './sign-in.ts';

const server = { host: 'db.acme.example' };
const row = (dialect_name: string) => ({ dialect_name });

export const lookerFields: VendorFields = {
  dialectWirePath: 'dialect_name',
  fields: [...lookerIdentity, ...lookerSignIn, ...lookerSettings, ...lookerOverride],
  exceptions: [
    {
      wire: 'ssl',
      why: 'BigQuery is an HTTPS API, the flag has no effect',
      of: ['bigquery_standard_sql'],
      unread: { on: 'bigquery', wirePath: 'ssl', raw: true },
    },
    ...lookerOverrideAliases,
  ],
  inputs: {
    athena: { athena: { region: 'eu-central-1', s3StagingDir: 's3://acme/' } },
    bigquery: { bigquery: { projectId: 'acme-web', dataset: 'events' } },
    clickhouse: { clickhouse: server },
    databricks: { databricks: { host: 'dbc-1.databricks.com', httpPath: '/sql/1' } },
    exasol: { exasol: server },
    mariadb: { mariadb: server },
    mssql: { mssql: server },
    mysql: { mysql: server },
    oracle: { oracle: server },
    postgres: { postgres: server },
    redshift: { redshift: server },
    sapHana: { sapHana: server },
    snowflake: { snowflake: { account: 'acme-fin', database: 'FINANCE' } },
    snowflakeByHost: { snowflake: { database: 'FINANCE' } },
    trino: { trino: server },
    other: { other: { dialectName: 'vertica', ...server } },
  },
  rows: {
    athena: row('athena'),
    bigquery: row('bigquery_standard_sql'),
    clickhouse: row('clickhouse'),
    databricks: row('databricks'),
    exasol: row('exasol'),
    mariadb: row('mariadb'),
    mssql: row('mssql_2017'),
    mysql: row('mysql'),
    oracle: row('oracle'),
    postgres: row('postgres'),
    redshift: row('redshift'),
    sapHana: row('hana'),
    snowflake: row('snowflake'),
    trino: row('trino'),
    other: row('vertica'),
    withSnippet: { dialect_name: 'postgres', snippets: [{}] },
    withOverride: { dialect_name: 'postgres', pdt_context_override: { context: 'pdt' } },
    withWholeOverride: {
      dialect_name: 'postgres',
      pdt_context_override: {
        context: 'pdt',
        host: 'pdt.acme.example',
        port: '5433',
        username: 'pdt_builder',
        database: 'scratch',
        schema: 'pdt',
        jdbc_additional_params: 'a=b',
        after_connect_statements: 'SELECT 1',
      },
    },
  },
};
