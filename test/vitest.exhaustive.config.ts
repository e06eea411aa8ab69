// The suites that try every combination (npm run test:exhaustive). They take too long for `npm test`, which runs a sample of them.
import { readdirSync, readFileSync } from 'node:fs';
import { mergeConfig } from 'vitest/config';
import common from '../vitest.config.ts';

const { include: _part, ...test } = common.test ?? {};

/** The test files that take a sample of their cases with `everyNth`. */
const sampled = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts') && readFileSync(`test/${name}`, 'utf8').includes('support/exhaustive.ts'))
  .map((name) => `test/${name}`);

export default mergeConfig(
  { ...common, test },
  {
    test: {
      include: ['test/{browser,console,contract,mutations,package,process,store}/**/*.full.ts', ...sampled],
      env: { EXHAUSTIVE: '1' },
    },
  },
);
