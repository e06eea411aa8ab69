// Starts the built gateway (see test/support/build.ts) like `npm start`, with a temporary folder for its files. All processes end
// with the tests of the file.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Run {
  readonly child: ChildProcess;
  readonly printed: { stdout: string; stderr: string };
  /** The exit code, when all output has arrived. */
  readonly ended: Promise<number | null>;
}

export interface Start {
  readonly env?: Readonly<Record<string, string>>;
  /** The content of standard input. */
  readonly input?: string | Buffer;
  /** Arguments for Node itself. */
  readonly node?: readonly string[];
}

function start(children: ChildProcess[], args: readonly string[], { env = {}, input = '', node = [] }: Start): Run {
  const child = spawn(process.execPath, [...node, 'dist/main.js', ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], PORT: '0', SANDBOX_PORT: '0', ...env },
  });
  children.push(child);
  // The process may end before it reads its input.
  child.stdin.on('error', () => {}).end(input);
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text;
    });
  }
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, printed, ended };
}

/** Waits until the standard output matches a pattern, and returns the match. */
export function waitFor({ child, printed, ended }: Run, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const found = pattern.exec(printed.stdout);
      if (found) resolve(found);
    };
    child.stdout?.on('data', look);
    ended.then(() => reject(new Error(`The process ended too early: ${printed.stderr}`)), reject);
    look();
  });
}

/** Sends a signal to the process and returns its exit code. */
export const stop = async ({ child, ended }: Run, signal: NodeJS.Signals = 'SIGTERM') => {
  child.kill(signal);
  return ended;
};

/** Expects that the process fails without output, and returns its standard error. */
export async function failed(run: Run): Promise<string> {
  expect(await run.ended).toBe(1);
  expect(run.printed.stdout).toBe('');
  return run.printed.stderr;
}

/** Returns functions that start processes and write files for them. Both are removed after the tests of the file. */
export function useProcesses() {
  const children: ChildProcess[] = [];
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'patchbay-process-'));
  }, 120_000);
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });
  return {
    start: (args: readonly string[], options: Start = {}): Run => start(children, args, options),
    pathOf: (name: string): string => join(folder, name),
    file: async (name: string, text: string): Promise<string> => {
      const path = join(folder, name);
      await writeFile(path, text);
      return path;
    },
  };
}
