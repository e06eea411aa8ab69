// Serves the console: the built files of console/ at the root of the gateway. The page holds no data; its queries are authenticated.
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Plugin } from 'graphql-yoga';
import { once } from '../fields/memoize.ts';
import { NOTHING_POLICY } from './response-headers.ts';

/** What the console offers: everything, or reads alone. */
export type ConsoleMode = 'full' | 'readOnly';

export interface ConsoleOptions {
  readonly mode: ConsoleMode;
  /** The folder of the built files. */
  readonly folder: URL;
  /** Whether the gateway serves GraphiQL, to which the console then has a link. */
  readonly hasGraphiql: boolean;
}

interface Asset {
  readonly body: Buffer;
  readonly gzipped: Buffer;
  readonly type: string;
}

interface BuiltConsole {
  readonly index: string;
  /** The files by their paths: `/assets/…`. Their names hold hashes of their contents. */
  readonly assets: ReadonlyMap<string, Asset>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The paths of the screens. The page itself decides which screen it shows. */
const SCREENS = /^\/(?:$|(?:connections|instances|create|rotate)(?:\/|$))/;

const compress = promisify(gzip);

async function readAssets(folder: URL): Promise<ReadonlyMap<string, Asset>> {
  const names = await readdir(new URL('assets/', folder));
  const entries = names.map(async (name): Promise<[string, Asset]> => {
    const body = await readFile(new URL(`assets/${name}`, folder));
    const type = TYPES[extname(name)] ?? 'application/octet-stream';
    return [`/assets/${name}`, { body, gzipped: await compress(body, { level: 9 }), type }];
  });
  return new Map(await Promise.all(entries));
}

/** Returns the built files; null when the console was not built. */
async function readConsole(folder: URL): Promise<BuiltConsole | null> {
  try {
    return { index: await readFile(new URL('index.html', folder), 'utf8'), assets: await readAssets(folder) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Returns the documents that the console sends, by their hashes; none when the console was not built. */
export async function readConsoleDocuments(folder: URL): Promise<ReadonlyMap<string, string>> {
  try {
    const text = await readFile(new URL('documents.json', folder), 'utf8');
    return new Map(Object.entries(JSON.parse(text) as Record<string, string>));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw error;
  }
}

/** The content security policy of the page. It loads from and connects to this server only. Only styles with the nonce are used. */
const pagePolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

function respondWithPage(index: string, { mode, hasGraphiql }: ConsoleOptions): Response {
  const nonce = randomBytes(16).toString('base64');
  const values: Readonly<Record<string, string>> = { nonce, mode, graphiql: hasGraphiql ? 'on' : 'off' };
  const page = index.replace(/%(nonce|mode|graphiql)%/g, (_match, name: string) => values[name] ?? '');
  return new Response(page, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': pagePolicy(nonce),
    },
  });
}

function respondWithAsset({ body, gzipped, type }: Asset, request: Request): Response {
  const isGzip = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
  return new Response(new Uint8Array(isGzip ? gzipped : body), {
    headers: {
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': NOTHING_POLICY,
      vary: 'accept-encoding',
      ...(isGzip ? { 'content-encoding': 'gzip' } : {}),
    },
  });
}

const NOT_BUILT = 'The console is not built. Run `npm run build:console`.\n';

/**
 * Serves the console. Requests for other paths are left to the other plugins.
 * @param options null where the console is off.
 */
export function useConsole(options: ConsoleOptions | null): Plugin {
  if (!options) return {};
  const built = once(() => readConsole(options.folder));
  return {
    onRequest: async (payload) => {
      const { request, url } = payload;
      if (request.method !== 'GET') return;
      const isScreen = SCREENS.test(url.pathname);
      if (!isScreen && !url.pathname.startsWith('/assets/')) return;
      const files = await built();
      if (!files) {
        payload.endResponse(new Response(NOT_BUILT, { status: 503 }));
        return;
      }
      const asset = files.assets.get(url.pathname);
      if (isScreen) payload.endResponse(respondWithPage(files.index, options));
      else if (asset) payload.endResponse(respondWithAsset(asset, request));
    },
  };
}
