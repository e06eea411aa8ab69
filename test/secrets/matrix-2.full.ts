// The second half of the canary matrix.
import { testHalf } from './matrix/half.ts';

testHalf(1);
