// A sample of the canary matrix: each position with each operation, and each scenario with each operation and each spelling.
// `npm run test:secrets` runs the whole matrix: each position with each scenario and operation.
import { expect, it } from 'vitest';
import { ALL_PAIRS, countPairs, SAMPLE_PAIRS, sampleOf } from './matrix/sample-cells.ts';
import { CELLS } from './matrix/run-cells.ts';
import { expectNoSecret, MINUTES } from './matrix/expect-no-secret.ts';

it('no secret is returned, logged or stored in a sample of the canary matrix', { timeout: 2 * MINUTES }, async () => {
  const sample = sampleOf(CELLS);
  for (const kind of SAMPLE_PAIRS) expect(countPairs(sample)[kind]).toBe(ALL_PAIRS[kind]);
  expect(sample.length).toBeLessThan(CELLS.length / 10);
  await expectNoSecret(sample);
});
