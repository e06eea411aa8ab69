// The types of the generated documents, as the compiler sees them, and the artifacts of the Relay compiler. `npm run types` fails when a line
// below `@ts-expect-error` has no error.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { buildSchema, isObjectType, isInterfaceType, parse, print, validate } from 'graphql';
import { expect, it } from 'vitest';
import type {
  ConnectionByIdQuery,
  ConnectionConfigInput,
  CreateConnectionMutation,
} from '../../examples/frontends/generated/graphql.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const schema = buildSchema(read('schema/schema.graphql'));

type Connection = Extract<ConnectionByIdQuery['node'], { __typename: 'Connection' }>;
type Postgres = Extract<Connection['config'], { __typename: 'PostgresConfig' }>;
type Result = CreateConnectionMutation['createConnection'];

/** Compiled, and not run. */
export const inputs = {
  one: { postgres: { host: 'db.example.com', password: 'a string' } } satisfies ConnectionConfigInput,
  // @ts-expect-error -- a one-of group needs a field
  none: {} satisfies ConnectionConfigInput,
  // @ts-expect-error -- a one-of group has one field only
  two: { postgres: { host: 'a' }, mysql: { host: 'b' } } satisfies ConnectionConfigInput,
  // @ts-expect-error -- a secret is a string
  wrongSecret: { postgres: { password: { status: 'SET' } } } satisfies ConnectionConfigInput,
};

/** Compiled, and not run. */
export const outputs = (postgres: Postgres, result: Result) => {
  const status: 'SET' | 'NOT_SET' | 'UNKNOWN' = postgres.password.status;
  // @ts-expect-error -- a secret never comes out
  const text: string = postgres.password;
  // @ts-expect-error -- a secret has no value to read
  const value = postgres.password.value;
  // @ts-expect-error -- only a ValidationError has issues
  const issues = result.issues;
  return { status, text, value, issues };
};

it('no field of the schema returns a secret, so no document can select one', () => {
  const returned = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) || isInterfaceType(type)
      ? Object.values(type.getFields()).map((field) => String(field.type).replaceAll(/[[\]!]/g, ''))
      : [],
  );
  expect(returned).toContain('MaskedSecret');
  expect(returned).not.toContain('SecretString');
  const select = (field: string) =>
    validate(
      schema,
      parse(`{ node(id: "a") { ... on Connection { config { ... on PostgresConfig { ${field} } } } } }`),
    );
  expect(select('password { status }')).toEqual([]);
  expect(select('password { value }').map(({ message }) => message)).toEqual([
    'Cannot query field "value" on type "MaskedSecret".',
  ]);
  expect(select('password')).toHaveLength(1);
});

it('the artifacts of the Relay compiler belong to the documents in relay.ts, which fit the schema', () => {
  const documents = Array.from(
    read('examples/frontends/relay.ts').matchAll(/graphql`([^`]+)`/g),
    ([, text = '']) => text,
  );
  const names = documents.map((text) => /(?:query|mutation) (\w+)/.exec(text)?.[1] ?? '');
  expect(names).toEqual(['relayListQuery', 'relayConnectionQuery', 'relayCreateMutation', 'relayDeleteMutation']);
  for (const [index, name] of names.entries()) {
    const artifact = read(`examples/frontends/__generated__/${name}.graphql.ts`);
    // The compiler hashes the printed document.
    const hash = createHash('md5')
      .update(print(parse(documents[index] ?? '')))
      .digest('hex');
    expect(/\.hash = "(\w+)"/.exec(artifact)?.[1], `${name}: run \`npx relay-compiler@21.0.1\` there`).toBe(hash);
    const text: string = JSON.parse(/"text": (".*")/.exec(artifact)?.[1] ?? '""');
    expect(validate(schema, parse(text))).toEqual([]);
  }
});

it('the code of docs/frontends.md is the code of examples/frontends, which other tests run', () => {
  const blocks = Array.from(
    read('docs/frontends.md').matchAll(/^```(?:ts|graphql)\n(.*?)^```/gms),
    ([, text = '']) => text,
  );
  const files = ['documents.graphql', 'typed-documents.ts', 'problems.ts', 'urql.ts', 'apollo.ts', 'relay.ts'];
  const code = files.map((name) => read(`examples/frontends/${name}`)).join('\n');
  expect(blocks.length).toBeGreaterThan(8);
  expect(blocks.filter((block) => !code.includes(block))).toEqual([]);
});

it('docs/frontends.md names the versions that the tests run', () => {
  const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> };
  const told = Array.from(
    read('docs/frontends.md').matchAll(/`([@\w/-]+)`(?: and `relay-compiler`)? (\d+\.\d+\.\d+)/g),
    ([, name = '', version = '']) => `${name} ${version}`,
  );
  const names = ['@urql/core', 'urql', '@apollo/client', 'rxjs', 'relay-runtime'];
  expect(told).toEqual(names.map((name) => `${name} ${devDependencies[name]}`));
});
