// One vendor is down and another hangs: the others are listed all the same, in time, and the list says what is missing.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addressAt, startTestGateway, type TestGateway } from '../support/gateway.ts';
import { httpAnswer, startRawServer } from '../support/raw-server.ts';

const LIST = `{
  connections(first: 200) {
    totalCount isComplete
    nodes { vendor }
    sources {
      instance { key } count readAt durationMs
      error {
        __typename
        ... on Error { message }
        ... on VendorError { instance { key } vendorStatus }
        ... on VendorUnavailableError { unavailable retryable }
      }
    }
  }
}`;

interface Source {
  readonly instance: { readonly key: string };
  readonly count: number | null;
  readonly durationMs: number;
  readonly readAt: string | null;
  readonly error: unknown;
}

/** Far above the 700 ms that a vendor is waited for here, and below any other limit. */
const SOON_MS = 3000;

describe('a list with one vendor stopped and one that hangs', () => {
  let test: TestGateway;

  beforeAll(async () => {
    test = await startTestGateway({
      instances: (sandbox) => sandbox.map((one) => ({ ...one, timeouts: { listMs: 700 } })),
    });
    await test.sandbox.servers.omni.close();
  });
  beforeEach(async () => {
    await Promise.all((['looker', 'credible', 'chartbrew'] as const).map((vendor) => test.outage(vendor, 'none')));
  });
  afterAll(async () => test.close());

  // Looker hangs at its login first: that is part of the time that a list may take.
  it.each(['looker', 'credible', 'chartbrew'] as const)(
    'has the others, in time, and names what is wrong with both (%s hangs)',
    async (hanging) => {
      await test.outage(hanging, 'hang');
      const began = performance.now();
      const { data, errors } = await test.ask(LIST);
      expect(performance.now() - began).toBeLessThan(SOON_MS);
      expect(errors).toBeUndefined();
      const { nodes, sources, isComplete, totalCount } = data.connections;
      expect({ isComplete, totalCount }).toEqual({ isComplete: false, totalCount: null });

      const healthy = ['looker', 'credible', 'chartbrew'].filter((vendor) => vendor !== hanging);
      const listed = new Set((nodes as { vendor: string }[]).map(({ vendor }) => vendor.toLowerCase()));
      expect([...listed].toSorted()).toEqual(healthy.toSorted());

      const bySource = new Map((sources as Source[]).map((source) => [source.instance.key, source]));
      expect([...bySource.keys()]).toEqual(['looker', 'omni', 'credible', 'chartbrew']);
      const label = { looker: 'Looker', credible: 'Credible', chartbrew: 'Chartbrew' }[hanging];
      expect(bySource.get(hanging)).toMatchObject({
        count: null,
        readAt: null,
        error: {
          __typename: 'VendorUnavailableError',
          message: `${label} (sandbox) did not answer in time.`,
          instance: { key: hanging },
          vendorStatus: null,
          unavailable: 'TIMEOUT',
          retryable: true,
        },
      });
      expect(bySource.get('omni')).toMatchObject({
        count: null,
        readAt: null,
        error: {
          __typename: 'VendorUnavailableError',
          message: 'Omni (sandbox) could not be reached.',
          instance: { key: 'omni' },
          vendorStatus: null,
          unavailable: 'CONNECT',
          retryable: true,
        },
      });
      for (const vendor of healthy) {
        const source = bySource.get(vendor) as Source;
        expect(source).toMatchObject({ error: null, count: expect.any(Number), readAt: expect.any(String) });
        expect(source.count).toBeGreaterThan(0);
        // Who answers at once is not said to have taken as long as who hangs.
        expect(source.durationMs).toBeLessThan(bySource.get(hanging)?.durationMs ?? 0);
      }
    },
  );

  it('under one instance is empty there and says why', async () => {
    const { data, errors } = await test.ask(
      '{ vendorInstance(id: "omni") { connections { totalCount isComplete nodes { id } sources { count } } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.vendorInstance.connections).toEqual({
      totalCount: null,
      isComplete: false,
      nodes: [],
      sources: [{ count: null }],
    });
  });

  it('is whole again as soon as the vendor answers', async () => {
    await test.outage('credible', 'hang');
    const only = '{ connections(filter: {instance: "credible"}) { isComplete totalCount } }';
    expect((await test.ask(only)).data.connections).toEqual({ isComplete: false, totalCount: null });
    await test.outage('credible', 'none');
    const { isComplete, totalCount } = (await test.ask(only)).data.connections;
    expect(isComplete).toBe(true);
    expect(totalCount).toBeGreaterThan(0);
  });
});

describe('a list at a Looker that is slow to let the gateway in, and then hangs', () => {
  it('takes no longer for that: login and list share the time', async () => {
    const raw = await startRawServer();
    raw.answer = (socket, request) => {
      if (!request.startsWith('POST /api/4.0/login')) return;
      const token = httpAnswer(200, '{"access_token":"token-1","token_type":"Bearer","expires_in":3600}');
      setTimeout(() => socket.write(token), 1500);
    };
    const test = await startTestGateway({
      instances: (sandbox) =>
        sandbox.slice(0, 1).map((one) => ({ ...one, baseUrl: addressAt(raw.origin, one), timeouts: { listMs: 2000 } })),
    });
    try {
      const [source] = (await test.ask(LIST)).data.connections.sources as Source[];
      expect(raw.requests.map((request) => request.split('\r')[0])).toEqual([
        'POST /api/4.0/login HTTP/1.1',
        'GET /api/4.0/connections HTTP/1.1',
      ]);
      expect(source?.error).toMatchObject({ unavailable: 'TIMEOUT' });
      // 2 s and some; were the list's own time counted from after the login, it would be 3.5 s.
      expect(source?.durationMs).toBeLessThan(3000);
    } finally {
      await test.close();
      await raw.close();
    }
  });
});
