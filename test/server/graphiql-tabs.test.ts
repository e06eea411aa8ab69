// The page of GraphiQL: its tabs, of which each runs unchanged against the sandbox, and the bar above them.
import { Kind, parse, type DocumentNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve, type Served } from './serve.ts';

interface Tab {
  readonly query: string;
  readonly variables?: string;
}

/** Fields for the routers of a federation; people do not call them. */
const FOR_ROUTERS = ['_entities', '_service'];

const CONSOLE_LINK = '<a href="/">Console</a>';

const html = { headers: { accept: 'text/html' } };

/** Returns the tabs in the options that the page passes to GraphiQL. */
function tabsOf(page: string): readonly Tab[] {
  const [, options = ''] = /querySelector\('#root'\),\s*(\{.*\}),\n/.exec(page) ?? [];
  return JSON.parse(options).defaultTabs;
}

/** Returns the fields of the roots that a document selects. */
const rootFieldsOf = ({ definitions }: DocumentNode): string[] =>
  definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? definition.selectionSet.selections.flatMap((one) => (one.kind === Kind.FIELD ? [one.name.value] : []))
      : [],
  );

/** Returns the fields that have no tab, and those with several. */
const withoutOwnTab = (fields: readonly string[], tabs: readonly Tab[]): string[] => {
  const selected = tabs.flatMap(({ query }) => rootFieldsOf(parse(query)));
  return fields.filter((field) => selected.filter((one) => one === field).length !== 1);
};

const namesOf = (fields: readonly { readonly name: string }[]) =>
  fields.map(({ name }) => name).filter((name) => !FOR_ROUTERS.includes(name));

describe('the page of GraphiQL', () => {
  let served: Served;
  let page: string;
  let tabs: readonly Tab[];
  let queries: readonly string[];
  let mutations: readonly string[];

  beforeAll(async () => {
    served = await serve({ console: 'full', server: { graphiql: true } });
    page = await (await served.fetch('/graphql', html)).text();
    tabs = tabsOf(page);
    const { data } = await served.gateway.ask(
      '{ __schema { queryType { fields { name } } mutationType { fields { name } } } }',
    );
    queries = namesOf(data.__schema.queryType.fields);
    mutations = namesOf(data.__schema.mutationType.fields);
  });
  afterAll(() => served.close());

  it('each query and each mutation of the schema has one tab', () => {
    expect(queries).toContain('connections');
    expect(mutations).toContain('createConnection');
    expect(withoutOwnTab([...queries, ...mutations], tabs)).toEqual([]);
    expect(withoutOwnTab(['connections', 'invented'], tabs)).toEqual(['invented']);
  });

  it('each tab begins with a comment in whole sentences', () => {
    const comments = tabs.map(({ query }) => query.split('\n')[0] ?? '');
    expect(comments.filter((text) => !/^# This (?:query|mutation) .+\.$/.test(text))).toEqual([]);
  });

  it('each tab runs unchanged, in their order, without an error; each mutation succeeds', async () => {
    const types: string[] = [];
    for (const { query, variables = '{}' } of tabs) {
      const answer = await served.fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables: JSON.parse(variables) }),
      });
      const { data, errors } = (await answer.json()) as { data: Record<string, unknown>; errors?: unknown };
      expect(errors, query).toBeUndefined();
      const [[field, value] = ['', null]] = Object.entries(data);
      expect(value, field).not.toBeNull();
      if (mutations.includes(field)) types.push((value as { __typename: string }).__typename);
    }
    expect(types.toSorted()).toEqual([
      'CreateConnectionSuccess',
      'CreateConnectionsSuccess',
      'DeleteConnectionSuccess',
      'RotateConnectionSecretSuccess',
      'TestConnectionSuccess',
      'TestConnectionSuccess',
      'UpdateConnectionSuccess',
    ]);
  });

  it('the page has a link to the console, and names no instance itself: a script asks for those that the caller may see', () => {
    expect(page).toContain(CONSOLE_LINK);
    expect(page).toContain('id="instances"');
    expect(page).not.toContain('Looker (sandbox)');
  });

  it('the page has no link to a console that is off', async () => {
    const other = await serve({ console: 'off', server: { graphiql: true } });
    expect(await (await other.fetch('/graphql', html)).text()).not.toContain(CONSOLE_LINK);
    await other.close();
  });
});
