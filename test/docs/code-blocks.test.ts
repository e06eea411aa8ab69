// Checks README.md and docs/: every code block is valid, every link leads to a file, every npm script exists.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { buildSchema, parse as parseGraphql, validate, type GraphQLSchema } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { parseConfig, vendors } from '../../src/gateway.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string): Promise<string> => readFile(new URL(path, root), 'utf8');

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...(await readdir(new URL('docs/', root))).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
];

interface Block {
  readonly page: string;
  readonly language: string;
  readonly text: string;
}

const blocksIn = (page: string, text: string): Block[] =>
  Array.from(text.matchAll(/^```(\w*)\n(.*?)^```/gms), ([, language = '', block = '']) => ({
    page,
    language,
    text: block,
  }));

const texts = await Promise.all(pages.map(async (page) => ({ page, text: await read(page) })));
const blocks = texts.flatMap(({ page, text }) => blocksIn(page, text));
const blocksOf = (language: string) => blocks.filter((block) => block.language === language);

let schema: GraphQLSchema;
let scripts: Readonly<Record<string, string>>;
beforeAll(async () => {
  schema = buildSchema(await read('schema/schema.graphql'));
  scripts = (JSON.parse(await read('package.json')) as { scripts: Record<string, string> }).scripts;
});

const isOperation = ({ text }: Block): boolean => /^\s*(\{|query|mutation|subscription)/.test(text);

/** Returns the reasons why a block is not what its language says. An empty list means that it is valid. */
function problemsOf(block: Block): string[] {
  const { language, text } = block;
  try {
    if (language === 'graphql') {
      const document = parseGraphql(text);
      return isOperation(block) ? validate(schema, document).map(({ message }) => message) : [];
    }
    if (language === 'json') JSON.parse(text);
    if (language === 'yaml') parseConfig(parseYaml(text), { vendors, environment: { OMNI_API_KEY: 'key' } });
    return [];
  } catch (error) {
    return [String(error)];
  }
}

const scriptsNamedIn = (text: string): string[] =>
  Array.from(
    text.matchAll(/npm (?:run (?:--silent )?([\w:-]+)|(start|test))/g),
    ([, script, short]) => script ?? short ?? '',
  );

/** The files that a page links to, as paths from the root. Links to web pages and to headings of the same page are left out. */
const linksIn = (page: string, text: string): string[] =>
  Array.from(text.matchAll(/\]\(([^)#]+)[^)]*\)/g), ([, target = '']) => target)
    .filter((target) => !/^\w+:/.test(target))
    .map((target) => new URL(target, new URL(page, root)).pathname);

describe('the documents', () => {
  it.each(['graphql', 'json', 'yaml'])('have only valid %s blocks', (language) => {
    expect(blocksOf(language).length).toBeGreaterThan(0);
    expect(
      blocksOf(language).flatMap((block) => problemsOf(block).map((problem) => `${block.page}: ${problem}`)),
    ).toEqual([]);
  });

  it('report an invalid block of each language', () => {
    const invalid = [
      { language: 'graphql', text: '{ connectionz { totalCount } }' },
      { language: 'graphql', text: 'type Team {' },
      { language: 'json', text: '{ "a": }' },
      { language: 'yaml', text: 'instances: [{ key: omni, vendor: omni }]' },
    ];
    for (const { language, text } of invalid) {
      expect(problemsOf({ page: 'made-up.md', language, text }), text).not.toEqual([]);
    }
  });

  it('use no other languages than those that are checked, and shell commands', () => {
    expect([...new Set(blocks.map(({ language }) => language))].toSorted()).toEqual(['graphql', 'json', 'sh', 'yaml']);
  });

  it('name only npm scripts that exist', () => {
    const named = texts.flatMap(({ page, text }) => scriptsNamedIn(text).map((script) => `${page}: ${script}`));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((entry) => !((entry.split(': ')[1] as string) in scripts))).toEqual([]);
  });

  it('link only to files that exist', () => {
    const links = texts.flatMap(({ page, text }) => linksIn(page, text).map((path) => ({ page, path })));
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter(({ path }) => !existsSync(path))).toEqual([]);
  });

  it('have no page that no other page links to', () => {
    const linked = new Set(texts.flatMap(({ page, text }) => linksIn(page, text)));
    const alone = pages.filter((page) => page !== 'README.md' && !linked.has(new URL(page, root).pathname));
    expect(alone).toEqual([]);
  });

  it('define at most thirty words in the glossary', async () => {
    const rows = (await read('docs/glossary.md')).split('\n').filter((line) => /^\| [a-z]/.test(line));
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.length).toBeLessThanOrEqual(30);
  });
});
