// The operations that people send most are executed by plans, and not a second time by the executor of Yoga.
import { readdirSync, readFileSync } from 'node:fs';
import { getIntrospectionQuery } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

let replaced = 0;
vi.mock('../../src/server/planned-execution.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/server/planned-execution.ts')>();
  return {
    usePlannedExecution: (): Plugin => {
      const plugin = original.usePlannedExecution();
      return {
        onExecute: (event) => {
          const counted: typeof event.executeFn = (args) => {
            replaced += 1;
            return event.executeFn(args) as unknown;
          };
          return plugin.onExecute?.({ ...event, executeFn: counted });
        },
      };
    },
  };
});

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(async () => gateway.close());

const folder = new URL('../../schema/operations/', import.meta.url);
const examples = readdirSync(folder)
  .filter((name) => name.endsWith('.graphql'))
  .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')] as const)
  .filter(([, text]) => /^\s*(?:#.*\n\s*)*(?:query\b|\{)/.test(text));

const CONNECTION = 'djE6Yzpsb29rZXI6cHJvZHVjdGlvbl9vcmRlcnM';
const QUERIES = [
  ['the introspection of GraphiQL', getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true })],
  ['a type of the introspection', '{ __type(name: "Connection") { fields { name type { kind ofType { name } } } } }'],
  ['node', `{ node(id: "${CONNECTION}") { id __typename } }`],
  [
    'nodes',
    `{ nodes(ids: ["${CONNECTION}", "djE6aTpvbW5p"]) { ... on Connection { name } ... on VendorInstance { label } } }`,
  ],
  [
    '_entities',
    `{ _entities(representations: [{ __typename: "Connection", id: "${CONNECTION}" }]) { ... on Connection { name } } }`,
  ],
  [
    'every vendor',
    '{ connections(first: 200) { nodes { config { __typename } details { __typename } secrets { status } } } }',
  ],
] as const;

it('there are examples', () => {
  expect(examples.length).toBeGreaterThan(3);
});

it.each([...examples, ...QUERIES])('%s is executed by a plan', async (name, query) => {
  const variables = `${name.replace(/\.graphql$/, '')}.variables.json`;
  const hasVariables = readdirSync(folder).includes(variables);
  const values = hasVariables ? (JSON.parse(readFileSync(new URL(variables, folder), 'utf8')) as object) : {};
  replaced = 0;
  const answer = await gateway.ask(query, { ...values });
  expect(answer.errors).toBeUndefined();
  expect(replaced).toBe(0);
});
