// Refuses new requests while the gateway drains: before its process ends, it only finishes what is in progress.
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { errorResponse } from './request-errors.ts';
import type { ServerContext } from './request-id.ts';

const ENDPOINT = '/graphql';

const stopping = new GraphQLError('The gateway is stopping. Nothing of this request was done. Send it again.', {
  extensions: { code: 'SERVICE_UNAVAILABLE', http: { status: 503, headers: { 'retry-after': '1' } } },
});

/**
 * Answers GraphQL requests with 503 while the gateway drains.
 * @param isDraining whether the gateway drains.
 */
export const useRefusalWhileDraining = (isDraining: () => boolean): Plugin<ServerContext, ServerContext> => ({
  onRequest: (payload) => {
    const { request, serverContext, url } = payload;
    if (!isDraining() || url.pathname !== ENDPOINT) return;
    payload.endResponse(errorResponse(request, stopping, (serverContext as ServerContext).requestId));
  },
});
