// The whole fault table: every fault at every vendor and under every operation that can have it. `npm run test:faults` runs it; it is
// not part of `npm test`.
import { afterAll } from 'vitest';
import { ALL_VENDORS, cellsOf, CONTROLS, FAMILIES } from './table/index.ts';
import { describeFamily, type Tally } from './table/describe-family.ts';

const tally: Tally = { passed: 0 };
const families = Object.entries(FAMILIES).map(([name, family]) => ({
  name,
  cells: family.flatMap((fault) => cellsOf(fault, ALL_VENDORS)),
}));
const all = families.flatMap(({ cells }) => cells);

describeFamily(
  'a vendor with which',
  CONTROLS.flatMap((control) => cellsOf(control, ALL_VENDORS)),
);
for (const { name, cells } of families) describeFamily(name, cells, tally);

afterAll(() => {
  process.stdout.write(`faults: ${tally.passed} of ${all.length}\n`);
});
