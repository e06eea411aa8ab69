// Unusual rows of Looker that the sandbox does not have: each dialect name, each dialect's fields, wrong types, missing keys
// and credentials in fields that are not secret.
import { describe, expect, it } from 'vitest';
import { listRows, type WireRow } from '../../support/stub-rows.ts';
import type { Row } from '../../support/whole-connection.ts';

/** Lists rows and returns what is reported, by case. Checks that the answer has no secret. */
async function tellAll<C extends readonly unknown[]>(
  cases: readonly C[],
  rowOf: (one: C) => WireRow,
): Promise<(readonly [C, Row])[]> {
  const rows = await listRows(
    'looker',
    cases.map((one, at) => ({ name: `r${at}`, ...rowOf(one) })),
  );
  expect(JSON.stringify(rows)).not.toMatch(/secret-\d/);
  return cases.map((one, at) => [one, rows[`r${at}`] as Row]);
}

/** Returns the name of a case in failure messages. */
const spell = (one: readonly unknown[]): string => JSON.stringify(one);

describe('The Looker dialect name of a row', () => {
  const WORDS: readonly (readonly [word: string, dialect: string, typeName: string])[] = [
    ['athena', 'ATHENA', 'AthenaConfig'],
    ['bigquery_standard_sql', 'BIGQUERY', 'BigQueryConfig'],
    ['clickhouse', 'CLICKHOUSE', 'ClickHouseConfig'],
    ['databricks', 'DATABRICKS', 'DatabricksConfig'],
    ['exasol', 'EXASOL', 'ExasolConfig'],
    ['mariadb', 'MARIADB', 'MariaDbConfig'],
    ['mssql_2008', 'MSSQL', 'MsSqlConfig'],
    ['mssql_2012', 'MSSQL', 'MsSqlConfig'],
    ['mssql_2016', 'MSSQL', 'MsSqlConfig'],
    ['mssql_2017', 'MSSQL', 'MsSqlConfig'],
    ['msazuresql', 'MSSQL', 'MsSqlConfig'],
    ['mssqldw', 'MSSQL', 'MsSqlConfig'],
    ['mysql', 'MYSQL', 'MySqlConfig'],
    ['mysql_8', 'MYSQL', 'MySqlConfig'],
    ['googlecloudsql', 'MYSQL', 'MySqlConfig'],
    ['amazonaurora', 'MYSQL', 'MySqlConfig'],
    ['oracle', 'ORACLE', 'OracleConfig'],
    ['oracle_dwcs', 'ORACLE', 'OracleConfig'],
    ['postgres', 'POSTGRES', 'PostgresConfig'],
    ['google_cloud_postgres', 'POSTGRES', 'PostgresConfig'],
    ['azure_postgres', 'POSTGRES', 'PostgresConfig'],
    ['postgres9_1', 'POSTGRES', 'PostgresConfig'],
    ['redshift', 'REDSHIFT', 'RedshiftConfig'],
    ['hana', 'SAP_HANA', 'SapHanaConfig'],
    ['hana_2', 'SAP_HANA', 'SapHanaConfig'],
    ['snowflake', 'SNOWFLAKE', 'SnowflakeConfig'],
    ['trino', 'TRINO', 'TrinoConfig'],
    // These names resemble known dialects but are not.
    ['bigquery', 'OTHER', 'OtherConfig'],
    ['mongobi', 'OTHER', 'OtherConfig'],
    ['mysql_9', 'OTHER', 'OtherConfig'],
    ['presto', 'OTHER', 'OtherConfig'],
    ['prestosql', 'OTHER', 'OtherConfig'],
    ['vertica', 'OTHER', 'OtherConfig'],
    ['Postgres', 'OTHER', 'OtherConfig'],
    ['other', 'OTHER', 'OtherConfig'],
    ['constructor', 'OTHER', 'OtherConfig'],
    ['', 'OTHER', 'OtherConfig'],
  ];

  it('a Looker dialect name is read as its dialect and is reported', async () => {
    const reported = await tellAll(WORDS, ([word]) => ({ dialect_name: word }));
    expect(reported.map(([, row]) => [row['vendorDialect'], row['dialect'], row.config['__typename']])).toEqual(WORDS);
  });
});

describe('Settings that Looker stores in other fields', () => {
  const SETTINGS: readonly (readonly [dialect: string, row: WireRow, config: object])[] = [
    ['athena', { host: 'ATHENA.us-gov-west-1.amazonaws.com' }, { region: 'us-gov-west-1' }],
    ['athena', { host: 'vpce-1.athena.eu-west-1.vpce.amazonaws.com' }, { region: null }],
    ['athena', { host: 'https://u:pw-secret-1@athena.eu-west-1.amazonaws.com/x' }, { region: 'eu-west-1' }],
    ['athena', { host: 5 }, { region: null }],
    [
      'athena',
      { jdbc_additional_params: 'Workgroup=bi;S3_STAGING_DIR=s3://acme/a%20b/;PWD=pw-secret-1' },
      { s3StagingDir: 's3://acme/a b/' },
    ],
    [
      'athena',
      { jdbc_additional_params: 's3_staging_dir=s3://AKIA:pw-secret-1@acme/a/' },
      { s3StagingDir: 's3://acme/a/' },
    ],
    ['athena', { jdbc_additional_params: 's3_staging_dir=' }, { s3StagingDir: null }],
    ['athena', { jdbc_additional_params: ['s3_staging_dir=s3://acme/'] }, { s3StagingDir: null }],
    ['athena', { database: 7, username: 'AKIA', has_password: true }, { catalog: '7', secretAccessKey: 'SET' }],
    ['databricks', { jdbc_additional_params: ';transportMode=http;httppath=/sql/1' }, { httpPath: '/sql/1' }],
    ['databricks', { jdbc_additional_params: 'httpPath=/sql/1;PWD=pw-secret-1' }, { httpPath: '/sql/1' }],
    ['databricks', { jdbc_additional_params: 'httpPath=/sql/1?token=pw-secret-1' }, { httpPath: '/sql/1' }],
    ['databricks', { jdbc_additional_params: 'httpPath=%2Fsql%2F1' }, { httpPath: '/sql/1' }],
    ['databricks', { jdbc_additional_params: 'httpPath=%E0%A4%A' }, { httpPath: '%E0%A4%A' }],
    ['databricks', { database: '', jdbc_additional_params: null }, { schema: null, httpPath: null }],
    ['databricks', { host: 'u:pw-secret-1@dbc-1.example', username: 'token' }, { host: 'dbc-1.example' }],
    ['trino', { database: 'hive', schema: '', port: 8443, ssl: 'yes' }, { catalog: 'hive', schema: null, port: 8443 }],
    ['oracle', { uses_tns: 'true', service_name: 12, has_password: false }, { usesTns: null, serviceName: '12' }],
    ['mssql_2016', { port: '1433', verify_ssl: true, has_password: 'yes' }, { port: 1433, password: 'UNKNOWN' }],
    ['vertica', { port: '5433', host: 'v.acme.example', has_password: null }, { port: 5433, password: 'UNKNOWN' }],
    ['snowflake', { host: 'fin.example', jdbc_additional_params: 'account=u:pw-secret-1@x' }, { account: 'x' }],
    ['snowflake', { jdbc_additional_params: 'WAREHOUSE=WH;role=R' }, { warehouse: 'WH', role: 'R' }],
  ];

  it('settings are read from the fields in which Looker stores them', async () => {
    for (const [one, found] of await tellAll(SETTINGS, ([dialect, row]) => ({ dialect_name: dialect, ...row }))) {
      expect(found.config, spell(one)).toMatchObject(one[2]);
    }
  });

  const PARAMS = [
    ['athena', 's3_staging_dir=s3://acme/', 'NOT_SET'],
    ['athena', 's3_staging_dir=s3://acme/&Workgroup=bi', 'SET'],
    ['athena', 'httpPath=/sql/1', 'SET'],
    ['databricks', 'HTTPPATH=/sql/1', 'NOT_SET'],
    ['databricks', 'httpPath=/sql/1; ;', 'NOT_SET'],
    ['databricks', 'httpPath=/sql/1;PWD=pw-secret-1', 'SET'],
    ['databricks', 'warehouse=WH', 'SET'],
    ['snowflake', 'account=a&warehouse=b&role=c', 'NOT_SET'],
    ['snowflake', 'account=a&warehouse=b&role=c&queryTag=d', 'SET'],
    ['postgres', 'account=a', 'SET'],
    ['vertica', 'pw-secret-1', 'SET'],
    ['oracle', '', 'NOT_SET'],
    ['oracle', null, 'NOT_SET'],
    ['oracle', undefined, 'UNKNOWN'],
  ] as const;

  it('driver parameters are reported as SET only when there are further ones', async () => {
    const reported = await tellAll(PARAMS, ([dialect, params]) => ({
      dialect_name: dialect,
      jdbc_additional_params: params,
    }));
    expect(reported.map(([[dialect, params], row]) => [dialect, params, row.details['jdbcAdditionalParams']])).toEqual(
      PARAMS,
    );
  });
});

describe('The port of a Looker row', () => {
  const PORTS = [
    ['5432', 5432, null],
    [5432, 5432, null],
    ['db_port', null, 'db_port'],
    ['5432.5', null, null],
    ['', null, null],
    [null, null, null],
    [true, null, null],
    [['db_port'], null, null],
  ] as const;

  it('a port that is not a number is the name of a user attribute', async () => {
    const reported = await tellAll(PORTS, ([port]) => ({ dialect_name: 'redshift', port }));
    expect(reported.map(([[raw], { config, details }]) => [raw, config['port'], details['portUserAttribute']])).toEqual(
      PORTS,
    );
  });

  it('a port is reported in details when the config of the dialect has none', async () => {
    const snow = [
      ['snow_port', 'snow_port'],
      ['443', null],
    ] as const;
    const reported = await tellAll(snow, ([port]) => ({ dialect_name: 'snowflake', port }));
    expect(reported.map(([[raw], { details }]) => [raw, details['portUserAttribute']])).toEqual(snow);
  });
});

describe('The override for derived tables of a Looker row', () => {
  const unset = {
    context: null,
    host: null,
    port: null,
    username: null,
    password: 'UNKNOWN',
    database: null,
    schema: null,
    serviceName: null,
    certificate: 'UNKNOWN',
    jdbcAdditionalParams: 'UNKNOWN',
    afterConnectStatements: 'UNKNOWN',
  };

  const OVERRIDES: readonly (readonly [what: string, raw: unknown, reported: object | null])[] = [
    ['is none', null, null],
    ['is left out', undefined, null],
    ['is of a wrong kind', 'pdt', null],
    ['is a list', [{ context: 'pdt' }], null],
    ['is empty', {}, unset],
    [
      'has its short names, which go before their twins',
      {
        context: 'pdt',
        host: 'a.example',
        pdt_host: 'b.example',
        port: '5433',
        username: 'builder',
        has_password: true,
        database: 'd',
        schema: 's',
        pdt_service_name: 'ORCL',
        jdbc_additional_params: 'key=pw-secret-1',
        after_connect_statements: '',
      },
      {
        context: 'pdt',
        host: 'a.example',
        port: 5433,
        username: 'builder',
        password: 'SET',
        database: 'd',
        schema: 's',
        serviceName: 'ORCL',
        certificate: 'UNKNOWN',
        jdbcAdditionalParams: 'SET',
        afterConnectStatements: 'NOT_SET',
      },
    ],
    [
      'has the twins alone, or beside names without a value',
      {
        context: 'pdt',
        host: null,
        pdt_host: 'b.example',
        pdt_port: 5434,
        username: '',
        pdt_username: 'twin',
        has_password: false,
        pdt_database: 'd2',
        pdt_schema: 's2',
        pdt_jdbc_additional_params: null,
        pdt_after_connect_statements: "SET key = 'pw-secret-1'",
      },
      {
        ...unset,
        context: 'pdt',
        host: 'b.example',
        port: 5434,
        username: 'twin',
        password: 'NOT_SET',
        database: 'd2',
        schema: 's2',
        jdbcAdditionalParams: 'NOT_SET',
        afterConnectStatements: 'SET',
      },
    ],
    [
      'is of wrong kinds throughout, echoed secrets among them',
      {
        context: {},
        host: 'u:pw-secret-1@a.example/x',
        port: 'pdt_port',
        has_password: 1,
        password: 'pw-secret-1',
        certificate: '',
      },
      { ...unset, host: 'a.example' },
    ],
  ];

  it('an override is reported with the status of its secrets, by either name of each field', async () => {
    const reported = await tellAll(OVERRIDES, ([, raw]) => ({ dialect_name: 'oracle', pdt_context_override: raw }));
    for (const [[what, , expected], row] of reported) expect(row.details['pdtOverride'], what).toEqual(expected);
  });
});

describe('The dialect information and the snippets of a Looker row', () => {
  it('dialect information that is not an object is reported as null', async () => {
    const nothing = [[null], [undefined], ['postgres'], [[]]] as const;
    const reported = await tellAll(nothing, ([dialect]) => ({ dialect }));
    expect(reported.map(([, row]) => row.details['dialectDetails'])).toEqual([null, null, null, null]);
  });

  it('dialect information is reported field by field, with null for a wrong type', async () => {
    const dialect = {
      name: 'postgres',
      label: 9.5,
      supports_cost_estimate: true,
      cost_estimate_style: 'pg',
      persistent_table_indexes: 'indexes',
      persistent_table_sortkeys: 'sortkeys',
      persistent_table_distkey: 'distkey',
      supports_streaming: 'yes',
      automatically_run_sql_runner_snippets: false,
      connection_tests: ['connect', 5, null],
      supports_inducer: 1,
      supports_multiple_databases: true,
      supports_persistent_derived_tables: false,
      has_ssl_support: true,
      surprise: 'unknown',
    };
    const [[, row] = []] = await tellAll([[dialect]] as const, ([one]) => ({ dialect: one }));
    expect(row?.details['dialectDetails']).toEqual({
      name: 'postgres',
      label: '9.5',
      supportsCostEstimate: true,
      costEstimateStyle: 'pg',
      persistentTableIndexes: 'indexes',
      persistentTableSortkeys: 'sortkeys',
      persistentTableDistkey: 'distkey',
      supportsStreaming: null,
      automaticallyRunSqlRunnerSnippets: false,
      connectionTests: ['connect', '5'],
      supportsInducer: null,
      supportsMultipleDatabases: true,
      supportsPersistentDerivedTables: false,
      hasSslSupport: true,
    });
  });

  it('only valid snippets are reported', async () => {
    const SNIPPETS: readonly (readonly [raw: unknown, reported: unknown])[] = [
      [null, null],
      ['SELECT 1', null],
      [[], []],
      [
        [{ name: 'a', label: 'A', sql: 'SELECT 1' }, 'b', null, { name: 'c', sql: {} }],
        [
          { name: 'a', label: 'A', sql: 'SELECT 1' },
          { name: 'c', label: null, sql: null },
        ],
      ],
    ];
    const reported = await tellAll(SNIPPETS, ([snippets]) => ({ snippets }));
    expect(reported.map(([[raw], row]) => [raw, row.details['snippets']])).toEqual(SNIPPETS);
  });
});

describe('The status of a key file at Looker', () => {
  const FILES: readonly (readonly [dialect: string, row: WireRow, certificate: string, inConfig?: string])[] = [
    ['postgres', {}, 'UNKNOWN'],
    ['postgres', { uses_key_pair_auth: true }, 'SET'],
    // A key file in use is SET. When Looker says that none is in use, none is reported.
    ['postgres', { uses_service_auth: true }, 'SET'],
    ['vertica', { uses_key_pair_auth: false, uses_service_auth: true }, 'SET'],
    ['oracle', { uses_key_pair_auth: false, uses_service_auth: false }, 'NOT_SET'],
    ['oracle', { uses_key_pair_auth: false }, 'UNKNOWN'],
    ['oracle', { uses_service_auth: false }, 'UNKNOWN'],
    // The key file of BigQuery and Snowflake is reported in the config. Looker does not say in which of the two fields it was provided.
    ['bigquery_standard_sql', { uses_service_auth: true }, 'UNKNOWN', 'SET'],
    ['bigquery_standard_sql', { uses_service_auth: false }, 'NOT_SET', 'NOT_SET'],
    ['bigquery_standard_sql', {}, 'UNKNOWN', 'UNKNOWN'],
    ['snowflake', { uses_key_pair_auth: true }, 'UNKNOWN', 'SET'],
    ['snowflake', { uses_key_pair_auth: false }, 'UNKNOWN', 'UNKNOWN'],
    // An unused private key may be stored.
    ['snowflake', { uses_key_pair_auth: false, uses_service_auth: false }, 'UNKNOWN', 'UNKNOWN'],
  ];

  it('the status of a key file follows from what Looker reports', async () => {
    const file = { certificate: 'pw-secret-1', file_type: '.p8' };
    const reported = await tellAll(FILES, ([dialect, row]) => ({ ...row, ...file, dialect_name: dialect }));
    for (const [one, { config, details }] of reported) {
      const [, , certificate, inConfig] = one;
      expect(details['certificate'], spell(one)).toBe(certificate);
      expect(config['serviceAccountKey'] ?? config['privateKey'], spell(one)).toBe(inConfig);
    }
  });
});
