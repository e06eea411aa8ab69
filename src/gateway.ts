// The composition root: connects configuration, vendors, services, GraphQL and HTTP to a gateway. Used by the process (main.ts),
// by tests, and by applications that embed the gateway.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLSchema } from 'graphql';
import { partsThatNeedRestart } from './config/compare-config.ts';
import { ConfigError, type GatewayConfig } from './config/parse-config.ts';
import { dialects as knownDialects } from './dialects/index.ts';
import type { Dialect } from './fields/dialect.ts';
import { isExpectedError, VendorError } from './domain/errors.ts';
import type { Instance } from './domain/instance.ts';
import { createSchema } from './graphql/schema.ts';
import { createAuditKey, writeAuditLine } from './observability/audit-log.ts';
import { classNameOf, createLog, type Log } from './observability/log.ts';
import { createMinuteCounters } from './server/minute-limit.ts';
import { createMetrics, type Metrics } from './observability/metrics.ts';
import { createTelemetry } from './observability/telemetry.ts';
import { createTracing } from './observability/tracing.ts';
import { createOperationsHandler } from './server/operations.ts';
import { undoAbandoned } from './services/fan-out/undo-fan-out.ts';
import { repeat } from './services/repeat.ts';
import { createCachedReads, type CachedReads } from './services/cached-reads.ts';
import { createHealthCheck } from './services/check-instance-health.ts';
import { createIdempotency, type IdempotencyStore } from './services/idempotency/idempotency.ts';
import { openMemory, openStore, type StoreOptions } from './store/open-store.ts';
import { StoreOpenError, type Store } from './store/store.ts';
import { followWrites } from './services/write-counts.ts';
import { createMemoryStore } from './services/idempotency/memory-store.ts';
import { storeSurely } from './services/store-surely.ts';
import { createDigest } from './services/idempotency/digest.ts';
import { createOperations } from './services/operations/operations.ts';
import { createSetup, type Setup, type SharedParts } from './setup.ts';
import { vendors as knownVendors } from './vendors/index.ts';
import type { VendorModule } from './vendors/define-vendor.ts';
import { VERSION } from './version.ts';

export { ConfigError, loadConfig, parseConfig, type ConfigSources, type GatewayConfig } from './config/parse-config.ts';
export { createLog, createMemoryStore, createSchema, knownDialects as dialects, knownVendors as vendors };
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
  /** Stores idempotency keys, in place of the store of the configuration, which is not opened then. */
  readonly idempotencyStore?: IdempotencyStore;
}

export interface Gateway {
  readonly schema: GraphQLSchema;
  readonly instances: readonly Instance[];
  /** Answers a request without a socket. */
  fetch(request: Request): Promise<Response>;
  /** Answers a request of Node's HTTP server. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Answers a request to the port for operators: /metrics, /healthz and /readyz, without authentication. */
  handleOperations(request: IncomingMessage, response: ServerResponse): void;
  /**
   * Replaces the configuration as a whole. Requests in progress finish on the one they began with. Instances that do not change keep
   * their connections and their cached lists. Federation settings stay as they are, because the schema depends on them.
   * @returns the keys of the instances that changed, and the parts of the configuration that only a new gateway uses.
   * @throws Error when the new configuration cannot be used; the one of before then stays.
   */
  reload(config: GatewayConfig): Promise<ReloadReport>;
  /** Checks each instance with one call to its vendor, and logs the result. */
  checkInstances(): Promise<void>;
  /** Refuses new requests with 503, and makes /readyz answer 503. Resolves when all requests and all mutations in progress have ended. */
  drain(): Promise<void>;
  /** Closes the connections to the vendors and to the store. */
  close(): Promise<void>;
}

/** What a reload changed. */
export interface ReloadReport {
  /** The keys of new instances. */
  readonly added: readonly string[];
  /** The keys of instances that are no longer configured. */
  readonly removed: readonly string[];
  /** The keys of instances whose configuration differs. */
  readonly changed: readonly string[];
  /** The parts of the configuration that differ and have no effect before a restart, such as server.port. */
  readonly needsRestart: readonly string[];
}

/** Checks an instance and logs the result. */
async function logHealth(instance: Instance, { checkHealth, log }: SharedParts): Promise<void> {
  const { status, latencyMs, error } = await checkHealth(instance);
  const fields = { instance: instance.key, status, ...(latencyMs === null ? {} : { durationMs: latencyMs }) };
  if (error) log.error('instance checked', { ...fields, errorClass: error.name });
  else log.info('instance checked', fields);
}

const keysOf = ({ connected }: Setup): string[] => connected.map(({ config }) => config.key);

/** Returns what a reload changed. */
function changesBetween(before: Setup, after: Setup): ReloadReport {
  const [earlier, later] = [keysOf(before), keysOf(after)];
  return {
    added: later.filter((key) => !earlier.includes(key)),
    removed: earlier.filter((key) => !later.includes(key)),
    changed: after.connected
      .filter((one) => earlier.includes(one.config.key) && !before.connected.includes(one))
      .map(({ config }) => config.key),
    needsRestart: partsThatNeedRestart(before.config, after.config),
  };
}

/** Creates what observes the gateway. @param connected returns the instances that are connected now. */
function createObservability(
  { tracing, operations }: GatewayConfig,
  log: Log,
  connected: () => Setup['connected'],
): Pick<SharedParts, 'telemetry' | 'observe' | 'hasMetrics'> & { readonly metrics: Metrics } {
  const measured = () =>
    connected().map(({ config, client, limiter }) => ({
      key: config.key,
      load: () => client.load(),
      rateLimit: () => limiter.state(),
    }));
  const metrics = createMetrics(measured, VERSION);
  const telemetry = createTelemetry({ log, metrics, tracing: createTracing(VERSION) });
  return {
    metrics,
    telemetry,
    observe: ({ key, http: { baseUrl }, propagateTrace = tracing.propagate }) =>
      telemetry.observeCalls({ instance: key, baseUrl, propagate: propagateTrace }),
    hasMetrics: operations === null,
  };
}

const DAY_MS = 86_400_000;

/** How much longer than a write the key of a mutation is left alone, in milliseconds. */
const LEASE_MARGIN_MS = 10_000;

/** Returns the longest time of a write at any instance, in milliseconds. */
const longestWriteOf = ({ instances }: GatewayConfig): number =>
  Math.max(...instances.map(({ http }) => http.timeouts.writeMs));

interface StoreParts extends Pick<Required<StoreOptions>, 'now' | 'keptMs'> {
  readonly log: Log;
  /** Replaces the keys of the store, which is not opened then. The audit and the operations are in memory. */
  readonly keys: IdempotencyStore | undefined;
}

/** How long the gateway waits between two looks for fan-outs whose process is gone, in milliseconds. */
const UNDO_MS = 5000;

/** Ends the fan-outs with COMPENSATE whose process is gone. */
async function undoOnce(
  { registry, activity }: Setup,
  { reads, operations, auditStore, log }: SharedParts,
): Promise<void> {
  const report = (thrown: unknown) => {
    if (!(thrown instanceof VendorError)) return;
    const { name, instance, vendorStatus } = thrown;
    log.error('vendor failed', { errorClass: name, instance: instance?.key ?? null, vendorStatus });
  };
  const end = activity.begin();
  try {
    await undoAbandoned(
      { registry, reads, report, operations },
      {
        audit: async (record) => {
          await auditStore.append(record);
          writeAuditLine(log, record);
        },
        onEnd: (targets) => {
          const deleted = targets.filter(({ state }) => state === 'UNDONE');
          log.info('fan-out ended after its process', {
            instances: targets.map(({ instance }) => instance),
            connections: deleted.flatMap(({ connection }) => connection ?? []),
          });
        },
      },
    );
  } catch (error) {
    // The store has a line of its own. Another process may have been faster.
    if (!isExpectedError(error)) log.error('unexpected error', { errorClass: classNameOf(error) });
  } finally {
    end();
  }
}

/** Opens the store of a configuration. @throws ConfigError when it cannot be opened. */
async function openConfiguredStore({ store }: GatewayConfig, { keys, log, now, keptMs }: StoreParts): Promise<Store> {
  if (keys) return openMemory(keys, now);
  try {
    return await openStore(store.address, {
      now,
      keptMs,
      report: (thrown, code) =>
        log.error('store failed', { errorClass: classNameOf(thrown), ...(code !== null && { code }) }),
    });
  } catch (error) {
    if (!(error instanceof StoreOpenError)) throw error;
    throw new ConfigError([`store.url: ${error.message}`]);
  }
}

/** Drops what was read from an instance when another replica writes there. Returns the function that ends this. */
function followOthers({ writeCounts }: Store, reads: CachedReads, instances: () => readonly Instance[]): () => void {
  if (!writeCounts) return () => {};
  return followWrites({
    read: writeCounts,
    onWrite: (key) => {
      for (const instance of instances()) if (instance.key === key) reads.forget(instance);
    },
    onUnknown: () => {
      for (const instance of instances()) reads.forget(instance);
    },
  });
}

/**
 * Returns a gateway for a configuration. It makes no vendor call.
 * @throws ConfigError when the configuration does not fit the schema, or its store cannot be opened.
 */
export async function createGateway(config: GatewayConfig, options: GatewayOptions = {}): Promise<Gateway> {
  const {
    vendors = knownVendors,
    dialects = knownDialects,
    logger: log = createLog(null, config.log),
    clock: now = Date.now,
  } = options;
  const { typePrefix = '', authenticated: isAuthenticated } = config.federation;
  const { schema = createSchema({ vendors, dialects }, { typePrefix, isAuthenticated }) } = options;
  /** The configuration that is in use. */
  let kept = config;
  const keptMs = () => kept.audit.retentionDays * DAY_MS;
  const store = await openConfiguredStore(config, { keys: options.idempotencyStore, log, now, keptMs });
  let isDraining = false;
  const { metrics, ...observability } = createObservability(config, log, () => current.connected);
  const pages = { metrics, isDraining: () => isDraining };
  const handleOperations = createOperationsHandler(pages);
  const reportLoss = (event: string) => (thrown: unknown) => log.error(event, { errorClass: classNameOf(thrown) });
  const remembering = {
    onFailure: reportLoss('idempotency store failed'),
    hmacKey: (config.store.address ? config.audit.key?.current() : undefined) ?? randomBytes(32),
    leaseMs: () => longestWriteOf(current.config) + LEASE_MARGIN_MS,
    runsWithoutStore: () => current.config.store.runsWithoutStore,
  };
  const shared: SharedParts = {
    vendors,
    dialects,
    log,
    now,
    schema,
    federation: config.federation,
    reads: createCachedReads(now, metrics),
    idempotency: createIdempotency(store.keys, remembering),
    operations: createOperations(store.operations, { ...remembering, digest: createDigest(remembering.hmacKey) }),
    auditStore: store.audit,
    storeAudit: async (record) => {
      await storeSurely(async () => store.audit.append(record), reportLoss('audit store failed'));
    },
    checkHealth: createHealthCheck(),
    auditKey: createAuditKey(),
    counters: createMinuteCounters(store.counterOf ?? undefined),
    ...observability,
    pages,
    isDraining: pages.isDraining,
  };
  let current = await createSetup(config, null, shared).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const instancesNow = (): readonly Instance[] => current.connected.map(({ instance }) => instance);
  const unfollow = followOthers(store, shared.reads, instancesNow);
  /** The current setup, and those before it that requests still use. */
  const setups = new Set([current]);
  let reloading: Promise<unknown> = Promise.resolve();
  const endUndoing = repeat(async () => {
    if (!isDraining) await undoOnce(current, shared);
  }, UNDO_MS);

  async function retire(setup: Setup): Promise<void> {
    await setup.activity.whenIdle();
    setups.delete(setup);
    const inUse = new Set(Array.from(setups).flatMap(({ connected }) => connected));
    await Promise.all(setup.connected.filter((one) => !inUse.has(one)).map(({ client }) => client.close()));
  }

  async function replace(next: GatewayConfig): Promise<ReloadReport> {
    const before = current;
    current = await createSetup(next, before, shared);
    kept = next;
    setups.add(current);
    void retire(before);
    return changesBetween(before, current);
  }

  return {
    schema,
    get instances() {
      return instancesNow();
    },
    fetch: async (request) => {
      const { server, activity } = current;
      const end = activity.begin();
      try {
        return await server.fetch(request);
      } finally {
        end();
      }
    },
    handle: (request, response) => {
      const { server, activity } = current;
      response.once('close', activity.begin());
      // The client then opens its next connection, which reaches another process.
      if (isDraining) response.shouldKeepAlive = false;
      void server(request, response);
    },
    handleOperations: (request, response) => void handleOperations(request, response),
    checkInstances: async () => {
      await Promise.all(current.connected.map(async ({ instance }) => logHealth(instance, shared)));
    },
    reload: async (next) => {
      const replaced = reloading.then(async () => replace(next));
      reloading = replaced.catch(() => {});
      return replaced;
    },
    drain: async () => {
      isDraining = true;
      await Promise.all(Array.from(setups, ({ activity }) => activity.whenIdle()));
    },
    close: async () => {
      await endUndoing();
      unfollow();
      const clients = new Set(Array.from(setups).flatMap(({ connected }) => connected.map(({ client }) => client)));
      await Promise.all([...Array.from(clients, (client) => client.close()), store.close()]);
    },
  };
}
