// Tells whether files have changed since they were read. It compares what the file system says of them, so that a change is found
// also when a file is replaced by another, as Kubernetes does.
import { statSync } from 'node:fs';

/** Returns a text that differs between two versions of a file; null when there is no such file at the moment. */
function versionOf(path: string): string | null {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return [mtimeMs, size, ino].join(' ');
  } catch {
    return null;
  }
}

/**
 * Returns a function that returns whether one of the files has changed since its last call, or since this call. Call this before the
 * files are read, so that no change is missed. A file that is missing counts as unchanged until it is there again.
 */
export function detectChanges(paths: readonly string[]): () => boolean {
  const known = new Map(paths.map((path) => [path, versionOf(path)]));
  return () => {
    const changed = paths.filter((path) => {
      const version = versionOf(path);
      return version !== null && version !== known.get(path);
    });
    for (const path of changed) known.set(path, versionOf(path));
    return changed.length > 0;
  };
}
