// The process: arguments, environment, signals. The only file that touches `process`.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import {
  ConfigError,
  createGateway,
  loadAuditConfig,
  loadConfig,
  parseConfig,
  vendors,
  type Gateway,
  type GatewayConfig,
} from './gateway.ts';
import { tagOfText } from './observability/audit.ts';
import { classNameOf, errorCodeOf, createLog } from './observability/log.ts';
import { startSandbox, type Sandbox } from './sandbox/index.ts';

const USAGE = `patchbay: one GraphQL API over the database connections of several BI tools

  npm start                        the gateway over four sandbox vendors
  npm start -- --config FILE       the gateway over the instances in FILE (YAML or JSON); or PATCHBAY_CONFIG=FILE
  npm run sandbox                  the sandbox vendors alone
  npm start -- audit-tag --config FILE < VALUE
                                   the tag by which the audit knows a secret: it is read from standard input to its end,
                                   and one newline at the end is cut

Environment: HOST, PORT (where the gateway listens), SANDBOX_PORT (first of four ports, 4011; 0 for any),
NODE_ENV=production (no sandbox without being asked for, no GraphiQL unless configured).
`;

const FIRST_QUERY = `{ connections(first: 100) { totalCount nodes { name vendor dialect } sources { instance { key } count } } }`;

const { env } = process;
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const spellList = (lines: readonly string[]): string => lines.map((line) => `  ${line}\n`).join('');

const warn = (warnings: readonly string[]): void =>
  void process.stderr.write(`The configuration may have mistakes:\n${spellList(warnings)}`);

/** A mistake of whoever started it: told in words, exit 1. */
class UsageError extends Error {}

async function sandboxOnItsPorts(): Promise<Sandbox> {
  const first = env['SANDBOX_PORT'] ?? '4011';
  if (!/^\d{1,5}$/.test(first) || Number(first) > 65_532) {
    throw new UsageError('SANDBOX_PORT must be a number between 0 and 65532.');
  }
  try {
    return await startSandbox(Number(first));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new UsageError(
      `A port of the sandbox (${first} and the three after it) is taken; set SANDBOX_PORT to another, or 0.`,
    );
  }
}

function describeSandbox({ instances }: Sandbox): void {
  say('Sandbox vendors (in memory; these credentials open nothing else):');
  for (const { key, label: _label, vendor: _vendor, baseUrl, ...credentials } of instances) {
    const list = Object.entries(credentials).map(([name, value]) => `${name}=${value}`);
    say(`  ${key.padEnd(10)} ${baseUrl}  ${list.join(' ')}`);
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const code = 'code' in error ? error.code : undefined;
      const isTaken = code === 'EADDRINUSE';
      const isElsewhere = code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN';
      if (isTaken) reject(new UsageError(`Port ${port} is taken; set PORT to another.`));
      else reject(isElsewhere ? new UsageError('This machine has no such address to listen at; see HOST.') : error);
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

async function configure(path: string | undefined): Promise<{ config: GatewayConfig; sandbox: Sandbox | null }> {
  const sources = { vendors, environment: env };
  if (path) return { config: await loadConfig(path, sources), sandbox: null };
  if (env['NODE_ENV'] === 'production') {
    throw new UsageError(
      'There is no configuration, and in production the sandbox does not stand in for it: use --config FILE or PATCHBAY_CONFIG.',
    );
  }
  const sandbox = await sandboxOnItsPorts();
  return { config: parseConfig({ instances: sandbox.instances }, sources), sandbox };
}

/** From here on neither a child process nor a diagnostic report is given what was read. */
function dropFromEnvironment(names: readonly string[]): void {
  for (const name of names) delete env[name];
}

/** The environment may hold what is none of ours. Node 20 has no such switch. */
function keepEnvironmentOutOfReports(): void {
  if ('excludeEnv' in process.report) process.report.excludeEnv = true;
}

function stopOnSignal(stop: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      // What is under way is finished; a second signal ends it at once.
      process.once(signal, () => process.exit(1));
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });

async function serve(path: string | undefined): Promise<void> {
  const { config, sandbox } = await configure(path);
  dropFromEnvironment(config.variables);
  const gateway: Gateway = await createGateway(config, { log: createLog() });
  const server = createServer((request, response) => gateway.handle(request, response));
  const { host } = config.server;
  const port = await listen(server, host, config.server.port);
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}/graphql`;
  stopOnSignal(async () => {
    await closed(server);
    await gateway.close();
    await sandbox?.close();
  });
  if (config.warnings.length > 0) warn(config.warnings);
  if (sandbox) describeSandbox(sandbox);
  say(`Instances: ${gateway.instances.map(({ key, label }) => `${key} (${label})`).join(', ')}`);
  say(`Patchbay is ready at ${url}${config.server.graphiql ? ' — open it in a browser for GraphiQL' : ''}`);
  say(`A query to begin with:\n  ${FIRST_QUERY}`);
}

/** Standard input to its end, without the newline that echo and files put there. */
async function readValue(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new UsageError('The value on standard input must be UTF-8 text.');
  }
  const value = text.replace(/\r?\n$/, '');
  if (value === '') throw new UsageError('There is no value on standard input.');
  if (value !== text) process.stderr.write('One newline at the end of the value was cut.\n');
  return value;
}

async function tellTag(path: string | undefined): Promise<void> {
  const { key } = path ? await loadAuditConfig(path, env) : {};
  if (!key) {
    throw new UsageError(
      'Tags of a process without a key cannot be computed: it made one of its own and told nobody. Configure audit.key and name the file by --config FILE or PATCHBAY_CONFIG.',
    );
  }
  say(tagOfText(await readValue(), key.current()));
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { config: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  const [command = 'serve', ...rest] = positionals;
  if (values.help) return say(USAGE);
  const path = values.config ?? env['PATCHBAY_CONFIG'];
  // No word of what was given is repeated: it may be a value that belongs on standard input.
  if (rest.length > 0 || (positionals.length > 0 && !['sandbox', 'audit-tag'].includes(command))) {
    throw new UsageError(USAGE);
  }
  if (command === 'serve') return serve(path);
  if (command === 'audit-tag') return tellTag(path);
  const sandbox = await sandboxOnItsPorts();
  stopOnSignal(() => sandbox.close());
  describeSandbox(sandbox);
}

/** Class and code, never the message or stack of what nobody expected: either may hold anything. */
function crash(thrown: unknown): never {
  const code = errorCodeOf(thrown);
  process.stderr.write(`Patchbay stopped: ${classNameOf(thrown)}${code === null ? '' : ` (${code})`}\n`);
  process.exit(1);
}

/** What whoever started it did wrong is told in words; Node's own about arguments would quote them. */
function fail(error: unknown): never {
  if (error instanceof ConfigError) {
    process.stderr.write(`The configuration cannot be used:\n${spellList(error.problems)}`);
  } else if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`);
  } else if (errorCodeOf(error)?.startsWith('ERR_PARSE_ARGS')) {
    process.stderr.write(USAGE);
  } else {
    crash(error);
  }
  process.exit(1);
}

process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);
keepEnvironmentOutOfReports();
main().catch(fail);
