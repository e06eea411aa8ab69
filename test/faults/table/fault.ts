// A fault as data: how a vendor behaves, and the expected outcome of each operation. The outcomes are written by hand from the design
// and the vendors' documents; nothing here imports src/.
import { once as onceEmitted } from 'node:events';
import type { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import type { VendorName } from '../../support/gateway.ts';
import { httpAnswer, type RawServer } from '../../support/raw-server.ts';
import type { OperationName } from './operations.ts';

/** One request that a vendor received, and what it can be answered with. */
export interface FaultContext {
  readonly vendor: VendorName;
  readonly operation: OperationName;
  readonly socket: Socket;
  /** Head and body as text. */
  readonly request: string;
  /** The number of this request among those that the fault applies to, from 1. */
  readonly nth: number;
  /** The answer of a healthy vendor, as JSON. */
  readonly healthyAnswer: string;
  /** Returns the answer of a healthy vendor with these connections, as JSON. */
  readonly healthyAnswerWith: (...rows: readonly WireRow[]) => string;
  /** Writes another credential into the file from which the gateway reads its own. */
  readonly rotateKey: () => void;
  /** Ends the deadline of the operation. Only for faults with the pace `hurried`. */
  readonly passDeadline: () => void;
  readonly server: RawServer;
}

export type Behavior = (context: FaultContext) => void;
/** A connection in the vendor's JSON. */
export type WireRow = Readonly<Record<string, unknown>>;

/** The outcome of each operation, as operations.ts describes it. */
export type Outcomes = Readonly<Record<OperationName, string>>;
/** The number of the operation's own requests that reach the vendor (see vendors.ts), without reads before and after it. */
export type Calls = Readonly<Record<OperationName, number>>;

/** The address of the vendor, when it is not a plain HTTP server. */
export interface VendorAddress {
  readonly tls?: TlsOptions;
  /** PEM text of the authority that the gateway trusts. */
  readonly trustedCa?: string;
  /** Returns the origin in the instance's base URL. */
  readonly origin?: (servers: { readonly port: string; readonly full: string; readonly cell: number }) => string;
}

export interface Fault {
  readonly name: string;
  /** Handles each request that the fault applies to. Default: a healthy answer, which all other requests get too. */
  readonly behavior?: Behavior;
  /** Handles each new connection, before any request. */
  readonly onConnect?: (socket: Socket) => void;
  /** The requests that the fault applies to: Looker's login, or the reads before a change. Default: the operation's own requests. */
  readonly appliesTo?: 'login' | 'readBefore';
  /** Whether the fault also applies to all requests after the operation's own first one. */
  readonly affectsLaterRequests?: boolean;
  /** The vendors that can have the fault. Default: all four. */
  readonly vendors?: readonly VendorName[];
  /** Returns whether an operation that the vendor supports can have the fault. Default: all can. */
  readonly isFor?: (operation: OperationName, vendor: VendorName) => boolean;
  /** The vendor's connections before the operation. Default: one named orders. `rowsAfter`: those after the operation's own request. */
  readonly rowsBefore?: readonly WireRow[];
  readonly rowsAfter?: (vendor: VendorName) => readonly WireRow[];
  readonly outcomes: Outcomes;
  readonly calls: Calls;
  /** Other expectations for single vendors. */
  readonly except?: Readonly<
    Partial<Record<VendorName, { readonly outcomes?: Partial<Outcomes>; readonly calls?: Partial<Calls> }>>
  >;
  readonly address?: VendorAddress;
  /**
   * `hurried`: the deadline is below two seconds, and only the fault's own `passDeadline` ends it. `slow`: the time to connect is short.
   * `patient`, the default: no limit is reached.
   */
  readonly pace?: 'patient' | 'hurried' | 'slow';
  /** Runs after a first healthy read and before the operation. */
  readonly beforeOperation?: (server: RawServer, list: () => Promise<unknown>) => Promise<void>;
  /** Whether the operation is sent a second time, which must succeed. */
  readonly healsAfter?: boolean;
  /** Whether the vendor keeps the connection open. The gateway must close it, unless closing it may crash the vendor's server. */
  readonly leavesConnectionOpen?: boolean;
}

export const NORMAL_OUTCOMES: Outcomes = {
  list: 'rows orders',
  get: 'row orders',
  create: 'CreateConnectionSuccess orders',
  update: 'UpdateConnectionSuccess orders',
  delete: 'DeleteConnectionSuccess',
  test: 'TestConnectionSuccess PASSED',
  testConfig: 'TestConnectionSuccess PASSED',
};
export const ONE_CALL: Calls = { list: 1, get: 1, create: 1, update: 1, delete: 1, test: 1, testConfig: 1 };
/** A read is tried at most three times. A write, or a test, which opens a database, is tried once. */
export const THREE_READS: Calls = { ...ONE_CALL, list: 3, get: 3 };
/** The second try of a read succeeds. */
export const TWO_READS: Calls = { ...ONE_CALL, list: 2, get: 2 };
export const TWO_CALLS: Calls = { list: 2, get: 2, create: 2, update: 2, delete: 2, test: 2, testConfig: 2 };
export const NO_CALLS: Calls = { list: 0, get: 0, create: 0, update: 0, delete: 0, test: 0, testConfig: 0 };

type Writes = Pick<Outcomes, 'create' | 'update' | 'delete'>;
type Tests = Pick<Outcomes, 'test' | 'testConfig'>;

export const forWrites = (outcome: string): Writes => ({ create: outcome, update: outcome, delete: outcome });
export const forTests = (outcome: string): Tests => ({ test: outcome, testConfig: outcome });
/** The outcomes for a connection that does not exist. */
export const NOT_FOUND = {
  get: 'null',
  update: 'NotFoundError',
  delete: 'NotFoundError',
  test: 'NotFoundError',
} as const satisfies Partial<Outcomes>;

const withStatus = (outcome: string, status: number | null): string =>
  status === null ? outcome : `${outcome} ${status}`;

/** Returns the outcomes when the vendor is unavailable and nothing was carried out. */
export const unavailable = (reason: string, status: number | null = null): Outcomes => ({
  list: withStatus(`VendorUnavailableError ${reason}`, status),
  get: `VENDOR_UNAVAILABLE ${reason.replace(' final', '')}`,
  ...forWrites(withStatus(`VendorUnavailableError ${reason}`, status)),
  ...forTests(withStatus(`VendorUnavailableError ${reason}`, status)),
});

/** Returns the outcomes of `unavailable` for reads and tests, and an unknown outcome for writes. */
export const unknownOutcome = (reason: string, status: number | null = null): Outcomes => ({
  ...unavailable(reason, status),
  ...forWrites(withStatus('OutcomeUnknownError', status)),
});

export const rateLimited = (retryAfterMs: number | null): Outcomes => ({
  list: `RateLimitedError ${retryAfterMs} 429`,
  get: `RATE_LIMITED ${retryAfterMs}`,
  ...forWrites(`RateLimitedError ${retryAfterMs} 429`),
  ...forTests(`RateLimitedError ${retryAfterMs} 429`),
});

/** A text in the vendors' answers that the gateway must not return. */
export const VENDOR_TEXT = 'words-secret-7';

export const answerWith =
  (status: number, body: string = VENDOR_TEXT, headers: Readonly<Record<string, string>> = {}): Behavior =>
  ({ socket }) =>
    socket.write(httpAnswer(status, body, headers));

export const answerHealthy: Behavior = ({ socket, healthyAnswer }) => socket.write(httpAnswer(200, healthyAnswer));

/** Applies a behavior to the first request. Later requests get a healthy answer. */
export const firstRequestOnly =
  (behavior: Behavior): Behavior =>
  (context) =>
    (context.nth === 1 ? behavior : answerHealthy)(context);

/** Calls back after the event loop has polled the sockets of this process: the gateway has then read what was sent to it. */
export function afterSocketsWereRead(callback: () => void, polls = 3): void {
  if (polls === 0) callback();
  else setImmediate(() => afterSocketsWereRead(callback, polls - 1));
}

/** Closes a connection and waits until the gateway has closed its end too. */
export async function closeAndWait(socket: Socket): Promise<void> {
  if (socket.closed) return;
  const closed = onceEmitted(socket, 'close');
  socket.end();
  await closed;
}

export const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
