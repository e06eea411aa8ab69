// A Secret prints as [secret] in every form, and a secret is accepted in a variable only.
import { format, inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../src/secrets/secret.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

const VALUE = 'hunter2zz';
const secret = new Secret(VALUE);
// Seams: what is tried below, the compiler would refuse.
const asText = secret as unknown as string;
const asRecord = secret as unknown as Record<string, unknown>;

describe('a Secret', () => {
  it.each<[string, string, string]>([
    ['a template', `password ${asText}`, 'password [secret]'],
    ['concatenation', 'password ' + asText, 'password [secret]'],
    ['String()', String(secret), '[secret]'],
    ['toString()', secret.toString(), '[secret]'],
    ['JSON', JSON.stringify(secret), '"[secret]"'],
    ['JSON of what holds it', JSON.stringify({ a: [{ b: secret }] }), '{"a":[{"b":"[secret]"}]}'],
    ['inspect', inspect(secret), '[secret]'],
    ['inspect of a property', inspect({ a: { b: secret } }), '{ a: { b: [secret] } }'],
    ['inspect with hidden properties', inspect(secret, { showHidden: true }), '[secret]'],
    ['inspect that goes no deeper', inspect({ a: secret }, { depth: 0 }), '{ a: [secret] }'],
    ['inspect of a Map', inspect(new Map([['key', secret]]), { showHidden: true }), "Map(1) { 'key' => [secret] }"],
    ['inspect of a Set', inspect(new Set([secret])), 'Set(1) { [secret] }'],
    ['%s', format('%s', secret), '[secret]'],
    ['%o', format('%o', secret), '[secret]'],
    ['%O', format('%O', secret), '[secret]'],
    ['%j', format('%j', secret), '"[secret]"'],
    ['console-like arguments', format('password', secret), 'password [secret]'],
    ['an error message', new Error(`refused ${asText}`).message, 'refused [secret]'],
    ['Array.join', [secret, secret].join(), '[secret],[secret]'],
    ['a query string', new URLSearchParams({ secret: String(secret) }).toString(), 'secret=%5Bsecret%5D'],
  ])('a Secret is [secret] in %s', (_way, text, expected) => {
    expect(text).toBe(expected);
  });

  it.each([
    ['without custom inspection', inspect(secret, { customInspect: false })],
    [
      'without custom inspection, at any depth',
      inspect({ secret }, { customInspect: false, showHidden: true, depth: null }),
    ],
    ['with getters and proxies', inspect(new Proxy({ secret }, {}), { getters: true, showProxy: true, depth: 9 })],
    ['of its prototype', inspect(Object.getPrototypeOf(secret), { showHidden: true, depth: 9 })],
    ['of an error that it caused', inspect(new Error('refused', { cause: secret }))],
    ['as a number', format('%d %i %f', secret, secret, secret)],
    ['of a copy', inspect(structuredClone(secret), { showHidden: true })],
    ['of a spread copy', inspect({ ...asRecord }, { showHidden: true })],
    ['of its own keys', inspect(Reflect.ownKeys(secret))],
    ['of its descriptors', inspect(Object.getOwnPropertyDescriptors(secret), { depth: 9 })],
  ])('a Secret shows nothing of its text %s', (_way, text) => {
    expect(text).not.toMatch(/hunter|2zz/);
  });

  it('the text of a Secret cannot be reached by keys, entries or copies', () => {
    expect(Object.keys(secret)).toEqual([]);
    expect(Object.entries(secret)).toEqual([]);
    expect(Reflect.ownKeys(secret)).toEqual([]);
    expect(Object.getOwnPropertyNames(secret)).toEqual([]);
    expect({ ...asRecord }).toEqual({});
    expect(structuredClone({ secret })).toEqual({ secret: {} });
    expect(() => Object.setPrototypeOf({ ...asRecord }, Secret.prototype).reveal()).toThrow(TypeError);
  });

  it('reveal returns the text of a Secret', () => {
    expect(secret.reveal()).toBe(VALUE);
  });
});

const create = (config: string, variables = '') =>
  `mutation ${variables} { createConnection(input: { instance: "looker", name: "x", config: ${config} }) { __typename } }`;

describe('a secret written into the document', () => {
  const LITERAL = 'A SecretString must be sent in a variable, never written into the document.';
  const AT = 'on Mutation.createConnection:';

  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.close());

  it.each([
    ['as text', create('{ postgres: { password: "hunter2zz" } }'), LITERAL],
    ['as block text', create('{ postgres: { password: """hunter2zz""" } }'), LITERAL],
    ['as an enum value', create('{ postgres: { password: hunter2zz } }'), LITERAL],
    ['as an object', create('{ postgres: { password: { text: "hunter2zz" } } }'), LITERAL],
    ['as a list', create('{ postgres: { password: ["hunter2zz"] } }'), LITERAL],
    ['in a group', create('{ postgres: { tls: { key: "hunter2zz" } } }'), LITERAL],
    [
      'as the default of a variable',
      create('{ postgres: { password: $p } }', '($p: SecretString = "hunter2zz")'),
      LITERAL,
    ],
    [
      'in the default of a variable',
      create('$c', '($c: ConnectionConfigInput! = { bigquery: { serviceAccountKey: "hunter2zz" } })'),
      LITERAL,
    ],
    [
      'under a misspelt name',
      create('{ postgres: { pasword: "hunter2zz" } }'),
      `Argument input.config.postgres ${AT} It has a field that type "PostgresInput" does not know. Did you mean password?`,
    ],
    [
      'in a field of another type',
      create('{ postgres: { port: "hunter2zz" } }'),
      `Argument input.config.postgres.port ${AT} It is not of type Int.`,
    ],
  ])('a secret in the document is refused without repeating it: %s', async (_how, document, message) => {
    const { data, errors, text, status } = await gateway.ask(document);
    expect(errors?.map((error) => [error.message, error.extensions['code']])).toEqual([
      [message, 'GRAPHQL_VALIDATION_FAILED'],
    ]);
    expect(errors?.[0]?.extensions['requestId']).toEqual(expect.any(String));
    expect(data).toBeUndefined();
    expect(status).toBe(200);
    expect(text).not.toContain(VALUE);
    expect(gateway.log.join('\n')).not.toContain(VALUE);
    expect(await gateway.received('looker')).toEqual([]);
  });

  it('a secret in a variable is accepted and not returned', async () => {
    const document = create(
      '{ postgres: { host: "db.example.com", port: 5432, database: "app", username: "bi", password: $p } }',
      '($p: SecretString)',
    );
    const { data, text } = await gateway.ask(document, { p: VALUE });
    expect(data).toEqual({ createConnection: { __typename: 'CreateConnectionSuccess' } });
    expect(await gateway.posted('looker')).toMatchObject([{ password: VALUE }]);
    expect(text).not.toContain(VALUE);
    expect(gateway.log.join('\n')).not.toContain(VALUE);
  });
});
