// Asks the registry for known vulnerabilities of the production dependencies. Exit code 1: one of them is high or critical. When the
// registry does not answer, that is told, and the exit code is 0.
import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';

export interface Verdict {
  readonly passed: boolean;
  readonly told: string;
}

interface Report {
  readonly metadata?: { readonly vulnerabilities: Readonly<Record<string, number>> };
}

/** Returns what follows from the report of `npm audit --json`. A report without counts is an error of the registry. */
export function verdictOf({ metadata }: Report): Verdict {
  if (metadata === undefined) {
    return { passed: true, told: 'npm audit: the registry did not answer. Nothing was checked.' };
  }
  const { high = 0, critical = 0, total = 0 } = metadata.vulnerabilities;
  return { passed: high + critical === 0, told: `npm audit: ${total} known, ${high} high, ${critical} critical.` };
}

const audit = (): Promise<Report> =>
  new Promise((resolve) => {
    execFile('npm', ['audit', '--omit=dev', '--json'], (_error, stdout) => {
      try {
        resolve(JSON.parse(stdout) as Report);
      } catch {
        resolve({});
      }
    });
  });

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { passed, told } = verdictOf(await audit());
  process.stdout.write(`${told}\n`);
  process.exitCode = passed ? 0 : 1;
}
