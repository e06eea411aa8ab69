// The fields of identity, address and sign-in, in the order of the field map.
import { field, writeSample, readSample, type Field } from '../../../support/field-samples.ts';
import { KEY_FILE } from '../../create-case.ts';
import { OTHER_KEY_IN_JSON, OTHER_PRIVATE_KEY, PRIVATE_KEY } from '../../../support/keys.ts';

/** The parsed KEY_FILE. */
const keyObject = {
  type: 'service_account',
  project_id: 'acme-web',
  private_key_id: 'key-secret-1',
  private_key: PRIVATE_KEY,
  client_email: 'bi@acme-web.iam.gserviceaccount.com',
};

/** The dialects with a host, and the stem of their type names. */
const servers = [
  ['clickhouse', 'ClickHouse'],
  ['mongodb', 'MongoDb'],
  ['mysql', 'MySql'],
  ['postgres', 'Postgres'],
] as const;

const identity: readonly Field[] = [
  field('id', [readSample('Connection.vendorId: String!', 4711, 'vendorId', '4711')]),
  field('team_id', [readSample('ChartbrewDetails.teamId: Int', 7, 'details.teamId', 7)]),
  field('name', [
    writeSample('CreateConnectionInput.name: String!', 'name', 'Walk by name', 'Walk by name'),
    readSample('Connection.name: String!', 'Orders EU', 'name', 'Orders EU'),
    readSample('Connection.name: String!', null, 'name', ''),
  ]),
  field('type', [
    writeSample('ConnectionConfigInput.api: ApiInput', 'config.api', {}, 'api'),
    writeSample('ConnectionConfigInput.clickhouse: ClickHouseInput', 'config.clickhouse', {}, 'clickhouse'),
    writeSample('ConnectionConfigInput.customerIo: CustomerIoInput', 'config.customerIo', {}, 'customerio'),
    writeSample('ConnectionConfigInput.firestore: FirestoreInput', 'config.firestore', {}, 'firestore'),
    writeSample(
      'ConnectionConfigInput.googleAnalytics: GoogleAnalyticsInput',
      'config.googleAnalytics',
      {},
      'googleAnalytics',
    ),
    writeSample('ConnectionConfigInput.mongodb: MongoDbInput', 'config.mongodb', {}, 'mongodb'),
    writeSample('ConnectionConfigInput.mysql: MySqlInput', 'config.mysql', {}, 'mysql'),
    writeSample('ConnectionConfigInput.postgres: PostgresInput', 'config.postgres', {}, 'postgres'),
    writeSample('ConnectionConfigInput.realtimeDb: RealtimeDbInput', 'config.realtimeDb', {}, 'realtimedb'),
    readSample('Connection.vendorDialect: String!', 'jira', 'vendorDialect', 'jira'),
    ...[
      ['api', 'API'],
      ['clickhouse', 'CLICKHOUSE'],
      ['customerio', 'CUSTOMER_IO'],
      ['firestore', 'FIRESTORE'],
      ['googleAnalytics', 'GOOGLE_ANALYTICS'],
      ['mongodb', 'MONGODB'],
      ['mysql', 'MYSQL'],
      ['postgres', 'POSTGRES'],
      ['realtimedb', 'REALTIME_DB'],
      ['jira', 'OTHER'],
      ['stripeOfficial', 'OTHER'],
      ['oracle', 'OTHER'],
    ].map(([word, told]) => readSample('Connection.dialect: Dialect!', word, 'dialect', told)),
  ]),
  field('subType', [
    writeSample('ConnectionConfigInput.postgres: PostgresInput', 'config.postgres', {}, 'postgres'),
    writeSample('ConnectionConfigInput.mongodb: MongoDbInput', 'config.mongodb', {}, 'mongodb'),
    ...[
      ['postgres', 'Postgres', 'STANDARD', 'postgres'],
      ['postgres', 'Postgres', 'TIMESCALE', 'timescaledb'],
      ['postgres', 'Postgres', 'SUPABASE', 'supabasedb'],
      ['postgres', 'Postgres', 'RDS', 'rdsPostgres'],
      ['mysql', 'MySql', 'STANDARD', 'mysql'],
      ['mysql', 'MySql', 'RDS', 'rdsMysql'],
    ].flatMap(([on, type, flavor, word]) => [
      writeSample(`${type}Input.flavor: DatabaseFlavor`, `config.${on}.flavor`, flavor, word),
      readSample(`${type}Config.flavor: DatabaseFlavor`, word, 'config.flavor', flavor, { on: on! }),
    ]),
    readSample('PostgresConfig.flavor: DatabaseFlavor', 'cockroach', 'config.flavor', null),
    readSample('ChartbrewDetails.subType: String', 'cockroach', 'details.subType', 'cockroach'),
  ]),
  field('project_ids', [
    writeSample('ChartbrewOptionsInput.projectIds: [Int!]', 'options.chartbrew.projectIds', [3, 4], [3, 4]),
    readSample('ChartbrewDetails.projectIds: [Int!]', [3, 4], 'details.projectIds', [3, 4]),
  ]),
  field('active', [
    writeSample('ChartbrewOptionsInput.active: Boolean', 'options.chartbrew.active', false, false),
    readSample('ChartbrewDetails.active: Boolean', false, 'details.active', false),
  ]),
  field('oauth_id', [
    writeSample('GoogleAnalyticsInput.oauthId: String', 'config.googleAnalytics.oauthId', 'grant-2', 'grant-2'),
    readSample('GoogleAnalyticsConfig.oauthId: String', 'grant-2', 'config.oauthId', 'grant-2', {
      on: 'googleAnalytics',
    }),
  ]),
];

const address: readonly Field[] = [
  field('host', [
    ...servers.flatMap(([key, name]) => [
      writeSample(`${name}Input.host: String`, `config.${key}.host`, 'other.acme.example', 'other.acme.example'),
      readSample(`${name}Config.host: String`, 'other.acme.example', 'config.host', 'other.acme.example', { on: key }),
    ]),
    writeSample(
      'ApiInput.baseUrl: String',
      'config.api.baseUrl',
      'https://api.acme.example/v2',
      'https://api.acme.example/v2',
    ),
    writeSample('CustomerIoInput.region: String', 'config.customerIo.region', 'us', 'us'),
    readSample(
      'ApiConfig.baseUrl: String',
      'https://ann:url-secret-1@api.acme.example/v2?key=url-secret-2',
      'config.baseUrl',
      'https://api.acme.example/v2',
      { on: 'api' },
    ),
    readSample('CustomerIoConfig.region: String', 'us', 'config.region', 'us', { on: 'customerIo' }),
    readSample('OtherConfig.host: String', 'https://acme.atlassian.net', 'config.host', 'acme.atlassian.net', {
      on: 'jira',
    }),
  ]),
  field(
    'port',
    servers.flatMap(([key, name]) => [
      writeSample(`${name}Input.port: Int`, `config.${key}.port`, 7001, '7001'),
      readSample(`${name}Config.port: Int`, '7001', 'config.port', 7001, { on: key }),
    ]),
  ),
  field(
    'dbName',
    servers.flatMap(([key, name]) => [
      writeSample(`${name}Input.database: String`, `config.${key}.database`, 'crm', 'crm'),
      readSample(`${name}Config.database: String`, 'crm', 'config.database', 'crm', { on: key }),
    ]),
  ),
  field('username', [
    ...servers.flatMap(([key, name]) => [
      writeSample(`${name}Input.username: String`, `config.${key}.username`, 'ann', 'ann'),
      readSample(`${name}Config.username: String`, 'ann', 'config.username', 'ann', { on: key }),
    ]),
    writeSample(
      'RealtimeDbInput.authOverrideUid: String',
      'config.realtimeDb.authOverrideUid',
      'reporting',
      'reporting',
    ),
    readSample('RealtimeDbConfig.authOverrideUid: String', 'reporting', 'config.authOverrideUid', 'reporting', {
      on: 'realtimeDb',
    }),
  ]),
  field('password', [
    ...servers.flatMap(([key, name]) => [
      writeSample(`${name}Input.password: SecretString`, `config.${key}.password`, 'pw-secret-2', 'pw-secret-2'),
      readSample(`${name}Config.password: MaskedSecret!`, 'pw-secret-2', 'config.password', 'SET', { on: key }),
      readSample(`${name}Config.password: MaskedSecret!`, undefined, 'config.password', 'UNKNOWN', { on: key }),
    ]),
    writeSample('CustomerIoInput.apiKey: SecretString', 'config.customerIo.apiKey', 'pw-secret-2', 'pw-secret-2'),
    readSample('CustomerIoConfig.apiKey: MaskedSecret!', 'pw-secret-2', 'config.apiKey', 'SET', { on: 'customerIo' }),
    readSample('CustomerIoConfig.apiKey: MaskedSecret!', undefined, 'config.apiKey', 'UNKNOWN', { on: 'customerIo' }),
  ]),
  field('connectionString', [
    ...[
      ['postgres', 'Postgres', 'postgresql://ann:url-secret-1@db.acme.example/crm'],
      ['mysql', 'MySql', 'mysql://ann:url-secret-1@db.acme.example/crm'],
      ['mongodb', 'MongoDb', 'mongodb+srv://ann:url-secret-1@db.acme.example/crm'],
    ].flatMap(([key, name, text]) => [
      writeSample(`${name}Input.connectionString: SecretString`, `config.${key}.connectionString`, text, text, {
        on: `${key}ByUrl`,
      }),
      readSample(`${name}Config.connectionString: MaskedSecret!`, text, 'config.connectionString', 'SET', { on: key! }),
      readSample(`${name}Config.connectionString: MaskedSecret!`, null, 'config.connectionString', 'NOT_SET', {
        on: key!,
      }),
    ]),
    writeSample(
      'RealtimeDbInput.databaseUrl: String',
      'config.realtimeDb.databaseUrl',
      'https://acme-rtdb.firebaseio.com',
      'https://acme-rtdb.firebaseio.com',
    ),
    readSample(
      'RealtimeDbConfig.databaseUrl: String',
      'https://ann:url-secret-1@acme-rtdb.firebaseio.com?auth=url-secret-2',
      'config.databaseUrl',
      'https://acme-rtdb.firebaseio.com',
      { on: 'realtimeDb' },
    ),
  ]),
  field(
    'options (mongodb)',
    [
      writeSample(
        'MongoDbInput.options: [SecretEntryInput!]',
        'config.mongodb.options',
        [
          { name: 'replicaSet', value: 'rs-secret-1' },
          { name: 'tls', value: 'true' },
        ],
        [{ replicaSet: 'rs-secret-1' }, { tls: 'true' }],
      ),
      readSample(
        'MongoDbConfig.options: [MaskedEntry!]',
        [{ replicaSet: 'rs-secret-1' }, { tls: 'true' }],
        'config.options',
        [
          { name: 'replicaSet', value: 'SET' },
          { name: 'tls', value: 'SET' },
        ],
        { on: 'mongodb' },
      ),
    ],
    'options',
  ),
  field(
    'options (api)',
    [
      writeSample(
        'ApiInput.headers: [SecretEntryInput!]',
        'config.api.headers',
        [{ name: 'X-Api-Key', value: 'header-secret-1' }],
        [{ 'X-Api-Key': 'header-secret-1' }],
      ),
      readSample(
        'ApiConfig.headers: [MaskedEntry!]',
        [{ 'X-Api-Key': 'header-secret-1' }],
        'config.headers',
        [{ name: 'X-Api-Key', value: 'SET' }],
        { on: 'api' },
      ),
    ],
    'options',
  ),
  field('authentication.type', [
    writeSample(
      'ApiAuthenticationInput.basic: BasicAuthenticationInput',
      'config.api.authentication.basic',
      { username: 'ann', password: 'pw-secret-2' },
      'basic_auth',
    ),
    writeSample(
      'ApiAuthenticationInput.bearer: SecretString',
      'config.api.authentication.bearer',
      'token-secret-1',
      'bearer_token',
    ),
    ...[
      ['basic_auth', 'BASIC'],
      ['bearer_token', 'BEARER'],
      ['no_auth', 'NONE'],
      ['digest', 'OTHER'],
    ].map(([word, kind]) =>
      readSample('ApiAuthentication.kind: ApiAuthenticationKind!', word, 'config.authentication.kind', kind, {
        on: 'api',
      }),
    ),
  ]),
  field('authentication.user', [
    writeSample('BasicAuthenticationInput.username: String!', 'config.api.authentication.basic.username', 'ann', 'ann'),
    readSample('BasicAuthentication.username: String', 'ann', 'config.authentication.basic.username', 'ann', {
      on: 'apiByPassword',
    }),
  ]),
  field('authentication.pass', [
    writeSample(
      'BasicAuthenticationInput.password: SecretString',
      'config.api.authentication.basic.password',
      'pw-secret-2',
      'pw-secret-2',
      { beside: { 'config.api.authentication.basic.username': 'ann' } },
    ),
    readSample(
      'BasicAuthentication.password: MaskedSecret!',
      'pw-secret-2',
      'config.authentication.basic.password',
      'SET',
      {
        on: 'apiByPassword',
      },
    ),
  ]),
  field('authentication.token', [
    writeSample(
      'ApiAuthenticationInput.bearer: SecretString',
      'config.api.authentication.bearer',
      'token-secret-1',
      'token-secret-1',
    ),
    readSample('ApiAuthentication.bearer: MaskedSecret!', 'token-secret-1', 'config.authentication.bearer', 'SET', {
      on: 'apiByToken',
    }),
  ]),
  field(
    'firebaseServiceAccount',
    [
      ['firestore', 'Firestore'],
      ['realtimeDb', 'RealtimeDb'],
    ].flatMap(([key, name]) => [
      writeSample(
        `${name}Input.serviceAccountKey: SecretString`,
        `config.${key}.serviceAccountKey`,
        `{"type":"service_account","private_key_id":"key-secret-9","private_key":${OTHER_KEY_IN_JSON},"client_email":"bi@acme-app.iam.gserviceaccount.com"}`,
        {
          type: 'service_account',
          private_key_id: 'key-secret-9',
          private_key: OTHER_PRIVATE_KEY,
          client_email: 'bi@acme-app.iam.gserviceaccount.com',
        },
      ),
      readSample(`${name}Config.serviceAccountKey: MaskedSecret!`, keyObject, 'config.serviceAccountKey', 'SET', {
        on: key!,
      }),
      readSample(`${name}Config.serviceAccountKey: MaskedSecret!`, null, 'config.serviceAccountKey', 'NOT_SET', {
        on: key!,
      }),
    ]),
  ),
  field('firebaseServiceAccount.project_id', [
    // Not written by itself: it is in the key.
    writeSample(
      'FirestoreInput.serviceAccountKey: SecretString',
      'config.firestore.serviceAccountKey',
      KEY_FILE,
      'acme-web',
    ),
    readSample('FirestoreConfig.projectId: String', 'acme-web', 'config.projectId', 'acme-web', { on: 'firestore' }),
  ]),
  field('srv', [
    writeSample('MongoDbInput.srv: Boolean', 'config.mongodb.srv', true, true),
    readSample('MongoDbConfig.srv: Boolean', true, 'config.srv', true, { on: 'mongodb' }),
  ]),
];

export const chartbrewSettings: readonly Field[] = [...identity, ...address];
