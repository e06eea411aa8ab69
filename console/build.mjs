// Builds the console when its sources, or the packages that it is built from, have changed since the last build.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';

const SOURCES = new URL('.', import.meta.url);
const LOCK = new URL('../package-lock.json', import.meta.url);
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
  await build({ configFile: new URL('vite.config.ts', SOURCES).pathname, logLevel: 'warn' });
  writeFileSync(STAMP, current);
}
