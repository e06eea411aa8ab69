// The first half of the canary matrix.
import { testHalf } from './matrix/half.ts';

testHalf(0);
