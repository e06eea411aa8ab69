// Refuses new requests while the gateway drains: before its process ends, it only finishes what is in progress.
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { NOBODY } from '../domain/caller.ts';
import { errorResponse, refusalOf } from './request-errors.ts';
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
    const { request, url } = payload;
    if (!isDraining() || url.pathname !== ENDPOINT) return;
    const context = payload.serverContext as ServerContext;
    // Nobody is authenticated any more.
    context.caller = NOBODY;
    context.refusal = refusalOf(stopping);
    payload.endResponse(errorResponse(request, stopping, context.requestId));
  },
});
