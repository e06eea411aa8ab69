// The cells of the canary matrix: each position of a secret with each operation and each scenario. Runs cells concurrently and searches
// every answer and every other output for the secrets.
import type { TestGateway } from '../../support/gateway.ts';
import { coresIn, findAny, findCanary } from '../canary.ts';
import { deepText } from '../collect-texts.ts';
import { canaryFor, inputWith, secretOf, SPELLINGS, type Spelling, type Tree } from '../inputs.ts';
import { POSITIONS, type Position } from '../positions.ts';
import { OPERATIONS, type Operation } from './operations.ts';
import { correctRequest } from './mistakes.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { instanceKeyOf, type HostileGateway } from './hostile-gateway.ts';

export interface Cell {
  readonly position: Position;
  readonly operation: Operation;
  readonly scenario: Scenario;
  readonly spelling: Spelling;
  readonly turn: number;
}

const NAMES = Object.keys(SPELLINGS);

/** The whole matrix: each position with each operation and each scenario. sample-cells.ts counts which spellings they have. */
export const CELLS: readonly Cell[] = OPERATIONS.flatMap((operation, operationAt) =>
  POSITIONS.flatMap((position, positionAt) =>
    operation.takes(position)
      ? SCENARIOS.map((scenario, scenarioAt) => {
          const turn = positionAt + 5 * scenarioAt + 3 * operationAt;
          return { position, operation, scenario, spelling: NAMES[turn % NAMES.length] as Spelling, turn };
        })
      : [],
  ),
);

export const titleOf = ({ position, operation, scenario, spelling }: Cell): string =>
  `${operation.name} of ${position.vendor} ${position.field}, ${scenario.name}, ${spelling}`;

export interface Tally {
  requests: number;
  searchedTexts: number;
  /** Where a secret was found. */
  readonly found: string[];
  /** Answers that are none of those that the scenario allows. */
  readonly unexpected: string[];
  /** How often each scenario had each result. */
  readonly outcomes: Map<string, number>;
  /** Cores of the secrets that are refused before any vendor call. */
  readonly refused: Set<string>;
}

/** Calls `take` for each item, at most `lanes` at a time. */
async function runConcurrently<T>(all: readonly T[], lanes: number, take: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const lane = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await take(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** Creates a connection with a stored secret for each position. Returns the vendor's ids by position. */
export async function createConnections({ gateway }: HostileGateway): Promise<ReadonlyMap<Position, string>> {
  const made = new Map<Position, string>();
  await runConcurrently([...POSITIONS.entries()], 8, async ([at, position]) => {
    const first = secretOf(position, { core: 'first' });
    const input = inputWith(position, first, instanceKeyOf(position.vendor, 'normal'), `cage_${at}`);
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

const excerptOf = (text: string, core: string): string => {
  const at = text.toLowerCase().indexOf(core.toLowerCase());
  return at < 0 ? text.slice(0, 500) : text.slice(Math.max(0, at - 150), at + 100);
};

/** Returns the result of a mutation in one word: the type of the result, or that there is none. */
function resultOf(text: string, mutation: string): string {
  if (!text.startsWith('{')) return 'no JSON';
  const { data, errors } = JSON.parse(text) as {
    data?: Record<string, { __typename?: string } | null> | null;
    errors?: unknown[];
  };
  return data?.[mutation]?.__typename ?? (errors && errors.length > 0 ? 'refused' : 'nothing');
}

async function send(hostile: HostileGateway, body: string, leavesAfter?: number) {
  const caller = new AbortController();
  const leaving = leavesAfter === undefined ? undefined : setTimeout(() => caller.abort(), leavesAfter);
  try {
    const response = await hostile.post(body, leavesAfter === undefined ? undefined : caller.signal);
    const text = await response.text();
    return {
      text,
      headers: JSON.stringify([...response.headers]),
      status: `${response.status} ${response.statusText}`,
    };
  } catch (error) {
    // The error of the caller's own fetch after it was aborted.
    return { text: '', headers: '', status: deepText(error) };
  } finally {
    clearTimeout(leaving);
  }
}

const TAKES_KEY = ['createConnection', 'createConnections', 'updateConnection'];

/** Returns the input with an idempotency key, if the operation has one. */
export const withKey = ({ mutation }: Operation, input: Tree, idempotencyKey: string): Tree =>
  TAKES_KEY.includes(mutation) ? { ...input, idempotencyKey } : input;

async function runCell(hostile: HostileGateway, cell: Cell, vendorId: string, tally: Tally): Promise<void> {
  const { position, operation, scenario, spelling, turn } = cell;
  const canary = canaryFor(spelling);
  const secret = secretOf(position, canary, spelling);
  const behavior = scenario.behaviors[turn % scenario.behaviors.length] as string;
  tally.requests += 1;
  if (scenario.isRefused) tally.refused.add(canary.core);
  const { requests } = tally;
  const input = operation.input({
    position,
    secret,
    instance: instanceKeyOf(position.vendor, behavior),
    other: instanceKeyOf(position.vendor, behavior === 'normal' ? '500-raw' : 'other'),
    vendorId,
    name: `run_${requests}`,
    turn,
  });
  const whole = withKey(operation, input, `key-${requests}`);
  const { body, leavesAfter } = (scenario.send ?? correctRequest)({ operation, position, input: whole, secret, turn });
  const answer = await send(hostile, body, leavesAfter);
  for (const [part, text] of Object.entries(answer)) {
    tally.searchedTexts += 1;
    if (findCanary(text, [canary])) tally.found.push(`${titleOf(cell)}: ${part}: ${excerptOf(text, canary.core)}`);
  }
  const result = answer.text === '' && leavesAfter !== undefined ? 'left' : resultOf(answer.text, operation.mutation);
  if (!scenario.expects.test(result)) tally.unexpected.push(`${titleOf(cell)}: ${result} ${answer.text.slice(0, 600)}`);
  const outcome = `${scenario.name}: ${result}`;
  tally.outcomes.set(outcome, (tally.outcomes.get(outcome) ?? 0) + 1);
}

const AUDIT = `query ($after: String) { audit(first: 200, after: $after) {
  nodes { mutation outcome status instances connections secrets targets { instance connection status compensation } }
  pageInfo { hasNextPage endCursor }
} }`;

/** Returns the audit, one text for each page. */
async function auditOf({ ask }: TestGateway): Promise<string[]> {
  const texts: string[] = [];
  for (let after: string | null = null; ;) {
    const { data, text } = await ask(AUDIT, { after });
    texts.push(text);
    if (!data.audit.pageInfo.hasNextPage) return texts;
    after = data.audit.pageInfo.endCursor;
  }
}

/** Searches what the vendors received, the log, the idempotency store, the audit and what was printed, after all requests. */
async function searchOutputs(hostile: HostileGateway, tally: Tally): Promise<void> {
  const { gateway, vendors, records, stored, printed } = hostile;
  for (const { call, body } of vendors.received) {
    const sent = coresIn(body).find((core) => tally.refused.has(core));
    if (sent) tally.unexpected.push(`${call}: was sent a secret that had been refused, ${sent}`);
  }
  const outputs = {
    log: gateway.log,
    'log records': records.map(deepText),
    store: stored.map(deepText),
    audit: await auditOf(gateway),
    ...printed,
  };
  for (const [output, texts] of Object.entries(outputs)) {
    for (const text of texts) {
      tally.searchedTexts += 1;
      const found = findAny(text);
      if (found !== null) tally.found.push(`${output}: ${found}`);
    }
  }
}

/** Runs the cells. @param atOnce how many requests run at the same time. */
export async function runCells(hostile: HostileGateway, cells: readonly Cell[], atOnce = 24): Promise<Tally> {
  const ids = await createConnections(hostile);
  const tally: Tally = {
    requests: 0,
    searchedTexts: 0,
    found: [],
    unexpected: [],
    outcomes: new Map(),
    refused: new Set(),
  };
  await runConcurrently(cells, atOnce, async (cell) => runCell(hostile, cell, ids.get(cell.position) ?? '', tally));
  await searchOutputs(hostile, tally);
  return tally;
}
