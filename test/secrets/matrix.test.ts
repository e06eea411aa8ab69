// A part of the canary matrix, in which each position meets each operation and spelling, and each path each operation and
// spelling; npm run test:secrets runs all, where each position meets each path at each operation.
import { expect, it } from 'vitest';
import { ALL_PAIRS, met, partOf } from './matrix/part.ts';
import { CELLS } from './matrix/run.ts';
import { expectSilence, MINUTES } from './matrix/suite.ts';

it('no secret comes out, as far as a part of the matrix tells', { timeout: 2 * MINUTES }, async () => {
  const part = partOf(CELLS);
  expect(met(part)).toEqual(ALL_PAIRS);
  expect(part.length).toBeLessThan(CELLS.length / 10);
  await expectSilence(part);
});
