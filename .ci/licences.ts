// Lists the production dependencies and the packages in the console with their licences. `tsx .ci/licences.ts <file>` writes them, with the texts of the licences, to the
// file. Exit code 1: a licence is not on the list of allowed ones.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

/** Licences that allow to use, to change and to distribute a package, and that ask for nothing but the text of the licence. */
export const ALLOWED: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'Unlicense',
];

export interface Dependency {
  readonly name: string;
  readonly version: string;
  /** The SPDX expression of package.json; null when there is none. */
  readonly licence: string | null;
  /** The folder below the root, such as `node_modules/zod`. */
  readonly folder: string;
}

interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  /** Whether the entry only leads to a folder of this repository. */
  readonly link?: boolean;
}

/**
 * Returns the production dependencies in package-lock.json, also indirect ones, in the order of the file.
 * @param bundled the folders of development dependencies that are part of built files.
 */
export function dependenciesIn(
  lock: { readonly packages: Readonly<Record<string, LockEntry>> },
  bundled: readonly string[] = [],
): Dependency[] {
  return Object.entries(lock.packages)
    .filter(([folder, { dev = false, link = false }]) => folder !== '' && !link && (!dev || bundled.includes(folder)))
    .map(([folder, { version = '', license = null }]) => ({
      name: folder.split('node_modules/').at(-1) ?? folder,
      version,
      licence: license,
      folder,
    }));
}

/** Returns the dependencies whose licence is not allowed. */
export const refusedAmong = (dependencies: readonly Dependency[]): Dependency[] =>
  dependencies.filter(({ licence }) => licence === null || !ALLOWED.includes(licence));

/** Returns the files of a package; none for an optional package of another platform, which is not installed. */
async function filesOf({ folder }: Dependency): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Returns the text of a package's licence and notices; an empty text when the package has no such file. */
async function textOf(dependency: Dependency): Promise<string> {
  const { folder } = dependency;
  const names = (await filesOf(dependency)).filter((name) => /^(licen[cs]e|notice|copying)/i.test(name)).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(`${folder}/${name}`, 'utf8')));
  return texts.map((text) => text.trim()).join('\n\n');
}

async function describeDependency(dependency: Dependency): Promise<string> {
  const { name, version, licence } = dependency;
  return `${name} ${version}\nLicence: ${licence}\n\n${await textOf(dependency)}`.trim();
}

/** Returns the folders of the packages in the built console. @throws Error when the console is not built. */
export const readBundled = async (): Promise<string[]> =>
  JSON.parse(await readFile('dist/console/packages.json', 'utf8')) as string[];

/** Writes the list to the file. Returns the exit code. */
export async function run(file: string | undefined, print: (line: string) => void): Promise<number> {
  const lock = JSON.parse(await readFile('package-lock.json', 'utf8')) as never;
  const dependencies = dependenciesIn(lock, await readBundled());
  const refused = refusedAmong(dependencies);
  for (const { name, licence } of refused) print(`${name}: the licence ${licence ?? '(none)'} is not allowed.`);
  if (refused.length > 0) return 1;
  if (file !== undefined) {
    const entries = await Promise.all(dependencies.map(describeDependency));
    await writeFile(file, `${entries.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
  }
  return 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = await run(process.argv[2], (line) => void process.stdout.write(`${line}\n`));
}
