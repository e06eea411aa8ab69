// The package that `npm pack` makes: its files, its manifest and the licences of what it depends on. `.ci/package.ts` installs it.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { dependenciesIn, readBundled, refusedAmong } from '../../.ci/licences.ts';
import { contentProblems } from '../../.ci/package-contents.ts';
import { importsOf, readSource } from '../support/source-files.ts';

const readJson = async (path: string): Promise<Record<string, never>> =>
  JSON.parse(await readFile(path, 'utf8')) as Record<string, never>;

interface Packed {
  readonly name: string;
  readonly files: readonly { readonly path: string }[];
}

/** Lists the files without building them again: other tests use dist/ at the same time. */
async function listPacked(): Promise<Packed> {
  const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    maxBuffer: 10_000_000,
  });
  return (JSON.parse(stdout) as [Packed])[0];
}

describe('the files of the package', () => {
  let paths: string[];
  beforeAll(async () => {
    paths = (await listPacked()).files.map(({ path }) => path);
  });

  it('the package has the built files, the schema and the documents, and nothing else', () => {
    expect(contentProblems(paths)).toEqual([]);
  });

  it('the package has every file that the manifest names, except the declarations, which only `npm pack` builds', async () => {
    const { bin, exports } = (await readJson('package.json')) as unknown as {
      bin: Record<string, string>;
      exports: Record<string, string | { default: string }>;
    };
    const named = [
      ...Object.values(bin),
      ...Object.values(exports).map((entry) => (typeof entry === 'string' ? entry : entry.default)),
    ].map((path) => path.replace('./', ''));
    expect(named.toSorted()).toEqual(['dist/gateway.js', 'dist/main.js', 'dist/sandbox/index.js', 'package.json']);
    expect(named.filter((path) => !paths.includes(path))).toEqual([]);
  });

  it.each([
    'src/main.ts',
    'test/run.test.ts',
    'dist/main.js.map',
    'dist/types/gateway.ts',
    'dist/.env',
    'dist/server.key',
    'schema/node_modules/a/index.js',
    'npm-debug.log',
    'patchbay.yaml',
  ])('the check refuses %s', (path) => {
    expect(contentProblems([...paths, path])).not.toEqual([]);
  });

  it('the check reports a missing folder', () => {
    expect(contentProblems(paths.filter((path) => !path.startsWith('schema/')))).toEqual(['schema is missing']);
  });
});

it('the entry of the process starts with the line that lets a shell run it', async () => {
  expect((await readFile('dist/main.js', 'utf8')).split('\n')[0]).toBe('#!/usr/bin/env node');
});

it('the production dependencies are the packages that src/ imports, and no others', async () => {
  const imports = (await readSource())
    .flatMap(importsOf)
    .filter(({ isPackage, to }) => isPackage && !to.startsWith('node:'));
  const imported = new Set(imports.map(({ to }) => /^(@[^/]+\/)?[^/]+/.exec(to)?.[0] ?? to));
  const { dependencies } = await readJson('package.json');
  expect([...imported].toSorted()).toEqual(Object.keys(dependencies ?? {}).toSorted());
});

describe('the licences of the production dependencies', () => {
  it('every licence is allowed', async () => {
    const dependencies = dependenciesIn((await readJson('package-lock.json')) as never, await readBundled());
    expect(dependencies.length).toBeGreaterThan(50);
    expect(refusedAmong(dependencies)).toEqual([]);
  });

  it('the packages in the console are among them, although they are development dependencies', async () => {
    const dependencies = dependenciesIn((await readJson('package-lock.json')) as never, await readBundled());
    expect(dependencies.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['react', 'react-dom', '@mui/material', '@emotion/react', 'urql', 'wouter']),
    );
    expect(dependencies.map(({ name }) => name)).not.toContain('vite');
  });

  it.each([['GPL-3.0-only'], ['UNLICENSED'], [undefined]])('the licence %s is refused', (license) => {
    const lock = {
      packages: {
        '': { version: '1.0.0', license: 'MIT' },
        'node_modules/a': { version: '1.0.0', license: 'MIT' },
        'node_modules/a/node_modules/b': { version: '2.0.0', ...(license === undefined ? {} : { license }) },
        'node_modules/c': { version: '3.0.0', license: 'GPL-3.0-only', dev: true },
      },
    };
    expect(refusedAmong(dependenciesIn(lock))).toEqual([
      { name: 'b', version: '2.0.0', licence: license ?? null, folder: 'node_modules/a/node_modules/b' },
    ]);
  });
});
