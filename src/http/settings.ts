// The settings of the HTTP client of one instance.

/** Durations in milliseconds. */
export interface Timeouts {
  readonly connectMs: number;
  readonly listMs: number;
  readonly readMs: number;
  readonly writeMs: number;
  readonly testMs: number;
}

export interface BreakerSettings {
  /** The number of consecutive failures that opens the circuit. 0 turns the breaker off. */
  readonly failures: number;
  /** The time in milliseconds that the circuit stays open before one trial call. */
  readonly openMs: number;
}

export interface HttpSettings {
  /** An absolute URL without user info, query or fragment. Request paths are appended to it. */
  readonly baseUrl: string;
  readonly timeouts: Timeouts;
  /** PEM certificates of the authorities to trust instead of the system's. */
  readonly ca?: string | undefined;
  /** URL of an HTTP proxy. */
  readonly proxy?: string | undefined;
  /** Default: 5 failures, 10 seconds. */
  readonly breaker?: BreakerSettings | undefined;
  /** The largest list that is read. At least 5,000,000, which is the limit of all other answers. Default: 64,000,000. */
  readonly maxListBytes?: number | undefined;
}
