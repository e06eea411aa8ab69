// What Looker takes of the dialects that are reached at a server: the same names for all, the port as text. No dialect's
// own rules; those are in looker-sql.ts and looker-clouds.ts.
import type { CreateCase, DialectKey } from '../../create-case.ts';

/** One way to write a server, without and with all that Looker knows of it; all of it typed by hand. */
const serverCells = (dialect: DialectKey, word: string, typeName: string): CreateCase[] => [
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

/** The same server under another of Looker's words for the dialect. */
const varietyCell = (dialect: DialectKey, word: string, typeName: string): CreateCase => ({
  dialect,
  label: `as ${word}`,
  config: { host: 'db.acme.example' },
  options: { looker: { dialectName: word } },
  body: { dialect_name: word, host: 'db.acme.example' },
  setSecrets: [],
  reported: { __typename: typeName, host: 'db.acme.example', tls: { enabled: false, verify: false } },
});

export const lookerServerCreateCases: readonly CreateCase[] = [
  ...serverCells('clickhouse', 'clickhouse', 'ClickHouseConfig'),
  ...serverCells('exasol', 'exasol', 'ExasolConfig'),
  ...serverCells('mariadb', 'mariadb', 'MariaDbConfig'),
  ...serverCells('mssql', 'mssql_2017', 'MsSqlConfig'),
  ...['mssql_2008', 'mssql_2012', 'mssql_2016', 'mssql_2017', 'msazuresql', 'mssqldw'].map((word) =>
    varietyCell('mssql', word, 'MsSqlConfig'),
  ),
  ...['mysql', 'mysql_8', 'googlecloudsql', 'amazonaurora'].map((word) => varietyCell('mysql', word, 'MySqlConfig')),
  ...['oracle', 'oracle_dwcs'].map((word) => varietyCell('oracle', word, 'OracleConfig')),
  ...['postgres', 'google_cloud_postgres', 'azure_postgres', 'postgres9_1'].map((word) =>
    varietyCell('postgres', word, 'PostgresConfig'),
  ),
  ...serverCells('redshift', 'redshift', 'RedshiftConfig'),
  ...serverCells('sapHana', 'hana', 'SapHanaConfig'),
  ...['hana', 'hana_2'].map((word) => varietyCell('sapHana', word, 'SapHanaConfig')),
];
