// Runs the example in examples/federation (npm run test:federation). Its packages are installed when they are missing.
import { mergeConfig } from 'vitest/config';
import common from '../../vitest.config.ts';

const { include: _part, ...test } = common.test ?? {};

export default mergeConfig(
  { ...common, test },
  {
    test: {
      include: ['test/federation/*.full.ts'],
      globalSetup: ['test/federation/install.ts'],
      // Five servers start before the first query.
      hookTimeout: 120_000,
      testTimeout: 120_000,
    },
  },
);
