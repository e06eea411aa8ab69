// The tests of the working loop (npm run test:quick): units and contracts, with samples of the longest lists of cases. The slowest
// files are left out.
import { mergeConfig } from 'vitest/config';
import common from '../vitest.config.ts';

const { include: _all, globalSetup: _build, ...test } = common.test ?? {};

export default mergeConfig(
  { ...common, test },
  {
    test: {
      include: ['test/{config,contract,formats,sandbox,schema}/**/*.test.ts'],
      exclude: [
        'test/contract/{create-answers,toy-vendor,false-successes,fields,secrets-in-lists}.test.ts',
        'test/contract/chartbrew/{test-passed,test-in-sandbox,tls}.test.ts',
        'test/contract/*/vendor-contract.test.ts',
        'test/schema/{subgraph,catalogue}.test.ts',
        'test/schema/evolution/**',
      ],
      env: { QUICK: '1' },
    },
  },
);
