// A client aborts a read that it shares with others: the read continues while a client waits for it, and ends with the last one.
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressAt, startTestGateway, type TestGateway } from '../support/gateway.ts';
import { httpAnswer, startRawServer, type RawServer } from '../support/raw-server.ts';
import { askWith } from './requests-and-counts.ts';

const LIST = 'query ($of: [ID!]) { connections(filter: {instance: $of}) { isComplete nodes { name } } }';
const ROWS = httpAnswer(200, '[{"name":"shop","type":"mysql"}]');
const TOKEN = '{"access_token":"token-1","token_type":"Bearer","expires_in":3600}';

/** Returns the socket of the next request at a vendor. The vendor does not answer it. */
const nextAt = async (vendor: RawServer): Promise<Socket> =>
  new Promise((resolve) => {
    vendor.answer = resolve;
  });

describe('a read that clients share', () => {
  let vendors: Record<'looker' | 'omni' | 'credible', RawServer>;
  let test: TestGateway;
  beforeEach(async () => {
    vendors = { looker: await startRawServer(), omni: await startRawServer(), credible: await startRawServer() };
    test = await startTestGateway({
      instances: (sandbox) =>
        sandbox.flatMap((one) =>
          one.vendor === 'chartbrew'
            ? []
            : [
                {
                  ...one,
                  baseUrl: addressAt(vendors[one.vendor as keyof typeof vendors].origin, one),
                  timeouts: { listMs: 600_000 },
                },
              ],
        ),
    });
  });
  afterEach(async () => {
    await test.close();
    await Promise.all(Object.values(vendors).map((vendor) => vendor.close()));
  });

  const ask = (of: readonly string[], signal: AbortSignal | null = null) => {
    const page = askWith(test, LIST, { of }, { signal }).then(({ data }) => data?.connections);
    // A client that left gets a rejection, possibly before the test waits for it.
    page.catch(() => {});
    return page;
  };

  /** Two clients wait for one list of Credible. The second also lists Omni, whose request shows that the second client waits. */
  async function waitTwice() {
    const [first, second] = [new AbortController(), new AbortController()];
    const [arrived, there] = [nextAt(vendors.credible), nextAt(vendors.omni)];
    const one = ask(['credible'], first.signal);
    const line = await arrived;
    const two = ask(['credible', 'omni'], second.signal);
    const other = await there;
    return { first, second, one, two, line, other };
  }

  it('a shared read continues for the other client when one client leaves', async () => {
    const { first, one, two, line, other } = await waitTwice();
    first.abort();
    await Promise.allSettled([one]);
    line.write(ROWS);
    other.write(httpAnswer(200, '{"connections":[]}'));
    expect(await two).toEqual({ isComplete: true, nodes: [{ name: 'shop' }] });
    expect(vendors.credible.requests).toHaveLength(1);
  });

  it('a shared read is aborted when its last client leaves', async () => {
    const { first, second, one, two, line } = await waitTwice();
    const closed = once(line, 'close');
    first.abort();
    second.abort();
    await closed;
    expect((await Promise.allSettled([one, two])).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('an aborted shared read is not joined by later clients', async () => {
    const { first, second, one, two } = await waitTwice();
    first.abort();
    second.abort();
    vendors.credible.answer = (socket) => void socket.write(ROWS);
    expect(await ask(['credible'])).toEqual({ isComplete: true, nodes: [{ name: 'shop' }] });
    expect(vendors.credible.requests).toHaveLength(2);
    await Promise.allSettled([one, two]);
  });

  it('a shared read continues for a client that joined while another left during the login', async () => {
    const arrived = nextAt(vendors.looker);
    const leaving = new AbortController();
    const one = ask(['looker'], leaving.signal);
    const login = await arrived;
    leaving.abort();
    const there = nextAt(vendors.omni);
    const two = ask(['looker', 'omni']);
    const other = await there;
    vendors.looker.answer = (socket) => void socket.write(httpAnswer(200, '[{"name":"shop","dialect_name":"mysql"}]'));
    login.write(httpAnswer(200, TOKEN));
    other.write(httpAnswer(200, '{"connections":[]}'));
    expect(await two).toEqual({ isComplete: true, nodes: [{ name: 'shop' }] });
    await Promise.allSettled([one]);
  });
});
