// What the commands share of the process: its output, its environment, its signals and its end.
import { flushLog, type Log } from '../observability/log.ts';

/** The environment of the process. */
export const { env } = process;

/** A mistake in the arguments or the environment. Its message is printed, and the process exits with 1. */
export class UsageError extends Error {}

/** Prints a line on standard output. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Prints a line on standard error. */
export const printError = (text: string): void => void process.stderr.write(`${text}\n`);

/** A log that writes nothing, for commands whose output is a report. */
export const SILENT_LOG: Log = { audit: () => {}, info: () => {}, error: () => {} };

/** Returns lines of a list below a heading, each indented. */
export const toIndentedLines = (lines: readonly string[]): string => lines.map((line) => `  ${line}`).join('\n');

/** Returns the path of the configuration file. @throws UsageError when none is named. */
export function requireConfig(path: string | undefined): string {
  if (path) return path;
  throw new UsageError('There is no configuration. Name the file with --config FILE or PATCHBAY_CONFIG.');
}

/** Sets the status with which the process exits when it has nothing more to do. */
export function failAtEnd(status: number): void {
  process.exitCode = status;
}

/** Ends the process when the log is written. */
export function exit(code: number): never {
  flushLog();
  process.exit(code);
}

/** Calls a function at each signal of a kind. Windows has no SIGHUP for this. */
export const onSignal = (signal: 'SIGHUP', act: () => void): void => void process.on(signal, act);

/** How often the process checks whether its shell still runs, in milliseconds. */
const SHELL_WATCH_MS = 200;

/**
 * Calls a function when the shell of npx or npm ends. They pass a signal to the shell that runs their command, and the shell ends
 * without passing it on: the process would stay behind without anybody who can end it.
 */
function onLostShell(act: () => void): void {
  if (env['npm_lifecycle_event'] === undefined) return;
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(timer);
    act();
  }, SHELL_WATCH_MS).unref();
}

/**
 * Calls `stop` at the first SIGINT or SIGTERM, and then exits. A second signal ends the process at once.
 * @param stop returns whether everything ended as it should; the process then exits with 0, and otherwise with 1.
 */
export function stopOnSignal(stop: () => Promise<boolean>): void {
  let isStopping = false;
  const begin = () => {
    isStopping = true;
    stop().then(
      (isClean) => exit(isClean ? 0 : 1),
      () => exit(1),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isStopping) exit(1);
      begin();
    });
  }
  onLostShell(() => {
    if (!isStopping) begin();
  });
}

/** Returns the text of standard input, without the newline at its end. @throws UsageError when it is empty or not UTF-8. */
export async function readValue(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new UsageError('The value on standard input must be UTF-8 text.');
  }
  const value = text.replace(/\r?\n$/, '');
  if (value === '') throw new UsageError('Standard input is empty.');
  if (value !== text) printError('One newline at the end of the value was removed.');
  return value;
}
