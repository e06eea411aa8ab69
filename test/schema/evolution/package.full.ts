// The schema evolution check as `npm run evolution` runs it: on the schema of this package, and on files that are not a schema.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { run } from '../../../.ci/evolution.ts';
import { DEPRECATE, useFolder } from './check.ts';

const fileOf = useFolder();

const npm = (...args: string[]) =>
  new Promise<{ code: number; printed: string }>((resolve) => {
    execFile('npm', ['run', '--silent', 'evolution', '--', ...args], (error, stdout) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, printed: stdout }),
    );
  });

describe('the schema of this package', () => {
  it('the schema has no breaking change since the last release', async () => {
    expect(await npm()).toEqual({
      code: 0,
      printed: expect.stringMatching(
        /^(DANGEROUS .*\n)*schema\/schema\.graphql keeps what schema\/released\.graphql promises\.\n$/,
      ),
    });
  });

  it('the removal of vendorId is a breaking change of the schema', async () => {
    const file = fileOf('without-vendor-id.graphql');
    const text = await readFile('schema/schema.graphql', 'utf8');
    const without = text.replace(
      /(type Connection implements Node \{[^}]*?)\n {2}"""[^"]*"""\n {2}vendorId: String!/,
      '$1',
    );
    expect(without.length).toBeLessThan(text.length);
    await writeFile(file, without);
    const { code, printed } = await npm(file);
    expect(code).toBe(1);
    expect(printed).toContain(
      `BREAKING Connection.vendorId: Field 'vendorId' was removed from object type 'Connection'. ${DEPRECATE}\n`,
    );
    expect(printed).toContain(' breaks what schema/released.graphql promises, at 1 place.\n');
  });

  it.each([
    ['a file that does not exist', undefined, 'ENOENT'],
    ['a text that is not SDL', 'type Query {', 'Syntax Error'],
    ['an invalid schema', 'type Query { a: Nothing }', 'Unknown type "Nothing".'],
    [
      'a type that lacks a field of its interface',
      'interface Node { id: ID! }  type Query implements Node { a: Int }',
      'Interface field Node.id expected but Query does not provide it.',
    ],
  ])('the schema is not compared with %s', async (_what, text, why) => {
    const file = fileOf(`${String(text?.length)}.graphql`);
    if (text !== undefined) await writeFile(file, text);
    const lines: string[] = [];
    expect(await run([file], (line) => void lines.push(line))).toBe(2);
    expect(lines).toEqual([expect.stringContaining(`${file} cannot be read as a schema: `)]);
    expect(lines[0]).toContain(why);
  });
});
