// Composition by the composers of the example, in another process: with subgraphs whose types have other names, and with a subgraph
// whose types have the names of Patchbay's types.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway } from '../support/gateway.ts';
import { EXAMPLE } from './supergraph.ts';

const COMPOSE = `
  import { json } from 'node:stream/consumers';
  import { parse } from 'graphql';
  import { composeWithApollo, composeWithGuild } from './compose.js';
  const outcome = (compose, graph) => {
    try {
      return { supergraph: compose(graph) };
    } catch ({ message }) {
      return { message };
    }
  };
  const outcomes = Object.entries(await json(process.stdin)).map(([name, subgraphs]) => {
    const graph = Object.entries(subgraphs).map(([name, sdl]) => ({ name, url: 'http://' + name, typeDefs: parse(sdl) }));
    return [name, { apollo: outcome(composeWithApollo, graph), guild: outcome(composeWithGuild, graph) }];
  });
  console.log(JSON.stringify(Object.fromEntries(outcomes)));
`;

interface Outcome {
  readonly supergraph?: string;
  readonly message?: string;
}

type Outcomes = Record<string, { readonly apollo: Outcome; readonly guild: Outcome }>;

/** @param graphs By name; each its subgraphs by theirs. */
const compose = (graphs: Record<string, Record<string, string>>): Outcomes =>
  JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', COMPOSE], {
      cwd: EXAMPLE,
      input: JSON.stringify(graphs),
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    }),
  ) as Outcomes;

const sdlOf = (name: string): string => readFileSync(`${EXAMPLE}subgraphs/${name}.graphql`, 'utf8');

async function subgraphWith(federation: Record<string, unknown>): Promise<string> {
  const test = await startTestGateway({ federation });
  const { data } = await test.ask('{ _service { sdl } }');
  await test.close();
  return data._service.sdl as string;
}

/** Neighbours with one type of a name that Patchbay has, and what the composers say. */
const COLLISIONS = [
  {
    name: 'Error',
    type: 'type Error { reason: String! }',
    apollo: 'Cannot implement non-interface type Error',
    guild: 'Type "Error" has mismatched kind',
  },
  {
    name: 'ValidationError',
    type: 'type ValidationError { rule: String! }',
    apollo: 'cannot find field "ValidationError.rule"',
    guild: 'cannot find field "ValidationError.rule"',
  },
  {
    name: 'Warning',
    type: 'type Warning { text: String! }',
    apollo: 'cannot find field "Warning.text"',
    guild: 'cannot find field "Warning.text"',
  },
  {
    name: 'Vendor',
    type: 'type Vendor { contact: String! }',
    apollo: 'Type "Vendor" has mismatched kind',
    guild: 'Type "Vendor" has mismatched kind',
  },
] as const;

describe('Patchbay as a subgraph', () => {
  let outcomes: Outcomes = {};
  const outcomeOf = (graph: string) => outcomes[graph] ?? { apollo: {}, guild: {} };

  beforeAll(async () => {
    const [teams, quality] = [sdlOf('teams'), sdlOf('quality')];
    const [patchbay, prefixed] = await Promise.all([subgraphWith({}), subgraphWith({ typePrefix: 'Patchbay' })]);
    const collisions = COLLISIONS.map(({ name, type }) => [
      name,
      { patchbay, neighbour: `${type} type Query { neighbour: ${name} }` },
    ]);
    outcomes = compose({
      plain: { patchbay, teams },
      prefixed: { patchbay: prefixed, teams },
      'plain with quality': { patchbay, teams, quality },
      'prefixed with quality': { patchbay: prefixed, teams, quality },
      ...Object.fromEntries(collisions),
    });
  });

  it.each(['plain', 'prefixed'])('Patchbay composes with teams and data products: %s', (graph) => {
    const { apollo, guild } = outcomeOf(graph);
    expect([apollo.message, guild.message]).toEqual([undefined, undefined]);
    for (const { supergraph } of [apollo, guild]) expect(supergraph).toMatch(/^type Connection\b/m);
  });

  it('Patchbay does not compose with a subgraph whose types have the same names', () => {
    const { apollo, guild } = outcomeOf('plain with quality');
    expect(apollo.message).toMatch(/^@apollo\/composition cannot compose:/);
    expect(guild.message).toMatch(/^@theguild\/federation-composition cannot compose:/);
    for (const { message, supergraph } of [apollo, guild]) {
      expect(supergraph).toBeUndefined();
      for (const name of ['Error', 'Vendor']) expect(message).toContain(`Type "${name}" has mismatched kind`);
    }
  });

  it.each(COLLISIONS)('Patchbay does not compose with a subgraph that has $name', ({ name, ...messages }) => {
    const { apollo, guild } = outcomeOf(name);
    expect(apollo.message).toContain(messages.apollo);
    expect(guild.message).toContain(messages.guild);
  });

  it('Patchbay with a type prefix composes with a subgraph whose types have the same names', () => {
    const { apollo, guild } = outcomeOf('prefixed with quality');
    expect([apollo.message, guild.message]).toEqual([undefined, undefined]);
    for (const { supergraph } of [apollo, guild]) {
      expect(supergraph).toMatch(/^type Connection\b/m);
      expect(supergraph).toMatch(/^type Vendor\b/m);
      expect(supergraph).toMatch(/^enum PatchbayVendor\b/m);
      expect(supergraph).toMatch(/^interface PatchbayError\b/m);
    }
  });
});
