// Runs the JavaScript blocks of README.md and docs/ unchanged, on the built package, and compares what they print with the page.
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const names = (await readdir('docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`);
const texts = await Promise.all(
  ['README.md', ...names].map(async (page) => ({ page, text: await readFile(page, 'utf8') })),
);
const examples = texts.flatMap(({ page, text }) =>
  Array.from(
    text.matchAll(/^```js\n(.*?)^```\n(?:\nIt prints:\n\n```json\n(.*?)^```)?/gms),
    ([, code = '', printed]) => ({ page, code, printed }),
  ),
);

it('the documents have JavaScript blocks, and each is followed by what it prints', () => {
  expect(examples.map(({ page }) => page)).toContain('docs/embedding.md');
  expect(examples.filter(({ printed }) => printed === undefined)).toEqual([]);
});

it.each(examples)('the JavaScript block of $page runs, and prints what the page shows', async ({ code, printed }) => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code], {
    timeout: 60_000,
  });
  expect(JSON.parse(stdout)).toEqual(JSON.parse(printed ?? 'null'));
});
