// Invalid arguments of lists are refused before execution: no vendor is called, no mutation is carried out, and no other field of the
// request is silently lost.
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { callsDuring, NO_CALLS, startWatchedGateway } from '../support/watched-gateway.ts';

const NO_CURSOR = 'Must be a cursor of this list, such as the endCursor of the previous page.';
const NO_INSTANCE = 'There is no instance with this key or id; `vendors` lists them.';

/** The path of the argument, in the message and in `issues`. */
type Problem = readonly [place: string, path: string, code: string, message: string];
type Case = readonly [what: string, query: string, variables: Record<string, unknown>, ...problems: Problem[]];

const tooLarge = (owner: string, path: string): Problem => [
  `Argument first on ${owner}.connections`,
  `${path}.first`,
  'OUT_OF_RANGE',
  'Must be between 0 and 200.',
];
const AT_ROOT = tooLarge('Query', 'connections');

const ENTITY = '[{__typename: "VendorInstance", id: "djE6aTpvbW5p"}]';
const CREATE = `mutation ($n: Int) {
  createConnection(input: {instance: "credible", name: "n", config: {postgres: {host: "db.example.com"}}}) {
    ... on CreateConnectionSuccess { connection { instance { connections(first: $n) { totalCount } } } }
  }
}`;
const TOO_MANY = (count: number): string => JSON.stringify(Array.from({ length: count }, () => 'x'));

const cases: readonly Case[] = [
  ['a literal', '{ connections(first: 500) { totalCount } }', {}, AT_ROOT],
  ['a negative literal', '{ connections(first: -1) { totalCount } }', {}, AT_ROOT],
  ['a variable', 'query ($n: Int) { connections(first: $n) { totalCount } }', { n: 201 }, AT_ROOT],
  ['the default of a variable', 'query ($n: Int = 500) { connections(first: $n) { totalCount } }', {}, AT_ROOT],
  [
    'an alias, beside other fields',
    '{ vendors { label } a: connections(first: 500) { totalCount } b: connections(first: 1) { totalCount } }',
    {},
    tooLarge('Query', 'a'),
  ],
  [
    'a list within an instance',
    '{ vendorInstance(id: "omni") { connections(first: 500) { totalCount } } }',
    {},
    tooLarge('VendorInstance', 'vendorInstance.connections'),
  ],
  [
    'a list within the instances of a list',
    '{ connections(first: 1) { nodes { instance { mine: connections(first: 500) { totalCount } } } } }',
    {},
    tooLarge('VendorInstance', 'connections.nodes.instance.mine'),
  ],
  [
    'a list within an entity',
    `{ _entities(representations: ${ENTITY}) { ... on VendorInstance { connections(first: 500) { totalCount } } } }`,
    {},
    tooLarge('VendorInstance', '_entities.connections'),
  ],
  [
    'a list in a fragment in a fragment',
    `query ($n: Int!) { node(id: "x") { ...F } } fragment F on Node { ... { ...G } }
     fragment G on VendorInstance { connections(first: $n) { totalCount } }`,
    { n: -5 },
    tooLarge('VendorInstance', 'node.connections'),
  ],
  [
    'a list in the answer of a mutation',
    CREATE,
    { n: 500 },
    tooLarge('VendorInstance', 'createConnection.connection.instance.connections'),
  ],
  [
    'all that is wrong in two fields',
    `query ($a: String, $i: [ID!]) { connections(first: 500) { totalCount }
       vendorInstance(id: "omni") { connections(after: $a, filter: {instance: $i}) { totalCount } } }`,
    { a: 'nowhere', i: ['omni', 'nowhere'] },
    AT_ROOT,
    ['Argument after on VendorInstance.connections', 'vendorInstance.connections.after', 'INVALID', NO_CURSOR],
    [
      'Argument filter.instance.1 on VendorInstance.connections',
      'vendorInstance.connections.filter.instance.1',
      'INVALID',
      NO_INSTANCE,
    ],
  ],
  [
    'an instance that is not configured, for dialects',
    '{ vendors { label } dialects(filter: {instance: "nowhere"}) { label } }',
    {},
    ['Argument filter.instance on Query.dialects', 'dialects.filter.instance', 'INVALID', NO_INSTANCE],
  ],
  [
    'more ids than 100',
    `{ connections { totalCount } nodes(ids: ${TOO_MANY(101)}) { id } }`,
    {},
    ['Argument ids on Query.nodes', 'nodes.ids', 'TOO_LONG', 'Must not hold more than 100 ids.'],
  ],
];

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startWatchedGateway();
});
afterAll(() => gateway.close());

describe('an invalid argument of a list', () => {
  it.each(cases.map(([what, query, variables, ...problems]) => ({ what, query, variables, problems })))(
    'an invalid argument is reported with its path, and nothing is executed: $what',
    async ({ query, variables, problems }) => {
      const [answer, calls] = await callsDuring(gateway, () => gateway.ask(query, variables));
      expect(answer.data).toBeUndefined();
      const errors = answer.errors?.map(({ message, path, extensions: { code, issues } }) => ({
        message,
        path,
        code,
        issues,
      }));
      expect(errors).toHaveLength(problems.length);
      expect(errors).toEqual(
        expect.arrayContaining(
          problems.map(([place, path, code, message]) => ({
            message: `${place}: ${message}`,
            path: undefined,
            code: 'BAD_USER_INPUT',
            issues: [{ path: path.split('.'), code, message, source: 'GATEWAY' }],
          })),
        ),
      );
      expect(calls).toEqual(NO_CALLS);
    },
  );

  it('an invalid argument is reported together with an invalid variable', async () => {
    const query = 'query ($d: Dialect!) { dialect(dialect: $d) { label } connections(first: 500) { totalCount } }';
    const { errors } = await gateway.ask(query, { d: 'SNOWFLAK' });
    expect(errors?.map(({ message }) => message)).toEqual([
      'Variable $d: It is none of the values of enum "Dialect". Did you mean SNOWFLAKE?',
      'Argument first on Query.connections: Must be between 0 and 200.',
    ]);
  });

  it('an invalid argument is refused with 400 for clients of GraphQL over HTTP', async () => {
    const response = await gateway.gateway.fetch(
      new Request('http://127.0.0.1/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
        body: JSON.stringify({ query: '{ connections(first: 500) { totalCount } }' }),
      }),
    );
    expect(response.status).toBe(400);
  });

  it('an invalid argument of one operation does not affect another operation of the document', async () => {
    const query = 'query A { connections(first: 1) { totalCount } } query B { connections(first: 500) { totalCount } }';
    const ask = async (operationName: string) => {
      const response = await gateway.gateway.fetch(
        new Request('http://127.0.0.1/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query, operationName }),
        }),
      );
      return (await response.json()) as { data?: unknown };
    };
    expect(await ask('A')).toEqual({ data: { connections: { totalCount: 54 } } });
    expect((await ask('B')).data).toBeUndefined();
  });
});

const deep = (inner: string): string => `${'... on Query { '.repeat(90)}${inner}${' }'.repeat(90)}`;

it('a chain of 200 fragments, each nested deep, is walked without exhausting the stack', async () => {
  const fragments = Array.from(
    { length: 198 },
    (_, at) =>
      `fragment F${at} on Query { ${deep(at === 197 ? 'connections(first: 500) { totalCount }' : `...F${at + 1}`)} }`,
  );
  const wide = await startTestGateway({ limits: { tokens: 100_000 } });
  onTestFinished(() => wide.close());
  const { errors } = await wide.ask(`{ ...F0 } ${fragments.join(' ')}`);
  expect(errors).toMatchObject([{ message: 'Argument first on Query.connections: Must be between 0 and 200.' }]);
});
