// Runs the whole canary matrix (npm run test:secrets), apart from other tests, because it sends thousands of requests.
import { mergeConfig } from 'vitest/config';
import common from '../../vitest.config.ts';

const { include: _part, ...test } = common.test ?? {};

export default mergeConfig({ ...common, test }, { test: { include: ['test/secrets/*.full.ts'] } });
