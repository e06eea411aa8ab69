// A sample of the canary matrix: each position with each operation, and each path with each operation and each spelling.
// `npm run test:secrets` runs the whole matrix: each position with each path and operation.
import { expect, it } from 'vitest';
import { ALL_PAIRS, met, PART_PAIRS, partOf } from './matrix/part.ts';
import { CELLS } from './matrix/run.ts';
import { expectSilence, MINUTES } from './matrix/suite.ts';

it('no secret is returned, logged or stored in a sample of the canary matrix', { timeout: 2 * MINUTES }, async () => {
  const part = partOf(CELLS);
  for (const kind of PART_PAIRS) expect(met(part)[kind]).toBe(ALL_PAIRS[kind]);
  expect(part.length).toBeLessThan(CELLS.length / 10);
  await expectSilence(part);
});
