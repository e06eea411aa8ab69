// The command `start`: reads the configuration, listens, and serves the gateway until a signal.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { loadConfig, parseConfig, type GatewayConfig } from '../config/parse-config.ts';
import type { Gateway } from '../gateway.ts';
import { createLog, type Log } from '../observability/log.ts';
import type { Sandbox } from '../sandbox/index.ts';
import { createNodeServer, type TlsFiles } from '../server/node-server.ts';
import { env, print, printError, stopOnSignal, toIndentedLines, UsageError } from './process.ts';
import { describeSandbox, startSandboxFromEnvironment } from './sandbox.ts';

// The vendors and the gateway are imported when they are needed, because they take most of the time of a start. A message about a
// mistake comes at once.

const FIRST_QUERY = `{ connections(first: 100) { totalCount nodes { name vendor dialect } sources { instance { key } count } } }`;

/**
 * How long a connection of a client stays open without a request. Proxies and load balancers keep idle connections for up to a minute:
 * the side that sends the requests has to close them first, or a request meets a connection that is being closed.
 */
const IDLE_CONNECTION_MS = 65_000;

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
  const { vendors } = await import('../vendors/index.ts');
  const sources = { vendors, environment: env };
  if (path) return { config: await loadConfig(path, sources), sandbox: null };
  const sandbox = await startSandboxFromEnvironment();
  return { config: parseConfig({ instances: sandbox.instances }, sources), sandbox };
}

/** Deletes variables from the environment, so that no child process and no diagnostic report contains their values. */
function dropFromEnvironment(names: readonly string[]): void {
  for (const name of names) delete env[name];
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

/** Runs the command. It ends by a signal. @param path the configuration file; undefined for the sandbox. */
export async function start(path: string | undefined): Promise<void> {
  tuneGarbageCollection();
  const { config, sandbox } = await configure(path);
  dropFromEnvironment(config.variables);
  const { createGateway } = await import('../gateway.ts');
  const log = createLog();
  const gateway = await createGateway(config, { logger: log });
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
  if (config.warnings.length > 0) {
    printError(`The configuration may have mistakes:\n${toIndentedLines(config.warnings)}`);
  }
  if (sandbox) describeSandbox(sandbox);
  print(`Instances: ${gateway.instances.map(({ key, label }) => `${key} (${label})`).join(', ')}`);
  print(`Patchbay is ready at ${url}${config.server.graphiql ? ' — open it in a browser for GraphiQL' : ''}`);
  print(`A first query:\n  ${FIRST_QUERY}`);
}
