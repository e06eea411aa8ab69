// The composition root: configuration, vendors, services, GraphQL, HTTP. For the process (main.ts), for tests, and for
// whoever embeds the gateway.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import type { GatewayConfig, InstanceConfig } from './config/parse.ts';
import { dialects as knownDialects } from './dialects/index.ts';
import { isCredentialValue } from './secrets/credential.ts';
import type { Dialect } from './fields/dialect.ts';
import type { Secret } from './secrets/secret.ts';
import type { Instance } from './domain/instance.ts';
import { createSchema } from './graphql/schema.ts';
import { typePrefixer, prefixDocument } from './graphql/type-prefix.ts';
import { createHttpClient, type HttpClient } from './http/client.ts';
import { createRateLimiter, type RateLimiter } from './http/rate-limiter.ts';
import { createAuditLog } from './observability/audit.ts';
import { classNameOf, createLog, type Log } from './observability/log.ts';
import { readTabs } from './server/graphiql.ts';
import { createServer } from './server/yoga.ts';
import { createHealthCheck } from './services/check-health.ts';
import { createIdempotency, createMemoryStore, type IdempotencyStore } from './services/idempotency.ts';
import { createReads } from './services/reads.ts';
import type { Registry } from './services/registry.ts';
import { vendors as knownVendors } from './vendors/index.ts';
import type { VendorModule } from './vendors/module.ts';

export { ConfigError, loadAuditConfig, loadConfig, parseConfig, type GatewayConfig } from './config/parse.ts';
export { createSchema, knownDialects as dialects, knownVendors as vendors };

export interface GatewayOptions {
  readonly vendors?: readonly VendorModule[];
  readonly dialects?: readonly Dialect[];
  readonly log?: Log;
  /** The clock, in milliseconds. */
  readonly now?: () => number;
  /** Made before by createSchema for the same vendors, dialects and prefix: it is most of the work of a start. */
  readonly schema?: GraphQLSchema;
  /** Where idempotency keys are kept; in the process when left out. */
  readonly idempotencyStore?: IdempotencyStore;
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

const credentialsOf = ({ settings }: InstanceConfig): Secret[] =>
  Object.values(settings)
    .filter(isCredentialValue)
    .map((credential) => credential.current());

const haveSameCredentials = (one: InstanceConfig, other: InstanceConfig): boolean => {
  const [ours, theirs] = [credentialsOf(one), credentialsOf(other)];
  return (
    one.vendor === other.vendor &&
    one.http.baseUrl === other.http.baseUrl &&
    ours.length === theirs.length &&
    ours.every((secret, at) => secret.equals(theirs[at] as Secret))
  );
};

/** One limiter for each credential: vendors count by it, however many instances use it. */
function createLimiters(instances: readonly InstanceConfig[], now: () => number): RateLimiter[] {
  const limiters: RateLimiter[] = [];
  instances.forEach((one, at) => {
    const shared = instances.slice(0, at).findIndex((other) => haveSameCredentials(one, other));
    limiters.push(limiters[shared] ?? createRateLimiter({ perMinute: one.perMinute }, now));
  });
  return limiters;
}

function connectInstance(
  { key, label, vendor, http, settings, cache }: InstanceConfig,
  client: HttpClient,
  limiter: RateLimiter,
): Instance {
  return {
    cache,
    rateLimit: () => limiter.state(),
    deadline: (kind) => client.deadline(kind),
    key,
    label,
    vendor,
    host: new URL(http.baseUrl).host,
    api: vendor.connect({ settings, http: client, label }),
  };
}

export async function createGateway(config: GatewayConfig, options: GatewayOptions = {}): Promise<Gateway> {
  const {
    vendors = knownVendors,
    dialects = knownDialects,
    log = createLog(),
    now = Date.now,
    idempotencyStore,
  } = options;
  const { typePrefix = '', inlineTrace } = config.federation;
  const { schema = createSchema({ vendors, dialects }, { typePrefix }) } = options;
  const limiters = createLimiters(config.instances, now);
  const clients = config.instances.map(({ http }, at) =>
    createHttpClient(http, { limiter: limiters[at] as RateLimiter, now }),
  );
  const instances = config.instances.map((one, at) =>
    connectInstance(one, clients[at] as HttpClient, limiters[at] as RateLimiter),
  );
  const registry: Registry = { vendors, dialects, instances };
  const nameType = typePrefixer(typePrefix);
  const tabs = config.server.graphiql ? await readTabs(OPERATIONS) : null;
  const reads = createReads(now);
  const { requestMs } = config.server;
  const server = createServer({
    schema,
    registry,
    reads,
    checkHealth: createHealthCheck(),
    idempotency: createIdempotency(idempotencyStore ?? createMemoryStore(now), (thrown) =>
      log.error('idempotency store failed', { errorClass: classNameOf(thrown) }),
    ),
    log,
    auditLog: createAuditLog(log, config.audit.key?.current()),
    requestMs,
    inlineTrace,
    graphiql: tabs && tabs.map((tab) => ({ ...tab, query: prefixDocument(tab.query, nameType) })),
  });
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
