// Vendors and their instances: what is configured, and whether it can be used now.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxInstance } from '../../src/sandbox/index.ts';
import type { TestGateway, VendorName } from '../support/gateway.ts';
import { callsDuring, NO_CALLS, ONE_LIST_EACH, startWatchedGateway, VENDORS } from '../support/watched-gateway.ts';

const INSTANCE_IDS = {
  looker: 'djE6aTpsb29rZXI',
  omni: 'djE6aTpvbW5p',
  credible: 'djE6aTpjcmVkaWJsZQ',
  chartbrew: 'djE6aTpjaGFydGJyZXc',
};

const HEALTH = `{
  vendors {
    instances {
      key
      health {
        status checkedAt latencyMs
        error { __typename ... on Error { message } ... on VendorUnavailableError { unavailable retryable } }
      }
    }
  }
}`;

interface Health {
  readonly status: string;
  readonly checkedAt: string;
  readonly latencyMs: number | null;
  readonly error: Readonly<Record<string, unknown>> | null;
}

/** Returns the health of each instance, from a new gateway, because a result is shared for five seconds. */
async function healthOf({ ask }: TestGateway): Promise<Record<string, Health>> {
  const { data, errors } = await ask(HEALTH);
  expect(errors).toBeUndefined();
  const instances = data.vendors.flatMap((vendor: { instances: unknown[] }) => vendor.instances);
  return Object.fromEntries(instances.map(({ key, health }: { key: string; health: Health }) => [key, health]));
}

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startWatchedGateway();
});
afterAll(() => gateway.close());

// By the vendors' documents: Omni has no test and changes few fields; Credible tests what is not saved; Chartbrew renames.
const CAPABILITIES = {
  looker: ['LIST', 'READ', 'CREATE', 'UPDATE', 'DELETE', 'UPDATE_SECRETS', 'TEST_SAVED', 'TEST_UNSAVED'],
  omni: ['LIST', 'READ', 'CREATE', 'UPDATE', 'DELETE', 'UPDATE_SECRETS'],
  credible: ['LIST', 'READ', 'CREATE', 'UPDATE', 'DELETE', 'UPDATE_SECRETS', 'TEST_UNSAVED'],
  chartbrew: ['LIST', 'READ', 'CREATE', 'UPDATE', 'RENAME', 'DELETE', 'UPDATE_SECRETS', 'TEST_SAVED', 'TEST_UNSAVED'],
};

describe('the vendors', () => {
  it('vendors are listed with their instances, without a call', async () => {
    const query = `{
      vendors { vendor label documentationUrl instances { id key label vendor host capabilities } }
    }`;
    const [{ data }, calls] = await callsDuring(gateway, () => gateway.ask(query));
    const expected = (vendor: VendorName, label: string) => ({
      vendor: vendor.toUpperCase(),
      label,
      documentationUrl: expect.stringMatching(/^https:\/\/docs\./),
      instances: [
        {
          id: INSTANCE_IDS[vendor],
          key: vendor,
          label: `${label} (sandbox)`,
          vendor: vendor.toUpperCase(),
          host: new URL(gateway.sandbox.servers[vendor].origin).host,
          capabilities: CAPABILITIES[vendor],
        },
      ],
    });
    expect(data.vendors).toEqual([
      expected('looker', 'Looker'),
      expected('omni', 'Omni'),
      expected('credible', 'Credible'),
      expected('chartbrew', 'Chartbrew'),
    ]);
    expect(calls).toEqual(NO_CALLS);
  });

  it('vendors without a configured instance are listed too', async () => {
    const one = await startWatchedGateway({ instances: (sandbox) => sandbox.slice(0, 1) });
    try {
      const { data } = await one.ask('{ vendors { vendor instances { key } } connections { totalCount } }');
      expect(data).toEqual({
        vendors: [
          { vendor: 'LOOKER', instances: [{ key: 'looker' }] },
          { vendor: 'OMNI', instances: [] },
          { vendor: 'CREDIBLE', instances: [] },
          { vendor: 'CHARTBREW', instances: [] },
        ],
        connections: { totalCount: 15 },
      });
    } finally {
      await one.close();
    }
  });
});

describe('an instance', () => {
  const ONE = 'query ($id: ID!) { vendorInstance(id: $id) { id key vendor } }';

  it.each(VENDORS)('the instance %s is found by its key and by its id', async (key) => {
    for (const id of [key, INSTANCE_IDS[key]]) {
      const { data } = await gateway.ask(ONE, { id });
      expect(data.vendorInstance).toEqual({ id: INSTANCE_IDS[key], key, vendor: key.toUpperCase() });
    }
  });

  it.each([
    ['an unknown key', 'nowhere'],
    ['an unknown id', 'djE6aTpub3doZXJl'],
    ['a key in another case', 'LOOKER'],
    ['a label', 'Looker (sandbox)'],
    ['an empty key', ''],
    ['the id of a connection', 'djE6Yzpsb29rZXI6dGhlbG9vaw'],
    ['a padded id', `${INSTANCE_IDS.omni}=`],
    ['a name of JavaScript', '__proto__'],
  ])('an instance is not found by %s', async (_what, id) => {
    const { data, errors } = await gateway.ask(ONE, { id });
    expect([data, errors]).toEqual([{ vendorInstance: null }, undefined]);
  });

  it('an instance lists its own connections, filtered, sorted and paged', async () => {
    const query = `{
      vendorInstance(id: "chartbrew") {
        connections(first: 2, filter: { dialect: [POSTGRES] }, orderBy: { field: CREATED_AT, direction: DESC }) {
          totalCount
          nodes { name instance { key } }
          pageInfo { hasNextPage }
          sources { instance { key } count }
        }
      }
    }`;
    const [{ data }, calls] = await callsDuring(gateway, () => gateway.ask(query));
    expect(data.vendorInstance.connections).toEqual({
      totalCount: 4,
      nodes: [
        { name: 'Reporting (RDS)', instance: { key: 'chartbrew' } },
        { name: 'App (Supabase)', instance: { key: 'chartbrew' } },
      ],
      pageInfo: { hasNextPage: true },
      sources: [{ instance: { key: 'chartbrew' }, count: 4 }],
    });
    expect(calls).toEqual({ ...NO_CALLS, chartbrew: ['GET /team/7/connections'] });
  });
});

describe('the health of an instance', () => {
  const started: TestGateway[] = [];
  const start = async (...options: Parameters<typeof startWatchedGateway>): Promise<TestGateway> => {
    const fresh = await startWatchedGateway(...options);
    started.push(fresh);
    return fresh;
  };
  afterEach(async () => {
    await Promise.all(started.splice(0).map((running) => running.close()));
  });

  it('the health of an instance is UP, with the duration of the check', async () => {
    const before = Date.now();
    const health = await healthOf(await start());
    expect(Object.keys(health)).toEqual(['looker', 'omni', 'credible', 'chartbrew']);
    for (const { status, checkedAt, latencyMs, error } of Object.values(health)) {
      expect([status, error]).toEqual(['UP', null]);
      expect(latencyMs).toBeGreaterThanOrEqual(0);
      expect(Date.parse(checkedAt)).toBeGreaterThanOrEqual(before);
      expect(Date.parse(checkedAt)).toBeLessThanOrEqual(Date.now());
    }
  });

  it('a health check costs one small call, which queries within a few seconds share', async () => {
    const fresh = await start();
    const [[first, second], calls] = await callsDuring(fresh, async () => [
      await healthOf(fresh),
      await healthOf(fresh),
    ]);
    expect(second).toEqual(first);
    expect(calls).toEqual({
      ...ONE_LIST_EACH,
      looker: ['GET /api/4.0/connections?fields=name'],
      omni: ['GET /api/v1/connections?name=patchbay-health-check'],
    });
  });

  it('the health is DOWN when the vendor cannot be reached', async () => {
    const fresh = await start();
    await fresh.outage('omni', 'reset');
    const health = await healthOf(fresh);
    expect(Object.values(health).map(({ status }) => status)).toEqual(['UP', 'DOWN', 'UP', 'UP']);
    expect(health['omni']).toMatchObject({
      latencyMs: null,
      error: {
        __typename: 'VendorUnavailableError',
        message: 'Omni (sandbox) broke off the connection.',
        unavailable: 'CONNECT',
        retryable: true,
      },
    });
  });

  it('the health is UNAUTHORIZED when the vendor refuses the credentials', async () => {
    const wrong = { clientSecret: 'wrong-credential', apiKey: 'wrong-credential', token: 'wrong-credential' };
    const withWrong = (instance: SandboxInstance) =>
      Object.fromEntries(Object.entries({ ...instance, ...wrong }).filter(([name]) => name in instance));
    const fresh = await start({ instances: (sandbox) => sandbox.map(withWrong) });
    const health = await healthOf(fresh);
    expect(Object.values(health).map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => 'UNAUTHORIZED'));
    for (const { latencyMs, error } of Object.values(health)) {
      expect(latencyMs).toBeNull();
      expect(error).toEqual({
        __typename: 'VendorUnavailableError',
        unavailable: 'CREDENTIALS_REJECTED',
        retryable: false,
        message: expect.stringMatching(/ \(sandbox\) refuses the gateway's credentials\.$/),
      });
    }
    expect(JSON.stringify(health)).not.toContain('wrong-credential');
  });
});
