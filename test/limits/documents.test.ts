// The limits of documents: each is met and exceeded, and what clients send every day passes.
import { readdirSync, readFileSync } from 'node:fs';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { callsDuring, NO_CALLS, startWatchedGateway } from '../support/watched-gateway.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { everyFieldOf, everyFieldQuery } from './every-field.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startWatchedGateway();
});
afterAll(() => gateway.close());

const times = (count: number, text: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => text(at)).join(' ');
const aliases = (count: number): string => times(count, (at) => `a${at}: __typename`);
const ofType = (levels: number): string =>
  `{ __schema { types { fields { type ${'{ ofType '.repeat(levels)} { name } ${'}'.repeat(levels)} } } } }`;
/** Each selection set repeats its field less than a hundred times: more take long to validate. */
const tokensOf = (count: number): string =>
  `{ ${times(40, (at) => `a${at}: viewer { ${'name '.repeat(94)} }`)} viewer { ${'name '.repeat(count - 3965)} } }`;
const DELETE = 'deleteConnection(input: { id: "bm90aGluZw" }) { __typename }';
const id = 'djE6aTpvbW5p';
const reference = { __typename: 'VendorInstance', id };
const names = (count: number): string[] => Array.from({ length: count }, (_, at) => `c${at}`);
const FILTER = 'query ($filter: ConnectionFilter) { connections(filter: $filter) { totalCount } }';
const ENTITIES = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }';

const nested = (first: string): string =>
  `query ($n: Int) { vendors { instances { connections(first: ${first}) { nodes { ...C } } } } connections(first: $n) { totalCount } }
    fragment C on Connection { instance { connections(first: ${first}) { nodes { id name } } } }`;
const TWICE =
  'query ($n: Int) { connections(first: $n) { nodes { instance { connections(first: $n) { nodes { id } } } } } }';

/** Selects names of all types and fields of the schema this many times. */
const types = (count: number): string =>
  `{ ${times(count, (at) => `a${at}: __schema { types { name kind description fields { name description type { name kind } } } }`)} }`;
/** Selects a field of two members of a union. Only one of them counts for an item. */
const members = (first: number): string =>
  `{ connections(first: 200) { nodes { instance { connections(first: ${first}) { nodes { config { ...P ... on MySqlConfig { host } } } } } } } }
    fragment P on PostgresConfig { host }`;
const COMPLEXITY = { name: 'complexity', value: 60_000 };

interface Case {
  readonly what: string;
  readonly name: string;
  readonly value: number;
  readonly message: string;
  readonly ask: (count: number) => { readonly query: string; readonly variables?: Record<string, unknown> };
}

const TOKENS = 'The document has more than 4000 tokens: the limit is `limits.tokens`.';
const DEPTH = 'The document has more than 15 levels of fields: the limit is `limits.depth`.';
const ALIASES = 'The document has more than 60 aliases: the limit is `limits.aliases`.';
const DIRECTIVES = 'The document has more than 50 directives: the limit is `limits.directives`.';
const ROOT_FIELDS = 'The document has more than 60 root fields: the limit is `limits.rootFields`.';
const MUTATIONS = 'The document has more than 5 mutations: the limit is `limits.mutations`.';
const LISTS = 'A list in an argument or in a variable has more than 100 items: the limit is `limits.listItems`.';
const REFERENCES = '`representations` has more than 1000 references: the limit is `limits.entities`.';

const cases: readonly Case[] = [
  {
    what: 'tokens',
    name: 'tokens',
    value: 4000,
    message: TOKENS,
    ask: (count) => ({ query: tokensOf(count) }),
  },
  {
    what: 'levels of fields',
    name: 'depth',
    value: 15,
    message: DEPTH,
    ask: (count) => ({ query: ofType(count - 5) }),
  },
  {
    what: 'levels of fields in fragments',
    name: 'depth',
    value: 15,
    message: DEPTH,
    ask: (count) => ({
      query: `{ __schema { types { ...Type } } } fragment Type on __Type { fields { ... { type { ...Inner } } } }
        fragment Inner on __Type { ${'ofType { '.repeat(count - 5)} name ${'}'.repeat(count - 5)} }`,
    }),
  },
  {
    what: 'aliases',
    name: 'aliases',
    value: 60,
    message: ALIASES,
    ask: (count) => ({ query: `{ ${aliases(count)} }` }),
  },
  {
    what: 'aliases in a fragment that is spread twice',
    name: 'aliases',
    value: 60,
    message: ALIASES,
    ask: (count) => ({
      query: `{ viewer { ...F } vendors { ...G } dialects { ...H } } fragment F on Viewer { ${aliases(count - 30)} }
        fragment G on VendorInfo { ${aliases(15)} } fragment H on DialectInfo { ...I } fragment I on DialectInfo { ${aliases(15)} }`,
    }),
  },
  {
    what: 'directives',
    name: 'directives',
    value: 50,
    message: DIRECTIVES,
    ask: (count) => ({ query: `{ ${times(count, () => '__typename @include(if: true)')} }` }),
  },
  {
    what: 'root fields',
    name: 'rootFields',
    value: 60,
    message: ROOT_FIELDS,
    ask: (count) => ({
      query: `{ ... { ${'__typename '.repeat(count - 1)} } ...F } fragment F on Query { __typename }`,
    }),
  },
  {
    what: 'mutations',
    name: 'mutations',
    value: 5,
    message: MUTATIONS,
    ask: (count) => ({ query: `mutation { ${times(count, (at) => `a${at}: ${DELETE}`)} }` }),
  },
  {
    what: 'mutations in a fragment',
    name: 'mutations',
    value: 5,
    message: MUTATIONS,
    ask: (count) => ({
      query: `mutation { ${DELETE} ...F } fragment F on Mutation { ${times(count - 1, (at) => `a${at}: ${DELETE}`)} }`,
    }),
  },
  {
    what: 'items of a list in the document',
    name: 'listItems',
    value: 100,
    message: LISTS,
    ask: (count) => ({
      query: `{ connections(filter: { host: { in: [${times(count, (at) => `"h${at}"`)}] } }) { totalCount } }`,
    }),
  },
  {
    what: 'items of a list in a variable',
    name: 'listItems',
    value: 100,
    message: LISTS,
    ask: (count) => ({
      query: FILTER,
      variables: { filter: { host: { in: names(count) } } },
    }),
  },
  {
    what: 'references in a variable',
    name: 'entities',
    value: 1000,
    message: REFERENCES,
    ask: (count) => ({ query: ENTITIES, variables: { r: Array.from({ length: count }, () => reference) } }),
  },
];

describe('a limit of documents', () => {
  it.each(cases)('$what: as many as the limit are answered', async ({ ask, value }) => {
    const { query, variables } = ask(value);
    const { errors, status } = await gateway.ask(query, variables);
    expect(errors).toBeUndefined();
    expect(status).toBe(200);
  });

  it.each(cases)('$what: one more is refused before a vendor is called', async ({ ask, name, value, message }) => {
    const { query, variables } = ask(value + 1);
    const accept = { accept: 'application/graphql-response+json' };
    const [answer, calls] = await callsDuring(gateway, () => gateway.ask(query, variables, accept));
    expect(answer.status).toBe(400);
    expect(answer.data).toBeUndefined();
    expect(answer.errors?.map((error) => [error.message, error.extensions['code'], error.extensions['limit']])).toEqual(
      [[message, 'GRAPHQL_VALIDATION_FAILED', { name, value }]],
    );
    expect(calls).toEqual(NO_CALLS);
  });

  it('a document that was refused once is refused again', async () => {
    const query = `{ ${aliases(61)} }`;
    const messages = [];
    for (let time = 0; time < 3; time += 1) messages.push((await gateway.ask(query)).errors?.[0]?.message);
    expect(messages).toEqual([ALIASES, ALIASES, ALIASES]);
  });

  it('an operation that is not selected is measured too', async () => {
    const { errors } = await gateway.ask(`query A { __typename } query B { ${aliases(61)} }`);
    expect(errors?.[0]?.message).toBe(ALIASES);
  });

  it.each([
    ['150 in 150', TWICE, { n: 150 }, null],
    ['200 in 200', TWICE, { n: 200 }, COMPLEXITY],
    ['10 in 10 of each instance', nested('$n'), { n: 10 }, null],
    ['50 in 50 of each instance, the default of first', nested('$n'), {}, COMPLEXITY],
    [
      '50 in 50 of each instance, by the default of a variable',
      nested('$n').replace('$n: Int', '$n: Int = 50'),
      {},
      COMPLEXITY,
    ],
    ['50 in 50 of each instance, by a variable', nested('$n'), { n: 50 }, COMPLEXITY],
    ['10 times the types of the schema', types(10), {}, null],
    ['20 times the types of the schema', types(20), {}, COMPLEXITY],
    ['two members of a union, 98 in 200', members(98), {}, null],
    ['two members of a union, 99 in 200', members(99), {}, COMPLEXITY],
  ])('the fields of the answer are estimated: %s', async (_what, query, variables, limit) => {
    const { errors } = await gateway.ask(query, variables);
    expect(errors?.[0]?.extensions['limit'] ?? null).toEqual(limit);
  });

  it('limits are read from the configuration', async () => {
    const own = await startTestGateway({
      limits: { aliases: 1, depth: 5, mutations: 1, listItems: 10, entities: 1, tokens: 100 },
    });
    onTestFinished(() => own.close());
    const ask = async (query: string, variables?: Record<string, unknown>) =>
      (await own.ask(query, variables)).errors?.map(({ extensions }) => extensions['limit']);
    expect(await ask(`{ ${aliases(1)} }`)).toBeUndefined();
    expect(await ask(`{ ${aliases(2)} }`)).toEqual([{ name: 'aliases', value: 1 }]);
    expect(await ask(ofType(1))).toEqual([{ name: 'depth', value: 5 }]);
    expect(await ask(`mutation { ${DELETE} ${DELETE} }`)).toEqual([{ name: 'mutations', value: 1 }]);
    expect(await ask(ENTITIES, { r: [reference, reference] })).toEqual([{ name: 'entities', value: 1 }]);
    expect(await ask(`{ viewer { ${'name '.repeat(96)} } }`)).toEqual([{ name: 'tokens', value: 100 }]);
    expect(await ask(FILTER, { filter: { host: { in: names(11) } } })).toEqual([{ name: 'listItems', value: 10 }]);
  });

  it('a field that is repeated too often to be validated is refused by its own message', async () => {
    const own = await startTestGateway({ limits: { tokens: 100_000 } });
    onTestFinished(() => own.close());
    const { errors } = await own.ask(`{ viewer { ${'name '.repeat(99_990)} } }`);
    expect(errors?.[0]?.message).toBe(
      'The document repeats fields too often to be validated. Split it into several documents.',
    );
  });
});

describe('fragments', () => {
  it('a chain of fragments that double each other is refused in a moment', async () => {
    const chain = times(100, (at) => `fragment F${at} on Query { ...F${at + 1} ... { ...F${at + 1} } }`);
    const startedAt = process.cpuUsage();
    const { errors } = await gateway.ask(`{ ...F0 } ${chain} fragment F100 on Query { a: __typename }`);
    const { user, system } = process.cpuUsage(startedAt);
    expect(errors?.[0]?.message).toBe(ALIASES);
    expect((user + system) / 1000).toBeLessThan(500);
  });

  it('a fragment that spreads itself is left to the validation', async () => {
    const { errors } = await gateway.ask('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }');
    expect(errors?.[0]?.message).toBe('Cannot spread fragment "A" within itself via "B".');
  });
});

describe('what clients send', () => {
  const folder = new URL('../../schema/operations/', import.meta.url);
  const operations = readdirSync(folder).filter((name) => name.endsWith('.graphql'));

  it("GraphiQL's introspection query passes", async () => {
    const query = getIntrospectionQuery({
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    });
    const { errors, data } = await gateway.ask(query);
    expect(errors).toBeUndefined();
    expect(data.__schema.queryType).toEqual(expect.objectContaining({ name: 'Query' }));
  });

  it('200 connections with the settings of every dialect pass', async () => {
    const config = everyFieldOf(gateway.gateway.schema, 'ConnectionConfig');
    expect(config.length).toBeGreaterThan(2500);
    const { errors, data } = await gateway.ask(`{ connections(first: 200) { nodes { config ${config} } } }`);
    expect(errors).toBeUndefined();
    expect(data.connections.nodes).toHaveLength(54);
  });

  it.each(operations)('%s exceeds no limit', async (name) => {
    const query = readFileSync(new URL(name, folder), 'utf8');
    const { errors = [] } = await gateway.ask(query);
    expect(errors.filter(({ extensions }) => 'limit' in extensions)).toEqual([]);
  });

  it('a query of every field of the schema passes', async () => {
    const query = everyFieldQuery(gateway.gateway.schema);
    expect(query.length).toBeGreaterThan(5000);
    const { errors = [], data } = await gateway.ask(query);
    expect(errors).toEqual([]);
    expect(data.vendors).toHaveLength(4);
  });
});
