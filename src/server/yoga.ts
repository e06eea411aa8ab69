// The HTTP face: Yoga with what keeps it quiet about values, and nothing that is not needed switched on.
import { setMaxListeners } from 'node:events';
import type { GraphQLSchema } from 'graphql';
import { createYoga, type YogaServerInstance } from 'graphql-yoga';
import { VendorError } from '../domain/errors.ts';
import type { RequestContext } from '../graphql/context.ts';
import { createLoaders } from '../graphql/loaders.ts';
import type { Report } from '../graphql/report.ts';
import type { AuditLog } from '../observability/audit.ts';
import type { Log } from '../observability/log.ts';
import type { CheckHealth } from '../services/check-health.ts';
import type { Idempotency } from '../services/idempotency.ts';
import type { Reads } from '../services/reads.ts';
import type { Registry } from '../services/registry.ts';
import { createDocumentCache } from './document-cache.ts';
import { useDocumentLimits } from './document-limits.ts';
import { MAX_BODY_BYTES } from './errors.ts';
import { useForgottenVariables } from './forget-variables.ts';
import { renderPage, usePagePolicy } from './graphiql.ts';
import { useInlineTrace } from './inline-trace.ts';
import { maskError, useBugLog } from './mask-error.ts';
import { useOperationChoice } from './operation-choice.ts';
import { useRequiredQuery } from './persisted-queries.ts';
import { useRequestId, type ServerContext } from './request-id.ts';
import { useSafeErrors } from './safe-errors.ts';
import { useStrictJson } from './strict-json.ts';

/** Until callers are known there is one. */
const ANYBODY = 'anonymous';

export interface ServerOptions {
  readonly schema: GraphQLSchema;
  readonly registry: Registry;
  readonly reads: Reads;
  readonly checkHealth: CheckHealth;
  readonly idempotency: Idempotency;
  readonly log: Log;
  readonly auditLog: AuditLog;
  /** How long a request may go on beginning things, in milliseconds. */
  readonly requestMs: number;
  /** Whether answers tell a router that asks how long each field took. */
  readonly inlineTrace: boolean;
  /** The tabs that GraphiQL opens on; null serves no GraphiQL. */
  readonly graphiql: Parameters<typeof renderPage>[0] | null;
}

function createReport(log: Log, requestId: string, signal: AbortSignal): Report {
  const told = new WeakSet<VendorError>();
  return (thrown) => {
    // A caller who left ends the calls made for him; the vendor is not to blame.
    if (signal.aborted || !(thrown instanceof VendorError)) return;
    // One call may have failed for a thousand references.
    if (told.has(thrown)) return;
    told.add(thrown);
    const { name, instance, vendorStatus } = thrown;
    log.error('vendor failed', { requestId, errorClass: name, instance: instance?.key ?? null, vendorStatus });
  };
}

export type Server = YogaServerInstance<ServerContext, RequestContext>;

export function createServer(options: ServerOptions): Server {
  const { schema, registry, reads, checkHealth, idempotency, log, auditLog, requestMs, inlineTrace, graphiql } =
    options;
  const page = graphiql && renderPage(graphiql);
  const { documentCache, useForgottenDocuments } = createDocumentCache();
  return createYoga<ServerContext, RequestContext>({
    schema,
    context: ({ request, requestId }) => {
      // As many reads as a query needs wait for it; Node would warn of a leak from the eleventh on.
      setMaxListeners(0, request.signal);
      const report = createReport(log, requestId, request.signal);
      const isFresh = /\bno-cache\b/i.test(request.headers.get('cache-control') ?? '');
      const loaders = createLoaders(registry, reads, { signal: request.signal, isFresh }, report);
      const endsAt = performance.now() + requestMs;
      const isOver = () => performance.now() > endsAt;
      const caller = ANYBODY;
      const audit = auditLog({ requestId, caller });
      return { requestId, caller, registry, reads, checkHealth, idempotency, isOver, report, audit, loaders };
    },
    plugins: [
      useBugLog(log),
      useRequestId(),
      useSafeErrors(),
      useOperationChoice(),
      useForgottenVariables(),
      useDocumentLimits(),
      useForgottenDocuments(),
      useStrictJson(),
      useRequiredQuery(),
      usePagePolicy(),
      ...(inlineTrace ? [useInlineTrace()] : []),
    ],
    parserAndValidationCache: { documentCache },
    maskedErrors: { isDev: false, maskError },
    // Yoga would log errors whole.
    logging: false,
    cors: false,
    multipart: false,
    batching: false,
    maxRequestBodySize: MAX_BODY_BYTES,
    landingPage: false,
    graphiql: page !== null,
    renderGraphiQL: () => page ?? '',
  });
}
