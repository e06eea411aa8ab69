// The requests that reached a sandbox server or a stub vendor, logins included.
import {
  startSandboxServer,
  type RecordedRequest,
  type SandboxServer,
  type SandboxVendor,
} from '../../src/sandbox/server.ts';

/** Servers of this process, by origin. Their journals are read and reset without an HTTP call. */
const servers = new Map<string, SandboxServer>();

/** Registers a server, so that journalOf and resetServer need no HTTP call. Returns a function that removes the registration. */
export function registerServer(server: SandboxServer): () => void {
  servers.set(server.origin, server);
  return () => void servers.delete(server.origin);
}

/** Resets the vendor of the server to its initial state. */
export async function resetServer(origin: string): Promise<void> {
  // A request that was sent before this call must have reached the server.
  await new Promise((resolve) => setImmediate(resolve));
  const server = servers.get(origin);
  if (!server) throw new Error(`No server of this process has the origin ${origin}.`);
  server.reset();
}

/** Starts a server on a free port of loopback that answers as the vendor does. */
export async function startVendorServer(createVendor: () => SandboxVendor): Promise<SandboxServer> {
  const server = await startSandboxServer(createVendor, 0);
  const unregister = registerServer(server);
  return {
    ...server,
    close: async () => {
      unregister();
      await server.close();
    },
  };
}

/** Returns the requests that reached the server since its last reset, in order. */
export async function journalOf(origin: string): Promise<RecordedRequest[]> {
  const server = servers.get(origin);
  if (!server) return (await (await fetch(`${origin}/__sandbox/requests`)).json()) as RecordedRequest[];
  // A request that was sent before this call must have reached the server.
  await new Promise((resolve) => setImmediate(resolve));
  return server.requests();
}

/** Returns `METHOD /path?query` of each request, in order. */
export const callsTo = async (origin: string): Promise<string[]> =>
  (await journalOf(origin)).map(({ method, path, query }) => `${method} ${path}${query && `?${query}`}`);

/** Returns `METHOD /path?query` of every request that reached any of these servers. */
export const callsToAny = async (vendors: Readonly<Record<string, { readonly origin: string }>>): Promise<string[]> =>
  (await Promise.all(Object.values(vendors).map(({ origin }) => callsTo(origin)))).flat();

/** Returns the calls of callsToAny that may change something: all but GETs. */
export const writesToAny = async (vendors: Readonly<Record<string, { readonly origin: string }>>): Promise<string[]> =>
  (await callsToAny(vendors)).filter((call) => !call.startsWith('GET '));
