// Builds the console when its sources, or the packages that it is built from, have changed since the last build.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';

const SOURCES = new URL('.', import.meta.url);
const LOCK = new URL('../package-lock.json', import.meta.url);
/** The folders of the packages in the built files, whose licences the published package holds. */
const PACKAGES = new URL('../dist/console/packages.json', import.meta.url);
/** The documents that the console sends, by their hashes: a manifest for `documents: trusted`. */
const DOCUMENTS = new URL('../dist/console/documents.json', import.meta.url);
const STAMP = new URL('../dist/console/built-from.txt', import.meta.url);

/** Returns a hash of everything that the build depends on. */
function hashSources() {
  const hash = createHash('sha256').update(readFileSync(LOCK));
  for (const name of readdirSync(SOURCES, { recursive: true }).toSorted((a, b) => (a < b ? -1 : 1))) {
    const file = new URL(name, SOURCES);
    if (statSync(file).isFile()) hash.update(name).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Writes the documents as urql sends them. */
async function writeDocuments() {
  const [{ build }, { createRequest, formatDocument, stringifyDocument }] = await Promise.all([
    import('esbuild'),
    import('@urql/core'),
  ]);
  const entry = new URL('src/generated/graphql.ts', SOURCES).pathname;
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: 'esm', write: false });
  const generated = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  const texts = Object.values(generated)
    .filter(({ definitions = [] }) => definitions.some(({ kind }) => kind === 'OperationDefinition'))
    .map((document) => stringifyDocument(formatDocument(createRequest(document, {}).query)));
  const entries = texts.map((text) => [createHash('sha256').update(text).digest('hex'), text]);
  writeFileSync(DOCUMENTS, JSON.stringify(Object.fromEntries(entries)));
}

const current = hashSources();
if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== current) {
  // Tests run the build with another value, for which React and MUI check each call.
  process.env.NODE_ENV = 'production';
  const { build } = await import('vite');
  const { output } = await build({ configFile: new URL('vite.config.ts', SOURCES).pathname, logLevel: 'warn' });
  const modules = output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
  const folders = modules.map((id) => /node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(id)?.[0]);
  const packages = [...new Set(folders.filter((folder) => folder !== undefined))].toSorted((a, b) => (a < b ? -1 : 1));
  writeFileSync(PACKAGES, `${JSON.stringify(packages, null, 2)}\n`);
  await writeDocuments();
  writeFileSync(STAMP, current);
}
