// What reached a sandbox server or a played vendor, logins included.
import type { RecordedRequest } from '../../src/sandbox/server.ts';

export const journalOf = async (origin: string): Promise<RecordedRequest[]> =>
  (await (await fetch(`${origin}/__sandbox/requests`)).json()) as RecordedRequest[];

/** `METHOD /path` of each request, in order. */
export const callsTo = async (origin: string): Promise<string[]> =>
  (await journalOf(origin)).map(({ method, path, query }) => `${method} ${path}${query && `?${query}`}`);

/** `METHOD /path` of everything that reached any of these servers. */
export const callsToAny = async (servers: Readonly<Record<string, { readonly origin: string }>>): Promise<string[]> =>
  (await Promise.all(Object.values(servers).map(({ origin }) => callsTo(origin)))).flat();
