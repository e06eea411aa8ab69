// Plays faults: each has a vendor on a bare socket and an instance that leads to it. The faults of a family share a gateway with the
// four healthy vendors of the sandbox. This file records what happened; suite.ts compares it with the expectations.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { holdDeadlines } from '../held-deadlines.ts';
import { countHandles, handlesBeside, settled } from './leftovers.ts';
import { OPERATIONS, readOne } from './operations.ts';
import { answerLookups, startFullListener } from './unreachable-hosts.ts';
import { goesOnAlone, PATIENT_TIMEOUTS, setStage, titleOf, type Cell, type Stage } from './cell.ts';
import { isLogin, VENDORS } from './vendors.ts';

/** What was seen of a cell. */
export interface Sight {
  readonly outcome: string;
  readonly others: unknown;
  /** Requests of the operation that reached the vendor. */
  readonly calls: number;
  readonly elapsedMs: number;
  /** Once more, for faults that pass. */
  readonly again: string | null;
  readonly secretsTold: readonly string[];
  /** Lines on which the fault was played that were open still when the caller had been answered a while ago. */
  readonly linesHeld: number;
}

export interface Played {
  readonly sights: ReadonlyMap<Cell, Sight>;
  readonly leftBehind: LeftBehind;
}

export interface LeftBehind {
  /** Cells whose vendor has a line open still after the gateway was closed. */
  readonly lines: readonly string[];
  /** Handles of the process that were not there before, by kind. */
  readonly handles: Readonly<Record<string, number>>;
  readonly secretsLogged: readonly string[];
}

/** The longest time, in milliseconds, in which the gateway closes a connection after it answered its caller. */
const HANGS_UP_MS = 10_000;
/** How long a connection that must stay open is watched, in milliseconds. */
const STAYS_OPEN_MS = 200;
const AT_ONCE = 32;
const secretsIn = (text: string): string[] => text.match(/[\w-]*secret-\d/g) ?? [];

async function playOne(gateway: TestGateway, { cell, key, server, begin, lines }: Stage): Promise<Sight> {
  const { fault, vendor, operation } = cell;
  const ask = OPERATIONS[operation];
  const own = VENDORS[vendor].own[operation] ?? /^/;
  const asked = { gateway, vendor, key };
  if (fault.first) {
    await readOne(asked, VENDORS[vendor].otherId);
    await fault.first(server, async () => OPERATIONS.list(asked));
  }
  const before = server.requests.length;
  begin();
  const began = performance.now();
  const seen = await ask(asked);
  const elapsedMs = performance.now() - began;
  const calls = server.requests.slice(before).filter((one) => own.test(one) && !isLogin(one)).length;
  // What hangs up does so when its caller is answered; what must not is open still.
  const held = () => (fault.keepsLine ? [...lines].filter((line) => !line.destroyed).length : 0);
  await settled(() => held() === 0, goesOnAlone(cell) ? STAYS_OPEN_MS : HANGS_UP_MS);
  const linesHeld = held();
  const again = fault.healsAfter ? (await ask(asked)).outcome : null;
  return {
    outcome: seen.outcome,
    others: seen.others,
    calls,
    elapsedMs,
    again,
    secretsTold: secretsIn(seen.text),
    linesHeld,
  };
}

/** A cell that could not be played is told of as such. */
const asSight = (error: unknown): Sight => ({
  outcome: `no answer: ${String(error)}`,
  others: undefined,
  calls: 0,
  elapsedMs: 0,
  again: null,
  secretsTold: [],
  linesHeld: 0,
});

async function playAll(gateway: TestGateway, stages: readonly Stage[]): Promise<Map<Cell, Sight>> {
  const sights = new Map<Cell, Sight>();
  const waiting = [...stages];
  const work = async () => {
    for (let stage = waiting.shift(); stage; stage = waiting.shift()) {
      sights.set(stage.cell, await playOne(gateway, stage).catch(asSight));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return sights;
}

/** Closes the gateway first, so that what it leaves open is seen by its vendors. */
async function closeAll(gateway: TestGateway, stages: readonly Stage[]): Promise<string[]> {
  const unending = stages.filter(({ cell }) => goesOnAlone(cell));
  await Promise.all(unending.map(({ server }) => server.close()));
  await gateway.close();
  const isQuiet = async () =>
    (await Promise.all(stages.map(({ server }) => server.open()))).every((open) => open === 0);
  await settled(isQuiet);
  const lines: string[] = [];
  for (const { cell, server } of stages) {
    if ((await server.open()) > 0) lines.push(titleOf(cell));
    await server.close();
  }
  return lines;
}

/** Plays cells side by side at one gateway. */
export async function play(cells: readonly Cell[]): Promise<Played> {
  const before = countHandles();
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-faults-'));
  const restoreLookups = answerLookups();
  const full = await startFullListener();
  const deadlines = holdDeadlines();
  try {
    const stages = await Promise.all(
      cells.map((cell, at) => setStage(cell, at, { folder, full: full.origin, deadlines })),
    );
    const gateway = await startTestGateway({
      instances: (sandbox) => [
        ...stages.map(({ instance }) => instance),
        ...sandbox.map((healthy) => ({ ...healthy, timeouts: PATIENT_TIMEOUTS })),
      ],
    });
    const sights = await playAll(gateway, stages);
    const lines = await closeAll(gateway, stages);
    await full.close();
    await settled(() => Object.keys(handlesBeside(before)).length === 0);
    const secretsLogged = secretsIn(gateway.log.join('\n'));
    return { sights, leftBehind: { lines, handles: handlesBeside(before), secretsLogged } };
  } finally {
    await full.close();
    deadlines.restore();
    restoreLookups();
    await rm(folder, { recursive: true });
  }
}
