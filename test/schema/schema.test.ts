// The shape of the printed schema: what a frontend reads, relies on and never gets. Each walk over the schema is also
// run on a small bad one, so that a walk that sees nothing is found.
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
import { configJsonSchema } from '../../src/config/schema.ts';
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

describe('descriptions', () => {
  it('tell every type, field, argument, input field and enum value in words of their own', () => {
    expect(undescribed(schema)).toEqual([]);
  });

  it('are missed where they are missing, too short or the name again', () => {
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

  it('are read at every place', () => {
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

describe('names and types', () => {
  it('end in "Connection" for the entity alone', () => {
    expect(
      typesOf(schema)
        .map(({ name }) => name)
        .filter((name) => name.endsWith('Connection')),
    ).toEqual(['Connection']);
  });

  it('give a field one type across the members of a union and the implementers of an interface', () => {
    expect(conflicts(schema)).toEqual([]);
    expect(conflicts(bad)).toEqual([
      'Item.name: String or String!',
      'Item.port: Int or String',
      'Named.name: String or String!',
      'Named.port: Int or String',
    ]);
  });

  it.each([
    ['Vendor', ['CHARTBREW', 'CREDIBLE', 'LOOKER', 'OMNI']],
    ['Dialect', ['BIGQUERY', 'MYSQL', 'OTHER', 'POSTGRES', 'SNOWFLAKE']],
    ['Capability', ['CREATE', 'LIST', 'READ']],
    ['UnavailableReason', ['BAD_RESPONSE', 'CONNECT', 'CREDENTIALS_REJECTED', 'SERVER_ERROR', 'TIMEOUT', 'TLS']],
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
    ['ConnectionConfig', ['BigQueryConfig', 'MySqlConfig', 'OtherConfig', 'PostgresConfig', 'SnowflakeConfig']],
    ['VendorDetails', ['ChartbrewDetails', 'CredibleDetails', 'LookerDetails', 'OmniDetails']],
    ['SourceError', ['PermissionError', 'RateLimitedError', 'VendorUnavailableError']],
  ])('union %s has these members', (name, members) => {
    const type = schema.getType(name);
    expect(isUnionType(type) && type.getTypes().map((member) => member.name)).toEqual(members);
  });

  it('write four dialects, exactly one at a time', () => {
    expect(fieldsOf(schema, 'ConnectionConfigInput')).toEqual([
      'bigquery: BigQueryInput',
      'mysql: MySqlInput',
      'postgres: PostgresInput',
      'snowflake: SnowflakeInput',
    ]);
    expect(printed).toContain('input ConnectionConfigInput @oneOf {');
  });

  it('hold nothing of what a later issue makes work', () => {
    const later =
      /\b(idempotencyKey|viewer|dialects|dialectInfo|vendorDialectSupport|rateLimit|isStale|vendorMessage)$/i;
    const found = (all: GraphQLSchema) => elementsOf(all).flatMap(({ path }) => (later.test(path) ? [path] : []));
    expect(found(schema)).toEqual([]);
    expect(found(bad)).toEqual(['Query.viewer', 'Query.viewer.idempotencyKey']);
    expect(fieldsOf(schema, 'Mutation')).toEqual(['createConnection: CreateConnectionResult!']);
    expect(printed).not.toMatch(/\b(idempotency\w*|viewer|rateLimit|isStale|vendorMessage)\b/);
  });
});

const SERVER = 'host: String  port: Int  database: String  schema: String  username: String  flavor: DatabaseFlavor';
const SNOWFLAKE =
  'account: String  hostOverride: String  warehouse: String  database: String  schema: String  role: String  username: String  queryTimeoutMs: Int';
const BIGQUERY =
  'projectId: String  billingProjectId: String  location: String  dataset: String  serviceAccountEmail: String  maximumBytesBilled: BigInt  queryTimeoutMs: Int';
const OAUTH = 'clientId: String  audience: String  authorizationUrl: String  tokenUrl: String';
const TLS = 'enabled: Boolean  verify: Boolean  mode: String';
const sorted = (...fields: string[]): string[] => fields.flatMap((list) => list.split('  ')).toSorted();

describe('a dialect', () => {
  const byTls = { tls: 'Tls' };

  it.each<[string, string, Record<string, string>, string[]]>([
    ['Postgres', SERVER, byTls, ['password', 'connectionString']],
    ['MySql', SERVER, byTls, ['password', 'connectionString']],
    ['BigQuery', BIGQUERY, {}, ['serviceAccountKey']],
    ['Snowflake', SNOWFLAKE, { oauth: 'OAuth', ...byTls }, ['password', 'privateKey', 'privateKeyPassphrase']],
    ['Tls', TLS, {}, ['ca', 'certificate', 'key']],
    ['OAuth', OAUTH, {}, ['clientSecret']],
  ])('has the same fields in %sInput and its Config, secrets apart', (stem, plain, groups, secrets) => {
    const twin = (suffix: string, secret: string): string[] =>
      sorted(
        plain,
        ...Object.entries(groups).map(([name, group]) => `${name}: ${group}${suffix}`),
        ...secrets.map((name) => `${name}: ${secret}`),
      );
    expect(fieldsOf(schema, `${stem}Input`)).toEqual(twin('Input', 'SecretString'));
    expect(fieldsOf(schema, `${stem}Config`)).toEqual(twin('Config', 'MaskedSecret!'));
  });
});

/** Input types with a field that is a secret. */
const takers = (all: GraphQLSchema) =>
  typesOf(all)
    .map(({ name }) => name)
    .filter((name) => secretInputs(all, name).length > 0)
    .filter((name) => isInputObjectType(all.getType(name)));

describe('secrets', () => {
  it('are in no output position', () => {
    expect(secretOutputs(schema)).toEqual([]);
    expect(secretOutputs(bad)).toEqual(['Left.key']);
  });

  const twins = {
    BigQueryInput: ['BigQueryConfig', 'serviceAccountKey'],
    LookerOptionsInput: ['LookerDetails', 'afterConnectStatements', 'jdbcAdditionalParams'],
    MySqlInput: ['MySqlConfig', 'connectionString', 'password'],
    OAuthInput: ['OAuthConfig', 'clientSecret'],
    PostgresInput: ['PostgresConfig', 'connectionString', 'password'],
    SnowflakeInput: ['SnowflakeConfig', 'password', 'privateKey', 'privateKeyPassphrase'],
    SshTunnelInput: ['SshTunnel', 'passphrase', 'password', 'privateKey'],
    TlsInput: ['TlsConfig', 'ca', 'certificate', 'key'],
  };

  it.each(Object.entries(twins))('of %s read back as their state alone', (input, [twin = '', ...secrets]) => {
    expect(secretInputs(schema, input)).toEqual(secrets);
    expect(fieldsOf(schema, twin)).toEqual(expect.arrayContaining(secrets.map((name) => `${name}: MaskedSecret!`)));
  });

  it('are taken by no other input', () => {
    expect(takers(schema)).toEqual(Object.keys(twins));
    expect(takers(bad)).toEqual(['Input']);
    expect(secretInputs(bad, 'Input')).toEqual(['secret', 'list']);
  });
});

describe('what is committed is what is printed', () => {
  it('the schema', async () => {
    expect(await committed('schema.graphql')).toBe(printed);
  });

  it("the configuration's JSON Schema", async () => {
    expect(await committed('config.schema.json')).toBe(`${JSON.stringify(configJsonSchema(vendors), null, 2)}\n`);
  });
});
