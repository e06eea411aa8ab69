// Runs cells of the matrix and expects that no secret is found in any output.
import { expect } from 'vitest';
import { runCells, type Cell, type Tally } from './run-cells.ts';
import { startHostileGateway, type HostileGateway } from './hostile-gateway.ts';

export const MINUTES = 60_000;

/** Runs the cells and closes the gateway, which then no longer records what the process prints. */
async function runAndClose(hostile: HostileGateway, cells: readonly Cell[]): Promise<Tally> {
  try {
    return await runCells(hostile, cells);
  } finally {
    await hostile.close();
  }
}

/** Runs the cells. @throws AssertionError when a secret was found, or an answer is none of those that its scenario allows. */
export async function expectNoSecret(cells: readonly Cell[]): Promise<Tally> {
  const hostile = await startHostileGateway();
  const tally = await runAndClose(hostile, cells);
  const { requests, searchedTexts, found, unexpected } = tally;
  process.stdout.write(`secrets: ${requests} requests, ${searchedTexts} texts searched, ${found.length} found\n`);
  expect(found.slice(0, 10)).toEqual([]);
  expect(unexpected.slice(0, 10)).toEqual([]);
  return tally;
}
