// The composition root: configuration, vendors, services, GraphQL, HTTP. For the process (main.ts), for tests, and for
// whoever embeds the gateway.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import type { GatewayConfig, InstanceConfig } from './config/parse.ts';
import { dialects as knownDialects } from './dialects/index.ts';
import type { Dialect } from './domain/dialect.ts';
import type { Instance } from './domain/vendor.ts';
import { createSchema } from './graphql/schema.ts';
import { createHttpClient, type HttpClient } from './http/client.ts';
import { createLog, type Log } from './observability/log.ts';
import { readTabs } from './server/graphiql.ts';
import { createServer } from './server/yoga.ts';
import { createHealthCheck } from './services/check-health.ts';
import type { Registry } from './services/registry.ts';
import { vendors as knownVendors } from './vendors/index.ts';
import type { VendorModule } from './vendors/module.ts';

export { ConfigError, loadConfig, parseConfig, type GatewayConfig } from './config/parse.ts';
export { knownDialects as dialects, knownVendors as vendors };

export interface GatewayOptions {
  readonly vendors?: readonly VendorModule[];
  readonly dialects?: readonly Dialect[];
  readonly log?: Log;
}

export interface Gateway {
  readonly schema: GraphQLSchema;
  readonly instances: readonly Instance[];
  /** Answers a request without a socket. */
  fetch(request: Request): Promise<Response>;
  /** Answers a request of Node's HTTP server. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Lets go of the connections to the vendors. */
  close(): Promise<void>;
}

const OPERATIONS = new URL('../schema/operations/', import.meta.url);

function connectInstance({ key, label, vendor, http, settings }: InstanceConfig, client: HttpClient): Instance {
  return {
    key,
    label,
    vendor,
    host: new URL(http.baseUrl).host,
    api: vendor.connect({ settings, http: client, label }),
  };
}

export async function createGateway(config: GatewayConfig, options: GatewayOptions = {}): Promise<Gateway> {
  const { vendors = knownVendors, dialects = knownDialects, log = createLog() } = options;
  const clients = config.instances.map(({ http }) => createHttpClient(http));
  const instances = config.instances.map((one, at) => connectInstance(one, clients[at] as HttpClient));
  const registry: Registry = { vendors, dialects, instances };
  const schema = createSchema({ vendors, dialects });
  const graphiql = config.server.graphiql ? await readTabs(OPERATIONS) : null;
  const server = createServer({ schema, registry, checkHealth: createHealthCheck(), log, graphiql });
  return {
    schema,
    instances,
    fetch: async (request) => server.fetch(request),
    handle: (request, response) => void server(request, response),
    close: async () => {
      await Promise.all(clients.map((client) => client.close()));
    },
  };
}
