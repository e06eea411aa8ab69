// Refuses new requests while the gateway drains: before its process ends, it only finishes what is in progress.
import type { Plugin } from 'graphql-yoga';
import type { ServerContext } from './request-id.ts';

const ENDPOINT = '/graphql';

/**
 * Answers GraphQL requests with 503 while the gateway drains.
 * @param isDraining whether the gateway drains.
 */
export const useRefusalWhileDraining = (isDraining: () => boolean): Plugin<ServerContext, ServerContext> => ({
  onRequest: (payload) => {
    const { serverContext, url } = payload;
    if (!isDraining() || url.pathname !== ENDPOINT) return;
    const { requestId } = serverContext as ServerContext;
    const message = 'The gateway is stopping. Nothing of this request was done. Send it again.';
    payload.endResponse(
      Response.json(
        { errors: [{ message, extensions: { code: 'SERVICE_UNAVAILABLE', requestId } }] },
        { status: 503, headers: { 'retry-after': '1' } },
      ),
    );
  },
});
