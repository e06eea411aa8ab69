// Serves a gateway over hostile vendors with Node's HTTP server. A request that comes over a socket is another object than a Request that
// a test creates, and may be stored or logged in other ways.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HostileGateway } from './hostile-gateway.ts';

export interface ServedGateway extends HostileGateway {
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Response>;
}

/** Returns the gateway with `post` and `get` over a socket on the loopback interface. */
export async function serveOverSocket(hostile: HostileGateway): Promise<ServedGateway> {
  const { gateway } = hostile.gateway;
  const server = createServer((request, response) => gateway.handle(request, response));
  // A client must not send a request on a connection that the server closes at the same time.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...hostile,
    post: async (body, signal) =>
      fetch(`${origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: hostile.authorization },
        body,
        ...(signal && { signal }),
      }),
    get: async (path, headers = {}) =>
      fetch(origin + path, { headers: { authorization: hostile.authorization, ...headers } }),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await hostile.close();
    },
  };
}
