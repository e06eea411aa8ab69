// Builds the console when its sources, or the packages that it is built from, have changed since the last build.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';

const SOURCES = new URL('.', import.meta.url);
const LOCK = new URL('../package-lock.json', import.meta.url);
/** The folders of the packages in the built files, whose licences the published package holds. */
const PACKAGES = new URL('../dist/console/packages.json', import.meta.url);
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
  writeFileSync(STAMP, current);
}
