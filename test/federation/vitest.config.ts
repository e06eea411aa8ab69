// The example of examples/federation, run whole (npm run test:federation): its packages are its own, and installed when missing.
import { mergeConfig } from 'vitest/config';
import common from '../../vitest.config.ts';

const { include: _part, ...test } = common.test ?? {};

export default mergeConfig(
  { ...common, test },
  {
    test: {
      include: ['test/federation/*.full.ts'],
      globalSetup: ['test/federation/install.ts'],
      // Five servers start before the first question.
      hookTimeout: 120_000,
      testTimeout: 120_000,
    },
  },
);
