// Queries are executed by plans. Where a plan ends, the executor that the plugin replaces answers, so both give the same answers.
import { buildSchema, execute, getIntrospectionQuery, parse, type ExecutionArgs, type GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { usePlannedExecution } from '../../src/server/planned-execution.ts';

const schema = buildSchema(`
  interface Named { name: String! }
  type Cat implements Named { name: String! lives: Int }
  type Dog implements Named { name: String! isLoud(at: Int = 3): Boolean }
  union Pet = Cat | Dog
  input Range { from: Int = 1 to: Int }
  type Query {
    pets: [Pet!]!
    pet(name: String!): Named
    maybe: [Int]
    required: Int!
    count(range: Range): Int
    cats: [Cat!]
    later: String
  }
  type Mutation { rename: String }
`);

const cat = { __typename: 'Cat', name: 'Tom', lives: 9 };
const dog = { __typename: 'Dog', name: 'Rex', isLoud: ({ at }: { at: number }) => at > 2 };
const usualRoot = { pets: [cat, { ...dog, isLoud: true }], maybe: [1, null, 2], required: 1, cats: [cat], later: 'x' };

/** Makes the fields of the root type return these values, by resolvers: a plan passes no root value. */
function schemaReturning(values: Readonly<Record<string, unknown>>): GraphQLSchema {
  const named = schema.toConfig().types.find(({ name }) => name === 'Query') as ReturnType<
    GraphQLSchema['getQueryType']
  >;
  for (const [name, field] of Object.entries(named?.getFields() ?? {})) {
    field.resolve = (_source, args: Record<string, unknown>) => {
      const value = values[name];
      return typeof value === 'function' ? (value as (given: unknown) => unknown)(args) : value;
    };
  }
  for (const name of ['Pet', 'Named']) {
    const type = schema.getType(name) as { resolveType?: unknown };
    type.resolveType = (value: { __typename: string }) => value.__typename;
  }
  return schema;
}

/** Executes a query with the plugin, and by graphql-js alone. `replaced` counts the executions of the replaced executor. */
async function both(
  query: string,
  values: Readonly<Record<string, unknown>> = usualRoot,
  { variables = {}, operationName }: { variables?: Record<string, unknown>; operationName?: string } = {},
) {
  const args = {
    schema: schemaReturning(values),
    document: parse(query),
    variableValues: variables,
    ...(operationName === undefined ? {} : { operationName }),
  };
  let replaced = 0;
  let executeFn: (given: ExecutionArgs) => unknown = (given) => {
    replaced += 1;
    return execute(given);
  };
  const plugin = usePlannedExecution();
  const event = { executeFn, setExecuteFn: (next: typeof executeFn) => void (executeFn = next) };
  (plugin.onExecute as unknown as (given: typeof event) => void)(event);
  const first = JSON.stringify(await executeFn(args));
  // The second execution uses the plan that the first one made.
  const second = JSON.stringify(await executeFn(args));
  expect(second).toBe(first);
  return { planned: first, expected: JSON.stringify(await execute(args)), replaced };
}

const soon = async <T>(value: T): Promise<T> => new Promise((resolve) => setTimeout(() => resolve(value), 1));

describe('a query that a plan executes', () => {
  it.each([
    ['a list of a union', '{ pets { __typename ... on Cat { lives } ... on Named { name } } }'],
    ['fields that are selected twice', '{ cats { name } ... on Query { cats { lives } } }'],
    ['a named fragment', '{ cats { ...F } } fragment F on Cat { called: name lives }'],
    ['null in a list', '{ maybe }'],
    ['aliases and the name of the type', '{ a: required b: required kind: __typename }'],
    ['the introspection', getIntrospectionQuery({ oneOf: true })],
    ['a type of the introspection', '{ __type(name: "Pet") { kind name possibleTypes { name } } later }'],
    ['an unknown type of the introspection', '{ __type(name: "Nothing") { name } }'],
    ['@include and @skip', '{ required @skip(if: true) maybe @include(if: true) }'],
  ])('%s is answered as by graphql-js', async (_what, query) => {
    const { planned, expected, replaced } = await both(query);
    expect(planned).toBe(expected);
    expect(replaced).toBe(0);
  });

  it('the variables decide anew in each execution which fields are selected', async () => {
    const query = 'query ($yes: Boolean!) { required @include(if: $yes) later @skip(if: $yes) }';
    expect((await both(query, usualRoot, { variables: { yes: true } })).planned).toBe('{"data":{"required":1}}');
    expect((await both(query, usualRoot, { variables: { yes: false } })).planned).toBe('{"data":{"later":"x"}}');
  });

  it.each([
    ['{ count(range: { to: 5 }) }', {}, '{"from":1,"to":5}'],
    ['query ($range: Range) { count(range: $range) }', { range: { to: 5 } }, '{"from":1,"to":5}'],
    ['query ($to: Int) { count(range: { to: $to }) }', {}, '{"from":1}'],
    ['query ($range: Range) { count(range: $range) }', {}, 'none'],
    ['query ($range: Range = { from: 2 }) { count(range: $range) }', {}, '{"from":2}'],
  ])('%s with the variables %j gets its arguments and their defaults', async (query, variables, seen) => {
    const given: string[] = [];
    const count = ({ range }: { range?: unknown }) => {
      given.push(range === undefined ? 'none' : JSON.stringify(range));
      return 1;
    };
    const { planned, replaced } = await both(query, { count }, { variables });
    expect({ planned, replaced, given }).toEqual({
      planned: '{"data":{"count":1}}',
      replaced: 0,
      given: [seen, seen, seen],
    });
  });

  it('promises in fields and lists keep the order of the fields', async () => {
    const values = { pets: () => [soon(cat), cat, soon(cat)], later: () => soon('y'), required: 1 };
    const { planned, expected, replaced } = await both('{ later pets { ... on Cat { lives } } required }', values);
    expect(planned).toBe('{"data":{"later":"y","pets":[{"lives":9},{"lives":9},{"lives":9}],"required":1}}');
    expect(planned).toBe(expected);
    expect(replaced).toBe(0);
  });

  it('an operation is chosen by its name', async () => {
    const { planned, replaced } = await both('query A { required } query B { later }', usualRoot, {
      operationName: 'B',
    });
    expect({ planned, replaced }).toEqual({ planned: '{"data":{"later":"x"}}', replaced: 0 });
  });
});

const fails = () => {
  throw new Error('no');
};
const rejects = async () => Promise.reject(new Error('no'));

describe('a query whose plan ends', () => {
  it.each<[string, string, Record<string, unknown>]>([
    ['an error of a resolver', '{ later required }', { later: fails, required: 1 }],
    ['a promise that rejects', '{ later required }', { later: rejects, required: 1 }],
    ['two promises that reject', '{ later maybe }', { later: rejects, maybe: rejects }],
    ['an error as a value', '{ later required }', { later: new Error('no'), required: 1 }],
    ['an error as an item', '{ maybe }', { maybe: [1, new Error('no')] }],
    ['null where none is allowed', '{ later required }', { later: 'x', required: null }],
    [
      'null in an item of a list of a union',
      '{ pets { ... on Cat { name lives } } }',
      { pets: [{ ...cat, name: null }] },
    ],
    ['a value that is no list', '{ maybe }', { maybe: 5 }],
    ['a set in place of an array', '{ maybe }', { maybe: new Set([1, 2]) }],
    ['a value that the scalar refuses', '{ required }', { required: 'many' }],
    ['a type that is not in the union', '{ pets { __typename } }', { pets: [{ __typename: 'Fish' }] }],
    [
      'another type of the schema than those of the union',
      '{ pets { __typename } }',
      { pets: [{ __typename: 'Query' }] },
    ],
    ['an error in place of an object', '{ cats { lives } }', { cats: [new Error('no')] }],
    ['a type that is no type', '{ pets { __typename } }', { pets: [{ __typename: 5 }] }],
    ['a method in place of a property', '{ pets { ... on Dog { isLoud } } }', { pets: [dog] }],
    ['the alias __proto__', '{ __proto__: later }', usualRoot],
    ['a mutation', 'mutation { rename }', usualRoot],
  ])('%s is answered by graphql-js', async (_what, query, values) => {
    const { planned, expected, replaced } = await both(query, values);
    expect(planned).toBe(expected);
    expect(replaced).toBe(2);
  });

  it('a variable that is missing is answered by graphql-js', async () => {
    const { planned, expected, replaced } = await both('query ($name: String!) { pet(name: $name) { name } }');
    expect(planned).toBe(expected);
    expect(replaced).toBe(2);
  });
});
