// Prepares one cell of the fault table: a vendor on a raw socket server, and an instance that leads to it.
import { writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { VendorName } from '../../support/gateway.ts';
import { startRawServer, type RawServer } from '../../support/raw-server.ts';
import { createManualDeadline } from '../../support/manual-deadline.ts';
import type { Fault } from './fault.ts';
import type { OperationName } from './operations.ts';
import { isLogin, VENDORS, healthyAnswerOf, healthyHttpAnswer } from './vendors.ts';

/** One fault at one vendor, under one operation. */
export interface Cell {
  readonly fault: Fault;
  readonly vendor: VendorName;
  readonly operation: OperationName;
}

export const titleOf = ({ fault, vendor, operation }: Cell): string => `${fault.name}: ${operation} at ${vendor}`;

/** Returns whether the call continues until the vendor ends it. Aborting a Chartbrew call by id may crash Chartbrew's server. */
export const continuesAfterDeadline = ({ vendor, operation }: Cell): boolean =>
  vendor === 'chartbrew' && ['get', 'update', 'delete', 'test'].includes(operation);

const allCalls = (limitMs: number) => ({ listMs: limitMs, readMs: limitMs, writeMs: limitMs, testMs: limitMs });

/** Timeouts that are never reached, however slow the machine is. */
export const PATIENT_TIMEOUTS = { connectMs: 60_000, ...allCalls(60_000) };

const timeoutsFor = ({ pace }: Fault, deadlineMs: number) => {
  if (pace === 'hurried') return { ...PATIENT_TIMEOUTS, ...allCalls(deadlineMs) };
  // undici measures the time to connect in steps of half a second, and there are three attempts.
  return pace === 'slow' ? { ...PATIENT_TIMEOUTS, connectMs: 300 } : PATIENT_TIMEOUTS;
};
const OLD_KEY = 'key-secret-1';
const NEW_KEY = 'key-secret-2';

/** A cell with its server and its instance. */
export interface CellRun {
  readonly cell: Cell;
  readonly key: string;
  readonly keyFile: string;
  readonly server: RawServer;
  /** Starts the fault. Before this call, every answer is healthy. */
  readonly begin: () => void;
  /** The connections on which the fault occurred. */
  readonly connections: ReadonlySet<Socket>;
  readonly instance: Readonly<Record<string, unknown>>;
}

/** Returns a function that returns whether the fault applies to a request after the fault has begun. */
function requestFilterFor({ fault, vendor, operation }: Cell): (request: string) => boolean {
  // An unsupported operation has no requests of its own: any request would be wrong, and is counted.
  const operationRequest = VENDORS[vendor].requests[operation] ?? /^/;
  const isOfOperation = (request: string) => operationRequest.test(request) && !isLogin(request);
  let hasStarted = false;
  return (request) => {
    hasStarted ||= isOfOperation(request);
    if (fault.appliesTo === 'login') return isLogin(request);
    if (fault.appliesTo === 'readBefore') return request.startsWith('GET ') && !isOfOperation(request);
    return isOfOperation(request) || (fault.affectsLaterRequests === true && hasStarted && !isLogin(request));
  };
}

type FaultSetup = Pick<CellRun, 'cell' | 'server' | 'keyFile'> & {
  /** Returns a function that ends the deadlines of this cell that are running now. */
  readonly captureDeadlines: () => () => void;
};

function installFault({ cell, server, keyFile, captureDeadlines }: FaultSetup): Pick<CellRun, 'begin' | 'connections'> {
  const { fault, vendor, operation } = cell;
  const isAimedAt = requestFilterFor(cell);
  const connections = new Set<Socket>();
  let rows = fault.rowsBefore ?? [VENDORS[vendor].row];
  let hasBegun = false;
  let nth = 0;
  let passDeadline: (() => void) | null = null;
  server.greet = fault.onConnect ?? server.greet;
  server.answer = (socket, request) => {
    if (!hasBegun || !isAimedAt(request) || !fault.behavior) {
      socket.write(healthyHttpAnswer(vendor, request, rows));
      return;
    }
    nth += 1;
    // A deadline that starts later is not ended, because it would give the operation too much time. The call then hangs.
    passDeadline ??= captureDeadlines();
    connections.add(socket);
    fault.behavior({
      socket,
      request,
      nth,
      healthyAnswer: healthyAnswerOf(vendor, request, rows),
      healthyAnswerWith: (...others) => healthyAnswerOf(vendor, request, others),
      rotateKey: () => writeFileSync(keyFile, NEW_KEY),
      passDeadline,
      server,
      vendor,
      operation,
    });
    rows = fault.rowsAfter?.(vendor) ?? rows;
  };
  const begin = () => {
    hasBegun = true;
  };
  return { begin, connections };
}

/** The servers and the folder that all cells of a family share. */
export interface SharedServers {
  readonly folder: string;
  /** The origin of a listener that accepts no connections. */
  readonly full: string;
}

/** The durations of the cells of a family, in milliseconds. They are below two seconds, so that a Retry-After of two seconds is later. */
const FIRST_DURATION_MS = 1000;
const END_OF_DURATIONS_MS = 2000;

/** Returns the duration that identifies the deadlines of one cell. @throws Error when a family has too many cells. */
function durationOf(cellNumber: number): number {
  const durationMs = FIRST_DURATION_MS + cellNumber;
  if (durationMs >= END_OF_DURATIONS_MS)
    throw new Error('A family of faults has too many cells for their durations to differ.');
  return durationMs;
}

export async function prepareCell(cell: Cell, at: number, { folder, full }: SharedServers): Promise<CellRun> {
  const { fault, vendor } = cell;
  const deadline = createManualDeadline(durationOf(at));
  const key = `cell-${at}`;
  const keyFile = join(folder, key);
  await writeFile(keyFile, OLD_KEY);
  const caFile = join(folder, `${key}.pem`);
  if (fault.address?.trustedCa) await writeFile(caFile, fault.address.trustedCa);
  const server = await startRawServer(fault.address?.tls);
  const { basePath, settings } = VENDORS[vendor];
  const { port, origin: plain } = new URL(server.origin);
  const origin = fault.address?.origin?.({ port, full, cell: at }) ?? plain;
  return {
    cell,
    key,
    keyFile,
    server,
    ...installFault({ cell, server, keyFile, captureDeadlines: deadline.capture }),
    instance: {
      limits: { listMb: 5 },
      key,
      vendor,
      baseUrl: origin + basePath,
      allowInsecureHttp: true,
      timeouts: timeoutsFor(fault, deadline.durationMs),
      ...(fault.address?.trustedCa ? { caFile } : {}),
      ...settings(keyFile),
    },
  };
}
