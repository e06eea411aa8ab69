// Random documents are refused at the same limits as by the plugins of graphql-armor. The plugins count some things otherwise; each
// difference is a test of its own.
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens';
import * as fc from 'fast-check';
import { parse, validate, type DocumentNode, type ValidationRule } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Documents } from '../fuzz/documents.ts';
import { isExhaustive } from '../support/exhaustive.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

type Limit = 'depth' | 'aliases' | 'directives' | 'tokens';

const RUNS = isExhaustive ? 300 : 60;

const LIMITS: Readonly<Record<Limit, number>> = { depth: 5, aliases: 12, directives: 4, tokens: 150 };
const WIDE = {
  depth: 50,
  aliases: 1000,
  directives: 1000,
  tokens: 100_000,
  rootFields: 1000,
  complexity: 1_000_000_000,
};

/** Each gateway has one narrow limit. */
const gateways = new Map<Limit, TestGateway>();
beforeAll(async () => {
  for (const limit of Object.keys(LIMITS) as Limit[]) {
    // oxlint-disable-next-line no-await-in-loop -- the first gateway builds the schema that the others use
    gateways.set(limit, await startTestGateway({ limits: { ...WIDE, [limit]: LIMITS[limit] } }));
  }
});
afterAll(async () => Promise.all([...gateways.values()].map(async (gateway) => gateway.close())));

const gatewayOf = (limit: Limit): TestGateway => gateways.get(limit) as TestGateway;

/** What no limit refuses is refused by the validation, so that no document calls a vendor. */
const unknown = (text: string): string => text.replace('{', '{ unknownField ');

async function patchbayRefuses(limit: Limit, text: string): Promise<boolean> {
  const { errors = [] } = await gatewayOf(limit).ask(text);
  return errors.some(({ extensions }) => (extensions['limit'] as { name: string } | undefined)?.name === limit);
}

const RULES: Readonly<Record<Exclude<Limit, 'tokens'>, ValidationRule>> = {
  depth: maxDepthRule({ n: LIMITS.depth, flattenFragments: true, ignoreIntrospection: false }),
  aliases: maxAliasesRule({ n: LIMITS.aliases, allowList: [] }),
  directives: maxDirectivesRule({ n: LIMITS.directives }),
};

function parseWithTokenLimit(text: string): DocumentNode {
  let parseFn = parse;
  const plugin = maxTokensPlugin({ n: LIMITS.tokens });
  (plugin.onParse as unknown as (event: object) => void)({ setParseFn: (own: typeof parse) => void (parseFn = own) });
  return parseFn(text);
}

/** Returns whether a plugin refuses a document. A plugin throws above its limit. */
function armorRefuses(limit: Limit, text: string): boolean {
  try {
    if (limit === 'tokens') parseWithTokenLimit(text);
    else validate(gatewayOf(limit).gateway.schema, parse(text), [RULES[limit]]);
    return false;
  } catch (error) {
    if (!/limit of \d+ exceeded/.test((error as Error).message)) throw error;
    return true;
  }
}

/** Documents of any fields, whose fragments are spread more than once, in fragments too. */
function shapes(): fc.Arbitrary<string> {
  const FRAGMENTS = 3;
  const directive = fc.constantFrom('', '', ' @a', ' @a @b');
  const selection = (levels: number, from: number): fc.Arbitrary<string> => {
    const alias = fc.constantFrom('', '', 'x: ');
    const leaf = fc.tuple(alias, directive).map(([name, tail]) => `${name}field${tail}`);
    const spread = fc.integer({ min: from, max: FRAGMENTS }).map((at) => (at === FRAGMENTS ? 'field' : `...F${at}`));
    const inner = fc.constant(null).chain(() => selection(levels - 1, from));
    const parent = fc.tuple(alias, directive, inner).map(([name, tail, below]) => `${name}field${tail} ${below}`);
    const inline = fc.tuple(directive, inner).map(([tail, below]) => `...${tail} ${below}`);
    const parts = levels > 1 ? [leaf, spread, parent, parent, inline] : [leaf, spread];
    return fc.array(fc.oneof(...parts), { minLength: 1, maxLength: 3 }).map((all) => `{ ${all.join(' ')} }`);
  };
  const fragments = Array.from({ length: FRAGMENTS }, (_, at) =>
    selection(2, at + 1).map((body) => `fragment F${at} on Query ${body}`),
  );
  return fc.tuple(selection(5, 0), ...fragments).map((all) => all.join(' '));
}

describe.each(Object.keys(LIMITS) as Limit[])('the limit of %s', (limit) => {
  it('refuses the random documents that graphql-armor refuses, and no other', async () => {
    const valid = new Documents(gatewayOf(limit).gateway.schema).query();
    const counts = { refused: 0, accepted: 0 };
    const property = fc.asyncProperty(fc.oneof(valid, shapes()).map(unknown), async (text) => {
      const expected = armorRefuses(limit, text);
      counts[expected ? 'refused' : 'accepted'] += 1;
      expect(await patchbayRefuses(limit, text), text).toBe(expected);
    });
    await fc.assert(property, { numRuns: RUNS, seed: 20_261_130 });
    expect(counts.refused).toBeGreaterThan(RUNS / 15);
    expect(counts.accepted).toBeGreaterThan(RUNS / 15);
  });
});

const both = async (limit: Limit, text: string) => ({
  patchbay: await patchbayRefuses(limit, text),
  armor: armorRefuses(limit, text),
});

describe('what Patchbay counts otherwise', () => {
  const FRAGMENT = 'fragment F on Query { field }';

  it('the directives of each spread of a fragment; graphql-armor counts those of its first spread', async () => {
    const text = `{ unknownField ${'...F @a '.repeat(5)} } ${FRAGMENT}`;
    expect(await both('directives', text)).toEqual({ patchbay: true, armor: false });
  });

  it('the directives of variables; graphql-armor leaves them out', async () => {
    const variables = Array.from({ length: 5 }, (_, at) => `$v${at}: Int @a`).join(' ');
    expect(await both('directives', `query (${variables}) { unknownField }`)).toEqual({ patchbay: true, armor: false });
  });
});
