// Runs cells of the fault table. Each has a vendor on a raw socket server and an instance that leads to it. A family shares a gateway with the
// four healthy vendors of the sandbox. This file records what happened; describe-family.ts compares it with the expectations.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { releaseManualDeadlines } from '../../support/manual-deadline.ts';
import { countHandles, newHandlesSince, waitUntil } from './leftovers.ts';
import { OPERATIONS, readById } from './operations.ts';
import { stubDnsLookups, startFullListener } from './unreachable-hosts.ts';
import {
  continuesAfterDeadline,
  PATIENT_TIMEOUTS,
  prepareCell,
  titleOf,
  type Cell,
  type CellRun,
} from './prepare-cell.ts';
import { isLogin, VENDORS } from './vendors.ts';

/** The result of one cell. */
export interface CellResult {
  readonly outcome: string;
  readonly others: unknown;
  /** The number of the operation's own requests that reached the vendor. */
  readonly calls: number;
  readonly elapsedMs: number;
  /** The outcome of the second try, for faults that end. */
  readonly again: string | null;
  readonly secretsReturned: readonly string[];
  /** The number of connections with the fault that were still open a while after the caller got its answer. */
  readonly openConnections: number;
}

export interface FamilyResult {
  readonly results: ReadonlyMap<Cell, CellResult>;
  readonly leftBehind: LeftBehind;
}

export interface LeftBehind {
  /** Titles of cells whose vendor still had an open connection after the gateway was closed. */
  readonly openConnections: readonly string[];
  /** The number of new handles of the process, by kind. */
  readonly handles: Readonly<Record<string, number>>;
  readonly secretsLogged: readonly string[];
}

/** The longest time, in milliseconds, in which the gateway closes a connection after it answered its caller. */
const CLOSES_WITHIN_MS = 10_000;
/** How long a connection that must stay open is watched, in milliseconds. */
const STAYS_OPEN_MS = 200;
const CONCURRENCY = 32;
const secretsIn = (text: string): string[] => text.match(/[\w-]*secret-\d/g) ?? [];

async function runCell(gateway: TestGateway, { cell, key, server, begin, connections }: CellRun): Promise<CellResult> {
  const { fault, vendor, operation } = cell;
  const runOperation = OPERATIONS[operation];
  const operationRequest = VENDORS[vendor].requests[operation] ?? /^/;
  const context = { gateway, vendor, key };
  if (fault.beforeOperation) {
    await readById(context, VENDORS[vendor].otherId);
    await fault.beforeOperation(server, async () => OPERATIONS.list(context));
  }
  const before = server.requests.length;
  begin();
  const began = performance.now();
  const result = await runOperation(context);
  const elapsedMs = performance.now() - began;
  const calls = server.requests
    .slice(before)
    .filter((request) => operationRequest.test(request) && !isLogin(request)).length;
  // A call that ends with its caller closes its connection now. A call that must continue keeps it open.
  const countOpen = () =>
    fault.leavesConnectionOpen ? [...connections].filter((connection) => !connection.destroyed).length : 0;
  await waitUntil(() => countOpen() === 0, continuesAfterDeadline(cell) ? STAYS_OPEN_MS : CLOSES_WITHIN_MS);
  const openConnections = countOpen();
  const again = fault.healsAfter ? (await runOperation(context)).outcome : null;
  return {
    outcome: result.outcome,
    others: result.others,
    calls,
    elapsedMs,
    again,
    secretsReturned: secretsIn(result.text),
    openConnections,
  };
}

/** Returns the result of a cell that could not run. */
const resultOfFailure = (error: unknown): CellResult => ({
  outcome: `no answer: ${String(error)}`,
  others: undefined,
  calls: 0,
  elapsedMs: 0,
  again: null,
  secretsReturned: [],
  openConnections: 0,
});

async function runCells(gateway: TestGateway, runs: readonly CellRun[]): Promise<Map<Cell, CellResult>> {
  const results = new Map<Cell, CellResult>();
  const waiting = [...runs];
  const work = async () => {
    for (let run = waiting.shift(); run; run = waiting.shift()) {
      results.set(run.cell, await runCell(gateway, run).catch(resultOfFailure));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return results;
}

/** Closes the gateway, then returns the titles of cells that still have an open connection. */
async function closeAll(gateway: TestGateway, runs: readonly CellRun[]): Promise<string[]> {
  const continuing = runs.filter(({ cell }) => continuesAfterDeadline(cell));
  await Promise.all(continuing.map(({ server }) => server.close()));
  await gateway.close();
  const isQuiet = async () => (await Promise.all(runs.map(({ server }) => server.open()))).every((open) => open === 0);
  await waitUntil(isQuiet);
  const openConnections: string[] = [];
  for (const { cell, server } of runs) {
    if ((await server.open()) > 0) openConnections.push(titleOf(cell));
    await server.close();
  }
  return openConnections;
}

/** Runs cells concurrently at one gateway. */
export async function runFamily(cells: readonly Cell[]): Promise<FamilyResult> {
  const before = countHandles();
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-faults-'));
  const restoreLookups = stubDnsLookups();
  const full = await startFullListener();
  try {
    const runs = await Promise.all(cells.map((cell, at) => prepareCell(cell, at, { folder, full: full.origin })));
    const gateway = await startTestGateway({
      instances: (sandbox) => [
        ...runs.map(({ instance }) => instance),
        ...sandbox.map((healthy) => ({ ...healthy, timeouts: PATIENT_TIMEOUTS })),
      ],
    });
    const results = await runCells(gateway, runs);
    const openConnections = await closeAll(gateway, runs);
    await full.close();
    await waitUntil(() => Object.keys(newHandlesSince(before)).length === 0);
    const secretsLogged = secretsIn(gateway.log.join('\n'));
    return { results, leftBehind: { openConnections, handles: newHandlesSince(before), secretsLogged } };
  } finally {
    await full.close();
    releaseManualDeadlines();
    restoreLookups();
    await rm(folder, { recursive: true });
  }
}
