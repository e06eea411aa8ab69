// A list while one vendor is down and another hangs returns the rows of the others in time and names what is missing.
import { describe, expect, it } from 'vitest';
import { LOOKER_LIST_WITHOUT_DETAILS } from '../support/watched-gateway.ts';
import { addressAt, REFUSING_ORIGIN, startTestGateway, type TestGateway } from '../support/gateway.ts';
import { httpAnswer, startRawServer } from '../support/raw-server.ts';
import { createManualDeadline } from '../support/manual-deadline.ts';

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

/** The deadline of the vendor that hangs. The others answer at once and have a deadline of a minute. */
const HANGING_MS = 1500;
const PATIENT_MS = 60_000;
/** Below the 10 s of silence after which the client gives up without a deadline. */
const SOON_MS = 9000;

type HangingVendor = 'looker' | 'credible' | 'chartbrew';

/** Starts a gateway whose Omni is stopped, and calls back with it. */
async function withOmniStopped(hanging: HangingVendor, use: (test: TestGateway) => Promise<void>): Promise<void> {
  const test = await startTestGateway({
    instances: (sandbox) =>
      sandbox.map((instance) => ({
        ...instance,
        ...(instance.vendor === 'omni' ? { baseUrl: addressAt(REFUSING_ORIGIN, instance) } : {}),
        timeouts: { listMs: instance.vendor === hanging ? HANGING_MS : PATIENT_MS },
      })),
  });
  try {
    await use(test);
  } finally {
    await test.close();
  }
}

describe.concurrent('a list while one vendor is stopped and another hangs', () => {
  // Looker hangs at its login: the login is part of the time that a list may take.
  it.each(['looker', 'credible', 'chartbrew'] as const)(
    'a list returns the rows of the healthy vendors in time, and an error for the other two (%s hangs)',
    async (hanging) =>
      withOmniStopped(hanging, async (test) => {
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
          // Each source reports its own duration.
          expect(source.durationMs).toBeLessThan(bySource.get(hanging)?.durationMs ?? 0);
        }
      }),
  );

  it('the connections of a stopped instance have no rows and no count', async () =>
    withOmniStopped('credible', async (test) => {
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
    }));

  it('a list is complete again as soon as the vendor answers', async () =>
    withOmniStopped('credible', async (test) => {
      await test.outage('credible', 'hang');
      const only = '{ connections(filter: {instance: "credible"}) { isComplete totalCount } }';
      expect((await test.ask(only)).data.connections).toEqual({ isComplete: false, totalCount: null });
      await test.outage('credible', 'none');
      const { isComplete, totalCount } = (await test.ask(only)).data.connections;
      expect(isComplete).toBe(true);
      expect(totalCount).toBeGreaterThan(0);
    }));
});

it('a list at Looker has one deadline for the login and the list together', async () => {
  const raw = await startRawServer();
  const deadline = createManualDeadline();
  const timeouts = { listMs: deadline.durationMs };
  let passDeadline: (() => void) | null = null;
  raw.answer = (socket, request) => {
    if (!request.startsWith('POST /api/4.0/login')) return passDeadline?.();
    // Only the deadline that runs during the login is passed later. A second one would keep the list waiting.
    passDeadline = deadline.capture();
    return socket.write(httpAnswer(200, '{"access_token":"token-1","token_type":"Bearer","expires_in":3600}'));
  };
  const test = await startTestGateway({
    instances: (sandbox) =>
      sandbox.slice(0, 1).map((instance) => ({ ...instance, baseUrl: addressAt(raw.origin, instance), timeouts })),
  });
  try {
    const [source] = (await test.ask(LIST)).data.connections.sources as Source[];
    expect(raw.requests.map((request) => request.split('\r')[0])).toEqual([
      'POST /api/4.0/login HTTP/1.1',
      `${LOOKER_LIST_WITHOUT_DETAILS} HTTP/1.1`,
    ]);
    expect(source?.error).toMatchObject({ unavailable: 'TIMEOUT' });
  } finally {
    await test.close();
    await raw.close();
  }
});
