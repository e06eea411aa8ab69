// What meets what in the matrix, by twos, and a part of it in which the same is met. It must not know what a cell asks.
import { SPELLINGS } from '../inputs.ts';
import { POSITIONS } from '../positions.ts';
import { OPERATIONS } from './operations.ts';
import { PATHS } from './paths.ts';
import type { Cell } from './run.ts';

const at = ({ vendor, field }: Cell['position']): string => `${vendor} ${field}`;

const PAIRS: Readonly<Record<string, (cell: Cell) => string>> = {
  'position and operation': ({ position, operation }) => `${at(position)}, ${operation.name}`,
  'operation and path': ({ operation, path }) => `${operation.name}, ${path.name}`,
  'path and spelling': ({ path, spelling }) => `${path.name}, ${spelling}`,
  'position and spelling': ({ position, spelling }) => `${at(position)}, ${spelling}`,
};

/** How many different pairs of each kind are met. */
export const met = (cells: readonly Cell[]): Record<string, number> =>
  Object.fromEntries(Object.entries(PAIRS).map(([kind, of]) => [kind, new Set(cells.map(of)).size]));

const spellings = Object.keys(SPELLINGS).length;

/** How many there are. */
export const ALL_PAIRS: Readonly<Record<string, number>> = {
  'position and operation': OPERATIONS.flatMap(({ takes }) => POSITIONS.filter(takes)).length,
  'operation and path': OPERATIONS.length * PATHS.length,
  'path and spelling': PATHS.length * spellings,
  'position and spelling': POSITIONS.length * spellings,
};

/** The pairs that the part of `npm test` has. Each position with each spelling would double it. */
export const PART_PAIRS: readonly string[] = ['position and operation', 'operation and path', 'path and spelling'];

/** Goes through the cells in steps, and takes those that have a pair which no cell before had. */
export function partOf(cells: readonly Cell[]): Cell[] {
  const known = new Set<string>();
  // A prime that does not divide their number: each is come to once.
  const step = 1009;
  return cells
    .map((_, turn) => cells[(turn * step) % cells.length] as Cell)
    .filter((cell) => {
      const before = known.size;
      for (const kind of PART_PAIRS) known.add(`${kind}: ${PAIRS[kind]!(cell)}`);
      return known.size > before;
    });
}
