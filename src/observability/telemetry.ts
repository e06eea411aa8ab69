// What is observed of requests and of their calls to vendors: metrics, spans, and lines of the log at the level debug.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { ObserveCalls } from '../domain/vendor-call.ts';
import type { Log } from './log.ts';
import type { Metrics, RequestOutcome } from './metrics.ts';
import type { OperationKind, TracedServer, Tracing } from './tracing.ts';

/** What the log says of the request that a line belongs to. */
export interface RequestIds {
  readonly requestId: string;
  /** The id of the trace of the request; missing when it belongs to none. */
  readonly traceId?: string;
}

/** The parts of telemetry. */
export interface TelemetryParts {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
}

/** How a request ends. */
export interface RequestEnd {
  /** The status of the answer; null when the caller did not wait for it. */
  readonly status: number | null;
  /** The name of the caller. */
  readonly caller: string;
  /** The code and the exceeded limit, or none, of a request of which nothing was executed; null for any other. Both are from closed lists. */
  readonly refusal: { readonly code: string; readonly limit: string } | null;
}

/** A request that has begun. */
export interface ObservedRequest {
  readonly ids: RequestIds;
  /** Runs the rest of the request. */
  run<T>(work: () => T): T;
  setOperation(operation: OperationKind): void;
  /** Records that the answer has errors. @param code the code of the first one, from a closed list. */
  setError(code: string): void;
  /** Ends the request. Only the first call has an effect. */
  end(end: RequestEnd): void;
}

/** The ids of the request that runs. They are known only at the level debug, because no other line needs them. */
const currentRequest = new AsyncLocalStorage<RequestIds>();

function outcomeOf({ status, refusal }: RequestEnd, hasErrors: boolean): RequestOutcome {
  if (status === null) return 'caller_left';
  if (refusal || status >= 400) return 'refused';
  return hasErrors ? 'errors' : 'ok';
}

/** The status of a request that nobody waited for, as proxies log it. */
const CALLER_LEFT_STATUS = 499;

function observeRequest(
  { log, metrics, tracing }: TelemetryParts,
  requestId: string,
  method: string,
  traceparent: string | null,
): ObservedRequest {
  const startedAt = performance.now();
  const span = tracing.startRequest(method, traceparent);
  const ids: RequestIds = span.traceId === null ? { requestId } : { requestId, traceId: span.traceId };
  let operation: OperationKind | null = null;
  let firstCode: string | null = null;
  let hasEnded = false;
  return {
    ids,
    run: (work) => span.run(log.debug ? () => currentRequest.run(ids, work) : work),
    setOperation: (found) => {
      operation = found;
      span.setOperation(found);
    },
    setError: (code) => {
      firstCode = code;
    },
    end: (end) => {
      if (hasEnded) return;
      hasEnded = true;
      const { caller, refusal } = end;
      const status = end.status ?? CALLER_LEFT_STATUS;
      const durationMs = performance.now() - startedAt;
      const outcome = outcomeOf(end, firstCode !== null);
      metrics.request(operation, outcome, durationMs);
      if (refusal) metrics.refusal(refusal.code, refusal.limit);
      span.end(status, firstCode ?? refusal?.code ?? null);
      log.debug?.('request', {
        ...ids,
        caller,
        ...(operation && { operation: operation.type, rootFields: operation.rootFields }),
        outcome,
        httpStatus: status,
        durationMs: Math.round(durationMs),
      });
    },
  };
}

/** Returns the observer of the requests to one instance. */
function observeCalls({ log, metrics, tracing }: TelemetryParts, server: TracedServer): ObserveCalls {
  const startSpan = tracing.callTracer(server);
  const { instance } = server;
  return (verb, method) => {
    const span = startSpan(verb, method);
    const ids = currentRequest.getStore();
    return {
      ...span,
      end: (end) => {
        span.end(end);
        metrics.vendorCall(instance, verb, end);
        log.debug?.('vendor call', {
          ...ids,
          instance,
          verb,
          outcome: end.outcome,
          vendorStatus: end.status,
          waitedMs: Math.round(end.waitedMs),
          durationMs: end.durationMs === null ? null : Math.round(end.durationMs),
        });
      },
    };
  };
}

/** Creates the observers of one gateway. */
export const createTelemetry = (parts: TelemetryParts) => ({
  observeRequest: (requestId: string, method: string, traceparent: string | null) =>
    observeRequest(parts, requestId, method, traceparent),
  observeCalls: (server: TracedServer) => observeCalls(parts, server),
});

export type Telemetry = ReturnType<typeof createTelemetry>;
