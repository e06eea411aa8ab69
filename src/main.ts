// The process: arguments, environment and signals. Only this file uses `process`.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { ConfigError, loadAuditConfig, loadConfig, parseConfig, type GatewayConfig } from './config/parse-config.ts';
import { tagOfText } from './observability/audit-log.ts';
import type { Gateway } from './gateway.ts';
import { createNodeServer, type TlsFiles } from './server/node-server.ts';
import { classNameOf, errorCodeOf, createLog, flushLog, type Log } from './observability/log.ts';
import type { Sandbox } from './sandbox/index.ts';

// The vendors, the gateway and the sandbox are imported when they are needed, because they take most of the time of a start. The
// commands that do not use them, and the messages about mistakes, come at once.

const USAGE = `patchbay: one GraphQL API over the database connections of several BI tools

  npm start                        starts the gateway with four sandbox vendors
  npm start -- --config FILE       starts the gateway with the instances in FILE (YAML or JSON); or PATCHBAY_CONFIG=FILE
  npm run sandbox                  starts only the sandbox vendors
  npm start -- audit-tag --config FILE < VALUE
                                   prints the tag of a secret in the audit log; reads the secret from standard input,
                                   and removes one newline at its end
  npm start -- token create --name NAME --scope SCOPE [--scope SCOPE] [--expires INSTANT]
                                   prints a new token once, and the lines of the configuration for it; stores nothing

Environment: HOST, PORT (where the gateway listens), SANDBOX_PORT (first of four ports, 4011; 0 for any),
NODE_ENV=production (no sandbox in place of a configuration, no GraphiQL unless configured).
`;

const FIRST_QUERY = `{ connections(first: 100) { totalCount nodes { name vendor dialect } sources { instance { key } count } } }`;

const { env } = process;
const print = (text: string): void => void process.stdout.write(`${text}\n`);

const toIndentedLines = (lines: readonly string[]): string => lines.map((line) => `  ${line}\n`).join('');

const printWarnings = (warnings: readonly string[]): void =>
  void process.stderr.write(`The configuration may have mistakes:\n${toIndentedLines(warnings)}`);

/**
 * How long a connection of a client stays open without a request. Proxies and load balancers keep idle connections for up to a minute:
 * the side that sends the requests has to close them first, or a request meets a connection that is being closed.
 */
const IDLE_CONNECTION_MS = 65_000;

/** Ends the process when the log is written. */
function exit(code: number): never {
  flushLog();
  process.exit(code);
}

/** A mistake in the arguments or the environment. Its message is printed, and the process exits with 1. */
class UsageError extends Error {}

async function startSandboxFromEnvironment(): Promise<Sandbox> {
  const first = env['SANDBOX_PORT'] ?? '4011';
  if (!/^\d{1,5}$/.test(first) || Number(first) > 65_532) {
    throw new UsageError('SANDBOX_PORT must be a number between 0 and 65532.');
  }
  const { startSandbox } = await import('./sandbox/index.ts');
  try {
    return await startSandbox(Number(first));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new UsageError(
      `A port of the sandbox (${first} and the next three) is in use. Set SANDBOX_PORT to another one, or to 0.`,
    );
  }
}

function describeSandbox({ instances }: Sandbox): void {
  print('Sandbox vendors (in memory; these credentials open nothing else):');
  for (const { key, label: _label, vendor: _vendor, baseUrl, ...credentials } of instances) {
    const list = Object.entries(credentials).map(([name, value]) => `${name}=${value}`);
    print(`  ${key.padEnd(10)} ${baseUrl}  ${list.join(' ')}`);
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const code = 'code' in error ? error.code : undefined;
      const isTaken = code === 'EADDRINUSE';
      const isUnknownAddress = code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN';
      if (isTaken) reject(new UsageError(`Port ${port} is in use. Set PORT to another one.`));
      else reject(isUnknownAddress ? new UsageError('HOST is not an address of this machine.') : error);
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

async function configure(path: string | undefined): Promise<{ config: GatewayConfig; sandbox: Sandbox | null }> {
  if (!path && env['NODE_ENV'] === 'production') {
    throw new UsageError(
      'There is no configuration. In production the sandbox does not replace it: use --config FILE or PATCHBAY_CONFIG.',
    );
  }
  const { vendors } = await import('./vendors/index.ts');
  const sources = { vendors, environment: env };
  if (path) return { config: await loadConfig(path, sources), sandbox: null };
  const sandbox = await startSandboxFromEnvironment();
  return { config: parseConfig({ instances: sandbox.instances }, sources), sandbox };
}

/** Deletes variables from the environment, so that no child process and no diagnostic report contains their values. */
function dropFromEnvironment(names: readonly string[]): void {
  for (const name of names) delete env[name];
}

/** Excludes the environment from diagnostic reports, because it may hold secrets. Node 20 has no such option. */
function keepEnvironmentOutOfReports(): void {
  if ('excludeEnv' in process.report) process.report.excludeEnv = true;
}

function stopOnSignal(stop: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      // Requests in progress are finished. A second signal ends the process at once.
      process.once(signal, () => exit(1));
      stop().then(
        () => exit(0),
        () => exit(1),
      );
    });
  }
}

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });

/**
 * Sets how V8 collects garbage. The heap may grow to twice the size of what is in use before old objects are collected; by default V8
 * chooses up to four times. On one core young objects are collected in one thread: several would only wait for each other.
 */
function tuneGarbageCollection(): void {
  setFlagsFromString('--heap-growing-percent=100');
  if (availableParallelism() === 1) setFlagsFromString('--no-parallel-scavenge');
}

/** Returns the server of the gateway. @throws UsageError when the files for TLS cannot be used. */
function openServer(gateway: Gateway, tls: TlsFiles | null, log: Log): Server {
  try {
    return createNodeServer(
      (request, response) => gateway.handle(request, response),
      tls,
      () => log.error('the changed files of server.tls cannot be used; the certificate of before stays in use'),
    );
  } catch {
    throw new UsageError('server.tls: certFile and keyFile must be PEM files of a certificate and its private key.');
  }
}

async function serve(path: string | undefined): Promise<void> {
  tuneGarbageCollection();
  const { config, sandbox } = await configure(path);
  dropFromEnvironment(config.variables);
  const { createGateway } = await import('./gateway.ts');
  const log = createLog();
  const gateway = await createGateway(config, { log });
  const { tls } = config.server;
  const server = openServer(gateway, tls, log);
  server.keepAliveTimeout = IDLE_CONNECTION_MS;
  const { host } = config.server;
  const port = await listen(server, host, config.server.port);
  const url = `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}/graphql`;
  stopOnSignal(async () => {
    await closeServer(server);
    await gateway.close();
    await sandbox?.close();
  });
  if (config.warnings.length > 0) printWarnings(config.warnings);
  if (sandbox) describeSandbox(sandbox);
  print(`Instances: ${gateway.instances.map(({ key, label }) => `${key} (${label})`).join(', ')}`);
  print(`Patchbay is ready at ${url}${config.server.graphiql ? ' — open it in a browser for GraphiQL' : ''}`);
  print(`A first query:\n  ${FIRST_QUERY}`);
}

/** Returns the text of standard input, without the newline at its end. @throws UsageError when it is empty or not UTF-8. */
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
  if (value === '') throw new UsageError('Standard input is empty.');
  if (value !== text) process.stderr.write('One newline at the end of the value was removed.\n');
  return value;
}

async function printAuditTag(path: string | undefined): Promise<void> {
  const { key } = path ? await loadAuditConfig(path, env) : {};
  if (!key) {
    throw new UsageError(
      'There is no audit.key. Without it, each process uses a random key, and its tags cannot be computed. Configure audit.key, and name the file with --config FILE or PATCHBAY_CONFIG.',
    );
  }
  print(tagOfText(await readValue(), key.current()));
}

interface TokenOptions {
  readonly name?: string | undefined;
  readonly scope?: readonly string[] | undefined;
  readonly expires?: string | undefined;
}

/** Returns a problem of an entry of the configuration as one of the option that the value comes from. */
const toOptionProblem = (problem: string): string => problem.replace(/^(name|scope|expires)\w*(?:\[\d+\])?/, '--$1');

/** Prints a new token and the lines of the configuration for it. @throws UsageError when an option has a mistake. */
async function createAndPrintToken({ name, scope: scopes = [], expires }: TokenOptions): Promise<void> {
  const { createToken } = await import('./authentication/tokens.ts');
  const { tokenProblems } = await import('./config/parse-auth.ts');
  const { token, hash } = createToken();
  const entry = { name, hash, scopes, ...(expires === undefined ? {} : { expiresAt: expires }) };
  const problems = tokenProblems(entry);
  if (problems.length > 0) throw new UsageError(problems.map(toOptionProblem).join('\n'));
  print(`The token, which is not shown again:\n  ${token}\n`);
  print('The lines for the configuration, under auth.tokens:');
  print(`  - name: ${JSON.stringify(name)}\n    hash: ${hash}\n    scopes: ${JSON.stringify(scopes)}`);
  if (expires !== undefined) print(`    expiresAt: ${JSON.stringify(expires)}`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      config: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
      name: { type: 'string' },
      scope: { type: 'string', multiple: true },
      expires: { type: 'string' },
    },
  });
  const [command = 'serve', ...rest] = positionals;
  if (values.help) return print(USAGE);
  if (command === 'token' && rest.length === 1 && rest[0] === 'create') return createAndPrintToken(values);
  const path = values.config ?? env['PATCHBAY_CONFIG'];
  // The message does not repeat the arguments, because one may be a secret that belongs on standard input.
  if (rest.length > 0 || (positionals.length > 0 && !['sandbox', 'audit-tag'].includes(command))) {
    throw new UsageError(USAGE);
  }
  if (command === 'serve') return serve(path);
  if (command === 'audit-tag') return printAuditTag(path);
  const sandbox = await startSandboxFromEnvironment();
  stopOnSignal(() => sandbox.close());
  describeSandbox(sandbox);
}

/** Prints the class and the code of an unexpected error, and exits. Its message and its stack may hold secrets. */
function crash(thrown: unknown): never {
  const code = errorCodeOf(thrown);
  process.stderr.write(`Patchbay stopped: ${classNameOf(thrown)}${code === null ? '' : ` (${code})`}\n`);
  exit(1);
}

/** Prints why the process cannot start, and exits. The messages of `parseArgs` are replaced, because they quote the arguments. */
function fail(error: unknown): never {
  if (error instanceof ConfigError) {
    process.stderr.write(`The configuration cannot be used:\n${toIndentedLines(error.problems)}`);
  } else if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`);
  } else if (errorCodeOf(error)?.startsWith('ERR_PARSE_ARGS')) {
    process.stderr.write(USAGE);
  } else {
    crash(error);
  }
  exit(1);
}

process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);
keepEnvironmentOutOfReports();
main().catch(fail);
