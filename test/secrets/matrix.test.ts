// A part of the canary matrix, in which every position, operation, path and spelling is met; npm run test:secrets runs all.
import { expect, it } from 'vitest';
import { CELLS } from './matrix/run.ts';
import { expectSilence, MINUTES } from './matrix/suite.ts';

// A step that shares no factor with the lengths of the lists, so that the part goes through all of them.
const STEP = 17;

it('no secret comes out, as far as a part of the matrix tells', { timeout: 2 * MINUTES }, async () => {
  const part = CELLS.filter((_, at) => at % STEP === 0);
  expect(new Set(part.map(({ operation, path }) => `${operation.name} ${path.name}`))).toEqual(
    new Set(CELLS.map(({ operation, path }) => `${operation.name} ${path.name}`)),
  );
  await expectSilence(part);
});
