// The whole canary matrix (npm run test:secrets).
import { expect, it } from 'vitest';
import { ALL_PAIRS, met } from './matrix/part.ts';
import { PATHS } from './matrix/paths.ts';
import { CELLS } from './matrix/run.ts';
import { expectSilence, MINUTES } from './matrix/suite.ts';

it('no secret comes out at any position, operation and path', { timeout: 20 * MINUTES }, async () => {
  expect(met(CELLS)).toEqual(ALL_PAIRS);
  const { requests } = await expectSilence(CELLS);
  expect(requests).toBe((ALL_PAIRS['position and operation'] ?? 0) * PATHS.length);
  expect(requests).toBeGreaterThanOrEqual(12_000);
});
