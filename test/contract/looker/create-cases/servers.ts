// Create cases of the dialects with a host at Looker, which share their field names and have the port as text. Cases of single
// dialects are in sql.ts and clouds.ts.
import type { CreateCase, DialectKey } from '../../create-case.ts';

/** Returns the minimal and the full create case of a dialect with a host, typed by hand. */
const serverCreateCases = (dialect: DialectKey, word: string, typeName: string): CreateCase[] => [
  {
    dialect,
    label: 'minimal',
    config: { host: 'db.acme.example' },
    body: { dialect_name: word, host: 'db.acme.example' },
    setSecrets: [],
    reported: { __typename: typeName, host: 'db.acme.example', tls: { enabled: false, verify: false } },
  },
  {
    dialect,
    label: 'full',
    config: {
      host: 'db.acme.example',
      port: 4321,
      database: 'orders',
      schema: 'sales',
      username: 'bi_reader',
      password: 'pw-secret-1',
      tls: { enabled: true, verify: true },
    },
    body: {
      dialect_name: word,
      host: 'db.acme.example',
      port: '4321',
      database: 'orders',
      schema: 'sales',
      username: 'bi_reader',
      password: 'pw-secret-1',
      ssl: true,
      verify_ssl: true,
    },
    setSecrets: [`config.${dialect}.password`],
    reported: {
      __typename: typeName,
      host: 'db.acme.example',
      port: 4321,
      database: 'orders',
      schema: 'sales',
      username: 'bi_reader',
      password: 'SET',
      tls: { enabled: true, verify: true },
    },
  },
];

/** Returns a create case with another of Looker's names for the dialect. */
const dialectNameCreateCase = (dialect: DialectKey, word: string, typeName: string): CreateCase => ({
  dialect,
  label: `as ${word}`,
  config: { host: 'db.acme.example' },
  options: { looker: { dialectName: word } },
  body: { dialect_name: word, host: 'db.acme.example' },
  setSecrets: [],
  reported: { __typename: typeName, host: 'db.acme.example', tls: { enabled: false, verify: false } },
});

export const lookerServerCreateCases: readonly CreateCase[] = [
  ...serverCreateCases('clickhouse', 'clickhouse', 'ClickHouseConfig'),
  ...serverCreateCases('exasol', 'exasol', 'ExasolConfig'),
  ...serverCreateCases('mariadb', 'mariadb', 'MariaDbConfig'),
  ...serverCreateCases('mssql', 'mssql_2017', 'MsSqlConfig'),
  ...['mssql_2008', 'mssql_2012', 'mssql_2016', 'mssql_2017', 'msazuresql', 'mssqldw'].map((word) =>
    dialectNameCreateCase('mssql', word, 'MsSqlConfig'),
  ),
  ...['mysql', 'mysql_8', 'googlecloudsql', 'amazonaurora'].map((word) =>
    dialectNameCreateCase('mysql', word, 'MySqlConfig'),
  ),
  ...['oracle', 'oracle_dwcs'].map((word) => dialectNameCreateCase('oracle', word, 'OracleConfig')),
  ...['postgres', 'google_cloud_postgres', 'azure_postgres', 'postgres9_1'].map((word) =>
    dialectNameCreateCase('postgres', word, 'PostgresConfig'),
  ),
  ...serverCreateCases('redshift', 'redshift', 'RedshiftConfig'),
  ...serverCreateCases('sapHana', 'hana', 'SapHanaConfig'),
  ...['hana', 'hana_2'].map((word) => dialectNameCreateCase('sapHana', word, 'SapHanaConfig')),
];
