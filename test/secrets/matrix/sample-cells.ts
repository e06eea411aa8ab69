// Counts the pairs that the cells of the matrix contain, such as each position with each operation, and chooses a sample of the cells
// that contains the same pairs.
import { SPELLINGS } from '../inputs.ts';
import { POSITIONS } from '../positions.ts';
import { OPERATIONS } from './operations.ts';
import { SCENARIOS } from './scenarios.ts';
import type { Cell } from './run-cells.ts';

const at = ({ vendor, field }: Cell['position']): string => `${vendor} ${field}`;

const PAIR_NAMES: Readonly<Record<string, (cell: Cell) => string>> = {
  'position and operation': ({ position, operation }) => `${at(position)}, ${operation.name}`,
  'operation and scenario': ({ operation, scenario }) => `${operation.name}, ${scenario.name}`,
  'scenario and spelling': ({ scenario, spelling }) => `${scenario.name}, ${spelling}`,
  'position and spelling': ({ position, spelling }) => `${at(position)}, ${spelling}`,
};

/** Returns how many different pairs of each kind the cells contain. */
export const countPairs = (cells: readonly Cell[]): Record<string, number> =>
  Object.fromEntries(Object.entries(PAIR_NAMES).map(([kind, of]) => [kind, new Set(cells.map(of)).size]));

const spellings = Object.keys(SPELLINGS).length;

/** How many different pairs of each kind exist. */
export const ALL_PAIRS: Readonly<Record<string, number>> = {
  'position and operation': OPERATIONS.flatMap(({ takes }) => POSITIONS.filter(takes)).length,
  'operation and scenario': OPERATIONS.length * SCENARIOS.length,
  'scenario and spelling': SCENARIOS.length * spellings,
  'position and spelling': POSITIONS.length * spellings,
};

/** The kinds of pairs that the sample of `npm test` contains. Each position with each spelling would double the sample. */
export const SAMPLE_PAIRS: readonly string[] = [
  'position and operation',
  'operation and scenario',
  'scenario and spelling',
];

/** Returns a sample of the cells: each cell that contains a pair which no cell before it contains. */
export function sampleOf(cells: readonly Cell[]): Cell[] {
  const seenPairs = new Set<string>();
  // A prime that does not divide the number of cells, so that each cell is visited once.
  const step = 1009;
  return cells
    .map((_, turn) => cells[(turn * step) % cells.length] as Cell)
    .filter((cell) => {
      const before = seenPairs.size;
      for (const kind of SAMPLE_PAIRS) seenPairs.add(`${kind}: ${PAIR_NAMES[kind]!(cell)}`);
      return seenPairs.size > before;
    });
}
