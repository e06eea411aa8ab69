// A fault as data: how a vendor behaves, and the expected outcome of each operation. The outcomes are written by hand from the design
// and the vendors' documents; nothing here imports src/.
import { once as onceEmitted } from 'node:events';
import type { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import type { VendorName } from '../../support/gateway.ts';
import { httpAnswer, type RawServer } from '../../support/raw-server.ts';
import type { OperationName } from './operations.ts';

/** One request that a vendor received, and what it can be answered with. */
export interface Turn {
  readonly vendor: VendorName;
  readonly operation: OperationName;
  readonly socket: Socket;
  /** Head and body as text. */
  readonly request: string;
  /** The number of this request among those that the fault is played on, from 1. */
  readonly nth: number;
  /** The answer of a healthy vendor, as JSON. */
  readonly well: string;
  /** Returns the answer of a healthy vendor with these connections, as JSON. */
  readonly wellWith: (...rows: readonly WireRow[]) => string;
  /** Writes another credential into the file from which the gateway reads its own. */
  readonly rotateKey: () => void;
  /** Ends the deadline of the operation. Only for faults with the pace `hurried`. */
  readonly passDeadline: () => void;
  readonly server: RawServer;
}

export type Play = (turn: Turn) => void;
/** A connection in the vendor's JSON. */
export type WireRow = Readonly<Record<string, unknown>>;

/** The outcome of each operation, in the words of operations.ts. */
export type Outcomes = Readonly<Record<OperationName, string>>;
/** The number of the operation's own requests that reach the vendor (see vendors.ts), without reads before and after it. */
export type Calls = Readonly<Record<OperationName, number>>;

/** The address of the vendor, when it is not a plain HTTP server. */
export interface Road {
  readonly tls?: TlsOptions;
  /** PEM text of the authority that the gateway trusts. */
  readonly trusts?: string;
  /** The origin that the gateway is told. */
  readonly origin?: (place: { readonly port: string; readonly full: string; readonly cell: number }) => string;
}

export interface Fault {
  readonly name: string;
  /** What is done with each of the operation's own requests; answered well when left out, as all others are. */
  readonly play?: Play;
  /** What is done with each connection as it is made, at the bare socket. */
  readonly greet?: (socket: Socket) => void;
  /** It is the login that is answered so (Looker has one), or what is read before a change; all else is answered well. */
  readonly at?: 'login' | 'readBefore';
  /** From the operation's own request on, all that is asked is answered so. */
  readonly lasts?: boolean;
  /** Vendors that can have it; all four when left out. */
  readonly vendors?: readonly VendorName[];
  /** Operations that can have it, of those that the vendor has a way to do; all when left out. */
  readonly isFor?: (operation: OperationName, vendor: VendorName) => boolean;
  /** The vendor's connections before the operation, and once its own request came; the one named orders when left out. */
  readonly had?: readonly WireRow[];
  readonly hasAfter?: (vendor: VendorName) => readonly WireRow[];
  readonly outcomes: Outcomes;
  readonly calls: Calls;
  /** Where a vendor's notes make it another matter. */
  readonly except?: Readonly<
    Partial<Record<VendorName, { readonly outcomes?: Partial<Outcomes>; readonly calls?: Partial<Calls> }>>
  >;
  readonly road?: Road;
  /**
   * `hurried`: the deadline is below two seconds, and only the fault's own `passDeadline` ends it. `slow`: the time to connect is short.
   * `patient`, the default: no limit is reached.
   */
  readonly pace?: 'patient' | 'hurried' | 'slow';
  /** What happens after a first read that is answered well, before the operation. */
  readonly first?: (server: RawServer, list: () => Promise<unknown>) => Promise<void>;
  /** The operation is asked for once more, and must then be answered well. */
  readonly healsAfter?: boolean;
  /** The vendor keeps the line; the gateway must be the one who hangs up, but never on a call that may kill the vendor. */
  readonly keepsLine?: boolean;
}

export const WELL: Outcomes = {
  list: 'rows orders',
  get: 'row orders',
  create: 'CreateConnectionSuccess orders',
  update: 'UpdateConnectionSuccess orders',
  delete: 'DeleteConnectionSuccess',
  test: 'TestConnectionSuccess PASSED',
  testConfig: 'TestConnectionSuccess PASSED',
};
export const ONCE: Calls = { list: 1, get: 1, create: 1, update: 1, delete: 1, test: 1, testConfig: 1 };
/** Reads are tried at most three times; writes once, and tests, which open a database. */
export const READS_AGAIN: Calls = { ...ONCE, list: 3, get: 3 };
/** Reads are healed by a second try. */
export const READS_TWICE: Calls = { ...ONCE, list: 2, get: 2 };
export const TWICE: Calls = { list: 2, get: 2, create: 2, update: 2, delete: 2, test: 2, testConfig: 2 };
export const NONE: Calls = { list: 0, get: 0, create: 0, update: 0, delete: 0, test: 0, testConfig: 0 };

type Writes = Pick<Outcomes, 'create' | 'update' | 'delete'>;
type Tests = Pick<Outcomes, 'test' | 'testConfig'>;

export const writes = (words: string): Writes => ({ create: words, update: words, delete: words });
export const tests = (words: string): Tests => ({ test: words, testConfig: words });
/** The outcomes for a connection that does not exist. */
export const NOT_FOUND = {
  get: 'null',
  update: 'NotFoundError',
  delete: 'NotFoundError',
  test: 'NotFoundError',
} as const satisfies Partial<Outcomes>;

const withStatus = (words: string, status: number | null): string => (status === null ? words : `${words} ${status}`);

/** Returns the outcomes when the vendor is unavailable and nothing was carried out. */
export const down = (reason: string, status: number | null = null): Outcomes => ({
  list: withStatus(`VendorUnavailableError ${reason}`, status),
  get: `VENDOR_UNAVAILABLE ${reason.replace(' final', '')}`,
  ...writes(withStatus(`VendorUnavailableError ${reason}`, status)),
  ...tests(withStatus(`VendorUnavailableError ${reason}`, status)),
});

/** Returns the outcomes of `down` for reads and tests, and an unknown outcome for writes. */
export const unknown = (reason: string, status: number | null = null): Outcomes => ({
  ...down(reason, status),
  ...writes(withStatus('OutcomeUnknownError', status)),
});

export const limited = (retryAfterMs: number | null): Outcomes => ({
  list: `RateLimitedError ${retryAfterMs} 429`,
  get: `RATE_LIMITED ${retryAfterMs}`,
  ...writes(`RateLimitedError ${retryAfterMs} 429`),
  ...tests(`RateLimitedError ${retryAfterMs} 429`),
});

/** A text in the vendors' answers that the gateway must not return. */
export const WORDS = 'words-secret-7';

export const says =
  (status: number, body: string = WORDS, headers: Readonly<Record<string, string>> = {}): Play =>
  ({ socket }) =>
    socket.write(httpAnswer(status, body, headers));

export const saysWell: Play = ({ socket, well }) => socket.write(httpAnswer(200, well));

/** Plays a fault on the first request, and answers later ones well. */
export const once =
  (play: Play): Play =>
  (turn) =>
    (turn.nth === 1 ? play : saysWell)(turn);

/** Calls back after the event loop has polled the sockets of this process: the gateway has then read what was sent to it. */
export function afterPolls(callback: () => void, polls = 3): void {
  if (polls === 0) callback();
  else setImmediate(() => afterPolls(callback, polls - 1));
}

/** Closes a connection and waits until the gateway has closed its end too. */
export async function endAndWait(socket: Socket): Promise<void> {
  if (socket.closed) return;
  const closed = onceEmitted(socket, 'close');
  socket.end();
  await closed;
}

export const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
