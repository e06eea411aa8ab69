// Processes that die or stop at each step of each mutation that writes: more than 500 mutations. CRASH_ROUNDS sets how many of the four
// rounds run.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useProcesses } from '../process/run.ts';
import { skipsPostgres, usePostgres } from '../support/postgres.ts';
import { CrashStage, PLANS, UNKEYED, type Plan } from './crash.ts';

const ROUNDS = [
  { position: 1, first: 'looker' },
  { position: 0, first: 'looker' },
  { position: 1, first: 'chartbrew' },
  { position: 0, first: 'chartbrew' },
] as const;
/** How many of the rounds run; more repeat them. */
const COUNT = Number(process.env['CRASH_ROUNDS'] ?? ROUNDS.length);
const rounds = Array.from({ length: COUNT }, (_, at) => ROUNDS[at % ROUNDS.length] ?? ROUNDS[0]);

const HITS = (['SIGKILL', 'SIGSTOP'] as const).flatMap((signal) =>
  [true, false].map((happens) => ({ signal, happens })),
);
const titleOf = ({ sending, groups }: Plan): string =>
  [...(sending.length > 0 ? ['sending'] : []), ...new Set(groups.map(({ step }) => step))].join(', ');
const CASES = rounds.flatMap((round) =>
  HITS.flatMap((hit) =>
    PLANS.map((plan) => {
      const what = `${hit.signal} at ${titleOf(plan)}; what the process waited for ${hit.happens ? 'happens' : 'is lost'}`;
      return [`${what} (${round.first} first, target ${round.position})`, plan, hit, round] as const;
    }),
  ),
);

describe.skipIf(skipsPostgres)('A process that dies or stops during mutations', () => {
  const server = usePostgres();
  const processes = useProcesses();
  let stage: CrashStage;
  beforeAll(async () => {
    stage = await CrashStage.start(server, processes);
  });
  afterAll(async () => stage.close());

  it.each(CASES)('%s', async (_title, plan, hit, round) => {
    expect(await stage.hit(plan, hit, round)).toEqual([]);
  });

  it.each(HITS)(
    'another process ends fan-outs without a key after $signal (what the process waited for happens: $happens)',
    async (hit) => {
      for (const round of ROUNDS.slice(0, 2)) expect(await stage.hit(UNKEYED, hit, round)).toEqual([]);
    },
  );

  it('of 8 processes with one key one sends', async () => {
    const { writes, answers } = await stage.race(8);
    expect(writes).toBe(1);
    expect(answers.filter(({ connection, conflict }) => connection || conflict === 'IN_PROGRESS')).toHaveLength(8);
    expect(new Set(answers.flatMap(({ connection }) => connection?.id ?? [])).size).toBe(1);
  });

  it('at least 500 mutations were hit', () => {
    expect(stage.hits).toBeGreaterThanOrEqual(500);
  });
});
