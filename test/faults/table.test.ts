// A sample of the fault table for `npm test`: each fault under one read, one write and one test of a connection, each at one
// vendor. `npm run test:faults` runs the whole table.
import { describe, expect, it } from 'vitest';
import type { Fault } from './table/fault.ts';
import { ALL_VENDORS, cellsOf, CONTROLS, FAMILIES } from './table/index.ts';
import type { OperationName } from './table/operations.ts';
import type { Cell } from './table/prepare-cell.ts';
import { describeFamily } from './table/describe-family.ts';

const faults = Object.values(FAMILIES).flat();

/** Kinds of operations. The table expects similar outcomes of the operations of one kind. */
const KINDS: readonly (readonly OperationName[])[] = [
  ['list', 'get'],
  ['create', 'update', 'delete'],
  ['test', 'testConfig'],
];

/** Returns one cell for each kind of operation, with another operation and another vendor from fault to fault. */
function sampleOf(fault: Fault): Cell[] {
  const cells = cellsOf(fault, ALL_VENDORS);
  if (cells.length <= KINDS.length) return cells;
  return KINDS.flatMap((operations) => {
    const candidates = cells.filter(({ operation }) => operations.includes(operation));
    return candidates.length === 0 ? [] : [candidates[faults.indexOf(fault) % candidates.length]!];
  });
}

const families = Object.entries(FAMILIES).map(([name, family]) => ({ name, cells: family.flatMap(sampleOf) }));

const operationAtVendor = ({ vendor, operation }: Cell): string => `${operation} at ${vendor}`;

describe('the sample of the fault table', () => {
  const sample = families.flatMap(({ cells }) => cells);
  const all = faults.flatMap((fault) => cellsOf(fault, ALL_VENDORS));

  it('the sample has every fault, and every operation at every vendor', () => {
    expect(faults.length).toBeGreaterThanOrEqual(30);
    expect(new Set(sample.map(({ fault }) => fault.name)).size).toBe(faults.length);
    expect(sample.length).toBeGreaterThanOrEqual(2 * faults.length);
    expect(new Set(sample.map(operationAtVendor))).toEqual(new Set(all.map(operationAtVendor)));
  });

  it('the whole table has at least 2,500 cells', () => {
    expect(all.length).toBeGreaterThanOrEqual(2500);
  });
});

describeFamily(
  'a vendor with which',
  CONTROLS.flatMap((control) => cellsOf(control, ALL_VENDORS)),
);
for (const { name, cells } of families) describeFamily(name, cells);
