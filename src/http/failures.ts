// What can go wrong on the way to a vendor: a closed list, and what the caller is told of each.
import {
  OutcomeUnknownError,
  RateLimitedError,
  VendorUnavailableError,
  type UnavailableReason,
  type VendorError,
} from '../domain/errors.ts';

export type FailureReason =
  | 'CONNECT'
  | 'TLS'
  | 'TIMEOUT'
  | 'CONNECTION_LOST'
  | 'CUT_SHORT'
  | 'TOO_LARGE'
  | 'REDIRECT'
  | 'NOT_HTTP'
  | 'CALLER_LEFT'
  | 'CIRCUIT_OPEN'
  | 'TOO_BUSY'
  | 'RATE_LIMITED';

/** Holds nothing of the request or the answer: only what kind of failure it was. */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure';
  readonly reason: FailureReason;
  /** Whether the request may have reached the vendor. */
  readonly mayHaveArrived: boolean;
  readonly status: number | undefined;
  /** How long to wait before another try, where that is known. */
  readonly retryAfterMs: number | null;

  constructor(
    reason: FailureReason,
    {
      mayHaveArrived = true,
      status,
      retryAfterMs = null,
    }: { mayHaveArrived?: boolean; status?: number; retryAfterMs?: number | null } = {},
  ) {
    super(reason);
    this.reason = reason;
    this.mayHaveArrived = mayHaveArrived;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

const TELLING = {
  CONNECT: ['CONNECT', 'could not be reached'],
  TLS: ['TLS', 'did not show a certificate that can be trusted'],
  TIMEOUT: ['TIMEOUT', 'did not answer in time'],
  CONNECTION_LOST: ['CONNECT', 'broke off the connection'],
  CUT_SHORT: ['BAD_RESPONSE', 'broke off its answer'],
  TOO_LARGE: ['BAD_RESPONSE', 'answered with more than can be taken'],
  REDIRECT: ['BAD_RESPONSE', 'answered with a redirect, which is not followed; check the base URL'],
  NOT_HTTP: ['BAD_RESPONSE', 'did not answer in HTTP; check the base URL'],
  CALLER_LEFT: ['TIMEOUT', 'was not waited for'],
  CIRCUIT_OPEN: ['CIRCUIT_OPEN', 'failed again and again and is left alone for a while'],
  TOO_BUSY: ['CIRCUIT_OPEN', 'has too many calls under way'],
} as const satisfies Record<Exclude<FailureReason, 'RATE_LIMITED'>, readonly [UnavailableReason, string]>;

/**
 * The error for a failure.
 * @param who the vendor as the caller knows it.
 * @param probe for a write: how to find out whether it was done; null for a read.
 */
export function failureToError(failure: HttpFailure, who: string, probe: string | null): VendorError {
  const { reason, status, retryAfterMs } = failure;
  if (reason === 'RATE_LIMITED') {
    return new RateLimitedError(`${who} takes no more requests for now; this one was not sent.`, retryAfterMs);
  }
  const [unavailable, what] = TELLING[reason];
  const answer = { status, retryAfterMs };
  if (probe !== null && failure.mayHaveArrived) {
    return new OutcomeUnknownError(`${who} ${what} after the request had left; it may have been done.`, probe, answer);
  }
  return new VendorUnavailableError(`${who} ${what}.`, unavailable, answer);
}

// Codes of Node and undici for what happens before a request is sent.
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Sorts what undici throws; anything unforeseen is a protocol failure, never an error of its own. */
export function sortFailure(error: unknown): HttpFailure {
  const code = error !== null && typeof error === 'object' && 'code' in error ? String(error.code) : '';
  if (BEFORE_SENDING.has(code)) return new HttpFailure('CONNECT', { mayHaveArrived: false });
  if (code === 'ECONNRESET' && (error as { beforeSending?: boolean }).beforeSending) {
    return new HttpFailure('CONNECT', { mayHaveArrived: false });
  }
  // A proxy that refuses the tunnel: undici has no code of its own for it.
  if (code === 'UND_ERR_ABORTED' && (error as Error).message.endsWith('when HTTP Tunneling')) {
    return new HttpFailure('CONNECT', { mayHaveArrived: false });
  }
  if (/^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH)/.test(code)) {
    return new HttpFailure('TLS', { mayHaveArrived: false });
  }
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE' || code === 'UND_ERR_HEADERS_OVERFLOW')
    return new HttpFailure('TOO_LARGE');
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') return new HttpFailure('TIMEOUT');
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET') return new HttpFailure('CONNECTION_LOST');
  return new HttpFailure('NOT_HTTP');
}
