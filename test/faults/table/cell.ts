// A vendor of its own for one cell of the table, on a bare socket, and the instance that leads to it.
import { writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { VendorName } from '../../support/gateway.ts';
import { startRawServer, type RawServer } from '../../support/raw-server.ts';
import { heldDurationOf, type HeldDeadlines } from '../held-deadlines.ts';
import type { Fault } from './fault.ts';
import type { OperationName } from './operations.ts';
import { isLogin, VENDORS, wellAnswer, wellHttp } from './vendors.ts';

/** One fault at one vendor, under one operation. */
export interface Cell {
  readonly fault: Fault;
  readonly vendor: VendorName;
  readonly operation: OperationName;
}

export const titleOf = ({ fault, vendor, operation }: Cell): string => `${fault.name}: ${operation} at ${vendor}`;

/** Chartbrew's calls by id go on until the vendor ends them: hanging up on one may kill its server. */
export const goesOnAlone = ({ vendor, operation }: Cell): boolean =>
  vendor === 'chartbrew' && ['get', 'update', 'delete', 'test'].includes(operation);

const allCalls = (limitMs: number) => ({ listMs: limitMs, readMs: limitMs, writeMs: limitMs, testMs: limitMs });

/** Never reached, however slow the machine is. */
export const PATIENT_TIMEOUTS = { connectMs: 60_000, ...allCalls(60_000) };

const timeoutsFor = ({ pace }: Fault, heldMs: number) => {
  if (pace === 'hurried') return { ...PATIENT_TIMEOUTS, ...allCalls(heldMs) };
  // undici measures the time to connect in steps of half a second, and there are three attempts.
  return pace === 'slow' ? { ...PATIENT_TIMEOUTS, connectMs: 300 } : PATIENT_TIMEOUTS;
};
const OLD_KEY = 'key-secret-1';
const NEW_KEY = 'key-secret-2';

/** A cell with its vendor and its instance. */
export interface Stage {
  readonly cell: Cell;
  readonly key: string;
  readonly keyFile: string;
  readonly server: RawServer;
  /** The fault begins: until then all is answered well. */
  readonly begin: () => void;
  /** The lines on which it was played. */
  readonly lines: ReadonlySet<Socket>;
  readonly instance: Readonly<Record<string, unknown>>;
}

/** Which requests the fault is played on, once it has begun. */
function aimOf({ fault, vendor, operation }: Cell): (request: string) => boolean {
  // One that the vendor has no way to do has no requests: any would be one too many.
  const own = VENDORS[vendor].own[operation] ?? /^/;
  const isOwn = (request: string) => own.test(request) && !isLogin(request);
  let isOwnSeen = false;
  return (request) => {
    isOwnSeen ||= isOwn(request);
    if (fault.at === 'login') return isLogin(request);
    if (fault.at === 'readBefore') return request.startsWith('GET ') && !isOwn(request);
    return isOwn(request) || (fault.lasts === true && isOwnSeen && !isLogin(request));
  };
}

type Played = Pick<Stage, 'cell' | 'server' | 'keyFile'> & {
  /** Returns a function that ends the deadlines of this cell that are running now. */
  readonly captureDeadlines: () => () => void;
};

function playAt({ cell, server, keyFile, captureDeadlines }: Played): Pick<Stage, 'begin' | 'lines'> {
  const { fault, vendor, operation } = cell;
  const isAimedAt = aimOf(cell);
  const lines = new Set<Socket>();
  let rows = fault.had ?? [VENDORS[vendor].row];
  let hasBegun = false;
  let nth = 0;
  let passDeadline: (() => void) | null = null;
  server.greet = fault.greet ?? server.greet;
  server.answer = (socket, request) => {
    if (!hasBegun || !isAimedAt(request) || !fault.play) {
      socket.write(wellHttp(vendor, request, rows));
      return;
    }
    nth += 1;
    // A deadline that starts later would give the operation more time than its own: it is not ended, and the call hangs.
    passDeadline ??= captureDeadlines();
    lines.add(socket);
    fault.play({
      socket,
      request,
      nth,
      well: wellAnswer(vendor, request, rows),
      wellWith: (...others) => wellAnswer(vendor, request, others),
      rotateKey: () => writeFileSync(keyFile, NEW_KEY),
      passDeadline,
      server,
      vendor,
      operation,
    });
    rows = fault.hasAfter?.(vendor) ?? rows;
  };
  const begin = () => {
    hasBegun = true;
  };
  return { begin, lines };
}

/** What all cells of a play share. */
export interface Scene {
  readonly folder: string;
  /** The origin of a listener that accepts no connections. */
  readonly full: string;
  readonly deadlines: HeldDeadlines;
}

export async function setStage(cell: Cell, at: number, { folder, full, deadlines }: Scene): Promise<Stage> {
  const { fault, vendor } = cell;
  const heldMs = heldDurationOf(at);
  const key = `cell-${at}`;
  const keyFile = join(folder, key);
  await writeFile(keyFile, OLD_KEY);
  const caFile = join(folder, `${key}.pem`);
  if (fault.road?.trusts) await writeFile(caFile, fault.road.trusts);
  const server = await startRawServer(fault.road?.tls);
  const { basePath, settings } = VENDORS[vendor];
  const { port, origin: plain } = new URL(server.origin);
  const origin = fault.road?.origin?.({ port, full, cell: at }) ?? plain;
  return {
    cell,
    key,
    keyFile,
    server,
    ...playAt({ cell, server, keyFile, captureDeadlines: () => deadlines.capture(heldMs) }),
    instance: {
      key,
      vendor,
      baseUrl: origin + basePath,
      allowInsecureHttp: true,
      timeouts: timeoutsFor(fault, heldMs),
      ...(fault.road?.trusts ? { caFile } : {}),
      ...settings(keyFile),
    },
  };
}
