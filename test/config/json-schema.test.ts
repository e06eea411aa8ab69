// The configuration's JSON Schema for editors: required keys, secrets, and no unknown keys.
import { describe, expect, it } from 'vitest';
import { configJsonSchema } from '../../src/config/config-schema.ts';
import { vendors } from '../../src/gateway.ts';

interface ObjectSchema {
  readonly type: string;
  readonly additionalProperties: boolean;
  readonly required?: readonly string[];
  readonly properties: Readonly<Record<string, Record<string, unknown>>>;
}

interface ConfigSchema extends ObjectSchema {
  readonly $schema: string;
  readonly properties: {
    readonly server: Record<string, unknown>;
    readonly audit: Record<string, unknown>;
    readonly instances: { readonly type: string; readonly items: { readonly anyOf: readonly ObjectSchema[] } };
  };
}

const schema = configJsonSchema(vendors) as ConfigSchema;
const instanceOf = (vendor: string) => {
  const found = schema.properties.instances.items.anyOf.find(
    ({ properties }) => properties['vendor']?.['const'] === vendor,
  );
  if (!found) throw new Error(`No schema for ${vendor}`);
  return found;
};

const COMMON = [
  'allowInsecureHttp',
  'baseUrl',
  'breaker',
  'cache',
  'caFile',
  'key',
  'label',
  'limits',
  'proxy',
  'rateLimit',
  'timeouts',
  'tracing',
  'vendor',
];

const limit = (standard: number) => ({ type: 'integer', minimum: 1, maximum: 600_000, default: standard });

describe("the configuration's JSON Schema", () => {
  it('the JSON Schema is of draft 2020-12 and requires only instances', () => {
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(schema).toMatchObject({ type: 'object', required: ['instances'], additionalProperties: false });
    expect(Object.keys(schema.properties)).toEqual([
      'server',
      'auth',
      'limits',
      'log',
      'tracing',
      'operations',
      'audit',
      'store',
      'federation',
      'console',
      'instances',
    ]);
  });

  it('the JSON Schema has the server settings with their defaults', () => {
    expect(schema.properties.server).toMatchObject({
      type: 'object',
      additionalProperties: false,
      properties: {
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'integer', default: 4000, minimum: 0, maximum: 65_535 },
        graphiql: { type: 'boolean' },
      },
    });
    expect(schema.properties.server['required']).toBeUndefined();
  });

  it('the key of the audit is secret and optional', () => {
    expect(schema.properties.audit).toMatchObject({
      type: 'object',
      additionalProperties: false,
      properties: { key: { type: 'string', writeOnly: true } },
    });
    expect(schema.properties.audit['required']).toBeUndefined();
  });

  it('the JSON Schema has one kind of instance for each vendor', () => {
    const kinds = schema.properties.instances.items.anyOf.map(({ properties }) => properties['vendor']?.['const']);
    expect(kinds).toEqual(['looker', 'omni', 'credible', 'chartbrew']);
  });

  it.each([
    ['looker', ['clientId', 'clientSecret'], ['clientId', 'clientSecret'], ['clientId', 'clientSecret']],
    ['omni', ['apiKey'], ['apiKey'], ['apiKey']],
    [
      'credible',
      ['organization', 'project', 'token', 'tokenType', 'apiKey'],
      ['organization', 'project'],
      ['token', 'apiKey'],
    ],
    ['chartbrew', ['teamId', 'apiKey'], ['teamId', 'apiKey'], ['apiKey']],
  ])('the JSON Schema has the optional, required and secret settings of %s', (vendor, own, required, secret) => {
    const instance = instanceOf(vendor);
    expect(instance).toMatchObject({ type: 'object', additionalProperties: false });
    expect(Object.keys(instance.properties).toSorted()).toEqual([...COMMON, ...own].toSorted());
    expect(instance.required?.toSorted()).toEqual(['baseUrl', 'key', 'vendor', ...required].toSorted());
    const writeOnly = Object.entries(instance.properties).filter(([, { writeOnly: is }]) => is === true);
    expect(writeOnly.map(([name, { type }]) => [name, type])).toEqual(secret.map((name) => [name, 'string']));
    const undescribed = Object.entries(instance.properties).filter(
      ([, one]) => !String(one['description']).endsWith('.'),
    );
    expect(undescribed).toEqual([]);
  });

  it('the JSON Schema has the format of keys and the limits of timeouts', () => {
    const { key, timeouts, limits } = instanceOf('omni').properties;
    expect(key).toMatchObject({ type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,62}$' });
    expect(timeouts).toMatchObject({
      type: 'object',
      additionalProperties: false,
      properties: {
        connectMs: limit(3000),
        listMs: limit(5000),
        readMs: limit(15_000),
        writeMs: limit(60_000),
        testMs: limit(90_000),
      },
    });
    expect(limits).toMatchObject({
      type: 'object',
      additionalProperties: false,
      properties: { listMb: { type: 'integer', minimum: 5, maximum: 1000, default: 64 } },
    });
  });
});
