// Runs cells of the matrix and holds what was found against nothing.
import { expect } from 'vitest';
import { runMatrix, type Cell, type Tally } from './run.ts';
import { startStage, type Stage } from './stage.ts';

export const MINUTES = 60_000;

/** What is printed meanwhile is looked at, and shown to nobody. */
async function matrixOn(stage: Stage, cells: readonly Cell[]): Promise<Tally> {
  try {
    return await runMatrix(stage, cells);
  } finally {
    await stage.close();
  }
}

export async function expectSilence(cells: readonly Cell[]): Promise<Tally> {
  const stage = await startStage();
  const tally = await matrixOn(stage, cells);
  const { requests, looked, found, odd } = tally;
  process.stdout.write(`secrets: ${requests} requests, ${looked} places looked, ${found.length} found\n`);
  expect(found.slice(0, 10)).toEqual([]);
  expect(odd.slice(0, 10)).toEqual([]);
  return tally;
}
