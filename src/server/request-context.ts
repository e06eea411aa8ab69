// Creates the context of a request, which its resolvers use.
import { setMaxListeners } from 'node:events';
import { PermissionError, VendorError, VendorUnavailableError } from '../domain/errors.ts';
import type { Caller } from '../domain/caller.ts';
import type { ServerContext } from './request-id.ts';
import type { RequestContext } from '../graphql/context.ts';
import { createLoaders } from '../graphql/loaders.ts';
import type { AuditLog } from '../observability/audit-log.ts';
import type { Log } from '../observability/log.ts';
import type { RequestIds } from '../observability/telemetry.ts';
import type { CheckHealth } from '../services/check-instance-health.ts';
import type { ReportFailure } from '../services/failure-report.ts';
import type { AuditStore } from '../services/audit/audit-store.ts';
import type { Idempotency } from '../services/idempotency/idempotency.ts';
import type { Operations } from '../services/operations/operations.ts';
import type { CachedReads } from '../services/cached-reads.ts';
import type { Registry } from '../services/registry.ts';
import { createCallers } from '../services/callers.ts';

/** What the contexts of all requests have in common. */
export interface ContextOptions {
  /** Returns the registry as a caller sees it. */
  readonly registryOf: (caller: Caller) => Registry;
  readonly reads: CachedReads;
  readonly checkHealth: CheckHealth;
  readonly idempotency: Idempotency;
  readonly operations: Operations;
  readonly log: Log;
  readonly auditLog: AuditLog;
  readonly storeAudit: RequestContext['storeAudit'];
  readonly auditStore: AuditStore;
  readonly auditTag: RequestContext['auditTag'];
  /** Counts a search of the audit by a secret. */
  readonly countSecretSearch: (caller: Caller) => Promise<void>;
  /** Notes that work begins. Returns the function to call when it has ended. */
  readonly beginWork: () => () => void;
  /** The time in milliseconds after which a request starts no more calls to vendors. */
  readonly requestMs: number;
}

/** Returns the function that logs the failure of a vendor, once for each error, and the failures that it logged. */
function createReport(log: Log, ids: RequestIds, signal: AbortSignal) {
  const reported = new Set<VendorError>();
  const report: ReportFailure = (thrown) => {
    // The calls of a request are aborted when its caller leaves. That is no failure of the vendor.
    if (signal.aborted || !(thrown instanceof VendorError)) return;
    if (thrown instanceof PermissionError && thrown.missingScope !== null) return;
    // No vendor failed. The store has a line of its own.
    if (thrown instanceof VendorUnavailableError && thrown.unavailable === 'STORE') return;
    // Many fields may share one failed call.
    if (reported.has(thrown)) return;
    reported.add(thrown);
    const { name, instance, vendorStatus } = thrown;
    log.error('vendor failed', { ...ids, errorClass: name, instance: instance?.key ?? null, vendorStatus });
  };
  return { report, reportedFailures: reported };
}

/** Returns the context of a request. */
export function createRequestContext(
  options: ContextOptions,
  request: Request,
  { requestId, caller, router, address, observed: { ids } }: ServerContext,
): RequestContext {
  const {
    registryOf,
    reads,
    checkHealth,
    idempotency,
    operations,
    log,
    auditLog,
    storeAudit,
    auditStore,
    auditTag,
    countSecretSearch,
    requestMs,
    beginWork,
  } = options;
  // Each read of a query adds a listener. Node would warn of a leak from the eleventh on.
  const callers = createCallers();
  callers.add(request.signal);
  setMaxListeners(0, callers.signal);
  const { report, reportedFailures } = createReport(log, ids, callers.signal);
  const isFresh = /\bno-cache\b/i.test(request.headers.get('cache-control') ?? '');
  const registry = registryOf(caller);
  const loaders = createLoaders(registry, reads, { signal: callers.signal, isFresh }, { report, auditStore });
  const endsAt = performance.now() + requestMs;
  const isOver = () => performance.now() > endsAt;
  return {
    requestId,
    caller,
    router,
    registry,
    reads,
    checkHealth,
    idempotency,
    operations,
    isOver,
    beginWork,
    callers,
    isFresh,
    report,
    reportedFailures,
    ...auditLog({ ...ids, caller: caller.name, address }),
    storeAudit,
    auditTag,
    countSecretSearch: async () => countSecretSearch(caller),
    isGet: request.method === 'GET',
    loaders,
  };
}
