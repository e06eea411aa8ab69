// The shape of the printed schema: names, types, descriptions and secrets. Each check of the schema also runs on a small bad schema,
// so that a check that finds nothing is noticed.
import { readFile } from 'node:fs/promises';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isUnionType,
  lexicographicSortSchema,
  printSchema,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { configJsonSchema } from '../../src/config/config-schema.ts';
import { dialects, vendors } from '../../src/gateway.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import {
  conflicts,
  elementsOf,
  fieldsOf,
  secretInputs,
  secretOutputs,
  typesOf,
  undescribed,
} from '../support/schema-walk.ts';

const printed = `${printSchema(lexicographicSortSchema(createSchema({ vendors, dialects })))}\n`;
const schema = buildSchema(printed);
const committed = (name: string) => readFile(new URL(`../../schema/${name}`, import.meta.url), 'utf8');

const bad = buildSchema(`
  "What can be read." type Query {
    "The connections of the query." connections("First connections." first: Int, "How many to skip." skip: Int): [Item]
    "Who asks, and how." viewer("Same again later." idempotencyKey: Int): Int
  }
  union Item = Left | Right
  "Holds a name that is shown." interface Named { "How people call it." name: String }
  "It stands on the left." type Left implements Named { "How people call it." name: String  "Left port" port: Int  "Why." tls: String  "Once it was secret." key: [SecretString!]! }
  "It stands on the right." type Right implements Named { "How people call it." name: String!  "Where it listens." port: String }
  "Text that hides itself." scalar SecretString
  "What sorts it." enum ItemOrder { "By some name." NAME  ITEM }
  "What goes in." input Input { "The input secret!" secret: SecretString!  "Says whether it hides." list: [SecretString!] }
`);

const isSentence = (text: string) => text.split(/\s+/).length >= 4 && text.endsWith('.');

describe('the descriptions in the schema', () => {
  it('every type, field, argument, input field and enum value has a description that is not its name', () => {
    expect(undescribed(schema)).toEqual([]);
  });

  it('descriptions are sentences of at least four words with a full stop', () => {
    expect(elementsOf(schema).filter(({ description }) => !isSentence(description ?? ''))).toEqual([]);
    expect(['Which one.', 'The port of a server'].filter(isSentence)).toEqual([]);
  });

  it('a description that is missing, too short or repeats the name is found', () => {
    expect(undescribed(bad)).toEqual([
      'Query.connections',
      'Query.connections.first',
      'Item',
      'Left.port',
      'Left.tls',
      'ItemOrder.ITEM',
      'Input.secret',
    ]);
  });

  it('descriptions are checked in every position', () => {
    const paths = elementsOf(schema).map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'Query',
        'Query.connections.first',
        'PostgresInput.port',
        'Dialect.OTHER',
        'Error.message',
        'SecretString',
        'CreateConnectionResult',
      ]),
    );
    expect(paths.length).toBeGreaterThan(400);
  });
});

describe('the names and types in the schema', () => {
  it('only names of the entity end in "Connection"', () => {
    expect(
      typesOf(schema)
        .map(({ name }) => name)
        .filter((name) => name.endsWith('Connection')),
    ).toEqual(['Connection']);
  });

  it('a field has one type across the members of a union and the implementers of an interface', () => {
    // An instance always has a host. The host of a connection is null when its vendor does not report it.
    expect(conflicts(schema)).toEqual(['Node.host: String or String!']);
    expect(conflicts(bad)).toEqual([
      'Item.name: String or String!',
      'Item.port: Int or String',
      'Named.name: String or String!',
      'Named.port: Int or String',
    ]);
  });

  it.each([
    ['Vendor', ['CHARTBREW', 'CREDIBLE', 'LOOKER', 'OMNI']],
    [
      'Dialect',
      [
        'API',
        'ATHENA',
        'BIGQUERY',
        'CLICKHOUSE',
        'CUSTOMER_IO',
        'DATABRICKS',
        'DATABRICKS_LAKEBASE',
        'DUCKDB',
        'EXASOL',
        'FIRESTORE',
        'GOOGLE_ANALYTICS',
        'MARIADB',
        'MONGODB',
        'MOTHERDUCK',
        'MSSQL',
        'MYSQL',
        'ORACLE',
        'OTHER',
        'POSTGRES',
        'REALTIME_DB',
        'REDSHIFT',
        'SAP_HANA',
        'SNOWFLAKE',
        'STARROCKS',
        'TRINO',
      ],
    ],
    ['SupportStatus', ['READ_ONLY', 'SUPPORTED', 'UNSUPPORTED']],
    ['ApiAuthenticationKind', ['BASIC', 'BEARER', 'NONE', 'OTHER']],
    ['DatabaseFlavor', ['RDS', 'STANDARD', 'SUPABASE', 'TIMESCALE']],
    [
      'Capability',
      // prettier-ignore
      ['CREATE', 'DELETE', 'LIST', 'READ', 'RENAME', 'TEST_SAVED', 'TEST_UNSAVED', 'UPDATE', 'UPDATE_SECRETS'],
    ],
    ['TestOutcome', ['FAILED', 'PASSED', 'SKIPPED', 'WARNED']],
    ['ConflictReason', ['CHANGED_MEANWHILE', 'IDEMPOTENCY_KEY_REUSED', 'IN_PROGRESS', 'NAME_CHANGED', 'NAME_TAKEN']],
    [
      'UnavailableReason',
      ['BAD_RESPONSE', 'CIRCUIT_OPEN', 'CONNECT', 'CREDENTIALS_REJECTED', 'SERVER_ERROR', 'STORE', 'TIMEOUT', 'TLS'],
    ],
  ])('enum %s has these values', (name, values) => {
    const type = schema.getType(name);
    expect(isEnumType(type) && type.getValues().map((value) => value.name)).toEqual(values);
  });

  it.each([
    [
      'CreateConnectionResult',
      [
        'ConflictError',
        'CreateConnectionSuccess',
        'OutcomeUnknownError',
        'PermissionError',
        'RateLimitedError',
        'UnsupportedError',
        'ValidationError',
        'VendorUnavailableError',
      ],
    ],
    [
      'ConnectionConfig',
      [
        'ApiConfig',
        'AthenaConfig',
        'BigQueryConfig',
        'ClickHouseConfig',
        'CustomerIoConfig',
        'DatabricksConfig',
        'DuckDbConfig',
        'ExasolConfig',
        'FirestoreConfig',
        'GoogleAnalyticsConfig',
        'LakebaseConfig',
        'MariaDbConfig',
        'MongoDbConfig',
        'MotherDuckConfig',
        'MsSqlConfig',
        'MySqlConfig',
        'OracleConfig',
        'OtherConfig',
        'PostgresConfig',
        'RealtimeDbConfig',
        'RedshiftConfig',
        'SapHanaConfig',
        'SnowflakeConfig',
        'StarRocksConfig',
        'TrinoConfig',
      ],
    ],
    ['DuckDbSource', ['BigQueryConfig', 'GcsConfig', 'PostgresConfig', 'S3Config', 'SnowflakeConfig']],
    ['VendorDetails', ['ChartbrewDetails', 'CredibleDetails', 'LookerDetails', 'OmniDetails']],
    ['SourceError', ['PermissionError', 'RateLimitedError', 'VendorUnavailableError']],
  ])('union %s has these members', (name, members) => {
    const type = schema.getType(name);
    expect(isUnionType(type) && type.getTypes().map((member) => member.name)).toEqual(members);
  });

  it('an input has exactly one of 25 dialects', () => {
    expect(fieldsOf(schema, 'ConnectionConfigInput')).toEqual([
      'api: ApiInput',
      'athena: AthenaInput',
      'bigquery: BigQueryInput',
      'clickhouse: ClickHouseInput',
      'customerIo: CustomerIoInput',
      'databricks: DatabricksInput',
      'databricksLakebase: LakebaseInput',
      'duckdb: DuckDbInput',
      'exasol: ExasolInput',
      'firestore: FirestoreInput',
      'googleAnalytics: GoogleAnalyticsInput',
      'mariadb: MariaDbInput',
      'mongodb: MongoDbInput',
      'motherduck: MotherDuckInput',
      'mssql: MsSqlInput',
      'mysql: MySqlInput',
      'oracle: OracleInput',
      'other: OtherInput',
      'postgres: PostgresInput',
      'realtimeDb: RealtimeDbInput',
      'redshift: RedshiftInput',
      'sapHana: SapHanaInput',
      'snowflake: SnowflakeInput',
      'starrocks: StarRocksInput',
      'trino: TrinoInput',
    ]);
    expect(printed).toContain('input ConnectionConfigInput @oneOf {');
    expect(fieldsOf(schema, 'ConnectionConfigPatch').map((field) => field.replace(/Patch$/, 'Input'))).toEqual(
      fieldsOf(schema, 'ConnectionConfigInput'),
    );
    expect(printed).toContain('input ConnectionConfigPatch @oneOf {');
  });

  it('the schema has exactly these mutations', () => {
    expect(fieldsOf(schema, 'Mutation')).toEqual([
      'createConnection: CreateConnectionResult!',
      'createConnections: CreateConnectionsResult!',
      'deleteConnection: DeleteConnectionResult!',
      'rotateConnectionSecret: RotateConnectionSecretResult!',
      'testConnection: TestConnectionResult!',
      'testConnectionConfig: TestConnectionResult!',
      'updateConnection: UpdateConnectionResult!',
    ]);
  });

  it("only errors and checks have a vendor's message, and their description says when it is null", () => {
    const told = elementsOf(schema).filter(({ path }) => path.endsWith('.vendorMessage'));
    expect(told.map(({ path }) => path)).toEqual([
      'OutcomeUnknownError.vendorMessage',
      'PermissionError.vendorMessage',
      'RateLimitedError.vendorMessage',
      'TestCheck.vendorMessage',
      'ValidationIssue.vendorMessage',
      'VendorError.vendorMessage',
      'VendorUnavailableError.vendorMessage',
    ]);
    for (const { path, description } of told) {
      expect(fieldsOf(schema, path.split('.')[0] ?? '')).toContain('vendorMessage: String');
      expect(description).toMatch(
        /^The vendor's message in its original words, at most 500 characters\. Null when the vendor sent no message, .* part of a secret\. .*It is never logged\.$/,
      );
    }
  });
});

const SERVER = 'host: String  port: Int  database: String  schema: String  username: String';
const SNOWFLAKE =
  'account: String  hostOverride: String  warehouse: String  database: String  schema: String  role: String  username: String  queryTimeoutMs: Int';
const BIGQUERY =
  'projectId: String  billingProjectId: String  location: String  dataset: String  serviceAccountEmail: String  maximumBytesBilled: BigInt  queryTimeoutMs: Int';
const OAUTH = 'clientId: String  audience: String  authorizationUrl: String  tokenUrl: String';
const TLS = 'enabled: Boolean  verify: Boolean  mode: String';
const DATABRICKS = 'host: String  httpPath: String  catalog: String  schema: String  machineAuthentication: Boolean';
const ATHENA =
  'region: String  catalog: String  schema: String  s3StagingDir: String  roleArn: String  accessKeyId: String  machineAuthentication: Boolean';
const TRINO = 'host: String  port: Int  catalog: String  schema: String  username: String';
const MONGO = 'host: String  port: Int  database: String  username: String  srv: Boolean';
const sorted = (...fields: string[]): string[] => fields.flatMap((list) => list.split('  ').filter(Boolean)).toSorted();

describe('the types of a dialect in the schema', () => {
  const byTls = { tls: 'Tls' };
  const FLAVOR = 'flavor: DatabaseFlavor';

  it.each<[string, string, Record<string, string>, string[]]>([
    ['Postgres', `${SERVER}  ${FLAVOR}`, byTls, ['password', 'connectionString']],
    ['MySql', `${SERVER}  ${FLAVOR}`, byTls, ['password', 'connectionString']],
    ['ClickHouse', SERVER, byTls, ['password']],
    ['Exasol', SERVER, byTls, ['password']],
    ['Lakebase', SERVER, byTls, ['password']],
    ['MariaDb', SERVER, byTls, ['password']],
    ['MsSql', SERVER, byTls, ['password']],
    ['Redshift', SERVER, byTls, ['password']],
    ['SapHana', SERVER, byTls, ['password']],
    ['StarRocks', SERVER, byTls, ['password']],
    ['Oracle', `${SERVER}  acceptsLicense: Boolean  usesTns: Boolean  serviceName: String`, byTls, ['password']],
    ['BigQuery', BIGQUERY, {}, ['serviceAccountKey']],
    ['Snowflake', SNOWFLAKE, { oauth: 'OAuth', ...byTls }, ['password', 'privateKey', 'privateKeyPassphrase']],
    ['Databricks', DATABRICKS, { oauth: 'OAuth', ...byTls }, ['accessToken']],
    ['Athena', ATHENA, byTls, ['secretAccessKey']],
    ['Trino', TRINO, byTls, ['password', 'peakaKey']],
    ['MotherDuck', 'database: String  schema: String', {}, ['accessToken']],
    ['Gcs', 'keyId: String', {}, ['secret']],
    ['S3', 'accessKeyId: String  region: String  endpoint: String', {}, ['secretAccessKey', 'sessionToken']],
    ['RealtimeDb', 'databaseUrl: String  authOverrideUid: String', {}, ['serviceAccountKey']],
    ['GoogleAnalytics', 'oauthId: String', {}, []],
    ['CustomerIo', 'region: String', {}, ['apiKey']],
    ['Tls', TLS, {}, ['ca', 'certificate', 'key']],
    ['OAuth', OAUTH, {}, ['clientSecret']],
  ])('%sInput has the same fields as its Config, except secrets', (stem, plain, groups, secrets) => {
    const twin = (suffix: string, secret: string): string[] =>
      sorted(
        plain,
        ...Object.entries(groups).map(([name, group]) => `${name}: ${group}${suffix}`),
        ...secrets.map((name) => `${name}: ${secret}`),
      );
    expect(fieldsOf(schema, `${stem}Input`)).toEqual(twin('Input', 'SecretString'));
    expect(fieldsOf(schema, `${stem}Config`)).toEqual(twin('Config', 'MaskedSecret!'));
  });

  it.each<[string, string, string]>([
    ['OtherInput', `${SERVER}  dialectName: String`, 'password: SecretString  tls: TlsInput'],
    ['OtherConfig', SERVER, 'password: MaskedSecret!  tls: TlsConfig'],
    ['FirestoreInput', '', 'serviceAccountKey: SecretString'],
    ['FirestoreConfig', 'projectId: String', 'serviceAccountKey: MaskedSecret!'],
    ['DuckDbInput', '', 'attached: [DuckDbAttachmentInput!]'],
    ['DuckDbConfig', '', 'attached: [DuckDbAttachment!]'],
    ['DuckDbAttachmentInput', 'name: String!', 'source: DuckDbSourceInput!'],
    ['DuckDbAttachment', 'name: String', 'source: DuckDbSource'],
    [
      'DuckDbSourceInput',
      'bigquery: BigQueryInput  gcs: GcsInput  postgres: PostgresInput',
      's3: S3Input  snowflake: SnowflakeInput',
    ],
    [
      'MongoDbInput',
      MONGO,
      'password: SecretString  connectionString: SecretString  options: [SecretEntryInput!]  tls: TlsInput',
    ],
    [
      'MongoDbConfig',
      MONGO,
      'password: MaskedSecret!  connectionString: MaskedSecret!  options: [MaskedEntry!]  tls: TlsConfig',
    ],
    ['ApiInput', 'baseUrl: String', 'authentication: ApiAuthenticationInput  headers: [SecretEntryInput!]'],
    ['ApiConfig', 'baseUrl: String', 'authentication: ApiAuthentication  headers: [MaskedEntry!]'],
    ['ApiAuthenticationInput', '', 'basic: BasicAuthenticationInput  bearer: SecretString'],
    ['ApiAuthentication', '', 'kind: ApiAuthenticationKind!  basic: BasicAuthentication  bearer: MaskedSecret!'],
    ['BasicAuthenticationInput', 'username: String!', 'password: SecretString'],
    ['BasicAuthentication', 'username: String', 'password: MaskedSecret!'],
    ['SecretEntryInput', 'name: String!', 'value: SecretString!'],
    ['MaskedEntry', 'name: String!', 'value: MaskedSecret!'],
  ])('%s has these fields', (name, plain, others) => {
    expect(fieldsOf(schema, name)).toEqual(sorted(plain, others));
  });
});

/** Input types with a field that is a secret. */
const takers = (all: GraphQLSchema) =>
  typesOf(all)
    .map(({ name }) => name)
    .filter((name) => secretInputs(all, name).length > 0)
    .filter((name) => isInputObjectType(all.getType(name)));

describe('secrets in the schema', () => {
  it('no output type has a secret', () => {
    expect(secretOutputs(schema)).toEqual([]);
    expect(secretOutputs(bad)).toEqual(['Left.key']);
  });

  const readTypes = {
    ApiAuthenticationInput: ['ApiAuthentication', 'bearer'],
    AthenaInput: ['AthenaConfig', 'secretAccessKey'],
    BasicAuthenticationInput: ['BasicAuthentication', 'password'],
    BigQueryInput: ['BigQueryConfig', 'serviceAccountKey'],
    ClickHouseInput: ['ClickHouseConfig', 'password'],
    CustomerIoInput: ['CustomerIoConfig', 'apiKey'],
    DatabricksInput: ['DatabricksConfig', 'accessToken'],
    ExasolInput: ['ExasolConfig', 'password'],
    FirestoreInput: ['FirestoreConfig', 'serviceAccountKey'],
    GcsInput: ['GcsConfig', 'secret'],
    LakebaseInput: ['LakebaseConfig', 'password'],
    LookerOptionsInput: ['LookerDetails', 'afterConnectStatements', 'jdbcAdditionalParams'],
    LookerPdtOverrideInput: ['LookerPdtOverride', 'afterConnectStatements', 'jdbcAdditionalParams', 'password'],
    MariaDbInput: ['MariaDbConfig', 'password'],
    MongoDbInput: ['MongoDbConfig', 'connectionString', 'password'],
    MotherDuckInput: ['MotherDuckConfig', 'accessToken'],
    MsSqlInput: ['MsSqlConfig', 'password'],
    MySqlInput: ['MySqlConfig', 'connectionString', 'password'],
    OAuthInput: ['OAuthConfig', 'clientSecret'],
    OracleInput: ['OracleConfig', 'password'],
    OtherInput: ['OtherConfig', 'password'],
    PostgresInput: ['PostgresConfig', 'connectionString', 'password'],
    RealtimeDbInput: ['RealtimeDbConfig', 'serviceAccountKey'],
    RedshiftInput: ['RedshiftConfig', 'password'],
    S3Input: ['S3Config', 'secretAccessKey', 'sessionToken'],
    SapHanaInput: ['SapHanaConfig', 'password'],
    SecretEntryInput: ['MaskedEntry', 'value'],
    SnowflakeInput: ['SnowflakeConfig', 'password', 'privateKey', 'privateKeyPassphrase'],
    SshTunnelInput: ['SshTunnel', 'passphrase', 'password', 'privateKey'],
    StarRocksInput: ['StarRocksConfig', 'password'],
    TlsInput: ['TlsConfig', 'ca', 'certificate', 'key'],
    TrinoInput: ['TrinoConfig', 'password', 'peakaKey'],
  };

  it.each(Object.entries(readTypes))(
    'secrets of %s are read back as their state only',
    (input, [readType = '', ...secrets]) => {
      expect(secretInputs(schema, input)).toEqual(secrets);
      expect(fieldsOf(schema, readType)).toEqual(
        expect.arrayContaining(secrets.map((name) => `${name}: MaskedSecret!`)),
      );
    },
  );

  it('no other input accepts secrets', () => {
    // These inputs have no field of the same name in a read type. The state of a certificate is LookerDetails.certificate or
    // LookerPdtOverride.certificate. The state of a patched or rotated secret is the field that the mutation changes. A secret by which the
    // audit is searched is not stored.
    const others = ['AuditFilter', 'LookerCertificateInput', 'RotateConnectionSecretInput', 'SecretPatch'];
    expect(takers(schema)).toEqual([...Object.keys(readTypes), ...others].toSorted());
    expect(secretInputs(schema, 'LookerCertificateInput')).toEqual(['body']);
    expect(takers(bad)).toEqual(['Input']);
    expect(secretInputs(bad, 'Input')).toEqual(['secret', 'list']);
  });
});

describe('the generated schema files', () => {
  it('the committed schema is the printed one', async () => {
    expect(await committed('schema.graphql')).toBe(printed);
  });

  it('the committed JSON Schema of the configuration is the printed one', async () => {
    expect(await committed('config.schema.json')).toBe(`${JSON.stringify(configJsonSchema(vendors), null, 2)}\n`);
  });
});
