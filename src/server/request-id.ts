// Gives each request an id that its answer, its errors and the log share, and marks every answer as not to be stored.
import { randomUUID } from 'node:crypto';
import { GraphQLError, type ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';

export interface ServerContext {
  requestId: string;
}

const withRequestId = (result: ExecutionResult, requestId: string): ExecutionResult => ({
  ...result,
  errors: result.errors?.map(
    (error) =>
      new GraphQLError(error.message, {
        nodes: error.nodes ?? null,
        source: error.source ?? null,
        positions: error.positions ?? null,
        path: error.path ?? null,
        extensions: { ...error.extensions, requestId },
      }),
  ),
});

export const useRequestId = (): Plugin<ServerContext, ServerContext> => ({
  onRequest: ({ serverContext }) => {
    // One context per request: Yoga makes it anew.
    (serverContext as ServerContext).requestId = randomUUID();
  },
  onResultProcess: (payload) => {
    const { result, serverContext } = payload;
    if (Array.isArray(result) || !('errors' in result) || !result.errors) return;
    payload.setResult(withRequestId(result, serverContext.requestId));
  },
  onResponse: ({ response, serverContext }) => {
    // Yoga answers /health before any plugin sees the request.
    const { requestId = randomUUID() } = serverContext as Partial<ServerContext>;
    response.headers.set('cache-control', 'no-store');
    response.headers.set('x-content-type-options', 'nosniff');
    response.headers.set('x-request-id', requestId);
    // Yoga's answers to Accept: text/event-stream and multipart/mixed keep lines alive that the caller wants closed; what
    // the caller then sends on such a line is refused as a bad request.
    response.headers.delete('connection');
  },
});
