// Authenticates each request before anything of it is parsed. A request without a valid credential gets 401.
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { AuthenticationError, bearerTokenIn, type Authenticate } from '../authentication/authenticate.ts';
import { ANYONE, NOBODY } from '../domain/caller.ts';
import { addressGroup } from './client-address.ts';
import { MinuteLimit, type MinuteCounters } from './minute-limit.ts';
import { isHealthPage } from './operations.ts';
import { errorResponse, refusalOf } from './request-errors.ts';
import type { ServerContext } from './request-id.ts';

/** The header with the own token of a router that passes the Authorization of its caller on. */
const ROUTER_TOKEN = 'patchbay-router-token';

/**
 * Returns whether a request asks for the page of GraphiQL. The page holds no data; its queries are authenticated. A request with any
 * parameter may name a document to execute.
 */
const asksForPage = ({ method, url, headers }: Request): boolean =>
  method === 'GET' &&
  (headers.get('accept') ?? '').includes('text/html') &&
  new URL(url, 'http://localhost').search === '';

/** The error for a request without a valid credential: RFC 6750. */
const unauthenticated = (message: string, hasCredential: boolean): GraphQLError =>
  new GraphQLError(message, {
    extensions: {
      code: 'UNAUTHENTICATED',
      http: {
        status: 401,
        headers: { 'www-authenticate': `Bearer realm="patchbay"${hasCredential ? ', error="invalid_token"' : ''}` },
      },
    },
  });

/**
 * Sets the caller of each request. A client that fails to authenticate too often gets 429 instead of 401. A valid credential is accepted
 * nevertheless: else one client could lock out all others behind its proxy.
 * @param authenticate null where callers are not authenticated: then everyone may do everything.
 * @param maxFailures how often a client may fail per minute.
 */
export function useCaller(
  authenticate: Authenticate | null,
  maxFailures: number,
  counters: MinuteCounters,
): Plugin<ServerContext, ServerContext> {
  const failures = new MinuteLimit(counters, {
    name: 'failedAuthentications',
    value: maxFailures,
    what: `This address failed to authenticate more than ${maxFailures} times in a minute`,
  });
  const refusalFor = async ({ headers }: Request, { message }: AuthenticationError, address: string | null) => {
    try {
      await failures.count(address === null ? '' : addressGroup(address), 1);
      return unauthenticated(message, headers.has('authorization'));
    } catch (error) {
      return error as GraphQLError;
    }
  };
  return {
    onRequest: async (payload) => {
      const { request } = payload;
      const context = payload.serverContext as ServerContext;
      context.caller = authenticate ? NOBODY : ANYONE;
      context.router = null;
      if (!authenticate || request.method === 'OPTIONS' || asksForPage(request) || isHealthPage(request)) return;
      try {
        context.caller = await authenticate(bearerTokenIn(request.headers.get('authorization')));
        const routerToken = request.headers.get(ROUTER_TOKEN);
        if (routerToken !== null) context.router = await authenticate(routerToken);
      } catch (error) {
        if (!(error instanceof AuthenticationError)) throw error;
        const refusal = await refusalFor(request, error, context.address);
        context.refusal = refusalOf(refusal);
        payload.endResponse(errorResponse(request, refusal, context.requestId));
      }
    },
  };
}
