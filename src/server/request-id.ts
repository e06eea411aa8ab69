// Gives each request an id, which is in the response header, in its errors and in the log.
import { randomUUID } from 'node:crypto';
import { GraphQLError, type ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Caller } from '../domain/caller.ts';
import type { ObservedRequest } from '../observability/telemetry.ts';
import type { Refusal } from './request-errors.ts';

/** The part of the context that the server creates for each request. */
export interface ServerContext {
  requestId: string;
  caller: Caller;
  /** The router that passed the request on; null when there is none. */
  router: Caller | null;
  /** The address of the client; null for a request that did not come through a socket. */
  address: string | null;
  /** Why the request was refused; undefined when it was not. */
  refusal?: Refusal;
  /** The telemetry of the request. */
  observed: ObservedRequest;
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

/** Sets the request id. */
export const useRequestId = (): Plugin<ServerContext, ServerContext> => ({
  onRequest: ({ serverContext }) => {
    // Yoga creates this context for each request.
    (serverContext as ServerContext).requestId = randomUUID();
  },
  onResultProcess: (payload) => {
    const { result, serverContext } = payload;
    if (Array.isArray(result) || !('errors' in result) || !result.errors) return;
    payload.setResult(withRequestId(result, serverContext.requestId));
  },
  onResponse: ({ response, serverContext }) => {
    // Yoga answers /health without calling onRequest.
    const { requestId = randomUUID() } = serverContext as Partial<ServerContext>;
    response.headers.set('x-request-id', requestId);
  },
});
