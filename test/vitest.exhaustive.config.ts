// The suites that try every combination (npm run test:exhaustive). They take too long for `npm test`, which runs a part of them.
import { mergeConfig } from 'vitest/config';
import common from '../vitest.config.ts';

const { include: _part, ...test } = common.test ?? {};

export default mergeConfig(
  { ...common, test },
  {
    test: {
      include: ['test/{contract,mutations}/**/*.full.ts', 'test/fan-out/failures.test.ts'],
      env: { EXHAUSTIVE: '1' },
    },
  },
);
