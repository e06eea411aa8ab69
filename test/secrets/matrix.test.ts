// A sample of the canary matrix: each position with each operation and spelling, and each path with each operation and spelling.
// `npm run test:secrets` runs the whole matrix: each position with each path and operation.
import { expect, it } from 'vitest';
import { ALL_PAIRS, met, partOf } from './matrix/part.ts';
import { CELLS } from './matrix/run.ts';
import { expectSilence, MINUTES } from './matrix/suite.ts';

it('no secret is returned, logged or stored in a sample of the canary matrix', { timeout: 2 * MINUTES }, async () => {
  const part = partOf(CELLS);
  expect(met(part)).toEqual(ALL_PAIRS);
  expect(part.length).toBeLessThan(CELLS.length / 10);
  await expectSilence(part);
});
