// docs/commands.md has every command, every option and every key of the JSON that the commands print. Its table is compared by the test
// of `check`.
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { useProcesses } from './run.ts';

const { start, file } = useProcesses();

const readPage = async () => readFile(new URL('../../docs/commands.md', import.meta.url), 'utf8');

async function help(...words: string[]): Promise<string> {
  const run = start([...words, '--help']);
  expect(await run.ended).toBe(0);
  return run.printed.stdout;
}

const namesIn = (text: string, pattern: RegExp): string[] =>
  Array.from(text.matchAll(pattern), ([, name = '']) => name);

/** Returns the names of the commands in the text of --help. */
const commandsIn = (text: string): string[] =>
  namesIn(text.split('Commands:')[1] ?? '', /^ {2}([a-z-]+) .*$/gm).filter((name) => name !== 'help');

/** Returns the keys of a JSON document, at every level. Only the first item of a list counts. */
const keysOf = (json: unknown): unknown => {
  if (Array.isArray(json)) return json.slice(0, 1).map(keysOf);
  if (typeof json !== 'object' || json === null) return null;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, keysOf(value)]));
};

/** The commands below a group. */
const BELOW: Readonly<Record<string, string>> = { config: 'validate', token: 'create' };

describe.concurrent('docs/commands.md', { timeout: 120_000 }, () => {
  it('the page names every command and every option of the help', async () => {
    const page = await readPage();
    const top = commandsIn(await help());
    expect(top).toEqual(['start', 'sandbox', 'check', 'config', 'migrate', 'print-schema', 'audit-tag', 'token']);
    for (const group of Object.keys(BELOW)) expect(commandsIn(await help(group))).toEqual([BELOW[group]]);
    for (const words of top.map((name) => [name, BELOW[name] ?? []].flat())) {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${words.join(' ')}\` |`)) ?? '';
      const options = namesIn(await help(...words), /^ {2}(--[a-z]+)/gm);
      expect(namesIn(row.split('|')[2] ?? '', /`(--[a-z]+)`/g).toSorted(), words.join(' ')).toEqual(options.toSorted());
    }
  });

  it('the JSON of the page has the keys that check and config validate print', async () => {
    const instance = { key: 'omni', vendor: 'omni', baseUrl: 'http://127.0.0.1:9/api', apiKey: 'key' };
    const path = await file('one.json', JSON.stringify({ instances: [instance] }));
    const shown = namesIn(await readPage(), /^```json\n([^]*?)^```/gm).map((text) => keysOf(JSON.parse(text)));
    const runs = [['check'], ['config', 'validate']].map((words) => start([...words, '--json', '--config', path]));
    expect(await Promise.all(runs.map(async ({ ended }) => ended))).toEqual([2, 0]);
    expect(runs.map(({ printed }) => keysOf(JSON.parse(printed.stdout)))).toEqual(shown);
  });
});
