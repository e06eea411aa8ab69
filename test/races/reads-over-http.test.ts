// Races of reads and writes through a gateway over real HTTP. The only row of a stub Omni is named after its version. Its answers are
// delayed, and lists, reads by id and creates overlap.
// oxlint-disable vitest/no-conditional-expect -- what is expected depends on the random step
import * as fc from 'fast-check';
import { isExhaustive } from '../support/exhaustive.ts';
import { expect, it } from 'vitest';
import type { SandboxVendor } from '../../src/sandbox/server.ts';
import type { TestGateway } from '../support/gateway.ts';
import { startStubbedGateway } from '../support/stub-vendor.ts';
import { settle } from '../support/versioned-instance.ts';

const ID = '5b0c6f0e-7a35-4d0c-9a77-0d3f3e1b9c21';
const GLOBAL_ID = Buffer.from(`v1:c:omni:${ID}`).toString('base64url');

const LIST =
  '{ connections(filter: { instance: ["omni"] }) { nodes { name } sources { isStale error { __typename } } } }';
const READ = `{ connection(id: "${GLOBAL_ID}") { name } }`;
const CREATE = `mutation ($password: SecretString!) { createConnection(input: {
  instance: "omni", name: "new", config: { postgres: { host: "db.example", port: 5432, database: "d", username: "u", password: $password } }
}) { __typename } }`;

const turns = async (many: number): Promise<void> => {
  for (let turn = 0; turn < many; turn += 1) await settle();
};

/** What happens to a request: how long it takes before and after the store is read, and whether it fails. */
interface Fate {
  readonly before: number;
  readonly after: number;
  readonly fails: boolean;
}

function createStore() {
  let version = 0;
  let fates: readonly Fate[] = [];
  let requests = 0;
  let unchanged = 0;
  const vendor: SandboxVendor = async ({ method, path, headers }) => {
    const fate = fates[requests % fates.length] as Fate;
    requests += 1;
    const isWrite = method === 'POST';
    await turns(fate.before);
    // A write that fails is done all the same: its outcome is unknown.
    if (isWrite) version += 1;
    const readVersion = version;
    await turns(fate.after);
    if (fate.fails) return { status: isWrite ? 504 : 500, body: {} };
    if (isWrite) return { status: 200, body: { success: true, data: ID } };
    const row = { id: ID, name: `v${readVersion}`, dialect: 'postgres' };
    if (path.endsWith(ID)) return { status: 200, body: { connection: row } };
    const etag = `"${readVersion}"`;
    if (headers['if-none-match'] === etag) {
      unchanged += 1;
      return { status: 304 };
    }
    return { status: 200, headers: { etag }, body: { connections: [row] } };
  };
  return {
    vendor,
    version: () => version,
    unchanged: () => unchanged,
    begin: (next: readonly Fate[]) => {
      fates = next;
      requests = 0;
    },
  };
}

const steps = fc.array(
  fc.record({
    does: fc.constantFrom('list', 'list', 'fresh list', 'get', 'fresh get', 'write'),
    /** Turns of the event loop until the next step. */
    gap: fc.nat(12),
    passes: fc.constantFrom(0, 0, 1, 4999, 5000),
  }),
  { minLength: 4, maxLength: 12, size: 'max' },
);
const fates = fc.array(
  fc.record({
    before: fc.nat(6),
    after: fc.constantFrom(0, 1, 5, 60),
    fails: fc.integer({ min: 0, max: 4 }).map((number) => number === 0),
  }),
  { minLength: 1, maxLength: 12, size: 'max' },
);

/** Returns the version in the name of a reported row. */
const versionOf = (name: string): number => Number(name.slice(1));

async function ask({ gateway }: TestGateway, query: string, isFresh: boolean) {
  const headers = { 'content-type': 'application/json', ...(isFresh ? { 'cache-control': 'no-cache' } : {}) };
  const request = new Request('http://127.0.0.1/graphql', {
    method: 'POST',
    headers,
    body: JSON.stringify({ query, variables: { password: 'pw-secret-1' } }),
  });
  const text = await (await gateway.fetch(request)).text();
  expect(text).not.toMatch(/secret-\d/);
  const { data } = JSON.parse(text) as { data?: never };
  if (!data) throw new Error(`No data: ${text}`);
  return data;
}

const RUNS = isExhaustive ? 400 : 60;

it('no read over HTTP is older than an acknowledged write, in many random runs', { timeout: 240_000 }, async () => {
  let time = 1_000_000;
  const store = createStore();
  const settings = { cache: { ttlMs: 5000, staleMs: 600_000 } };
  const { gateway, close } = await startStubbedGateway('omni', store.vendor, settings, {
    createGateway: { clock: () => time },
  });
  const counts = { acknowledged: 0, unknown: 0, stale: 0, reported: 0 };
  let floor = 0;

  async function write(): Promise<void> {
    const atLeast = store.version() + 1;
    const { createConnection } = await ask(gateway, CREATE, false);
    const result = (createConnection as { __typename: string }).__typename;
    if (result === 'CreateConnectionSuccess') {
      floor = Math.max(floor, atLeast);
      counts.acknowledged += 1;
    } else {
      expect(createConnection).toEqual({ __typename: 'OutcomeUnknownError' });
      counts.unknown += 1;
    }
  }

  async function read(does: string): Promise<void> {
    const [least, isFresh] = [floor, does.startsWith('fresh')];
    if (does.endsWith('get')) {
      const { connection } = (await ask(gateway, READ, isFresh)) as { connection: { name: string } | null };
      if (connection) expect(versionOf(connection.name), does).toBeGreaterThanOrEqual(least);
      counts.reported += connection ? 1 : 0;
      return;
    }
    const { connections } = (await ask(gateway, LIST, isFresh)) as {
      connections: { nodes: { name: string }[]; sources: { isStale: boolean; error: object | null }[] };
    };
    const [source] = connections.sources;
    expect(source?.isStale === true).toBe(source?.error != null && connections.nodes.length > 0);
    for (const { name } of connections.nodes) expect(versionOf(name), does).toBeGreaterThanOrEqual(least);
    counts.reported += connections.nodes.length;
    counts.stale += source?.isStale ? 1 : 0;
  }

  try {
    await fc.assert(
      fc.asyncProperty(steps, fates, async (run, met) => {
        store.begin(met);
        const begun: Promise<void>[] = [];
        for (const { does, gap, passes } of run) {
          const running = does === 'write' ? write() : read(does);
          // A check that fails is reported below.
          running.catch(() => {});
          begun.push(running);
          await turns(gap);
          time += passes;
        }
        await Promise.all(begun);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  } finally {
    await close();
  }
  expect(counts.acknowledged).toBeGreaterThan(RUNS / 4);
  expect(counts.unknown).toBeGreaterThan(RUNS / 20);
  expect(counts.stale).toBeGreaterThan(RUNS / 20);
  expect(counts.reported).toBeGreaterThan(RUNS * 2.5);
  expect(store.unchanged()).toBeGreaterThan(RUNS / 20);
});
