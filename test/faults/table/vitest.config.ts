// Runs the whole fault table (npm run test:faults), apart from other tests, because it measures durations.
import { mergeConfig } from 'vitest/config';
import common from '../../../vitest.config.ts';

const { include: _part, ...test } = common.test ?? {};

export default mergeConfig({ ...common, test }, { test: { include: ['test/faults/table.full.ts'] } });
