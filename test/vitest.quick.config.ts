// The tests of the working loop (npm run test:quick): units and contracts, with samples of the longest lists of cases. Files that start
// many servers or compose supergraphs are left out.
import { mergeConfig } from 'vitest/config';
import common from '../vitest.config.ts';

const { include: _all, globalSetup: _build, ...test } = common.test ?? {};

export default mergeConfig(
  { ...common, test },
  {
    test: {
      include: ['test/{config,contract,formats,sandbox,schema}/**/*.test.ts'],
      exclude: [
        'test/contract/{create-answers,toy-vendor,false-successes}.test.ts',
        'test/contract/*/vendor-contract.test.ts',
        'test/schema/subgraph.test.ts',
        'test/schema/evolution/**',
      ],
      env: { QUICK: '1' },
    },
  },
);
