// Cross-origin resource sharing (CORS): which pages of other origins may call the gateway from a browser. Cookies are never allowed.
import type { Plugin, YogaServerOptions } from 'graphql-yoga';

type CorsOptions = NonNullable<YogaServerOptions<object, object>['cors']>;

const ONE_HOUR_S = 3600;

/**
 * Returns the CORS options of Yoga. A request of any other origin gets no CORS header, so that its page cannot read the answer.
 * @param origins the exact origins that are allowed; false is returned when there are none.
 */
export function corsFor(origins: readonly string[]): CorsOptions {
  if (origins.length === 0) return false;
  const allowed = new Set(origins);
  return (request) => {
    const origin = request.headers.get('origin');
    if (origin === null || !allowed.has(origin)) return false;
    return {
      origin,
      credentials: false,
      methods: ['GET', 'POST'],
      exposedHeaders: ['retry-after', 'www-authenticate', 'x-request-id'],
      maxAge: ONE_HOUR_S,
    };
  };
}

/** Sets `Vary: Origin` when the answer depends on the origin. */
export const useVaryByOrigin = (origins: readonly string[]): Plugin => ({
  onResponse: ({ response }) => {
    if (origins.length > 0) response.headers.append('vary', 'Origin');
  },
});
