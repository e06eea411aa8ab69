// Every position at every operation on every path, many at a time, and what was found on the way.
import { coresIn, findAny, findCanary } from '../canary.ts';
import { deepText } from '../collect-texts.ts';
import { canaryFor, inputWith, secretOf, SPELLINGS, type Spelling, type Tree } from '../inputs.ts';
import { POSITIONS, type Position } from '../positions.ts';
import { OPERATIONS, type Operation } from './operations.ts';
import { plain } from './mistakes.ts';
import { PATHS, type Path } from './paths.ts';
import { keyOf, type Stage } from './stage.ts';

export interface Cell {
  readonly position: Position;
  readonly operation: Operation;
  readonly path: Path;
  readonly spelling: Spelling;
  readonly turn: number;
}

const NAMES = Object.keys(SPELLINGS);

/** The whole matrix: each position meets each path at each operation; of the spellings see part.ts. */
export const CELLS: readonly Cell[] = OPERATIONS.flatMap((operation, o) =>
  POSITIONS.flatMap((position, p) =>
    operation.takes(position)
      ? PATHS.map((path, w) => {
          const turn = p + 5 * w + 3 * o;
          return { position, operation, path, spelling: NAMES[turn % NAMES.length] as Spelling, turn };
        })
      : [],
  ),
);

export const titleOf = ({ position, operation, path, spelling }: Cell): string =>
  `${operation.name} of ${position.vendor} ${position.field}, ${path.name}, ${spelling}`;

export interface Tally {
  requests: number;
  looked: number;
  /** Places where a secret was found. */
  readonly found: string[];
  /** Answers that are none of those that the path allows. */
  readonly odd: string[];
  /** How often each path came to each answer. */
  readonly outcomes: Map<string, number>;
  /** Cores of the secrets that are refused before any vendor is asked. */
  readonly refused: Set<string>;
}

/** Takes one after another, so many at a time. */
async function inLanes<T>(all: readonly T[], lanes: number, take: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const lane = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await take(one);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** One connection for each position, which has its secret already; by position, the vendor's id. */
export async function prepare({ gateway }: Stage): Promise<ReadonlyMap<Position, string>> {
  const made = new Map<Position, string>();
  await inLanes([...POSITIONS.entries()], 8, async ([at, position]) => {
    const first = secretOf(position, { core: 'first' });
    const input = inputWith(position, first, keyOf(position.vendor, 'well'), `cage_${at}`);
    const { data, text } = await gateway.ask(
      `mutation ($input: CreateConnectionInput!) { createConnection(input: $input) {
        __typename ... on CreateConnectionSuccess { connection { vendorId } }
      } }`,
      { input },
    );
    const id = data?.createConnection?.connection?.vendorId as string | undefined;
    if (id === undefined) throw new Error(`No connection for ${position.vendor} ${position.field}: ${text}`);
    made.set(position, id);
  });
  return made;
}

const around = (text: string, core: string): string => {
  const at = text.toLowerCase().indexOf(core.toLowerCase());
  return at < 0 ? text.slice(0, 500) : text.slice(Math.max(0, at - 150), at + 100);
};

/** What came of it, in a word. */
function wordOf(text: string, mutation: string): string {
  if (!text.startsWith('{')) return 'no JSON';
  const { data, errors } = JSON.parse(text) as {
    data?: Record<string, { __typename?: string } | null> | null;
    errors?: unknown[];
  };
  return data?.[mutation]?.__typename ?? (errors && errors.length > 0 ? 'refused' : 'nothing');
}

async function ask(stage: Stage, body: string, leavesAfter?: number) {
  const caller = new AbortController();
  const leaving = leavesAfter === undefined ? undefined : setTimeout(() => caller.abort(), leavesAfter);
  try {
    const response = await stage.post(body, leavesAfter === undefined ? undefined : caller.signal);
    const text = await response.text();
    return {
      text,
      headers: JSON.stringify([...response.headers]),
      status: `${response.status} ${response.statusText}`,
    };
  } catch (error) {
    // What the caller's own side makes of its leaving.
    return { text: '', headers: '', status: deepText(error) };
  } finally {
    clearTimeout(leaving);
  }
}

const TAKES_KEY = ['createConnection', 'createConnections', 'updateConnection'];

/** An input under an idempotency key, where the operation takes one. */
export const withKey = ({ mutation }: Operation, input: Tree, idempotencyKey: string): Tree =>
  TAKES_KEY.includes(mutation) ? { ...input, idempotencyKey } : input;

async function runCell(stage: Stage, cell: Cell, vendorId: string, tally: Tally): Promise<void> {
  const { position, operation, path, spelling, turn } = cell;
  const canary = canaryFor(spelling);
  const secret = secretOf(position, canary, spelling);
  const cast = path.casts[turn % path.casts.length] as string;
  tally.requests += 1;
  if (path.isRefused) tally.refused.add(canary.core);
  const { requests } = tally;
  const input = operation.input({
    position,
    secret,
    instance: keyOf(position.vendor, cast),
    other: keyOf(position.vendor, cast === 'well' ? '500-raw' : 'other'),
    vendorId,
    name: `run_${requests}`,
    turn,
  });
  const whole = withKey(operation, input, `key-${requests}`);
  const { body, leavesAfter } = (path.send ?? plain)({ operation, position, input: whole, secret, turn });
  const told = await ask(stage, body, leavesAfter);
  for (const [place, text] of Object.entries(told)) {
    tally.looked += 1;
    if (findCanary(text, [canary])) tally.found.push(`${titleOf(cell)}: ${place}: ${around(text, canary.core)}`);
  }
  const word = told.text === '' && leavesAfter !== undefined ? 'left' : wordOf(told.text, operation.mutation);
  if (!path.expects.test(word)) tally.odd.push(`${titleOf(cell)}: ${word} ${told.text.slice(0, 600)}`);
  const outcome = `${path.name}: ${word}`;
  tally.outcomes.set(outcome, (tally.outcomes.get(outcome) ?? 0) + 1);
}

/** What is looked at once, after all requests. */
function lookBehind({ gateway, hostile, records, kept, printed }: Stage, tally: Tally): void {
  for (const { call, body } of hostile.received) {
    const sent = coresIn(body).find((core) => tally.refused.has(core));
    if (sent) tally.odd.push(`${call}: was sent what had been refused, ${sent}`);
  }
  const places = { log: gateway.log, 'log records': records.map(deepText), store: kept.map(deepText), ...printed };
  for (const [place, texts] of Object.entries(places)) {
    for (const text of texts) {
      tally.looked += 1;
      const found = findAny(text);
      if (found !== null) tally.found.push(`${place}: ${found}`);
    }
  }
}

/** @param atOnce how many requests are under way together. */
export async function runMatrix(stage: Stage, cells: readonly Cell[], atOnce = 24): Promise<Tally> {
  const ids = await prepare(stage);
  const tally: Tally = { requests: 0, looked: 0, found: [], odd: [], outcomes: new Map(), refused: new Set() };
  await inLanes(cells, atOnce, async (cell) => runCell(stage, cell, ids.get(cell.position) ?? '', tally));
  lookBehind(stage, tally);
  return tally;
}
