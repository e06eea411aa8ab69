// The composition root: connects configuration, vendors, services, GraphQL and HTTP to a gateway. Used by the process (main.ts),
// by tests, and by applications that embed the gateway.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import { authenticateByJwt } from './authentication/jwt.ts';
import { keyReaderOf } from './authentication/read-keys.ts';
import { authenticateByTokens } from './authentication/tokens.ts';
import type { Authenticate } from './authentication/authenticate.ts';
import type { AuthConfig } from './config/parse-auth.ts';
import { ConfigError, type GatewayConfig, type InstanceConfig } from './config/parse-config.ts';
import { dialects as knownDialects } from './dialects/index.ts';
import { isCredentialValue } from './secrets/credential.ts';
import type { Dialect } from './fields/dialect.ts';
import type { Secret } from './secrets/secret.ts';
import type { Instance } from './domain/instance.ts';
import { createSchema } from './graphql/schema.ts';
import { typePrefixer, prefixDocument } from './graphql/type-prefix.ts';
import { createHttpClient, type HttpClient } from './http/client.ts';
import { createRateLimiter, type RateLimiter } from './http/rate-limiter.ts';
import { createAuditLog } from './observability/audit-log.ts';
import { classNameOf, createLog, type Log } from './observability/log.ts';
import { readTabs } from './server/graphiql.ts';
import { manifestProblems } from './server/manifest-problems.ts';
import { createServer } from './server/yoga.ts';
import { createHealthCheck } from './services/check-instance-health.ts';
import { createIdempotency, createMemoryStore, type IdempotencyStore } from './services/idempotency/idempotency.ts';
import { createCachedReads } from './services/cached-reads.ts';
import type { Registry } from './services/registry.ts';
import { createRegistryViews } from './services/registry-views.ts';
import { vendors as knownVendors } from './vendors/index.ts';
import type { VendorModule } from './vendors/define-vendor.ts';

export { ConfigError, loadConfig, parseConfig, type ConfigSources, type GatewayConfig } from './config/parse-config.ts';
export { createLog, createSchema, knownDialects as dialects, knownVendors as vendors };
export type { LogFields } from './observability/log.ts';
export type { Dialect, IdempotencyStore, Instance, Log, VendorModule };

export interface GatewayOptions {
  readonly vendors?: readonly VendorModule[];
  readonly dialects?: readonly Dialect[];
  /** Where the gateway logs; standard output by default. */
  readonly logger?: Log;
  /** Returns the time as milliseconds since 1970, as Date.now does, which is the default. */
  readonly clock?: () => number;
  /** A schema that createSchema returned for the same vendors, dialects and prefix. Creating it takes most of the start-up time. */
  readonly schema?: GraphQLSchema;
  /** Stores idempotency keys; the memory of the process by default. */
  readonly idempotencyStore?: IdempotencyStore;
}

export interface Gateway {
  readonly schema: GraphQLSchema;
  readonly instances: readonly Instance[];
  /** Answers a request without a socket. */
  fetch(request: Request): Promise<Response>;
  /** Answers a request of Node's HTTP server. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Closes the connections to the vendors. */
  close(): Promise<void>;
}

const OPERATIONS = new URL('../schema/operations/', import.meta.url);

/** Returns how callers are authenticated; null for mode none. */
function createAuthenticate(auth: AuthConfig, log: Log, now: () => number): Authenticate | null {
  if (auth.mode === 'none') return null;
  if (auth.mode === 'tokens') return authenticateByTokens(auth.tokens, now);
  return authenticateByJwt(auth.jwt, keyReaderOf(auth.jwt), now, (thrown) =>
    log.error('keys of the issuer cannot be read', { errorClass: classNameOf(thrown) }),
  );
}

const credentialsOf = ({ settings }: InstanceConfig): Secret[] =>
  Object.values(settings)
    .filter(isCredentialValue)
    .map((credential) => credential.current());

const haveSameCredentials = (first: InstanceConfig, second: InstanceConfig): boolean => {
  const [firstSecrets, secondSecrets] = [credentialsOf(first), credentialsOf(second)];
  return (
    first.vendor === second.vendor &&
    first.http.baseUrl === second.http.baseUrl &&
    firstSecrets.length === secondSecrets.length &&
    firstSecrets.every((secret, index) => secret.equals(secondSecrets[index] as Secret))
  );
};

/** Returns a limiter for each instance. Instances with the same credentials share one, because vendors limit rates by credential. */
function createLimiters(instances: readonly InstanceConfig[], now: () => number): RateLimiter[] {
  const limiters: RateLimiter[] = [];
  instances.forEach((instance, index) => {
    const shared = instances.slice(0, index).findIndex((other) => haveSameCredentials(instance, other));
    limiters.push(limiters[shared] ?? createRateLimiter({ perMinute: instance.perMinute }, now));
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

/** @throws ConfigError when a document of the manifest is not valid for the schema. */
function checkManifest(schema: GraphQLSchema, { manifest }: GatewayConfig['server']['documents']): void {
  const problems = manifest ? manifestProblems(schema, manifest) : [];
  if (problems.length > 0) throw new ConfigError(problems);
}

/**
 * Returns a gateway for a configuration. It makes no vendor call.
 * @throws ConfigError when the configuration does not fit the schema.
 */
export async function createGateway(config: GatewayConfig, options: GatewayOptions = {}): Promise<Gateway> {
  const {
    vendors = knownVendors,
    dialects = knownDialects,
    logger: log = createLog(),
    clock: now = Date.now,
    idempotencyStore,
  } = options;
  const { typePrefix = '', inlineTrace, authenticated: isAuthenticated } = config.federation;
  const { schema = createSchema({ vendors, dialects }, { typePrefix, isAuthenticated }) } = options;
  checkManifest(schema, config.server.documents);
  const limiters = createLimiters(config.instances, now);
  const clients = config.instances.map(({ http }, index) =>
    createHttpClient(http, { limiter: limiters[index] as RateLimiter, now }),
  );
  const instances = config.instances.map((instance, index) =>
    connectInstance(instance, clients[index] as HttpClient, limiters[index] as RateLimiter),
  );
  const registry: Registry = { vendors, dialects, instances };
  const nameType = typePrefixer(typePrefix);
  const tabs = config.server.graphiql ? await readTabs(OPERATIONS) : null;
  const reads = createCachedReads(now);
  const registryOf = createRegistryViews(registry);
  const { requestMs } = config.server;
  const server = await createServer({
    schema,
    authenticate: createAuthenticate(config.auth, log, now),
    registryOf: config.auth.mode === 'none' ? () => registry : registryOf,
    reads,
    checkHealth: createHealthCheck(),
    idempotency: createIdempotency(idempotencyStore ?? createMemoryStore(now), (thrown) =>
      log.error('idempotency store failed', { errorClass: classNameOf(thrown) }),
    ),
    log,
    auditLog: createAuditLog(log, config.audit.key?.current()),
    requestMs,
    limits: config.limits,
    inlineTrace,
    access: config.server,
    documents: config.server.documents,
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
