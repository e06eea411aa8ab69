// A part of the fault table, small enough for every run: each fault once under every operation, at one vendor after the
// other. All of it: `npm run test:faults`.
import { describe, expect, it } from 'vitest';
import type { Fault } from './table/fault.ts';
import { ALL_OPERATIONS, ALL_VENDORS, cellsOf, CONTROLS, FAMILIES } from './table/index.ts';
import type { Cell } from './table/stage.ts';
import { describeFamily } from './table/suite.ts';

/** Beyond the deadline; other tests run on this machine at the same time. */
const LATE_MS = 1000;

const faults = Object.values(FAMILIES).flat();

/** Of each operation one vendor, another for each fault. */
function partOf(fault: Fault): Cell[] {
  const cells = cellsOf(fault, ALL_VENDORS);
  return ALL_OPERATIONS.flatMap((operation) => {
    const its = cells.filter((cell) => cell.operation === operation);
    return its.length === 0 ? [] : [its[faults.indexOf(fault) % its.length]!];
  });
}

const families = Object.entries(FAMILIES).map(([name, family]) => ({ name, cells: family.flatMap(partOf) }));

const place = ({ vendor, operation }: Cell): string => `${operation} at ${vendor}`;
const faultUnder = ({ fault, operation }: Cell): string => `${fault.name}: ${operation}`;

describe('this part of the fault table', () => {
  const part = families.flatMap((family) => family.cells);
  const all = faults.flatMap((fault) => cellsOf(fault, ALL_VENDORS));

  it('has every fault under every operation, and every vendor under every operation', () => {
    expect(faults.length).toBeGreaterThanOrEqual(30);
    expect(new Set(part.map(({ fault }) => fault.name)).size).toBe(faults.length);
    expect(part).toHaveLength(new Set(all.map(faultUnder)).size);
    // Four vendors and seven operations, but for the three of which only one is played that it has no way to do.
    expect(new Set(part.map(place)).size).toBe(27);
  });

  it('is of a table that holds far more', () => {
    expect(all.length).toBeGreaterThanOrEqual(2500);
  });
});

describeFamily(
  'a vendor with which',
  CONTROLS.flatMap((control) => cellsOf(control, ALL_VENDORS)),
  LATE_MS,
);
for (const { name, cells } of families) describeFamily(name, cells, LATE_MS);
