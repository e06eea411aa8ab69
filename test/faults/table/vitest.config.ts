// The whole fault table by itself (npm run test:faults): what is measured there is not to be shared with other tests.
import { mergeConfig } from 'vitest/config';
import common from '../../../vitest.config.ts';

const { include: _part, ...test } = common.test ?? {};

export default mergeConfig({ ...common, test }, { test: { include: ['test/faults/table.full.ts'] } });
