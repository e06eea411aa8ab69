// The GraphQL server: Yoga with the plugins of this folder. Features that are not needed are turned off.
import { setMaxListeners } from 'node:events';
import type { GraphQLSchema } from 'graphql';
import { createYoga, type YogaServerInstance } from 'graphql-yoga';
import { VendorError } from '../domain/errors.ts';
import { once } from '../fields/memoize.ts';
import type { RequestContext } from '../graphql/context.ts';
import { createLoaders } from '../graphql/loaders.ts';
import type { ReportFailure } from '../services/failure-report.ts';
import type { AuditLog } from '../observability/audit-log.ts';
import type { Log } from '../observability/log.ts';
import type { CheckHealth } from '../services/check-instance-health.ts';
import type { Idempotency } from '../services/idempotency/idempotency.ts';
import type { CachedReads } from '../services/cached-reads.ts';
import type { Registry } from '../services/registry.ts';
import { createCallers } from './callers.ts';
import { createDocumentCache } from './document-cache.ts';
import { useDocumentLimits } from './document-limits.ts';
import { MAX_BODY_BYTES } from './request-errors.ts';
import { useDroppedVariables } from './drop-variables.ts';
import { renderPage, useContentSecurityPolicy } from './graphiql.ts';
import { maskError, useBugLog } from './mask-error.ts';
import { useOperationNameCheck } from './operation-name.ts';
import { useRequiredQuery } from './persisted-queries.ts';
import { useRequestId, type ServerContext } from './request-id.ts';
import { useSafeErrors } from './safe-errors.ts';
import { useSharedExecutions } from './shared-executions.ts';
import { useRequestParams } from './request-params.ts';

/** The caller in the audit log. The gateway does not authenticate callers. */
const ANONYMOUS = 'anonymous';

export interface ServerOptions {
  readonly schema: GraphQLSchema;
  readonly registry: Registry;
  readonly reads: CachedReads;
  readonly checkHealth: CheckHealth;
  readonly idempotency: Idempotency;
  readonly log: Log;
  readonly auditLog: AuditLog;
  /** The time in milliseconds after which a request starts no more calls to vendors. */
  readonly requestMs: number;
  /** Whether answers hold Apollo's inline trace for routers that ask for it. */
  readonly inlineTrace: boolean;
  /** The tabs of GraphiQL; null when GraphiQL is not served. */
  readonly graphiql: Parameters<typeof renderPage>[0] | null;
}

/** Returns the function that logs the failure of a vendor, once for each error, and the failures that it logged. */
function createReport(log: Log, requestId: string, signal: AbortSignal) {
  const reported = new Set<VendorError>();
  const report: ReportFailure = (thrown) => {
    // The calls of a request are aborted when its caller leaves. That is no failure of the vendor.
    if (signal.aborted || !(thrown instanceof VendorError)) return;
    // Many fields may share one failed call.
    if (reported.has(thrown)) return;
    reported.add(thrown);
    const { name, instance, vendorStatus } = thrown;
    log.error('vendor failed', { requestId, errorClass: name, instance: instance?.key ?? null, vendorStatus });
  };
  return { report, reportedFailures: reported };
}

export type Server = YogaServerInstance<ServerContext, RequestContext>;

/** Creates the GraphQL server. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { schema, registry, reads, checkHealth, idempotency, log, auditLog, requestMs, inlineTrace, graphiql } =
    options;
  const page = once(async () => renderPage(graphiql ?? []));
  // The module of the inline trace is large, so it is loaded only when it is used.
  const trace = inlineTrace ? [(await import('./inline-trace.ts')).useInlineTrace()] : [];
  const { documentCache, useInvalidDocumentRemoval } = createDocumentCache();
  return createYoga<ServerContext, RequestContext>({
    schema,
    context: ({ request, requestId }) => {
      // Each read of a query adds a listener. Node would warn of a leak from the eleventh on.
      const callers = createCallers(request.signal);
      setMaxListeners(0, callers.signal);
      const { report, reportedFailures } = createReport(log, requestId, callers.signal);
      const isFresh = /\bno-cache\b/i.test(request.headers.get('cache-control') ?? '');
      const loaders = createLoaders(registry, reads, { signal: callers.signal, isFresh }, report);
      const endsAt = performance.now() + requestMs;
      const isOver = () => performance.now() > endsAt;
      const caller = ANONYMOUS;
      const audit = auditLog({ requestId, caller });
      return {
        requestId,
        caller,
        registry,
        reads,
        checkHealth,
        idempotency,
        isOver,
        addCaller: callers.add,
        isAbandoned: () => callers.signal.aborted,
        isFresh,
        report,
        reportedFailures,
        audit,
        loaders,
      };
    },
    plugins: [
      useBugLog(log),
      useRequestId(),
      useSafeErrors(),
      useOperationNameCheck(),
      useDroppedVariables(),
      useDocumentLimits(),
      useInvalidDocumentRemoval(),
      useRequestParams(),
      useRequiredQuery(),
      useContentSecurityPolicy(),
      // The trace is part of the answer to each request.
      ...(inlineTrace ? trace : [useSharedExecutions(reads)]),
    ],
    parserAndValidationCache: { documentCache },
    maskedErrors: { isDev: false, maskError },
    // Yoga would log errors with their messages.
    logging: false,
    cors: false,
    multipart: false,
    batching: false,
    maxRequestBodySize: MAX_BODY_BYTES,
    landingPage: false,
    // GET /health answers 200 with an empty body while the process serves requests. It calls no vendor.
    healthCheckEndpoint: '/health',
    graphiql: graphiql !== null,
    renderGraphiQL: page,
  });
}
