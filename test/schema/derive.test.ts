// What is derived from a dialect's definition besides GraphQL: the JSON Schema for forms, and the list of its secrets.
import { describe, expect, it } from 'vitest';
import { dialects } from '../../src/gateway.ts';
import { secretKeysOf } from '../../src/fields/walk-fields.ts';
import { jsonSchemaOf } from '../../src/forms/json-schema.ts';

type Json = Record<string, unknown>;

function definition(key: string) {
  const found = dialects.find((dialect) => dialect.key === key);
  if (!found) throw new Error(`There is no dialect ${key}.`);
  return found;
}

const schemaOf = (key: string): Json => jsonSchemaOf(definition(key).fields);

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The properties of a schema, those of groups inside with their path. */
const propertiesOf = (schema: Json, prefix = ''): [string, Json][] =>
  Object.entries(isRecord(schema['properties']) ? schema['properties'] : {}).flatMap(([name, property]) =>
    isRecord(property) ? [[prefix + name, property], ...propertiesOf(property, `${prefix}${name}.`)] : [],
  );

const undescribed = (schema: Json): string[] =>
  propertiesOf(schema)
    .filter(([, { description }]) => typeof description !== 'string' || description.split(' ').length < 2)
    .map(([path]) => path);

/** Keys of JSON Schema that the definitions have a use for. */
const KNOWN_KEYS = new Set(
  `$schema type properties additionalProperties description examples format writeOnly oneOf allOf
   minLength maxLength pattern minimum maximum const title`.split(/\s+/),
);

/** Keys that are none of JSON Schema's, or say what a definition must not say (required, default, null). */
const strangeKeys = (schema: Json): string[] =>
  [['', schema] as const, ...propertiesOf(schema)].flatMap(([path, property]) =>
    Object.keys(property)
      .filter((key) => !KNOWN_KEYS.has(key) || (key === 'type' && typeof property[key] !== 'string'))
      .map((key) => `${path}:${key}`),
  );

const description = expect.any(String);
const pattern = expect.any(String);
const text = { type: 'string', minLength: 1, maxLength: 255, pattern, description };
const hidden = { type: 'string', minLength: 1, format: 'password', writeOnly: true, description };
const flag = { type: 'boolean', description };

const tls = {
  type: 'object',
  description: 'The TLS encryption between the vendor and the database.',
  additionalProperties: false,
  properties: {
    enabled: { ...flag, title: 'Enabled' },
    verify: { ...flag, title: 'Verify' },
    mode: { ...text, title: 'Mode', examples: ['verify-full'] },
    ca: { ...hidden, title: 'CA' },
    certificate: { ...hidden, title: 'Certificate' },
    key: { ...hidden, title: 'Key' },
  },
};

describe('the JSON Schema of a dialect', () => {
  it('the JSON Schema has plain types, write-only secrets, the usual port as an example and no required field', () => {
    expect(schemaOf('postgres')).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      additionalProperties: false,
      properties: {
        host: {
          type: 'string',
          title: 'Host',
          minLength: 1,
          maxLength: 255,
          pattern: String.raw`^[^\s@/?#;,=&|<>"'\\\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]*$`,
          examples: ['db.example.com'],
          description: 'The host name or IP address of the database server, as the vendor reaches it.',
        },
        port: {
          type: 'integer',
          title: 'Port',
          minimum: 1,
          maximum: 65_535,
          examples: [5432],
          description: 'TCP port. The usual port is 5432.',
        },
        database: {
          ...text,
          title: 'Database',
          examples: ['analytics'],
          description: 'The name of the database to connect to.',
        },
        schema: { ...text, title: 'Schema', examples: ['public'] },
        username: { ...text, title: 'Username', examples: ['bi_reader'] },
        password: { ...hidden, title: 'Password', description: 'The password of the database user.' },
        tls: { ...tls, title: 'TLS' },
        connectionString: { ...hidden, title: 'Connection string' },
        flavor: {
          type: 'string',
          title: 'Flavor',
          description,
          oneOf: [
            { const: 'STANDARD', title: 'The standard product of the dialect.' },
            { const: 'TIMESCALE', title: 'Timescale Cloud, which is based on PostgreSQL (Chartbrew: timescaledb).' },
            { const: 'SUPABASE', title: 'Supabase, which is based on PostgreSQL (Chartbrew: supabasedb).' },
            { const: 'RDS', title: 'Amazon RDS for PostgreSQL or MySQL (Chartbrew: rdsPostgres, rdsMysql).' },
          ],
        },
      },
    });
  });

  it('a BigInt is a text of digits, and a key file is write-only text', () => {
    expect(schemaOf('bigquery')).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      additionalProperties: false,
      properties: {
        projectId: {
          ...text,
          title: 'Project ID',
          examples: ['acme-web'],
          description: 'The id of the Google Cloud project that contains the data.',
        },
        billingProjectId: { ...text, title: 'Billing project ID', examples: ['acme-billing'] },
        location: { ...text, title: 'Location', examples: ['europe-west1'] },
        dataset: { ...text, title: 'Dataset', examples: ['events'] },
        serviceAccountEmail: {
          ...text,
          title: 'Service account email',
          examples: ['bi@acme-web.iam.gserviceaccount.com'],
        },
        serviceAccountKey: {
          ...hidden,
          title: 'Service account key',
          description: 'The JSON key file of the service account, as text.',
        },
        maximumBytesBilled: {
          type: 'string',
          title: 'Maximum bytes billed',
          pattern: '^\\d{1,19}$',
          examples: ['1000000000'],
          description,
        },
        queryTimeoutMs: {
          type: 'integer',
          title: 'Query timeout (ms)',
          minimum: 1,
          maximum: 2_147_483_647,
          examples: [60_000],
          description,
        },
      },
    });
  });

  it.each(['postgres', 'mysql', 'bigquery', 'snowflake', 'other'])(
    'the JSON Schema describes every field of %s at any depth, in keys of JSON Schema only',
    (key) => {
      const schema = schemaOf(key);
      expect(propertiesOf(schema).length).toBeGreaterThan(7);
      expect(undescribed(schema)).toEqual([]);
      expect(strangeKeys(schema)).toEqual([]);
    },
  );

  it('a field without a description or with an unknown key is reported with its path', () => {
    const offender = {
      type: 'object',
      required: ['host'],
      properties: {
        host: { type: ['string', 'null'], description: 'Host name.' },
        tls: { type: 'object', description: 'Tls', properties: { ca: { type: 'string', secret: true } } },
      },
    };
    expect(undescribed(offender)).toEqual(['tls', 'tls.ca']);
    expect(strangeKeys(offender)).toEqual([':required', 'host:type', 'tls.ca:secret']);
  });

  it.each([
    ['postgres', 5432],
    ['mysql', 3306],
  ])('the JSON Schema has the usual port of %s', (key, port) => {
    expect(Object.fromEntries(propertiesOf(schemaOf(key)))['port']).toMatchObject({ examples: [port] });
  });
});

describe('the secrets of a dialect', () => {
  const inTls = ['tls.ca', 'tls.certificate', 'tls.key'];

  it.each([
    ['postgres', ['password', ...inTls, 'connectionString']],
    ['mysql', ['password', ...inTls, 'connectionString']],
    ['bigquery', ['serviceAccountKey']],
    ['snowflake', ['password', 'privateKey', 'privateKeyPassphrase', 'oauth.clientSecret', ...inTls]],
    ['other', ['password', ...inTls]],
  ])('the secrets of %s are the write-only fields of its JSON Schema', (key, secrets) => {
    expect(secretKeysOf(definition(key).fields)).toEqual(secrets);
    const writeOnly = propertiesOf(schemaOf(key)).filter(([, property]) => property['writeOnly'] === true);
    expect(writeOnly.map(([path]) => path)).toEqual(secrets);
  });
});
