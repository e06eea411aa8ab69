// The command line of `patchbay`: its commands, their options and their help. Each command is imported when it runs.
import { Command, CommanderError } from 'commander';
import { VERSION } from '../version.ts';
import type { CheckOptions } from './check.ts';
import type { ValidateOptions } from './config-validate.ts';
import type { PrintSchemaOptions } from './print-schema.ts';
import { env, UsageError } from './process.ts';
import type { TokenOptions } from './token-create.ts';

const ENVIRONMENT = `
Environment:
  PATCHBAY_CONFIG  the configuration file, when --config is not given
  HOST, PORT       where the gateway listens
  SANDBOX_PORT     first of the four ports of the sandbox (default 4011; 0 for any)
  NODE_ENV         with production: no sandbox in place of a configuration, no GraphiQL unless configured
`;

/** What commander calls a mistake, and what is printed for it. Its own messages quote the arguments, which may be secrets. */
const MISTAKES: Readonly<Record<string, string>> = {
  'commander.unknownOption': 'There is no such option.',
  'commander.unknownCommand': 'There is no such command.',
  'commander.excessArguments': 'There is no such command or argument.',
  'commander.optionMissingArgument': 'An option has no value.',
  'commander.missingMandatoryOptionValue': 'A required option is missing.',
  'commander.help': 'A command is missing.',
};

const nameOf = (command: Command): string =>
  command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();

/** Returns the command whose help lists what was probably meant. Commander takes an unknown command as an argument of `start`. */
const helpOf = (command: Command, { code }: CommanderError): Command =>
  code === 'commander.excessArguments' ? (command.parent ?? command) : command;

/** Replaces the messages of commander by one line, for a command and those below it. */
function replaceMessages(command: Command): void {
  command.exitOverride((error) => {
    if (error.exitCode === 0) throw error;
    const what = MISTAKES[error.code] ?? 'The arguments have a mistake.';
    throw new UsageError(`${what} Try \`${nameOf(helpOf(command, error))} --help\`.`);
  });
  command.configureOutput({ writeErr: () => {} });
  command.commands.forEach(replaceMessages);
}

interface ConfigOptions {
  readonly config?: string;
}

const pathOf = ({ config }: ConfigOptions): string | undefined => config ?? env['PATCHBAY_CONFIG'];

const CONFIG = ['--config <file>', 'the configuration file, YAML or JSON'] as const;

const JSON_OUTPUT = ['--json', 'print one JSON document in place of text'] as const;

function addConfigCommands(program: Command): void {
  program
    .command('config')
    .description('the configuration file')
    .command('validate')
    .description('find everything that `start` would refuse; no vendor is called')
    .option(...CONFIG)
    .option(...JSON_OUTPUT)
    .action(async (options: ConfigOptions & ValidateOptions) =>
      (await import('./config-validate.ts')).validateConfig(pathOf(options), options),
    );
}

function createProgram(): Command {
  const program = new Command('patchbay')
    .description('One GraphQL API over the database connections of several BI tools.')
    .version(VERSION)
    .addHelpText('after', ENVIRONMENT);
  program
    .command('start', { isDefault: true })
    .description('start the gateway; without a configuration, with four sandbox vendors (default command)')
    .option(...CONFIG)
    .action(async (options: ConfigOptions) => (await import('./start.ts')).start(pathOf(options)));
  program
    .command('sandbox')
    .description('start only the four sandbox vendors')
    .action(async () => (await import('./sandbox.ts')).runSandbox());
  program
    .command('check')
    .description('ask every instance whether the gateway can work with it; exits with 2 when one fails')
    .argument('[instance...]', 'the keys of the instances; all by default')
    .option(...CONFIG)
    .option(...JSON_OUTPUT)
    .action(async (keys: string[], options: ConfigOptions & CheckOptions) =>
      (await import('./check.ts')).check(pathOf(options), keys, options),
    );
  addConfigCommands(program);
  program
    .command('migrate')
    .description("bring the store's database to this version; `start` does the same")
    .option(...CONFIG)
    .action(async (options: ConfigOptions) => (await import('./migrate.ts')).migrateStore(pathOf(options)));
  program
    .command('print-schema')
    .description('print the GraphQL schema; with a configuration, as its section federation changes it')
    .option('--subgraph', 'print the schema as a subgraph of Apollo Federation')
    .option(...CONFIG)
    .action(async (options: ConfigOptions & PrintSchemaOptions) =>
      (await import('./print-schema.ts')).printSchema(pathOf(options), options),
    );
  program
    .command('audit-tag')
    .description('print the tag that a secret has in the audit log; the secret is read from standard input')
    .option(...CONFIG)
    .action(async (options: ConfigOptions) => (await import('./audit-tag.ts')).printAuditTag(pathOf(options)));
  program
    .command('token')
    .description('tokens of callers')
    .command('create')
    .description('print a new token once, and the lines of the configuration for it; nothing is stored')
    .option('--name <name>', 'the name of the caller')
    .option('--scope <scope...>', 'what the caller may do, such as connections:read or connections:write@omni-*')
    .option('--expires <instant>', 'when the token expires, such as 2027-01-31T00:00:00Z')
    .action(async (options: TokenOptions) => (await import('./token-create.ts')).createAndPrintToken(options));
  return program;
}

/** Runs the command that the arguments name. @throws UsageError when the arguments have a mistake. */
export async function runCommand(args: readonly string[]): Promise<void> {
  const program = createProgram();
  replaceMessages(program);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    // Help and version are printed already.
    if (!(error instanceof CommanderError && error.exitCode === 0)) throw error;
  }
}
