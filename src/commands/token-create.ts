// The command `token create`: prints a new token and the lines of the configuration for it. It stores nothing.
import { createToken } from '../authentication/tokens.ts';
import { tokenProblems } from '../config/parse-auth.ts';
import { print, UsageError } from './process.ts';

export interface TokenOptions {
  readonly name?: string | undefined;
  /** The scopes of the caller. */
  readonly scope?: readonly string[] | undefined;
  /** When the token expires, as an ISO 8601 instant. */
  readonly expires?: string | undefined;
}

/** Returns a problem of an entry of the configuration as one of the option that the value comes from. */
const toOptionProblem = (problem: string): string => problem.replace(/^(name|scope|expires)\w*(?:\[\d+\])?/, '--$1');

/** Runs the command. @throws UsageError when an option has a mistake. */
export async function createAndPrintToken({ name, scope: scopes = [], expires }: TokenOptions): Promise<void> {
  const { token, hash } = createToken();
  const entry = { name, hash, scopes, ...(expires === undefined ? {} : { expiresAt: expires }) };
  const problems = tokenProblems(entry);
  if (problems.length > 0) throw new UsageError(problems.map(toOptionProblem).join('\n'));
  print(`The token, which is not shown again:\n  ${token}\n`);
  print('The lines for the configuration, under auth.tokens:');
  print(`  - name: ${JSON.stringify(name)}\n    hash: ${hash}\n    scopes: ${JSON.stringify(scopes)}`);
  if (expires !== undefined) print(`    expiresAt: ${JSON.stringify(expires)}`);
}
