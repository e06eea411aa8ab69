// Samples of long lists of cases: `npm run test:quick` runs every n-th case, `npm test` every third one, and `npm run test:exhaustive`
// all cases of the files that import this.
import { isExhaustive } from './exhaustive.ts';

const isQuick = process.env['QUICK'] === '1';

/** Returns every n-th case in a quick run, every third one in a usual run, and all cases in an exhaustive run. */
export const quickNth = <T>(cases: readonly T[], n: number): readonly T[] =>
  isExhaustive ? cases : cases.filter((_, index) => index % (isQuick ? n : 3) === 0);
