// The GraphQL server: Yoga with the plugins of this folder. Features that are not needed are turned off.
import type { GraphQLSchema } from 'graphql';
import { createYoga, type YogaServerInstance } from 'graphql-yoga';
import type { Authenticate } from '../authentication/authenticate.ts';
import { once } from '../fields/memoize.ts';
import type { RequestContext } from '../graphql/context.ts';
import { createRequestContext, type ContextOptions } from './request-context.ts';
import { createDocumentCache } from './document-cache.ts';
import { useCallerLimits, type CallerLimits } from './caller-limits.ts';
import { useCallerTurns } from './caller-turns.ts';
import { useDocumentLimits, type DocumentLimits } from './document-limits.ts';
import { useDroppedVariables } from './drop-variables.ts';
import { useClientAddress } from './client-address.ts';
import { useConsole, type ConsoleOptions } from './console.ts';
import { corsFor, useVaryByOrigin } from './cors.ts';
import { renderPage } from './graphiql.ts';
import { useNoIntrospection } from './introspection.ts';
import { maskError, useBugLog } from './mask-error.ts';
import type { MinuteCounters } from './minute-limit.ts';
import { useOperationNameCheck } from './operation-name.ts';
import { usePersistedQueries, type DocumentOptions } from './persisted-queries.ts';
import { useRefusalWhileDraining } from './refuse-while-draining.ts';
import { useResponseHeaders } from './response-headers.ts';
import { useRefusalLog } from './refusal-log.ts';
import { useRequestId, type ServerContext } from './request-id.ts';
import { useSafeErrors } from './safe-errors.ts';
import { usePlannedExecution } from './planned-execution.ts';
import { useSharedExecutions } from './shared-executions.ts';
import type { Telemetry } from '../observability/telemetry.ts';
import { useTelemetry } from './telemetry.ts';
import { useOperations, type OperationsOptions } from './operations.ts';
import { useCaller } from './require-caller.ts';
import { useRequestParams } from './request-params.ts';

interface AccessOptions {
  /** Whether queries may read the schema by __schema and __type. */
  readonly introspection: boolean;
  /** Whether errors suggest names of the schema. */
  readonly suggestions: boolean;
  /** Whether GET executes queries. */
  readonly get: boolean;
  /** The origins whose pages may call the gateway. */
  readonly corsOrigins: readonly string[];
  /** The addresses and CIDRs of proxies whose X-Forwarded-For is believed. */
  readonly trustProxy: readonly string[];
  /** The settings of HTTPS; null where the gateway serves HTTP. */
  readonly tls: { readonly hstsSeconds: number } | null;
}

/** The limits for requests. */
interface RequestLimits extends DocumentLimits {
  /** The limit of a body in units of 1000 bytes. */
  readonly bodyKb: number;
  /** The limits per caller and minute. They apply where callers are authenticated. */
  readonly perMinute: CallerLimits & { readonly failedAuthentications: number };
}

export interface ServerOptions extends ContextOptions {
  readonly schema: GraphQLSchema;
  /** Authenticates callers; null where everyone may do everything. */
  readonly authenticate: Authenticate | null;
  readonly limits: RequestLimits;
  /** What callers did in this minute. */
  readonly counters: MinuteCounters;
  /** Whether answers hold Apollo's inline trace for routers that ask for it. */
  readonly inlineTrace: boolean;
  readonly documents: DocumentOptions;
  readonly telemetry: Telemetry;
  readonly pages: OperationsOptions;
  /** Whether the metrics are on the port of the gateway. */
  readonly hasMetrics: boolean;
  /** Whether the gateway refuses new requests because its process ends. */
  readonly isDraining: () => boolean;
  /** What is open to callers and browsers. */
  readonly access: AccessOptions;
  /** What the console offers; null when it is not served. */
  readonly console: ConsoleOptions | null;
  /** The tabs of GraphiQL; null when GraphiQL is not served. */
  readonly graphiql: Parameters<typeof renderPage>[0] | null;
}

export type Server = YogaServerInstance<ServerContext, RequestContext>;

/** Returns the names of the limits, as errors have them. */
const limitNames = ({ perMinute, ...limits }: RequestLimits): ReadonlySet<string> =>
  new Set([...Object.keys(limits), ...Object.keys(perMinute).map((name) => `perMinute.${name}`)]);

/** Creates the GraphQL server. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { schema, reads, log, limits, inlineTrace, graphiql, access } = options;
  const page = once(async () =>
    renderPage(graphiql ?? [], { asksForToken: options.authenticate !== null, hasConsole: options.console !== null }),
  );
  // The module of the inline trace is large, so it is loaded only when it is used.
  const trace = inlineTrace ? [(await import('./inline-trace.ts')).useInlineTrace()] : [];
  const { documentCache, useInvalidDocumentRemoval } = createDocumentCache();
  return createYoga<ServerContext, RequestContext>({
    schema,
    context: ({ request, requestId, caller, router, address, observed }) =>
      createRequestContext(options, request, { requestId, caller, router, address, observed }),
    plugins: [
      useBugLog(log),
      useRequestId(),
      useTelemetry(options.telemetry, limitNames(limits)),
      useRefusalWhileDraining(options.isDraining),
      useConsole(options.console),
      useClientAddress(access.trustProxy),
      useCaller(options.authenticate, limits.perMinute.failedAuthentications, options.counters),
      useRefusalLog(log),
      useOperations(options.pages, options.hasMetrics),
      useSafeErrors(access),
      ...(access.introspection ? [] : [useNoIntrospection()]),
      useDocumentLimits(limits, (text) => documentCache.has(text)),
      ...(options.authenticate ? [useCallerLimits(limits.perMinute, options.counters)] : []),
      useOperationNameCheck(),
      useDroppedVariables(),
      useInvalidDocumentRemoval(),
      useRequestParams({ get: access.get, bodyKb: limits.bodyKb }),
      usePersistedQueries(options.documents),
      useResponseHeaders(access.tls?.hstsSeconds ?? null),
      useVaryByOrigin(access.corsOrigins),
      // The trace is part of the answer to each request.
      ...(inlineTrace ? trace : [usePlannedExecution()]),
      ...(options.authenticate ? [useCallerTurns((text) => documentCache.has(text))] : []),
      ...(inlineTrace ? [] : [useSharedExecutions(reads, options.pages.metrics.sharedExecution)]),
    ],
    parserAndValidationCache: { documentCache },
    maskedErrors: { isDev: false, maskError },
    // Yoga would log errors with their messages.
    logging: false,
    cors: corsFor(access.corsOrigins),
    multipart: false,
    batching: false,
    // useRequestParams limits the body. The limit of Yoga copies each body through a stream.
    maxRequestBodySize: false,
    landingPage: false,
    // The older name of /healthz.
    healthCheckEndpoint: '/health',
    graphiql: graphiql !== null,
    renderGraphiQL: page,
  });
}
