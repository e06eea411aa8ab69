// What the published package may contain.

/** The files and folders at the top of the package. */
export const TOP_ENTRIES: readonly string[] = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'dist',
  'package.json',
  'schema',
];

/** Largest size of the packed file, in bytes. */
export const MAX_PACKED_BYTES = 2_000_000;

/** Files that do not belong in the package: tests, source maps, sources, environments, keys and logs. */
const UNWANTED = /(^|\/)(test|src|bench|node_modules)\/|\.test\.|\.map$|(?<!\.d)\.ts$|(^|\/)\.|\.(pem|key|log|tgz)$/;

/**
 * Returns what is wrong with the files of the package. An empty list means that all of them may be published.
 * @param paths paths from the root of the package.
 */
export function contentProblems(paths: readonly string[]): string[] {
  const top = [...new Set(paths.map((path) => path.split('/')[0] ?? ''))].toSorted();
  return [
    ...top.filter((entry) => !TOP_ENTRIES.includes(entry)).map((entry) => `${entry} does not belong in the package`),
    ...TOP_ENTRIES.filter((entry) => !top.includes(entry)).map((entry) => `${entry} is missing`),
    ...paths.filter((path) => UNWANTED.test(path)).map((path) => `${path} does not belong in the package`),
  ];
}
