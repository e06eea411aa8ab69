// The lifecycle of a connection of every dialect at Credible: each update of its settings in order, with the input and the
// block that is sent, typed from the vendor's notes.
import { ENCRYPTED_KEY, KEY_IN_JSON, OTHER_ENCRYPTED_KEY, OTHER_KEY_IN_JSON } from '../../support/keys.ts';

type Values = Readonly<Record<string, unknown>>;

const KEY = `{"type":"service_account","project_id":"acme-web","private_key_id":"key-secret-1","private_key":${KEY_IN_JSON},"client_email":"bi@acme-web.iam.gserviceaccount.com"}`;
const NEW_KEY = `{"type":"service_account","project_id":"acme-web","private_key_id":"key-secret-9","private_key":${OTHER_KEY_IN_JSON},"client_email":"bi@acme-web.iam.gserviceaccount.com"}`;

export interface LifecycleCase {
  readonly dialect: string;
  readonly config: Values;
  /** The secrets that every update must provide, because Credible does not return secrets. */
  readonly again: Values;
  /** Credible's type, and the block of the create. */
  readonly type: string;
  readonly block: Values;
  /** The updates, and the changes of the block. Null removes a key. */
  readonly steps: readonly (readonly [Values, Values])[];
  /** The reported config after the last step, without nulls. */
  readonly last: Values;
}

export const credibleLifecycles: readonly LifecycleCase[] = [
  {
    dialect: 'postgres',
    config: { host: 'pg.acme.example', port: 5432, database: 'orders', username: 'bi', password: 'pw-secret-1' },
    again: { password: { replace: 'pw-secret-1' } },
    type: 'postgres',
    block: { host: 'pg.acme.example', port: 5432, databaseName: 'orders', userName: 'bi', password: 'pw-secret-1' },
    steps: [
      [{ host: 'pg2.acme.example' }, { host: 'pg2.acme.example' }],
      [{ port: 5433 }, { port: 5433 }],
      [{ port: null }, { port: null }],
      [{ database: 'sales' }, { databaseName: 'sales' }],
      [{ database: null }, { databaseName: null }],
      [{ username: 'reader' }, { userName: 'reader' }],
      [{ username: null }, { userName: null }],
      [{ password: { replace: 'pw-secret-9' } }, { password: 'pw-secret-9' }],
    ],
    last: { __typename: 'PostgresConfig', host: 'pg2.acme.example', password: 'SET' },
  },
  {
    dialect: 'mysql',
    config: { host: 'my.acme.example', port: 3306, database: 'shop', username: 'bi', password: 'pw-secret-1' },
    again: { password: { replace: 'pw-secret-1' } },
    type: 'mysql',
    block: { host: 'my.acme.example', port: 3306, database: 'shop', user: 'bi', password: 'pw-secret-1' },
    steps: [
      [{ host: 'my2.acme.example' }, { host: 'my2.acme.example' }],
      [{ port: 3307 }, { port: 3307 }],
      [{ database: null }, { database: null }],
      [{ username: 'reader' }, { user: 'reader' }],
      [{ password: { replace: 'pw-secret-9' } }, { password: 'pw-secret-9' }],
    ],
    last: { __typename: 'MySqlConfig', host: 'my2.acme.example', port: 3307, username: 'reader', password: 'SET' },
  },
  {
    dialect: 'bigquery',
    config: { projectId: 'acme-web', location: 'EU', serviceAccountKey: KEY, queryTimeoutMs: 600000 },
    again: { serviceAccountKey: { replace: KEY } },
    type: 'bigquery',
    block: {
      defaultProjectId: 'acme-web',
      location: 'EU',
      serviceAccountKeyJson: KEY,
      queryTimeoutMilliseconds: '600000',
    },
    steps: [
      [{ projectId: 'acme-data' }, { defaultProjectId: 'acme-data' }],
      [{ billingProjectId: 'acme-billing' }, { billingProjectId: 'acme-billing' }],
      [{ location: null }, { location: null }],
      [{ maximumBytesBilled: '9007199254740993' }, { maximumBytesBilled: '9007199254740993' }],
      [{ queryTimeoutMs: 1000 }, { queryTimeoutMilliseconds: '1000' }],
      [{ queryTimeoutMs: null }, { queryTimeoutMilliseconds: null }],
      [{ serviceAccountKey: { replace: NEW_KEY } }, { serviceAccountKeyJson: NEW_KEY }],
    ],
    last: {
      __typename: 'BigQueryConfig',
      projectId: 'acme-data',
      billingProjectId: 'acme-billing',
      maximumBytesBilled: '9007199254740993',
      serviceAccountKey: 'SET',
    },
  },
  {
    dialect: 'snowflake',
    config: {
      account: 'acme-fin',
      username: 'BI',
      warehouse: 'WH',
      role: 'ANALYST',
      password: 'pw-secret-1',
      privateKey: ENCRYPTED_KEY,
      privateKeyPassphrase: 'pass-secret-1',
    },
    again: {
      password: { replace: 'pw-secret-1' },
      privateKey: { replace: ENCRYPTED_KEY },
      privateKeyPassphrase: { replace: 'pass-secret-1' },
    },
    type: 'snowflake',
    block: {
      account: 'acme-fin',
      username: 'BI',
      warehouse: 'WH',
      role: 'ANALYST',
      password: 'pw-secret-1',
      privateKey: ENCRYPTED_KEY,
      privateKeyPass: 'pass-secret-1',
    },
    steps: [
      [{ account: 'acme-eu' }, { account: 'acme-eu' }],
      [{ username: 'BI_2' }, { username: 'BI_2' }],
      [{ warehouse: 'WH_2' }, { warehouse: 'WH_2' }],
      [{ database: 'SALES' }, { database: 'SALES' }],
      [{ schema: 'PUBLIC' }, { schema: 'PUBLIC' }],
      [{ role: null }, { role: null }],
      [{ queryTimeoutMs: 1000 }, { responseTimeoutMilliseconds: 1000 }],
      [{ privateKey: { replace: OTHER_ENCRYPTED_KEY } }, { privateKey: OTHER_ENCRYPTED_KEY }],
      [
        { privateKey: { replace: ENCRYPTED_KEY }, privateKeyPassphrase: { replace: 'pass-secret-1' } },
        { privateKey: ENCRYPTED_KEY, privateKeyPass: 'pass-secret-1' },
      ],
    ],
    last: {
      __typename: 'SnowflakeConfig',
      account: 'acme-eu',
      username: 'BI_2',
      warehouse: 'WH_2',
      database: 'SALES',
      schema: 'PUBLIC',
      queryTimeoutMs: 1000,
      password: 'SET',
      privateKey: 'SET',
      privateKeyPassphrase: 'SET',
    },
  },
  {
    dialect: 'trino',
    config: {
      host: 'trino.acme.example',
      port: 8443,
      username: 'bi',
      password: 'pw-secret-1',
      peakaKey: 'pk-secret-1',
    },
    again: { password: { replace: 'pw-secret-1' }, peakaKey: { replace: 'pk-secret-1' } },
    type: 'trino',
    block: {
      server: 'https://trino.acme.example',
      port: 8443,
      user: 'bi',
      password: 'pw-secret-1',
      peakaKey: 'pk-secret-1',
    },
    steps: [
      [{ port: 8080 }, { port: 8080 }],
      // Host and encryption are one URL: an update of one part sends both.
      [{ tls: { enabled: false } }, { server: 'http://trino.acme.example' }],
      [{ host: 'trino2.acme.example' }, { server: 'http://trino2.acme.example' }],
      [{ tls: { enabled: null } }, { server: 'https://trino2.acme.example' }],
      [{ catalog: 'hive' }, { catalog: 'hive' }],
      [{ schema: 'web' }, { schema: 'web' }],
      [{ username: null }, { user: null }],
      [{ peakaKey: { replace: 'pk-secret-9' } }, { peakaKey: 'pk-secret-9' }],
    ],
    last: {
      __typename: 'TrinoConfig',
      host: 'trino2.acme.example',
      port: 8080,
      catalog: 'hive',
      schema: 'web',
      tls: { enabled: true },
      password: 'SET',
      peakaKey: 'SET',
    },
  },
  {
    dialect: 'motherduck',
    config: { accessToken: 'token-secret-1', database: 'orders' },
    again: { accessToken: { replace: 'token-secret-1' } },
    type: 'motherduck',
    block: { accessToken: 'token-secret-1', database: 'orders' },
    steps: [
      [{ database: 'sales' }, { database: 'sales' }],
      [{ database: null }, { database: null }],
      [{ accessToken: { replace: 'token-secret-9' } }, { accessToken: 'token-secret-9' }],
    ],
    last: { __typename: 'MotherDuckConfig', accessToken: 'SET' },
  },
  {
    dialect: 'duckdb',
    config: { attached: [{ name: 'files', source: { gcs: { keyId: 'GOOG1', secret: 'gcs-secret-1' } } }] },
    again: {},
    type: 'duckdb',
    block: {
      attachedDatabases: [{ name: 'files', type: 'gcs', gcsConnection: { keyId: 'GOOG1', secret: 'gcs-secret-1' } }],
    },
    steps: [
      [
        {
          attached: [
            { name: 'files', source: { gcs: { keyId: 'GOOG1', secret: 'gcs-secret-9' } } },
            { name: 'orders', source: { postgres: { host: 'pg.acme.example', password: 'pw-secret-9' } } },
          ],
        },
        {
          attachedDatabases: [
            { name: 'files', type: 'gcs', gcsConnection: { keyId: 'GOOG1', secret: 'gcs-secret-9' } },
            {
              name: 'orders',
              type: 'postgres',
              postgresConnection: { host: 'pg.acme.example', password: 'pw-secret-9' },
            },
          ],
        },
      ],
      [
        { attached: [{ name: 'ads', source: { bigquery: { projectId: 'acme-web' } } }] },
        {
          attachedDatabases: [{ name: 'ads', type: 'bigquery', bigqueryConnection: { defaultProjectId: 'acme-web' } }],
        },
      ],
    ],
    last: {
      __typename: 'DuckDbConfig',
      attached: [
        {
          name: 'ads',
          source: { __typename: 'BigQueryConfig', projectId: 'acme-web', serviceAccountKey: 'UNKNOWN' },
        },
      ],
    },
  },
];
