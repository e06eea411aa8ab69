// The command `start`: reads the configuration, listens, and serves the gateway until a signal.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import type { GatewayConfig } from '../config/parse-config.ts';
import type { Gateway } from '../gateway.ts';
import { createLog } from '../observability/log.ts';
import type { Sandbox } from '../sandbox/index.ts';
import { detectChanges } from '../server/file-changes.ts';
import { createNodeServer } from '../server/node-server.ts';
import { configure, readEnvironment, reloadOnDemand } from './configure.ts';
import { print, printError, stopOnSignal, toIndentedLines, UsageError } from './process.ts';
import { describeSandbox } from './sandbox.ts';

// The vendors and the gateway are imported when they are needed, because they take most of the time of a start. A message about a
// mistake comes at once.

const FIRST_QUERY = `{ connections(first: 100) { totalCount nodes { name vendor dialect } sources { instance { key } count } } }`;

/**
 * How long a connection of a client stays open without a request. Proxies and load balancers keep idle connections for up to a minute:
 * the side that sends the requests has to close them first, or a request meets a connection that is being closed.
 */
const IDLE_CONNECTION_MS = 65_000;

/** Returns a host as URLs have it. */
const toUrlHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** What an error about an address names: where the host and the port come from. */
interface AddressSource {
  readonly host: string;
  readonly port: string;
}

const ENVIRONMENT: AddressSource = { host: 'HOST', port: 'PORT' };
const OPERATIONS: AddressSource = { host: 'operations.host', port: 'operations.port' };

/** Returns the port that the server listens on. @throws UsageError when the address cannot be used. */
function listen(server: Server, host: string, port: number, source: AddressSource): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const code = 'code' in error ? error.code : undefined;
      const isTaken = code === 'EADDRINUSE';
      const isUnknownAddress = code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN';
      if (isTaken) reject(new UsageError(`Port ${port} is in use. Set ${source.port} to another one.`));
      else reject(isUnknownAddress ? new UsageError(`${source.host} is not an address of this machine.`) : error);
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/**
 * Sets how V8 collects garbage. The heap may grow to twice the size of what is in use before old objects are collected; by default V8
 * chooses up to four times. On one core young objects are collected in one thread: several would only wait for each other.
 */
function tuneGarbageCollection(): void {
  setFlagsFromString('--heap-growing-percent=100');
  if (availableParallelism() === 1) setFlagsFromString('--no-parallel-scavenge');
}

/** Listens on the port for operators, if there is one. Returns the server; null without one. */
async function openOperations(gateway: Gateway, { operations }: GatewayConfig): Promise<Server | null> {
  if (!operations) return null;
  const server = createServer((request, response) => gateway.handleOperations(request, response));
  const port = await listen(server, operations.host, operations.port, OPERATIONS);
  print(`Metrics and health pages are at http://${toUrlHost(operations.host)}:${port}`);
  return server;
}

/**
 * Ends the gateway: it refuses new requests and finishes those in progress.
 * @returns whether all requests and mutations in progress ended in time.
 */
async function shutDown(gateway: Gateway, server: Server, shutdownMs: number): Promise<boolean> {
  const drained = gateway.drain().then(() => true);
  server.close();
  server.closeIdleConnections();
  const isDrained = await Promise.race([drained, setTimeout(shutdownMs, false)]);
  server.closeAllConnections();
  await gateway.close();
  return isDrained;
}

function describeStart(config: GatewayConfig, sandbox: Sandbox | null, gateway: Gateway, url: string): void {
  if (config.warnings.length > 0) {
    printError(`The configuration may have mistakes:\n${toIndentedLines(config.warnings)}`);
  }
  if (sandbox) describeSandbox(sandbox);
  print(`Instances: ${gateway.instances.map(({ key, label }) => `${key} (${label})`).join(', ')}`);
  if (config.console !== 'off') print(`The console, for people: ${new URL('/', url).href}`);
  print(`Patchbay is ready at ${url}${config.server.graphiql ? ' — open it in a browser for GraphiQL' : ''}`);
  print(`A first query:\n  ${FIRST_QUERY}`);
}

/** Runs the command. It ends by a signal. @param path the configuration file; undefined for the sandbox. */
export async function start(path: string | undefined): Promise<void> {
  tuneGarbageCollection();
  const environment = readEnvironment();
  const hasChanged = detectChanges(path === undefined ? [] : [path]);
  const { config, sandbox } = await configure(path, environment.values);
  environment.hide(config.variables);
  const { createGateway } = await import('../gateway.ts');
  const log = createLog(null, config.log);
  const gateway = await createGateway(config, { logger: log });
  const { tls, host, shutdownMs, reloadOnChange } = config.server;
  const server = createNodeServer(
    (request, response) => gateway.handle(request, response),
    tls,
    () => log.error('the changed files of server.tls cannot be used; the certificate of before stays in use'),
  );
  server.keepAliveTimeout = IDLE_CONNECTION_MS;
  const port = await listen(server, host, config.server.port, ENVIRONMENT);
  const operations = await openOperations(gateway, config);
  stopOnSignal(async () => {
    const isDrained = await shutDown(gateway, server, shutdownMs);
    operations?.close();
    operations?.closeAllConnections();
    await sandbox?.close();
    if (!isDrained) log.error('stopped before all requests ended');
    return isDrained;
  });
  if (path) reloadOnDemand(reloadOnChange, { path, gateway, environment, log, hasChanged });
  describeStart(config, sandbox, gateway, `${tls ? 'https' : 'http'}://${toUrlHost(host)}:${port}/graphql`);
  // In the background: a vendor that is down does not stop the gateway.
  if (config.server.checkAtStart) void gateway.checkInstances();
}
