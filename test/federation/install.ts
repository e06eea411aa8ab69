// Installs the example's packages when they are missing or older than their lock file.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const EXAMPLE = fileURLToPath(new URL('../../examples/federation/', import.meta.url));

const changedAt = (path: string): number => statSync(`${EXAMPLE}${path}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;

export default function install(): void {
  // npm writes this one last.
  if (changedAt('node_modules/.package-lock.json') > changedAt('package-lock.json')) return;
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--silent'], { cwd: EXAMPLE, stdio: 'inherit' });
}
