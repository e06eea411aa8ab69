// Runs generated cases of fast-check concurrently and counts their outcomes. FUZZ_SEED and FUZZ_RUNS set the seed and the
// number of runs. Both have fixed defaults, so that a failing run fails again.
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { isExhaustive } from '../support/exhaustive.ts';

export const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_122);
export const RUNS = Number(process.env['FUZZ_RUNS'] ?? (isExhaustive ? 2000 : 200));

/** Limits that no random document and no random input exceeds. */
export const WIDE_LIMITS = {
  aliases: 1000,
  rootFields: 1000,
  directives: 1000,
  listItems: 10_000,
  complexity: 1_000_000_000,
};

export interface Outcome {
  /** The name under which the outcome is counted. */
  readonly kind: string;
  /** The problem with the answer. Null: none. */
  readonly wrong: string | null;
}

export interface Fuzz<T> {
  readonly what: string;
  readonly arbitrary: fc.Arbitrary<T>;
  /** Runs one case. @param lane the number of the concurrent lane, from 0. */
  readonly run: (value: T, lane: number) => Promise<Outcome>;
  readonly lanes: number;
  readonly runs?: number;
  /** Is called after each batch of runs, when no run is in flight. */
  readonly pause?: { readonly every: number; readonly call: () => Promise<void> };
}

/** Returns the fraction of the runs that had this outcome. */
export function shareOf(counts: Readonly<Record<string, number>>, kind: RegExp): number {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const these = Object.entries(counts).reduce((sum, [name, count]) => sum + (kind.test(name) ? count : 0), 0);
  return these / all;
}

const shown = (value: unknown): string => (fc.stringify(value) ?? '').slice(0, 4000);

/**
 * Checks that every run is right.
 * @returns the number of runs by outcome.
 */
export async function fuzz<T>({ what, arbitrary, run, lanes, runs = RUNS, pause }: Fuzz<T>) {
  const values = fc.sample(arbitrary, { seed: SEED, numRuns: runs });
  const counts: Record<string, number> = {};
  const failures: string[] = [];
  const rejected: unknown[] = [];
  const noteRejected = (reason: unknown) => void rejected.push(reason);
  process.on('unhandledRejection', noteRejected);
  const every = pause?.every ?? values.length;
  for (let from = 0; from < values.length; from += every) {
    const until = Math.min(from + every, values.length);
    let next = from;
    const takeTurns = async (lane: number) => {
      for (let at = next++; at < until; at = next++) {
        const value = values[at] as T;
        const { kind, wrong } = await run(value, lane).catch((thrown: unknown) => ({
          kind: 'thrown',
          wrong: String(thrown),
        }));
        counts[kind] = (counts[kind] ?? 0) + 1;
        if (wrong !== null) failures.push(`seed ${SEED}, run ${at}: ${wrong}\n${shown(value)}`);
      }
    };
    await Promise.all(Array.from({ length: lanes }, (_, lane) => takeTurns(lane)));
    await pause?.call();
  }
  process.off('unhandledRejection', noteRejected);
  // oxlint-disable-next-line no-console -- the counts are the result of a fuzz run
  console.log(`${what}: seed ${SEED}, ${values.length} runs:`, counts);
  expect(failures.slice(0, 3), `${failures.length} of ${values.length} runs`).toEqual([]);
  expect(rejected).toEqual([]);
  return counts;
}
