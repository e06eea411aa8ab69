// Processes that die or stop at each step of a create. `npm test` runs a sample, `npm run test:exhaustive` all of them, and
// CRASH_ROUNDS=14 repeats them until there are 500.
import { describe, expect, it } from 'vitest';
import { useProcesses } from '../process/run.ts';
import { everyNth, isExhaustive } from '../support/exhaustive.ts';
import { skipsPostgres, usePostgres } from '../support/postgres.ts';
import { CRASHES, startProcess, survive, type Crash } from './crash.ts';
import { list, startReplica, startStub } from './replicas.ts';

const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 1);

const titleOf = ({ vendor, step, signal, happens }: Crash): string =>
  `${signal} at the step "${step}" of ${vendor}, whose outcome ${happens ? 'follows' : 'is lost'}`;

const SAMPLE = everyNth(CRASHES, 18, 9).map((crash) => [titleOf(crash), crash] as const);

describe.skipIf(skipsPostgres)('A process that dies or stops during a create', () => {
  const server = usePostgres();
  const processes = useProcesses();

  describe.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))('round %i', () => {
    it.each(SAMPLE)('%s', async (_title, crash) => {
      expect(await survive(crash, processes, server.createDatabase)).toEqual([]);
    });
  });

  it.runIf(isExhaustive)('of 8 processes with one key one sends', async () => {
    const stub = await startStub('chartbrew');
    const url = await server.createDatabase();
    const replica = await startReplica(stub, url);
    const started = Array.from({ length: 8 }, async () => startProcess(processes, replica, stub, url));
    const senders = await Promise.all(started);
    const results = await Promise.all(senders.map(async ({ send }) => send()));
    expect(stub.writes()).toBe(1);
    expect(
      results.filter(({ connection, conflict }) => connection?.name === 'orders' || conflict === 'IN_PROGRESS'),
    ).toHaveLength(8);
    expect((await list(replica)).nodes.filter(({ name }: { name: string }) => name === 'orders')).toHaveLength(1);
    for (const { child } of senders) child.kill('SIGKILL');
  });
});
