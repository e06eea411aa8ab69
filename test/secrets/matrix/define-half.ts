// Defines the test of one half of the canary matrix. `npm run test:secrets` runs the halves in two processes.
import { expect, it } from 'vitest';
import { ALL_PAIRS, countPairs } from './sample-cells.ts';
import { SCENARIOS } from './scenarios.ts';
import { CELLS } from './run-cells.ts';
import { expectNoSecret, MINUTES } from './expect-no-secret.ts';

/** Defines the test of a half of the matrix. */
export function testHalf(half: 0 | 1): void {
  it(
    'no secret is returned, logged or stored at any position, operation and scenario',
    { timeout: 20 * MINUTES },
    async () => {
      expect(countPairs(CELLS)).toEqual(ALL_PAIRS);
      expect(CELLS).toHaveLength((ALL_PAIRS['position and operation'] ?? 0) * SCENARIOS.length);
      expect(CELLS.length).toBeGreaterThanOrEqual(12_000);
      const cells = CELLS.filter((_, at) => at % 2 === half);
      const { requests } = await expectNoSecret(cells);
      expect(requests).toBe(cells.length);
    },
  );
}
