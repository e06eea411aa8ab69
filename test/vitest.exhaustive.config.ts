// The suites that try every combination (npm run test:exhaustive). They take too long for `npm test`, which runs a sample of them.
import { readdirSync, readFileSync } from 'node:fs';
import { mergeConfig } from 'vitest/config';
import common from '../vitest.config.ts';

const { include: _part, ...test } = common.test ?? {};

/** The test files that `npm test` runs in part: those that sample their cases with `everyNth` or `quickNth`, and the fuzz tests. */
const sampled = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter(
    (name) =>
      name.endsWith('.test.ts') &&
      /support\/(?:exhaustive|quick)\.ts|run-cases\.ts/.test(readFileSync(`test/${name}`, 'utf8')),
  )
  .map((name) => `test/${name}`);

export default mergeConfig(
  { ...common, test },
  {
    test: {
      include: ['test/{browser,console,contract,mutations,package,process,schema,store}/**/*.full.ts', ...sampled],
      env: { EXHAUSTIVE: '1' },
    },
  },
);
