// Checks README.md, CONTRIBUTING.md, SECURITY.md and docs/: every code block is valid, every link and every path in backticks leads to a
// file or a folder, every npm script exists.
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

/** The variables that the configurations of the documents reference. */
const ENVIRONMENT = { OMNI_API_KEY: 'key', PATCHBAY_AUDIT_KEY: 'key', PATCHBAY_DB_PASSWORD: 'key' };

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
    if (language === 'yaml') parseConfig(parseYaml(text), { vendors, environment: ENVIRONMENT });
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

/** Folders and files that a path in backticks may start with. */
const TOP = new Set(await readdir(root));
/** Names of all files of `src/`. A page that describes the files of every vendor names a file without its folder. */
const SOURCE_NAMES = new Set(
  (await readdir(new URL('src/', root), { recursive: true })).map((path) => path.split('/').at(-1)),
);
/** Files that belong to the reader of a page or that a command writes, and not to the repository. */
const READERS_FILES = new Set(['patchbay.yaml', 'looker.openapi.json', 'dist/sbom.cdx.json']);

/** Returns the repository paths in backticks, such as `src/main.ts`, `http/retries.ts`, `schema/` or `to-wire.ts`. */
const pathsIn = (text: string): string[] =>
  Array.from(text.replaceAll(/^```.*?^```/gms, '').matchAll(/`([^`]+)`/g), ([, code = '']) => code.split(/\s+/))
    .flat()
    .map((word) => word.replace('<vendor>', 'looker'))
    .filter((word) => /^[\w.-]+(\/[\w.-]+)*\/?$/.test(word) && !READERS_FILES.has(word))
    .filter((word) => {
      const [first = '', ...below] = word.split('/');
      return /\/$|\.(?:ts|mjs|md|json|yaml|graphql)$/.test(word) || (below.length > 0 && TOP.has(first));
    });

/** Returns whether a path exists, from the root or from `src/`. */
const isInRepository = (path: string): boolean =>
  existsSync(new URL(path, root)) || existsSync(new URL(`src/${path}`, root)) || SOURCE_NAMES.has(path);

describe('the documents', () => {
  it.each(['graphql', 'json', 'yaml'])('the documents have only valid %s blocks', (language) => {
    expect(blocksOf(language).length).toBeGreaterThan(0);
    expect(
      blocksOf(language).flatMap((block) => problemsOf(block).map((problem) => `${block.page}: ${problem}`)),
    ).toEqual([]);
  });

  it('the check reports an invalid block of each language', () => {
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

  it('the documents use only the checked languages, shell commands, and texts and TypeScript that other tests compare', () => {
    expect([...new Set(blocks.map(({ language }) => language))].toSorted()).toEqual([
      'graphql',
      'js',
      'json',
      'sh',
      'text',
      'ts',
      'yaml',
    ]);
  });

  it('the documents name only npm scripts that exist', () => {
    const named = texts.flatMap(({ page, text }) => scriptsNamedIn(text).map((script) => `${page}: ${script}`));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((entry) => !((entry.split(': ')[1] as string) in scripts))).toEqual([]);
  });

  it('the documents link only to files that exist', () => {
    const links = texts.flatMap(({ page, text }) => linksIn(page, text).map((path) => ({ page, path })));
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter(({ path }) => !existsSync(path))).toEqual([]);
  });

  it('the documents have in backticks only paths that exist', () => {
    const named = texts.flatMap(({ page, text }) => pathsIn(text).map((path) => ({ page, path })));
    expect(named.length).toBeGreaterThan(60);
    expect(named.filter(({ path }) => !isInRepository(path))).toEqual([]);
  });

  it.each([
    ['test/contract/toy.test.ts', 'run `npx vitest test/contract/toy.test.ts` once'],
    ['http/call.ts', 'the file `http/call.ts`'],
    ['vendors/looker/ask.ts', 'the file `vendors/<vendor>/ask.ts`'],
    ['from-wires.ts', 'the file `from-wires.ts`'],
    ['formatters/', 'the folder `formatters/`'],
    ['test/secret', 'the folder `test/secret`'],
  ])('the check reports that %s does not exist', (path, text) => {
    expect(pathsIn(text).filter((named) => !isInRepository(named))).toEqual([path]);
  });

  it('the documents may have media types, addresses and files of the reader in backticks', () => {
    expect(pathsIn('`application/json`, `/health`, `${file:path}`, `--config patchbay.yaml`, `/__sandbox/`')).toEqual(
      [],
    );
  });

  it('every page is linked from another page', () => {
    const linked = new Set(texts.flatMap(({ page, text }) => linksIn(page, text)));
    const alone = pages.filter((page) => page !== 'README.md' && !linked.has(new URL(page, root).pathname));
    expect(alone).toEqual([]);
  });

  it('the glossary defines at most 30 words', async () => {
    const rows = (await read('docs/glossary.md')).split('\n').filter((line) => /^\| [a-z]/.test(line));
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.length).toBeLessThanOrEqual(30);
  });
});
