// Traces by the OpenTelemetry API. Without an OpenTelemetry SDK in the process nothing is recorded. A span holds names of the schema,
// verbs, statuses and addresses from the configuration, and nothing that a caller or a vendor sent.
import {
  context,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import type { CallEnd, Verb } from '../domain/vendor-call.ts';

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** Returns the context of a W3C `traceparent` header; the root context when it is missing or malformed. */
function contextOf(traceparent: string | null): Context {
  const [, version, traceId = '', spanId = '', flags = '', rest] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  // A later version may have more parts. Version ff is forbidden.
  if (version === undefined || version === 'ff' || (version === '00' && rest !== undefined)) return ROOT_CONTEXT;
  const spanContext = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
  return isSpanContextValid(spanContext) ? trace.setSpanContext(ROOT_CONTEXT, spanContext) : ROOT_CONTEXT;
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** What an operation is: its type, and its root fields by their names in the schema. */
export interface OperationKind {
  readonly type: 'query' | 'mutation';
  readonly rootFields: readonly string[];
}

/** The span of a request to the gateway. */
export interface RequestSpan {
  /** The id of the trace that the request belongs to; null when it belongs to none. */
  readonly traceId: string | null;
  /** Runs a function whose calls to vendors become children of the span. */
  run<T>(work: () => T): T;
  setOperation(operation: OperationKind): void;
  /** @param code the code of the first error; null when there is none. */
  end(status: number, code: string | null): void;
}

function endRequest(span: Span, status: number, code: string | null): void {
  if (span.isRecording()) {
    span.setAttribute('http.response.status_code', status);
    const isFault = status >= 500 || code === 'INTERNAL_SERVER_ERROR';
    if (status >= 500 || code !== null) span.setAttribute('error.type', code ?? String(status));
    if (isFault) span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}

function startRequest(tracer: Tracer, method: string, traceparent: string | null): RequestSpan {
  const parent = contextOf(traceparent);
  const knownMethod = METHODS.has(method) ? method : '_OTHER';
  const attributes = { 'http.request.method': knownMethod };
  const span = tracer.startSpan(knownMethod, { kind: SpanKind.SERVER, attributes }, parent);
  const spanContext = span.spanContext();
  return {
    traceId: isSpanContextValid(spanContext) ? spanContext.traceId : null,
    run: (work) => context.with(trace.setSpan(parent, span), work),
    setOperation: ({ type, rootFields }) => {
      if (!span.isRecording()) return;
      span.updateName(`${type} ${rootFields.join(', ')}`);
      span.setAttributes({ 'graphql.operation.type': type, 'patchbay.root_fields': [...rootFields] });
    },
    end: (status, code) => endRequest(span, status, code),
  };
}

/** The server of an instance, as spans name it. */
export interface TracedServer {
  /** The key of the instance. */
  readonly instance: string;
  /** The base URL in the configuration. */
  readonly baseUrl: string;
  /** Whether the vendor is sent the id of the trace. */
  readonly propagate: boolean;
}

/** The span of a request to a vendor. */
export interface CallSpan {
  readonly headers?: Readonly<Record<string, string>>;
  end(end: CallEnd): void;
}

function endCall(span: Span, { outcome, status }: CallEnd): void {
  if (span.isRecording()) {
    if (status !== null) span.setAttribute('http.response.status_code', status);
    if (outcome !== 'ok') {
      span.setAttribute('error.type', status !== null && status >= 400 ? String(status) : outcome);
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.setAttribute('patchbay.outcome', outcome);
  }
  span.end();
}

/** Returns the W3C `traceparent` header of a span; no header for an invalid one. */
function headersOf(span: Span): { headers?: Readonly<Record<string, string>> } {
  const { traceId, spanId, traceFlags } = span.spanContext();
  if (!isSpanContextValid(span.spanContext())) return {};
  return { headers: { traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}` } };
}

/** Returns the function that starts the span of each request to one instance. Its parent is the request that causes it. */
function callTracer(tracer: Tracer, { instance, baseUrl, propagate }: TracedServer) {
  const { hostname, port, protocol } = new URL(baseUrl);
  const server = {
    'server.address': hostname,
    'server.port': port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
    'patchbay.instance': instance,
  };
  return (verb: Verb, method: string): CallSpan => {
    const attributes = { ...server, 'http.request.method': method, 'patchbay.verb': verb };
    const span = tracer.startSpan(`${method} ${verb}`, { kind: SpanKind.CLIENT, attributes }, context.active());
    const end = (how: CallEnd) => endCall(span, how);
    return propagate ? { ...headersOf(span), end } : { end };
  };
}

/** Creates the spans of requests to the gateway and to vendors. */
export function createTracing(version: string) {
  const tracer = trace.getTracer('patchbay', version);
  return {
    startRequest: (method: string, traceparent: string | null) => startRequest(tracer, method, traceparent),
    callTracer: (server: TracedServer) => callTracer(tracer, server),
  };
}

export type Tracing = ReturnType<typeof createTracing>;
