// The whole canary matrix (npm run test:secrets).
import { expect, it } from 'vitest';
import { expectSilence, MINUTES } from './matrix/suite.ts';
import { CELLS } from './matrix/run.ts';

it('no secret comes out at any position, operation and path', { timeout: 20 * MINUTES }, async () => {
  const { requests } = await expectSilence(CELLS);
  expect(requests).toBeGreaterThanOrEqual(12_000);
});
