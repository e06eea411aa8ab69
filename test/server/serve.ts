// Serves the gateway of a test by Node's HTTP server on the loopback interface.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTestGateway, type TestGateway, type TestGatewayOptions } from '../support/gateway.ts';

export interface Served {
  readonly gateway: TestGateway;
  readonly origin: string;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export async function serve(options?: TestGatewayOptions): Promise<Served> {
  const gateway = await startTestGateway(options);
  const server: Server = createServer((request, response) => gateway.gateway.handle(request, response));
  // A client must not send a request on a connection that the server closes at the same time.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    gateway,
    origin,
    fetch: async (path, init) => fetch(origin + path, init),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await gateway.close();
    },
  };
}
