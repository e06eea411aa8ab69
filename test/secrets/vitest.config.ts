// The whole canary matrix by itself (npm run test:secrets): it asks too much to stand beside other tests.
import { mergeConfig } from 'vitest/config';
import common from '../../vitest.config.ts';

const { include: _part, ...test } = common.test ?? {};

export default mergeConfig({ ...common, test }, { test: { include: ['test/secrets/*.full.ts'] } });
