// Create cases of DuckDB at Credible: attached databases and storage, each with the block of its type.
import { ENCRYPTED_KEY } from '../../../support/keys.ts';
import { KEY_FILE, PRIVATE_KEY, type CreateCase } from '../../create-case.ts';

export const credibleDuckDbCreateCases: readonly CreateCase[] = [
  {
    dialect: 'duckdb',
    label: 'minimal: one bucket',
    config: { attached: [{ name: 'files', source: { gcs: { keyId: 'GOOG1EXAMPLE', secret: 'gcs-secret-1' } } }] },
    body: {
      type: 'duckdb',
      duckdbConnection: {
        attachedDatabases: [
          { name: 'files', type: 'gcs', gcsConnection: { keyId: 'GOOG1EXAMPLE', secret: 'gcs-secret-1' } },
        ],
      },
    },
    setSecrets: ['config.duckdb.attached.0.source.gcs.secret'],
    reported: {
      __typename: 'DuckDbConfig',
      attached: [{ name: 'files', source: { __typename: 'GcsConfig', keyId: 'GOOG1EXAMPLE', secret: 'SET' } }],
    },
  },
  {
    dialect: 'duckdb',
    label: 'full: every kind of source, every field of each',
    config: {
      attached: [
        {
          name: 'orders',
          source: {
            postgres: {
              host: 'pg.acme.example',
              port: 5433,
              database: 'orders',
              username: 'duck_reader',
              password: 'pw-secret-1',
            },
          },
        },
        {
          name: '_orders_by_url',
          source: { postgres: { connectionString: 'postgresql://duck:pw-secret-2@pg.acme.example:5433/orders' } },
        },
        {
          name: 'ads',
          source: {
            bigquery: {
              projectId: 'acme-web',
              billingProjectId: 'acme-billing',
              location: 'EU',
              serviceAccountKey: KEY_FILE,
              maximumBytesBilled: '9007199254740993',
              queryTimeoutMs: 600000,
            },
          },
        },
        {
          name: 'marts',
          source: {
            snowflake: {
              account: 'acme-fin',
              username: 'DUCK_SVC',
              password: 'pw-secret-3',
              privateKey: ENCRYPTED_KEY,
              privateKeyPassphrase: 'pass-secret-1',
              warehouse: 'REPORTING_WH',
              database: 'FINANCE',
              schema: 'PUBLIC',
              role: 'ANALYST',
              queryTimeoutMs: 120000,
            },
          },
        },
        { name: 'archive', source: { gcs: { keyId: 'GOOG1EXAMPLE', secret: 'gcs-secret-1' } } },
        {
          name: 'exports_2',
          source: {
            s3: {
              accessKeyId: 'AKIAEXAMPLE',
              secretAccessKey: 's3-secret-1',
              region: 'eu-central-1',
              endpoint: 'https://s3.acme.example/store',
              sessionToken: 'session-secret-1',
            },
          },
        },
      ],
    },
    body: {
      type: 'duckdb',
      duckdbConnection: {
        attachedDatabases: [
          {
            name: 'orders',
            type: 'postgres',
            postgresConnection: {
              host: 'pg.acme.example',
              port: 5433,
              databaseName: 'orders',
              userName: 'duck_reader',
              password: 'pw-secret-1',
            },
          },
          {
            name: '_orders_by_url',
            type: 'postgres',
            postgresConnection: { connectionString: 'postgresql://duck:pw-secret-2@pg.acme.example:5433/orders' },
          },
          {
            name: 'ads',
            type: 'bigquery',
            bigqueryConnection: {
              defaultProjectId: 'acme-web',
              billingProjectId: 'acme-billing',
              location: 'EU',
              serviceAccountKeyJson: KEY_FILE,
              maximumBytesBilled: '9007199254740993',
              queryTimeoutMilliseconds: '600000',
            },
          },
          {
            name: 'marts',
            type: 'snowflake',
            snowflakeConnection: {
              account: 'acme-fin',
              username: 'DUCK_SVC',
              password: 'pw-secret-3',
              privateKey: ENCRYPTED_KEY,
              privateKeyPass: 'pass-secret-1',
              warehouse: 'REPORTING_WH',
              database: 'FINANCE',
              schema: 'PUBLIC',
              role: 'ANALYST',
              responseTimeoutMilliseconds: 120000,
            },
          },
          { name: 'archive', type: 'gcs', gcsConnection: { keyId: 'GOOG1EXAMPLE', secret: 'gcs-secret-1' } },
          {
            name: 'exports_2',
            type: 's3',
            s3Connection: {
              accessKeyId: 'AKIAEXAMPLE',
              secretAccessKey: 's3-secret-1',
              region: 'eu-central-1',
              endpoint: 'https://s3.acme.example/store',
              sessionToken: 'session-secret-1',
            },
          },
        ],
      },
    },
    setSecrets: [
      'config.duckdb.attached.0.source.postgres.password',
      'config.duckdb.attached.1.source.postgres.connectionString',
      'config.duckdb.attached.2.source.bigquery.serviceAccountKey',
      'config.duckdb.attached.3.source.snowflake.password',
      'config.duckdb.attached.3.source.snowflake.privateKey',
      'config.duckdb.attached.3.source.snowflake.privateKeyPassphrase',
      'config.duckdb.attached.4.source.gcs.secret',
      'config.duckdb.attached.5.source.s3.secretAccessKey',
      'config.duckdb.attached.5.source.s3.sessionToken',
    ],
    reported: {
      __typename: 'DuckDbConfig',
      attached: [
        {
          name: 'orders',
          source: {
            __typename: 'PostgresConfig',
            host: 'pg.acme.example',
            port: 5433,
            database: 'orders',
            username: 'duck_reader',
            password: 'SET',
            connectionString: 'UNKNOWN',
          },
        },
        {
          name: '_orders_by_url',
          source: { __typename: 'PostgresConfig', password: 'UNKNOWN', connectionString: 'SET' },
        },
        {
          name: 'ads',
          source: {
            __typename: 'BigQueryConfig',
            projectId: 'acme-web',
            billingProjectId: 'acme-billing',
            location: 'EU',
            serviceAccountKey: 'SET',
            maximumBytesBilled: '9007199254740993',
            queryTimeoutMs: 600000,
          },
        },
        {
          name: 'marts',
          source: {
            __typename: 'SnowflakeConfig',
            account: 'acme-fin',
            username: 'DUCK_SVC',
            password: 'SET',
            privateKey: 'SET',
            privateKeyPassphrase: 'SET',
            warehouse: 'REPORTING_WH',
            database: 'FINANCE',
            schema: 'PUBLIC',
            role: 'ANALYST',
            queryTimeoutMs: 120000,
          },
        },
        { name: 'archive', source: { __typename: 'GcsConfig', keyId: 'GOOG1EXAMPLE', secret: 'SET' } },
        {
          name: 'exports_2',
          source: {
            __typename: 'S3Config',
            accessKeyId: 'AKIAEXAMPLE',
            secretAccessKey: 'SET',
            region: 'eu-central-1',
            endpoint: 'https://s3.acme.example/store',
            sessionToken: 'SET',
          },
        },
      ],
    },
  },
  {
    dialect: 'duckdb',
    label: 'with an empty block, and with the least of each other kind',
    config: {
      attached: [
        { name: 'ads', source: { bigquery: {} } },
        { name: 'orders', source: { postgres: { host: 'pg.acme.example' } } },
        {
          name: 'marts',
          source: {
            snowflake: { account: 'acme-fin', username: 'DUCK_SVC', warehouse: 'WH', privateKey: PRIVATE_KEY },
          },
        },
        { name: 'exports', source: { s3: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 's3-secret-1' } } },
      ],
    },
    body: {
      type: 'duckdb',
      duckdbConnection: {
        attachedDatabases: [
          { name: 'ads', type: 'bigquery', bigqueryConnection: {} },
          { name: 'orders', type: 'postgres', postgresConnection: { host: 'pg.acme.example' } },
          {
            name: 'marts',
            type: 'snowflake',
            snowflakeConnection: {
              account: 'acme-fin',
              username: 'DUCK_SVC',
              warehouse: 'WH',
              privateKey: PRIVATE_KEY,
            },
          },
          {
            name: 'exports',
            type: 's3',
            s3Connection: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 's3-secret-1' },
          },
        ],
      },
    },
    setSecrets: [
      'config.duckdb.attached.2.source.snowflake.privateKey',
      'config.duckdb.attached.3.source.s3.secretAccessKey',
    ],
    reported: {
      __typename: 'DuckDbConfig',
      attached: [
        { name: 'ads', source: { __typename: 'BigQueryConfig', serviceAccountKey: 'UNKNOWN' } },
        {
          name: 'orders',
          source: {
            __typename: 'PostgresConfig',
            host: 'pg.acme.example',
            password: 'UNKNOWN',
            connectionString: 'UNKNOWN',
          },
        },
        {
          name: 'marts',
          source: {
            __typename: 'SnowflakeConfig',
            account: 'acme-fin',
            username: 'DUCK_SVC',
            warehouse: 'WH',
            password: 'UNKNOWN',
            privateKey: 'SET',
            privateKeyPassphrase: 'UNKNOWN',
          },
        },
        {
          name: 'exports',
          source: {
            __typename: 'S3Config',
            accessKeyId: 'AKIAEXAMPLE',
            secretAccessKey: 'SET',
            sessionToken: 'UNKNOWN',
          },
        },
      ],
    },
  },
];
