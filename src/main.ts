#!/usr/bin/env node
// The entry of the process: runs the command that its arguments name, and prints one line about what went wrong.
import { runCommand } from './commands/program.ts';
import { exit, printError, toIndentedLines, UsageError } from './commands/process.ts';
import { ConfigError } from './config/parse-section.ts';
import { classNameOf, errorCodeOf } from './observability/log.ts';

/** Excludes the environment from diagnostic reports, because it may hold secrets. Node 20 has no such option. */
function keepEnvironmentOutOfReports(): void {
  if ('excludeEnv' in process.report) process.report.excludeEnv = true;
}

/** Prints the class and the code of an unexpected error, and exits. Its message and its stack may hold secrets. */
function crash(thrown: unknown): never {
  const code = errorCodeOf(thrown);
  printError(`Patchbay stopped: ${classNameOf(thrown)}${code === null ? '' : ` (${code})`}`);
  exit(1);
}

/** Prints why the command cannot run, and exits. */
function fail(error: unknown): never {
  if (error instanceof ConfigError) {
    printError(`The configuration cannot be used:\n${toIndentedLines(error.problems)}`);
  } else if (error instanceof UsageError) {
    printError(error.message);
  } else {
    crash(error);
  }
  exit(1);
}

process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);
keepEnvironmentOutOfReports();
runCommand(process.argv.slice(2)).catch(fail);
