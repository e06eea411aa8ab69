// What can be observed of a request to a vendor: which kind it is, how it ends and how long it takes. Nothing here holds a value of the
// request or of the answer.

/** The kinds of requests to a vendor. */
export const VERBS = ['login', 'list', 'read', 'create', 'update', 'delete', 'test'] as const;

export type Verb = (typeof VERBS)[number];

/** How a request to a vendor ends. `throttled` is refused by the gateway's own rate limit, and `rate_limited` by the vendor (429). */
export const CALL_OUTCOMES = [
  'ok',
  'client_error',
  'server_error',
  'rate_limited',
  'throttled',
  'circuit_open',
  'too_busy',
  'connect',
  'tls',
  'timeout',
  'connection_lost',
  'cut_short',
  'too_large',
  'redirect',
  'not_http',
  'caller_left',
  'unexpected',
] as const;

export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** The end of a request to a vendor. */
export interface CallEnd {
  readonly outcome: CallOutcome;
  /** The HTTP status; null when no answer arrived. */
  readonly status: number | null;
  /** How long the request waited in the gateway before it was sent, in milliseconds. */
  readonly waitedMs: number;
  /** The time from sending to the end of the answer, in milliseconds; null when the request was not sent. */
  readonly durationMs: number | null;
}

/** A request to a vendor that has begun. */
export interface ObservedCall {
  /** Headers that are added to the request. */
  readonly headers?: Readonly<Record<string, string>>;
  end(end: CallEnd): void;
}

/** Called at the beginning of each request to the vendor of one instance, also of one that the gateway then refuses. */
export type ObserveCalls = (verb: Verb, method: string) => ObservedCall;

/** The states of a circuit breaker. It is half open when the next call, or the one in flight, decides whether it closes. */
export const BREAKER_STATES = ['closed', 'half_open', 'open'] as const;

export type BreakerState = (typeof BREAKER_STATES)[number];

/** What an instance is doing now. */
export interface InstanceLoad {
  /** Requests in flight. */
  readonly running: number;
  /** Requests that wait for a free place. */
  readonly waiting: number;
  readonly breaker: BreakerState;
}
