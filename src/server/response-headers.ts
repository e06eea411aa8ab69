// Sets the headers that every response has: a browser must not store it, guess its type, show it in a frame, or load anything for it.
// The files of the console say themselves what a browser may store and load.
import type { Plugin } from 'graphql-yoga';
import { PAGE_POLICY } from './graphiql.ts';

/** The content security policy of everything except pages. */
export const NOTHING_POLICY = "default-src 'none'; frame-ancestors 'none'";

/**
 * Sets the headers.
 * @param hstsSeconds how long browsers may use HTTPS only for this host; null where a proxy ends TLS and sets the header itself. The
 * header does not include subdomains: the gateway does not know whether all of them serve HTTPS.
 */
export const useResponseHeaders = (hstsSeconds: number | null): Plugin => ({
  onResponse: ({ response: { headers } }) => {
    if (!headers.has('content-security-policy')) {
      const isPage = headers.get('content-type')?.startsWith('text/html') === true;
      headers.set('content-security-policy', isPage ? PAGE_POLICY : NOTHING_POLICY);
      headers.set('cache-control', 'no-store');
    }
    if (hstsSeconds !== null) headers.set('strict-transport-security', `max-age=${hstsSeconds}`);
    headers.set('cross-origin-opener-policy', 'same-origin');
    // A page of another origin cannot load an answer without CORS, as an image for example.
    headers.set('cross-origin-resource-policy', 'same-origin');
    headers.set('referrer-policy', 'no-referrer');
    headers.set('x-content-type-options', 'nosniff');
    // For browsers that do not know frame-ancestors.
    headers.set('x-frame-options', 'DENY');
    // For Accept: text/event-stream and multipart/mixed, Yoga sends `connection: keep-alive` even when the client wants to
    // close the connection. The client's next request would be refused.
    headers.delete('connection');
  },
});
