// What a gateway makes of one configuration: connected instances, authentication and the GraphQL server. A reload makes it again.
import { isDeepStrictEqual } from 'node:util';
import type { GraphQLSchema } from 'graphql';
import type { Authenticate } from './authentication/authenticate.ts';
import { authenticateByJwt } from './authentication/jwt.ts';
import { keyReaderOf } from './authentication/read-keys.ts';
import { authenticateByTokens } from './authentication/tokens.ts';
import type { AuthConfig } from './config/parse-auth.ts';
import { ConfigError, type FederationConfig, type GatewayConfig } from './config/parse-config.ts';
import { connectInstances, type ConnectedInstance, type ConnectOptions } from './connect-instances.ts';
import type { Dialect } from './fields/dialect.ts';
import type { RequestContext } from './graphql/context.ts';
import { prefixDocument, typePrefixer } from './graphql/type-prefix.ts';
import { createAuditLog, tagOf, type AuditKey } from './observability/audit-log.ts';
import { classNameOf, type Log } from './observability/log.ts';
import type { Telemetry } from './observability/telemetry.ts';
import type { OperationsOptions } from './server/operations.ts';
import { readConsoleDocuments } from './server/console.ts';
import { secretSearchLimit } from './server/caller-limits.ts';
import { readTabs } from './server/graphiql.ts';
import { manifestProblems } from './server/manifest-problems.ts';
import type { MinuteCounters } from './server/minute-limit.ts';
import type { DocumentOptions } from './server/persisted-queries.ts';
import { createServer, type Server } from './server/yoga.ts';
import { createActivity, type Activity } from './services/activity.ts';
import type { CachedReads } from './services/cached-reads.ts';
import type { CheckHealth } from './services/check-instance-health.ts';
import type { AuditStore } from './services/audit/audit-store.ts';
import type { Idempotency } from './services/idempotency/idempotency.ts';
import type { Operations } from './services/operations/operations.ts';
import { createRegistryViews } from './services/registry-views.ts';
import type { Registry } from './services/registry.ts';
import type { VendorModule } from './vendors/define-vendor.ts';

const OPERATIONS = new URL('../schema/operations/', import.meta.url);
const CONSOLE = new URL('../dist/console/', import.meta.url);

/** Returns how callers are authenticated; null for mode none. */
function createAuthenticate(auth: AuthConfig, log: Log, now: () => number): Authenticate | null {
  if (auth.mode === 'none') return null;
  if (auth.mode === 'tokens') return authenticateByTokens(auth.tokens, now);
  return authenticateByJwt(auth.jwt, keyReaderOf(auth.jwt), now, (thrown) =>
    log.error('keys of the issuer cannot be read', { errorClass: classNameOf(thrown) }),
  );
}

/** What one configuration determines. A reload replaces all of it at once; requests in progress finish on theirs. */
export interface Setup {
  readonly config: GatewayConfig;
  readonly connected: readonly ConnectedInstance[];
  /** All instances, for work of the gateway itself. */
  readonly registry: Registry;
  readonly authenticate: Authenticate | null;
  readonly server: Server;
  /** The requests and the mutations that use this setup. */
  readonly activity: Activity;
}

/** What all setups of a gateway have in common. */
export interface SharedParts {
  readonly vendors: readonly VendorModule[];
  readonly dialects: readonly Dialect[];
  readonly log: Log;
  /** The clock, in milliseconds. */
  readonly now: () => number;
  readonly schema: GraphQLSchema;
  readonly federation: FederationConfig;
  readonly reads: CachedReads;
  readonly idempotency: Idempotency;
  readonly storeAudit: RequestContext['storeAudit'];
  readonly operations: Operations;
  readonly auditStore: AuditStore;
  readonly checkHealth: CheckHealth;
  readonly auditKey: AuditKey;
  readonly counters: MinuteCounters;
  readonly telemetry: Telemetry;
  readonly observe: ConnectOptions['observe'];
  readonly pages: OperationsOptions;
  /** Whether the metrics are on the port of the gateway. */
  readonly hasMetrics: boolean;
  readonly isDraining: () => boolean;
}

/** Returns how callers are authenticated. Where this does not change, the keys that were read from an issuer stay in use. */
function authenticateWith(
  { auth }: GatewayConfig,
  before: Setup | null,
  { log, now }: SharedParts,
): Authenticate | null {
  if (before && isDeepStrictEqual(before.config.auth, auth)) return before.authenticate;
  return createAuthenticate(auth, log, now);
}

/** @throws ConfigError when a document of the manifest is not valid for the schema. */
function checkManifest(schema: GraphQLSchema, { manifest }: GatewayConfig['server']['documents']): void {
  const problems = manifest ? manifestProblems(schema, manifest) : [];
  if (problems.length > 0) throw new ConfigError(problems);
}

/** Returns which documents are executed. Where only trusted ones are, those of the console that is served are among them. */
async function documentsOf({ server, console }: GatewayConfig): Promise<DocumentOptions> {
  const { documents } = server;
  if (!documents.trustedOnly || console === 'off') return documents;
  return { ...documents, manifest: new Map([...(documents.manifest ?? []), ...(await readConsoleDocuments(CONSOLE))]) };
}

/** Returns the setup of a configuration. It makes no vendor call. @param before the setup that it replaces; null for the first. */
export async function createSetup(config: GatewayConfig, before: Setup | null, shared: SharedParts): Promise<Setup> {
  const { vendors, dialects, log, now, schema, federation, reads, idempotency, checkHealth } = shared;
  checkManifest(schema, config.server.documents);
  const connected = connectInstances(config.instances, before?.connected ?? [], { now, observe: shared.observe });
  const registry: Registry = { vendors, dialects, instances: connected.map(({ instance }) => instance) };
  const authenticate = authenticateWith(config, before, shared);
  const activity = createActivity();
  const auditKey = config.audit.key?.current() ?? shared.auditKey;
  const searches = secretSearchLimit(shared.counters, config.limits.perMinute);
  const nameType = typePrefixer(federation.typePrefix ?? '');
  const tabs = config.server.graphiql ? await readTabs(OPERATIONS) : null;
  const server = await createServer({
    schema,
    authenticate,
    registryOf: authenticate ? createRegistryViews(registry) : () => registry,
    reads,
    checkHealth,
    idempotency,
    log,
    auditLog: createAuditLog(log, auditKey),
    storeAudit: shared.storeAudit,
    auditStore: shared.auditStore,
    auditTag: (secret) => tagOf(secret, auditKey),
    countSecretSearch: async ({ id }) => (authenticate ? searches.count(id, 1) : undefined),
    requestMs: config.server.requestMs,
    limits: config.limits,
    counters: shared.counters,
    inlineTrace: federation.inlineTrace,
    access: config.server,
    documents: await documentsOf(config),
    console:
      config.console === 'off' ? null : { mode: config.console, folder: CONSOLE, hasGraphiql: config.server.graphiql },
    graphiql: tabs && tabs.map((tab) => ({ ...tab, query: prefixDocument(tab.query, nameType) })),
    beginWork: activity.begin,
    telemetry: shared.telemetry,
    operations: shared.operations,
    pages: shared.pages,
    hasMetrics: shared.hasMetrics,
    isDraining: shared.isDraining,
  });
  return { config, connected, registry, authenticate, server, activity };
}
