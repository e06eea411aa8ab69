// A part of the fault table, small enough for every run: each fault once, at one vendor after the other, under every
// operation. All of it: `npm run test:faults`.
import { describe, expect, it } from 'vitest';
import { ALL_OPERATIONS, ALL_VENDORS, cellsOf, CONTROLS, FAMILIES, vendorsOf } from './table/index.ts';
import { describeFamily } from './table/suite.ts';

/** Beyond the deadline; other tests run on this machine at the same time. */
const LATE_MS = 1000;

const faults = Object.values(FAMILIES).flat();
const families = Object.entries(FAMILIES).map(([name, family]) => {
  const cells = family.flatMap((fault) => {
    const vendors = vendorsOf(fault);
    const vendor = vendors[faults.indexOf(fault) % vendors.length]!;
    return cellsOf(fault, [vendor]);
  });
  return { name, cells };
});

describe('this part of the fault table', () => {
  const cells = families.flatMap((family) => family.cells);

  it('has every fault, and every vendor under every operation', () => {
    expect(new Set(cells.map(({ fault }) => fault.name)).size).toBe(faults.length);
    expect(faults.length).toBeGreaterThanOrEqual(30);
    const places = new Set(cells.map(({ vendor, operation }) => `${operation} at ${vendor}`));
    expect(places.size).toBe(ALL_VENDORS.length * ALL_OPERATIONS.length);
  });
});

describeFamily(
  'a vendor with which',
  CONTROLS.flatMap((control) => cellsOf(control, ALL_VENDORS)),
  LATE_MS,
);
for (const { name, cells } of families) describeFamily(name, cells, LATE_MS);
