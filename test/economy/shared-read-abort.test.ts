// A client that leaves a read which it shares: the read goes on for whoever still waits, and ends with the last of them.
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressAt, startTestGateway, type TestGateway } from '../support/gateway.ts';
import { httpAnswer, startRawServer, type RawServer } from '../support/raw-server.ts';
import { askWith } from './requests.ts';

const LIST = 'query ($of: [ID!]) { connections(filter: {instance: $of}) { isComplete nodes { name } } }';
const ROWS = httpAnswer(200, '[{"name":"shop","type":"mysql"}]');
const TOKEN = '{"access_token":"token-1","token_type":"Bearer","expires_in":3600}';

/** The line on which the next request reaches a vendor, which leaves it unanswered. */
const nextAt = async (vendor: RawServer): Promise<Socket> =>
  new Promise((resolve) => {
    vendor.answer = resolve;
  });

describe('a client that leaves', () => {
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
    // One who left gets no answer, when that is said may come before a test waits for it.
    page.catch(() => {});
    return page;
  };

  /** Two clients who wait for one list of Credible; the second has asked Omni too, which tells that it is there. */
  async function waitTwice() {
    const [first, second] = [new AbortController(), new AbortController()];
    const [arrived, there] = [nextAt(vendors.credible), nextAt(vendors.omni)];
    const one = ask(['credible'], first.signal);
    const line = await arrived;
    const two = ask(['credible', 'omni'], second.signal);
    const other = await there;
    return { first, second, one, two, line, other };
  }

  it('does not take the list from another who waits for it', async () => {
    const { first, one, two, line, other } = await waitTwice();
    first.abort();
    await Promise.allSettled([one]);
    line.write(ROWS);
    other.write(httpAnswer(200, '{"connections":[]}'));
    expect(await two).toEqual({ isComplete: true, nodes: [{ name: 'shop' }] });
    expect(vendors.credible.requests).toHaveLength(1);
  });

  it('ends it as the last one', async () => {
    const { first, second, one, two, line } = await waitTwice();
    const closed = once(line, 'close');
    first.abort();
    second.abort();
    await closed;
    expect((await Promise.allSettled([one, two])).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('leaves nothing to those who come later but a call of their own', async () => {
    const { first, second, one, two } = await waitTwice();
    first.abort();
    second.abort();
    vendors.credible.answer = (socket) => void socket.write(ROWS);
    expect(await ask(['credible'])).toEqual({ isComplete: true, nodes: [{ name: 'shop' }] });
    expect(vendors.credible.requests).toHaveLength(2);
    await Promise.allSettled([one, two]);
  });

  it('does not take it from who comes while it was at the login', async () => {
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
