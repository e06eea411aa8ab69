// The settings `introspection` and `suggestions`: what a caller can learn about the schema from answers.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getIntrospectionQuery } from 'graphql';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

/** Each mistake, the variables, the message and the suggestion at its end. */
const MISTAKES: readonly [string, Record<string, unknown>, string, string][] = [
  [
    '{ conections { totalCount } }',
    {},
    'Cannot query field "conections" on type "Query".',
    ' Did you mean "connections", "connection", or "operation"?',
  ],
  [
    '{ connections(frist: 1) { totalCount } }',
    {},
    'Unknown argument "frist" on field "Query.connections".',
    ' Did you mean "first"?',
  ],
  [
    'mutation { deleteConnection(input: { idd: "x" }) { __typename } }',
    {},
    'Argument input on Mutation.deleteConnection: It has a field that type "DeleteConnectionInput" does not know.',
    ' Did you mean id?',
  ],
  [
    'mutation ($input: DeleteConnectionInput!) { deleteConnection(input: $input) { __typename } }',
    { input: { idd: 'x' } },
    'Variable $input: It has a field that type "DeleteConnectionInput" does not know.',
    ' Did you mean id?',
  ],
];

describe('introspection: false', () => {
  let hidden: TestGateway;
  beforeAll(async () => {
    hidden = await startTestGateway({ server: { introspection: false } });
  });
  afterAll(async () => hidden.close());

  it.each([
    ['the introspection query', getIntrospectionQuery()],
    ['__type', '{ __type(name: "Query") { name } }'],
    ['__schema in a fragment', '{ ...F } fragment F on Query { a: __schema { __typename } }'],
  ])('%s is refused', async (_what, query) => {
    const { errors, data } = await hidden.ask(query);
    expect(data).toBeUndefined();
    expect(errors?.[0]?.message).toMatch(
      /^GraphQL introspection has been disabled, but the requested query contained the field "__(schema|type)"\.$/,
    );
    expect(errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('__typename works', async () => {
    expect((await hidden.ask('{ __typename viewer { __typename } }')).errors).toBeUndefined();
  });
});

describe.each([true, false])('suggestions: %s', (suggestions) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway({ server: { suggestions } });
  });
  afterAll(async () => gateway.close());

  it.each(MISTAKES)('%s %j is answered %s', async (query, variables, message, suggestion) => {
    const { errors } = await gateway.ask(query, variables);
    expect(errors?.map((error) => error.message)).toEqual(
      expect.arrayContaining([suggestions ? message + suggestion : message]),
    );
  });
});
