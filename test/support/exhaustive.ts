// Long lists of cases: a run by hand takes a part of each, `npm run test:exhaustive` takes all of it.

/** Whether all cases run. */
export const isExhaustive = process.env['EXHAUSTIVE'] === '1';

/** Returns every n-th case, beginning with the case at `first`; all cases in an exhaustive run. */
export const everyNth = <T>(cases: readonly T[], n: number, first = 0): readonly T[] =>
  isExhaustive ? cases : cases.filter((_, index) => index % n === first % n);
