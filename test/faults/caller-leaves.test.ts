// When a caller leaves, the gateway aborts the caller's reads at the vendor. Calls that must not be aborted continue to their end.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressAt, startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';
import { httpAnswer, startRawServer, type RawServer } from '../support/raw-server.ts';

const TOKEN = '{"access_token":"token-1","token_type":"Bearer","expires_in":3600}';

const listOf = (vendor: VendorName) => `{ connections(filter: {instance: "${vendor}"}) { totalCount } }`;
const chartbrewById = `{ connection(id: "${Buffer.from('v1:c:chartbrew:7').toString('base64url')}") { name } }`;

describe('a caller who leaves', () => {
  const vendors = {} as Record<VendorName, RawServer>;
  let test: TestGateway;
  let server: Server;

  beforeEach(async () => {
    for (const name of ['looker', 'omni', 'credible', 'chartbrew'] as const) vendors[name] = await startRawServer();
    test = await startTestGateway({
      instances: (sandbox) =>
        sandbox.map((instance) => ({
          ...instance,
          baseUrl: addressAt(vendors[instance.vendor as VendorName].origin, instance),
          // No deadline is reached: only the caller ends a call.
          timeouts: { listMs: 600_000, readMs: 600_000, writeMs: 600_000 },
        })),
    });
    server = createServer((request, response) => test.gateway.handle(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await test.close();
    await Promise.all(Object.values(vendors).map((vendor) => vendor.close()));
  });

  /** Sends a query and leaves when the signal says so. */
  const ask = async (query: string, signal: AbortSignal | null = null): Promise<unknown> => {
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      signal,
    });
    return answer.json();
  };

  /** Returns the socket of the next request at a vendor, which is not answered. Looker's login is answered. */
  const nextAt = async (vendor: VendorName): Promise<Socket> =>
    new Promise((resolve) => {
      vendors[vendor].answer = (socket, request) => {
        if (request.startsWith('POST /api/4.0/login')) socket.write(httpAnswer(200, TOKEN));
        else resolve(socket);
      };
    });

  it.each(['looker', 'omni', 'credible', 'chartbrew'] as const)(
    'the gateway aborts a list at %s when its caller leaves',
    async (vendor) => {
      const leaving = new AbortController();
      const arrived = nextAt(vendor);
      const answer = ask(listOf(vendor), leaving.signal);
      const connection = await arrived;
      const closed = once(connection, 'close');
      leaving.abort();
      await expect(answer).rejects.toThrow('abort');
      await closed;
    },
  );

  it.each([
    // An aborted call may crash Chartbrew's server.
    ['a read by id at Chartbrew', 'chartbrew', chartbrewById, '{"id":7,"name":"shop","type":"mysql"}'],
    [
      'a create',
      'credible',
      `mutation { createConnection(input: {instance: "credible", name: "shop", config: {postgres: {
        connectionString: null, host: "db.example" }}}) { __typename } }`,
      '{"name":"shop","type":"postgres"}',
    ],
  ] as const)('the gateway does not abort %s when its caller leaves', async (_what, vendor, query, body) => {
    const leaving = new AbortController();
    const arrived = [nextAt(vendor), nextAt('omni')] as const;
    const answers = [ask(query, leaving.signal), ask(listOf('omni'), leaving.signal)];
    const [continuing, aborted] = await Promise.all(arrived);
    const closed = once(aborted, 'close');
    leaving.abort();
    await Promise.allSettled(answers);
    // The list, which is aborted, shows that the gateway has noticed that its caller left.
    await closed;
    const used = new Set<Socket>();
    vendors[vendor].answer = (socket) => {
      used.add(socket);
      socket.write(httpAnswer(200, '[]'));
    };
    continuing.write(httpAnswer(200, body));
    // When the answer was read to its end, a later request uses the same connection.
    const isFree = async () => {
      await ask(vendor === 'chartbrew' ? query : listOf(vendor));
      return used.has(continuing);
    };
    await expect.poll(isFree, { timeout: 15_000 }).toBe(true);
    expect(continuing.destroyed).toBe(false);
  });
});
