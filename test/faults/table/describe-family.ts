// Compares what happened with the expected literals: one test for each cell, and one for what a family leaves behind.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WELL } from './fault.ts';
import { OTHERS } from './operations.ts';
import { play, type Played } from './run-cells.ts';
import { goesOnAlone, titleOf, type Cell } from './prepare-cell.ts';

export interface Tally {
  passed: number;
}

/** Omni's delete is a move to its trash. */
const asToldBy = ({ vendor }: Cell, words: string): string =>
  vendor === 'omni' && words === 'DeleteConnectionSuccess' ? `${words} archived` : words;

const expectedOf = (cell: Cell) => {
  const { fault, vendor, operation } = cell;
  const except = fault.except?.[vendor];
  return {
    outcome: except?.outcomes?.[operation] ?? asToldBy(cell, fault.outcomes[operation]),
    others: operation === 'list' ? OTHERS : undefined,
    calls: except?.calls?.[operation] ?? fault.calls[operation],
    again: fault.healsAfter ? asToldBy(cell, WELL[operation]) : null,
    secretsTold: [],
    linesHeld: fault.keepsLine && goesOnAlone(cell) ? 1 : 0,
  };
};

/** Warnings of Node are ours too: listeners that pile up, timers beyond their range. */
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
    let played: Played;

    beforeAll(async () => {
      for (const event of EVENTS) process.on(event, note);
      played = await play(cells);
    }, 300_000);
    afterAll(() => {
      for (const event of EVENTS) process.off(event, note);
    });

    it.each(cells.map((cell) => [titleOf(cell), cell] as const))(`${name}: %s`, (_title, cell) => {
      const { elapsedMs, ...seen } = played.sights.get(cell)!;
      expect(seen).toEqual(expectedOf(cell));
      expect(elapsedMs).toBeLessThan(MAX_CALL_MS);
      if (tally) tally.passed += 1;
    });

    it(`${name} leaves no connection, handle, unhandled failure or logged secret behind`, () => {
      expect(played.leftBehind).toEqual({ lines: [], handles: {}, secretsLogged: [] });
      expect(unhandled).toEqual([]);
    });
  });
}
