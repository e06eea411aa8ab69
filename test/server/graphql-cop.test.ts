// The twelve checks of graphql-cop, a scanner that looks for weaknesses of GraphQL servers. With NODE_ENV=production it finds none.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve, type Served } from './serve.ts';

interface Found {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { message: string; extensions?: Record<string, unknown> }[];
}
type Severity = 'HIGH' | 'MEDIUM' | 'LOW' | 'INFO';
type Check = readonly [name: string, severity: Severity, isFound: (served: Served) => Promise<boolean>];

const bodyOf = async (answer: Response): Promise<Found | readonly Found[]> => {
  try {
    return JSON.parse(await answer.text());
  } catch {
    return {};
  }
};
const post = async (served: Served, body: object) =>
  bodyOf(
    await served.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
const ask = async (served: Served, query: string) => (await post(served, { query })) as Found;
const get = async (served: Served, query: string) =>
  (await bodyOf(await served.fetch(`/graphql?${new URLSearchParams({ query })}`))) as Found;

const TYPENAME = 'query cop { __typename }';
const ALIASES = `query cop { ${Array.from({ length: 101 }, (_, index) => `alias${index}:__typename`).join(' ')} }`;
const DIRECTIVES = `query cop { __typename ${'@aa'.repeat(10)} }`;
const CIRCULAR =
  'query cop { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }';
const TYPES = 'query cop { __schema { types { name fields { name } } } }';
const PAGES = ['/graphiql', '/playground', '/console', '/graphql'];
const PAGE_WORDS = /graphiql\.min\.css|GraphQL Playground|GraphiQL|graphql-playground/;

const typesIn = ({ data }: Found): number => ((data?.['__schema'] as { types?: unknown[] })?.types ?? []).length;

const CHECKS: readonly Check[] = [
  ['alias overloading', 'HIGH', async (served) => (await ask(served, ALIASES)).data?.['alias100'] !== undefined],
  [
    'batch queries',
    'HIGH',
    async (served) => {
      const answers = await post(
        served,
        Array.from({ length: 10 }, () => ({ query: TYPENAME })),
      );
      return Array.isArray(answers) && answers.length >= 10;
    },
  ],
  ['directive overloading', 'HIGH', async (served) => ((await ask(served, DIRECTIVES)).errors ?? []).length === 10],
  ['circular query of the introspection', 'HIGH', async (served) => typesIn(await ask(served, CIRCULAR)) > 25],
  ['introspection', 'HIGH', async (served) => typesIn(await ask(served, TYPES)) > 0],
  ['queries by GET', 'MEDIUM', async (served) => (await get(served, TYPENAME)).data?.['__typename'] !== undefined],
  [
    'mutations by GET',
    'MEDIUM',
    async (served) => (await get(served, 'mutation cop { __typename }')).data?.['__typename'] !== undefined,
  ],
  [
    'queries by a form (CSRF)',
    'MEDIUM',
    async (served) => {
      const body = new URLSearchParams({ query: TYPENAME });
      const found = (await bodyOf(await served.fetch('/graphql', { method: 'POST', body }))) as Found;
      return found.data?.['__typename'] !== undefined;
    },
  ],
  [
    'a page for queries',
    'LOW',
    async (served) => {
      const headers = { accept: 'text/html' };
      const pages = await Promise.all(PAGES.map(async (path) => (await served.fetch(path, { headers })).text()));
      return pages.some((page) => PAGE_WORDS.test(page));
    },
  ],
  [
    'suggestions of fields',
    'LOW',
    async (served) => {
      const queries = ['query cop { __schema { directive } }', 'query cop { conections { totalCount } }'];
      const found = await Promise.all(queries.map(async (query) => ask(served, query)));
      return /did you mean/i.test(JSON.stringify(found));
    },
  ],
  [
    'trace mode',
    'INFO',
    async (served) => /"tracing"|"exception"|stacktrace/i.test(JSON.stringify(await ask(served, TYPENAME))),
  ],
  [
    'unhandled errors',
    'INFO',
    async (served) => /"exception"|stacktrace/i.test(JSON.stringify(await ask(served, 'qwerty cop { abc }'))),
  ],
];

const namesFoundAt = async (served: Served): Promise<string[]> => {
  const found: string[] = [];
  for (const [name, severity, isFound] of CHECKS) {
    // oxlint-disable-next-line no-await-in-loop -- the scanner sends one check after the other
    if (await isFound(served)) found.push(`${severity} ${name}`);
  }
  return found;
};

describe('the checks of graphql-cop', () => {
  let production: Served;
  beforeAll(async () => {
    production = await serve({ environment: { NODE_ENV: 'production' }, server: { graphiql: undefined } });
  });
  afterAll(async () => production.close());

  it('there are twelve: 5 HIGH, 3 MEDIUM, 2 LOW and 2 INFO', () => {
    const severities = CHECKS.map(([, severity]) => severity);
    expect(severities).toHaveLength(12);
    expect(['HIGH', 'MEDIUM', 'LOW', 'INFO'].map((one) => severities.filter((other) => other === one).length)).toEqual([
      5, 3, 2, 2,
    ]);
  });

  it('with NODE_ENV=production nothing is found', async () => {
    expect(await namesFoundAt(production)).toEqual([]);
  });

  it('a query that a client needs is answered', async () => {
    expect(await ask(production, '{ __typename connections(first: 1) { nodes { __typename } } }')).toEqual({
      data: { __typename: 'Query', connections: { nodes: [{ __typename: 'Connection' }] } },
    });
  });

  it('the checks find what a configuration allows', async () => {
    const open = await serve({ server: { graphiql: true }, limits: { aliases: 200, rootFields: 200 } });
    try {
      expect(await namesFoundAt(open)).toEqual([
        'HIGH alias overloading',
        'HIGH introspection',
        'MEDIUM queries by GET',
        'LOW a page for queries',
        'LOW suggestions of fields',
      ]);
    } finally {
      await open.close();
    }
  });
});
