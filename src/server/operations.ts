// The pages for operators: the health of the process, and its metrics. None has a detail of a vendor's answer or of a caller.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { mayDoAnywhere, type Caller } from '../domain/caller.ts';
import type { Metrics } from '../observability/metrics.ts';
import { errorResponse } from './request-errors.ts';
import type { ServerContext } from './request-id.ts';

/** A page for operators. */
interface Page {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

const TEXT = 'text/plain; charset=utf-8';

/** What the pages need. */
export interface OperationsOptions {
  readonly metrics: Metrics;
  /** Returns whether the gateway refuses new requests because its process ends. */
  readonly isDraining: () => boolean;
}

const HEALTH_PATHS: ReadonlySet<string | null> = new Set(['/healthz', '/readyz']);
const PATHS: ReadonlySet<string | null> = new Set([...HEALTH_PATHS, '/metrics']);

type ReadPage = () => Page | Promise<Page>;

/** Returns the pages by their paths. */
function createPages({ metrics, isDraining }: OperationsOptions): ReadonlyMap<string, ReadPage> {
  return new Map<string, ReadPage>([
    ['/healthz', () => ({ status: 200, type: TEXT, text: '' })],
    ['/readyz', () => ({ status: isDraining() ? 503 : 200, type: TEXT, text: '' })],
    ['/metrics', async () => ({ status: 200, type: metrics.contentType, text: await metrics.text() })],
  ]);
}

const isRead = (method: string | undefined): boolean => method === 'GET' || method === 'HEAD';

/** Returns the handler of the port for operators. It needs no authentication. */
export function createOperationsHandler(options: OperationsOptions) {
  const pages = createPages(options);
  const answer = async ({ method, url = '' }: IncomingMessage): Promise<Page> => {
    const readPage = pages.get(url.split('?', 1)[0] ?? '');
    if (!readPage) return { status: 404, type: TEXT, text: 'The pages are /metrics, /healthz and /readyz.\n' };
    return isRead(method) ? readPage() : { status: 405, type: TEXT, text: 'Send a GET request.\n' };
  };
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, type, text } = await answer(request);
    response.writeHead(status, {
      'content-type': type,
      'content-length': Buffer.byteLength(text),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(status === 405 && { allow: 'GET, HEAD' }),
    });
    response.end(request.method === 'HEAD' ? undefined : text);
  };
}

/** Returns the path of a URL if it may be one of a page. Most requests go to /graphql, for which no URL is parsed. */
const pathOf = (url: string): string | null =>
  /\/(?:healthz|readyz|metrics)(?:[?#]|$)/.test(url) ? new URL(url, 'http://localhost').pathname : null;

/** Returns whether a request asks for a page for operators. */
export const isOperationsPage = ({ url }: Request): boolean => PATHS.has(pathOf(url));

/** Returns whether a request asks for a page that needs no credential. */
export const isHealthPage = ({ url }: Request): boolean => HEALTH_PATHS.has(pathOf(url));

const notAllowed = new GraphQLError('This needs the scope metrics:read.', {
  extensions: { code: 'PERMISSION_DENIED', http: { status: 403 } },
});

const mayRead = (path: string, caller: Caller): boolean => path !== '/metrics' || mayDoAnywhere(caller, 'metrics:read');

/**
 * Serves the pages on the port of the gateway. It must come after the plugin that authenticates callers.
 * @param hasMetrics whether the metrics are among them. They need the scope metrics:read.
 */
export function useOperations(options: OperationsOptions, hasMetrics: boolean): Plugin<ServerContext, ServerContext> {
  const pages = createPages(options);
  return {
    onRequest: async (payload) => {
      const { url, method } = payload.request;
      const path = pathOf(url);
      const readPage = path === null ? undefined : pages.get(path);
      if (path === null || !readPage || !isRead(method) || (path === '/metrics' && !hasMetrics)) return;
      const { caller, requestId } = payload.serverContext as ServerContext;
      if (!mayRead(path, caller)) {
        payload.endResponse(errorResponse(payload.request, notAllowed, requestId));
        return;
      }
      const { status, type, text } = await readPage();
      payload.endResponse(new Response(method === 'HEAD' ? null : text, { status, headers: { 'content-type': type } }));
    },
  };
}
