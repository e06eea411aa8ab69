// Authenticates each request before anything of it is parsed. A request without a valid credential gets 401.
import type { Plugin } from 'graphql-yoga';
import { AuthenticationError, bearerTokenIn, type Authenticate } from '../authentication/authenticate.ts';
import { ANYONE, createCaller } from '../domain/caller.ts';
import type { ServerContext } from './request-id.ts';

/** The header with the own token of a router that passes the Authorization of its caller on. */
const ROUTER_TOKEN = 'patchbay-router-token';

/** The caller of a request that needs no credential. It may do nothing. */
const NOBODY = createCaller('nobody', [], null);

/**
 * Returns whether a request asks for the page of GraphiQL. The page holds no data; its queries are authenticated. A request with any
 * parameter may name a document to execute.
 */
const asksForPage = ({ method, url, headers }: Request): boolean =>
  method === 'GET' &&
  (headers.get('accept') ?? '').includes('text/html') &&
  new URL(url, 'http://localhost').search === '';

/** The response for a request without a valid credential: RFC 6750, and the body that GraphQL over HTTP asks for. */
function unauthorized(request: Request, { message }: AuthenticationError, requestId: string): Response {
  const hasCredential = request.headers.has('authorization');
  const type = (request.headers.get('accept') ?? '').includes('application/graphql-response+json')
    ? 'application/graphql-response+json'
    : 'application/json';
  return Response.json(
    { errors: [{ message, extensions: { code: 'UNAUTHENTICATED', requestId } }] },
    {
      status: 401,
      headers: {
        'content-type': `${type}; charset=utf-8`,
        'www-authenticate': `Bearer realm="patchbay"${hasCredential ? ', error="invalid_token"' : ''}`,
      },
    },
  );
}

/**
 * Sets the caller of each request.
 * @param authenticate null where callers are not authenticated: then everyone may do everything.
 */
export const useCaller = (authenticate: Authenticate | null): Plugin<ServerContext, ServerContext> => ({
  onRequest: async (payload) => {
    const { request } = payload;
    const context = payload.serverContext as ServerContext;
    context.caller = authenticate ? NOBODY : ANYONE;
    context.router = null;
    if (!authenticate || request.method === 'OPTIONS' || asksForPage(request)) return;
    try {
      context.caller = await authenticate(bearerTokenIn(request.headers.get('authorization')));
      const routerToken = request.headers.get(ROUTER_TOKEN);
      if (routerToken !== null) context.router = await authenticate(routerToken);
    } catch (error) {
      if (!(error instanceof AuthenticationError)) throw error;
      payload.endResponse(unauthorized(request, error, context.requestId));
    }
  },
});
