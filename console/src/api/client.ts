// The GraphQL client. Queries are cached by document and variables; a mutation empties the cache of what it may have changed.
import { Client, cacheExchange, fetchExchange, mapExchange } from 'urql';
import { authorization } from './session.ts';

/**
 * Returns a client without anything in its cache.
 * @param onUnauthenticated is called when the gateway asks for a token, or refuses the one it got.
 */
export function createClient(onUnauthenticated: () => void): Client {
  return new Client({
    url: '/graphql',
    // A URL would be kept in logs and in the history.
    preferGetMethod: false,
    fetchOptions: () => ({ headers: authorization(), credentials: 'omit' }),
    exchanges: [
      cacheExchange,
      mapExchange({
        onError: ({ response }) => {
          if ((response as Response | undefined)?.status === 401) onUnauthenticated();
        },
      }),
      fetchExchange,
    ],
  });
}
