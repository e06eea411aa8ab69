// The first half of the canary matrix.
import { testHalf } from './matrix/define-half.ts';

testHalf(0);
