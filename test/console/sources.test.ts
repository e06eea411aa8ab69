// Rules for the sources of the console: what they import, how long they are, and that they store nothing in the browser.
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { importsOf, placesOf, type SourceFile } from '../support/source-files.ts';

const ROOT = new URL('../../console/src/', import.meta.url);

const PACKAGES =
  /^(?:react|react-dom\/client|urql|wouter|graphql|@mui\/material(?:\/.+)?|@emotion\/(?:react|cache)|@tanstack\/react-virtual|@rjsf\/.+|@cfworker\/json-schema)$/;

const STORES = /\b(?:localStorage|sessionStorage|indexedDB|cookie|innerHTML|dangerouslySetInnerHTML|eval)\b/g;

async function readConsole(): Promise<SourceFile[]> {
  const names = (await readdir(ROOT, { recursive: true })).map((name) => name.replaceAll('\\', '/'));
  return Promise.all(
    names
      .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('generated/'))
      .map(async (path) => ({ path, text: await readFile(new URL(path, ROOT), 'utf8') })),
  );
}

/** Returns the imports that leave the folder, or are of a package that is not allowed. */
const refusedImports = (files: readonly SourceFile[]): string[] =>
  files
    .flatMap(importsOf)
    .filter(({ to, isPackage }) => (isPackage ? !PACKAGES.test(to) : to.startsWith('..')))
    .map(({ from, to }) => `${from} imports ${to}`);

/** Returns the files with more than 200 lines. The texts are one file. */
const longFiles = (files: readonly SourceFile[]): string[] =>
  files.filter(({ path, text }) => path !== 'texts.ts' && text.split('\n').length > 201).map(({ path }) => path);

const storing = (files: readonly SourceFile[]): string[] => files.flatMap((file) => placesOf(file, STORES));

describe('the sources of the console', async () => {
  const files = await readConsole();

  it('they import nothing of the gateway, and only a few packages', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(refusedImports(files)).toEqual([]);
  });

  it('no file has more than 200 lines', () => {
    expect(longFiles(files)).toEqual([]);
  });

  it('they store nothing in the browser, and insert no HTML', () => {
    expect(storing(files)).toEqual([]);
  });

  it('the rules find offenders', () => {
    const offender = {
      path: 'api/client.ts',
      text: "import { redact } from '../../../src/secrets/secret.ts';\nimport lodash from 'lodash';\nlocalStorage.token = 1;\n",
    };
    expect(refusedImports([offender])).toEqual([
      'api/client.ts imports ../../src/secrets/secret.ts',
      'api/client.ts imports lodash',
    ]);
    expect(storing([offender])).toEqual(['api/client.ts:3 localStorage']);
    expect(longFiles([{ path: 'a.ts', text: '//\n'.repeat(201) }])).toEqual(['a.ts']);
  });
});
