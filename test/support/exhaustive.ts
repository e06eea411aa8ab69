// Samples of long lists of cases. `npm test` runs a sample, `npm run test:exhaustive` runs all cases of the files that import this.

/** Whether all cases run. */
export const isExhaustive = process.env['EXHAUSTIVE'] === '1';

/** Returns every n-th case, beginning with the case at `first`; all cases in an exhaustive run. */
export const everyNth = <T>(cases: readonly T[], n: number, first = 0): readonly T[] =>
  isExhaustive ? cases : cases.filter((_, index) => index % n === first % n);
