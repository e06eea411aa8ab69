// Samples of long lists of cases for the working loop. `npm run test:quick` runs every n-th case; all other scripts run all cases.

const isQuick = process.env['QUICK'] === '1';

/** Returns every n-th case in a quick run; all cases otherwise. */
export const quickNth = <T>(cases: readonly T[], n: number): readonly T[] =>
  isQuick ? cases.filter((_, index) => index % n === 0) : cases;
