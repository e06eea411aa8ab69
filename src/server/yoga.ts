// The HTTP face: Yoga with what keeps it quiet about values, and nothing that is not needed switched on.
import type { GraphQLSchema } from 'graphql';
import { createYoga, type YogaServerInstance } from 'graphql-yoga';
import type { RequestContext } from '../graphql/context.ts';
import { createLoaders } from '../graphql/loaders.ts';
import { classOf, type Log } from '../observability/log.ts';
import type { CheckHealth } from '../services/check-health.ts';
import type { Registry } from '../services/registry.ts';
import { renderPage, usePagePolicy } from './graphiql.ts';
import { createMaskError } from './mask-error.ts';
import { useRequestId, type ServerContext } from './request-id.ts';
import { useSafeErrors } from './safe-errors.ts';
import { useStrictJson } from './strict-json.ts';

/** Three certificates of 1 MiB, the most that a vendor takes, with what JSON adds. */
const MAX_BODY_BYTES = 4_000_000;

export interface ServerOptions {
  readonly schema: GraphQLSchema;
  readonly registry: Registry;
  readonly checkHealth: CheckHealth;
  readonly log: Log;
  /** The tabs that GraphiQL opens on; null serves no GraphiQL. */
  readonly graphiql: Parameters<typeof renderPage>[0] | null;
}

export type Server = YogaServerInstance<ServerContext, RequestContext>;

export function createServer({ schema, registry, checkHealth, log, graphiql }: ServerOptions): Server {
  const page = graphiql && renderPage(graphiql);
  return createYoga<ServerContext, RequestContext>({
    schema,
    context: ({ request, requestId }) => ({
      requestId,
      registry,
      checkHealth,
      loaders: createLoaders(registry, { signal: request.signal }),
    }),
    plugins: [useRequestId(), useSafeErrors(), useStrictJson(), usePagePolicy()],
    maskedErrors: {
      isDev: false,
      maskError: createMaskError((thrown, path) => {
        log.error('unexpected error', { errorClass: classOf(thrown), path });
      }),
    },
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
