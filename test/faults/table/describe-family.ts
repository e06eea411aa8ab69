// Compares what happened with the expected literals: one test for each cell, and one for what a family leaves behind.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NORMAL_OUTCOMES } from './fault.ts';
import { OTHERS } from './operations.ts';
import { runFamily, type FamilyResult } from './run-cells.ts';
import { continuesAfterDeadline, titleOf, type Cell } from './prepare-cell.ts';

export interface Tally {
  passed: number;
}

/** Returns the outcome at a vendor. Omni moves a deleted connection to its trash. */
const outcomeAt = ({ vendor }: Cell, outcome: string): string =>
  vendor === 'omni' && outcome === 'DeleteConnectionSuccess' ? `${outcome} archived` : outcome;

const expectedOf = (cell: Cell) => {
  const { fault, vendor, operation } = cell;
  const except = fault.except?.[vendor];
  return {
    outcome: except?.outcomes?.[operation] ?? outcomeAt(cell, fault.outcomes[operation]),
    others: operation === 'list' ? OTHERS : undefined,
    calls: except?.calls?.[operation] ?? fault.calls[operation],
    again: fault.healsAfter ? outcomeAt(cell, NORMAL_OUTCOMES[operation]) : null,
    secretsReturned: [],
    openConnections: fault.leavesConnectionOpen && continuesAfterDeadline(cell) ? 1 : 0,
  };
};

/** Warnings of Node count as failures: leaked listeners, and timers out of range. */
const EVENTS = ['unhandledRejection', 'uncaughtException', 'warning'] as const;

/**
 * The longest time that a call may take, in milliseconds. No call needs five seconds on an idle machine. It is far below the
 * deadlines of 60 s that end a call which no other limit ended.
 */
const MAX_CALL_MS = 20_000;

/** Defines the tests of one family of faults. */
export function describeFamily(name: string, cells: readonly Cell[], tally?: Tally): void {
  describe.each([name])('%s', () => {
    const unhandled: unknown[] = [];
    const note = (event: unknown) => void unhandled.push(event);
    let result: FamilyResult;

    beforeAll(async () => {
      for (const event of EVENTS) process.on(event, note);
      result = await runFamily(cells);
    }, 300_000);
    afterAll(() => {
      for (const event of EVENTS) process.off(event, note);
    });

    it.each(cells.map((cell) => [titleOf(cell), cell] as const))(`${name}: %s`, (_title, cell) => {
      const { elapsedMs, ...actual } = result.results.get(cell)!;
      expect(actual).toEqual(expectedOf(cell));
      expect(elapsedMs).toBeLessThan(MAX_CALL_MS);
      if (tally) tally.passed += 1;
    });

    it(`${name} leaves no connection, handle, unhandled failure or logged secret behind`, () => {
      expect(result.leftBehind).toEqual({ openConnections: [], handles: {}, secretsLogged: [] });
      expect(unhandled).toEqual([]);
    });
  });
}
