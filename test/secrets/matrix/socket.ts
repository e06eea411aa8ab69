// A stage behind Node's own HTTP server: a request that comes over a socket is another object than one that a test makes.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Stage } from './stage.ts';

export interface ServedStage extends Stage {
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Response>;
}

export async function overSocket(stage: Stage): Promise<ServedStage> {
  const { gateway } = stage.gateway;
  const server = createServer((request, response) => gateway.handle(request, response));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...stage,
    post: async (body, signal) =>
      fetch(`${origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        ...(signal && { signal }),
      }),
    get: async (path, headers = {}) => fetch(origin + path, { headers }),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await stage.close();
    },
  };
}
