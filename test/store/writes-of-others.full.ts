// A replica learns of the writes of others: after at most two seconds it answers no list that is older than an acknowledged write.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_ECONOMY, type TestGateway } from '../support/gateway.ts';
import { runSql, skipsPostgres, usePostgres } from '../support/postgres.ts';
import { create, eventually, list, startReplica, startStub, update } from './replicas.ts';

/** The bound that docs/store.md states, with a margin for a machine that runs much else. */
const BOUND_MS = 2000 + 500;

/** Starts two replicas whose lists stay in the cache for ten minutes. */
async function startTwo(url: string) {
  const stub = await startStub('chartbrew');
  const start = async () =>
    startReplica(stub, url, {
      instances: (sandbox) =>
        sandbox
          .filter(({ vendor }) => vendor === 'chartbrew')
          .map((one) => ({
            ...one,
            ...NO_ECONOMY,
            baseUrl: stub.origin + new URL(one.baseUrl).pathname.replace(/\/$/, ''),
            cache: { ttlMs: 600_000, staleMs: 600_000 },
          })),
    });
  return { stub, one: await start(), other: await start() };
}

/** Returns whether a replica lists a connection with this name. */
const lists = async (gateway: TestGateway, name: string): Promise<boolean> =>
  (await list(gateway)).nodes.some((node: { name: string }) => node.name === name);

describe('Replicas with one SQLite file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'patchbay-writes-'));
  });
  afterAll(async () => rm(folder, { recursive: true }));

  it('a list that a replica has in its cache is dropped within two seconds of a write at another, and else stays', async () => {
    const { stub, one, other } = await startTwo(`file:${join(folder, 'patchbay.db')}`);
    expect(await lists(other, 'orders')).toBe(false);
    const reads = stub.reads();
    await setTimeout(BOUND_MS);
    expect(await lists(other, 'orders')).toBe(false);
    expect(stub.reads()).toBe(reads);
    expect(await create(one, 'chartbrew')).toMatchObject({ connection: { name: 'orders' } });
    await setTimeout(BOUND_MS);
    expect(await lists(other, 'orders')).toBe(true);
  });
});

describe.skipIf(skipsPostgres)('Replicas with one PostgreSQL', () => {
  const server = usePostgres();

  it('each replica learns of the writes of the other', async () => {
    const { one, other } = await startTwo(await server.createDatabase());
    expect(await lists(other, 'orders')).toBe(false);
    const { connection } = await create(one, 'chartbrew');
    await eventually(async () => lists(other, 'orders'));
    expect(await lists(one, 'invoices')).toBe(false);
    expect(await update(other, { id: connection.id, name: 'invoices' })).toMatchObject({
      connection: { name: 'invoices' },
    });
    await eventually(async () => lists(one, 'invoices'));
  });

  it('a replica that cannot read the counts answers no list from its cache', async () => {
    const url = await server.createDatabase();
    const { stub, other } = await startTwo(url);
    await list(other);
    await runSql(url, 'alter table patchbay_writes rename to hidden');
    await eventually(async () => {
      const reads = stub.reads();
      await list(other);
      return stub.reads() > reads;
    });
    await runSql(url, 'alter table hidden rename to patchbay_writes');
    await setTimeout(BOUND_MS);
    await list(other);
    const reads = stub.reads();
    await list(other);
    expect(stub.reads()).toBe(reads);
  });
});
