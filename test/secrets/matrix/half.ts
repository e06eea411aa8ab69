// The whole canary matrix in two halves, each in a process of its own (npm run test:secrets).
import { expect, it } from 'vitest';
import { ALL_PAIRS, met } from './part.ts';
import { PATHS } from './paths.ts';
import { CELLS } from './run.ts';
import { expectSilence, MINUTES } from './suite.ts';

export function testHalf(half: 0 | 1): void {
  it(
    'no secret is returned, logged or stored at any position, operation and path',
    { timeout: 20 * MINUTES },
    async () => {
      expect(met(CELLS)).toEqual(ALL_PAIRS);
      expect(CELLS).toHaveLength((ALL_PAIRS['position and operation'] ?? 0) * PATHS.length);
      expect(CELLS.length).toBeGreaterThanOrEqual(12_000);
      const cells = CELLS.filter((_, at) => at % 2 === half);
      const { requests } = await expectSilence(cells);
      expect(requests).toBe(cells.length);
    },
  );
}
