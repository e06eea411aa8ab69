// The ways in which a call to a vendor can fail before there is a usable answer, and the error that the caller gets for each.
import {
  OutcomeUnknownError,
  RateLimitedError,
  VendorUnavailableError,
  type FailureDetail,
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

/** A call without a usable answer. It holds nothing of the request or of the answer's body. */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure';
  readonly reason: FailureReason;
  /** Whether the request may have reached the vendor. */
  readonly mayHaveArrived: boolean;
  /** The status of the answer; undefined when none arrived. */
  readonly status: number | undefined;
  /** How long to wait before another attempt, in milliseconds; null when unknown. */
  readonly retryAfterMs: number | null;
  /** What is known of the cause; null when nothing is. */
  readonly detail: FailureDetail | null;

  constructor(
    reason: FailureReason,
    {
      mayHaveArrived = true,
      status,
      retryAfterMs = null,
      detail = null,
    }: {
      mayHaveArrived?: boolean;
      status?: number;
      retryAfterMs?: number | null;
      detail?: FailureDetail | null;
    } = {},
  ) {
    super(reason);
    this.reason = reason;
    this.mayHaveArrived = mayHaveArrived;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.detail = detail;
  }
}

/** What the caller learns of a failure: a reason code, and a predicate for the vendor. */
const DESCRIPTIONS = {
  CONNECT: ['CONNECT', 'could not be reached'],
  TLS: ['TLS', 'did not present a certificate that can be trusted'],
  TIMEOUT: ['TIMEOUT', 'did not answer in time'],
  CONNECTION_LOST: ['CONNECT', 'broke off the connection'],
  CUT_SHORT: ['BAD_RESPONSE', 'broke off its answer'],
  TOO_LARGE: ['BAD_RESPONSE', 'sent an answer that is too large'],
  REDIRECT: ['BAD_RESPONSE', 'answered with a redirect, which is not followed; check the base URL'],
  NOT_HTTP: ['BAD_RESPONSE', 'did not answer in HTTP; check the base URL'],
  CALLER_LEFT: ['TIMEOUT', 'was not waited for because the caller left'],
  CIRCUIT_OPEN: ['CIRCUIT_OPEN', 'failed repeatedly and is not called for a while'],
  TOO_BUSY: ['CIRCUIT_OPEN', 'has too many calls in flight'],
} as const satisfies Record<Exclude<FailureReason, 'RATE_LIMITED'>, readonly [UnavailableReason, string]>;

/**
 * Returns the error that the caller gets for a failure.
 * @param label the name of the instance, as callers know it.
 * @param verifyOutcome for a write: how the caller can find out whether it was carried out. Null for a read.
 */
export function failureToError(failure: HttpFailure, label: string, verifyOutcome: string | null): VendorError {
  const { reason, status, retryAfterMs, detail } = failure;
  if (reason === 'RATE_LIMITED') {
    return new RateLimitedError(`${label} accepts no more requests for now; this request was not sent.`, retryAfterMs);
  }
  const [unavailable, what] = DESCRIPTIONS[reason];
  const answer = { status, retryAfterMs, detail };
  if (verifyOutcome !== null && failure.mayHaveArrived) {
    return new OutcomeUnknownError(
      `${label} ${what} after the request was sent. The change may have been made.`,
      verifyOutcome,
      answer,
    );
  }
  return new VendorUnavailableError(`${label} ${what}.`, unavailable, answer);
}

/** Error codes of Node and undici for failures before a request is sent. */
const BEFORE_SENDING: Readonly<Record<string, FailureDetail>> = {
  ECONNREFUSED: 'REFUSED',
  ENOTFOUND: 'NAME_NOT_FOUND',
  EAI_AGAIN: 'NAME_NOT_FOUND',
  EHOSTUNREACH: 'NO_ROUTE',
  ENETUNREACH: 'NO_ROUTE',
  EADDRNOTAVAIL: 'NO_ROUTE',
  UND_ERR_CONNECT_TIMEOUT: 'NO_ROUTE',
};

/** What error codes of TLS say of the certificate. Codes that are not here may have any cause. */
const TLS_DETAILS: Readonly<Record<string, FailureDetail>> = {
  CERT_HAS_EXPIRED: 'CERTIFICATE_EXPIRED',
  CERT_NOT_YET_VALID: 'CERTIFICATE_NOT_YET_VALID',
  ERR_TLS_CERT_ALTNAME_INVALID: 'CERTIFICATE_OF_OTHER_HOST',
  HOSTNAME_MISMATCH: 'CERTIFICATE_OF_OTHER_HOST',
  CERT_UNTRUSTED: 'CERTIFICATE_NOT_TRUSTED',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'CERTIFICATE_NOT_TRUSTED',
  SELF_SIGNED_CERT_IN_CHAIN: 'CERTIFICATE_NOT_TRUSTED',
  UNABLE_TO_GET_ISSUER_CERT: 'CERTIFICATE_NOT_TRUSTED',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'CERTIFICATE_NOT_TRUSTED',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'CERTIFICATE_NOT_TRUSTED',
  EPROTO: 'NO_TLS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'NO_TLS',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'NO_TLS',
};

/** Returns the failure for an error of undici. An unknown error is NOT_HTTP. */
export function classifyFailure(error: unknown): HttpFailure {
  const code = error !== null && typeof error === 'object' && 'code' in error ? String(error.code) : '';
  const beforeSending = BEFORE_SENDING[code];
  if (beforeSending) return new HttpFailure('CONNECT', { mayHaveArrived: false, detail: beforeSending });
  if (code === 'ECONNRESET' && (error as { beforeSending?: boolean }).beforeSending) {
    return new HttpFailure('CONNECT', { mayHaveArrived: false });
  }
  // A proxy that refuses the tunnel. undici has no code for it.
  if (code === 'UND_ERR_ABORTED' && (error as Error).message.endsWith('when HTTP Tunneling')) {
    return new HttpFailure('CONNECT', { mayHaveArrived: false, detail: 'PROXY_REFUSED' });
  }
  if (/^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH)/.test(code)) {
    return new HttpFailure('TLS', { mayHaveArrived: false, detail: TLS_DETAILS[code] ?? null });
  }
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE' || code === 'UND_ERR_HEADERS_OVERFLOW')
    return new HttpFailure('TOO_LARGE', { detail: 'TOO_LARGE' });
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') return new HttpFailure('TIMEOUT');
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET') return new HttpFailure('CONNECTION_LOST');
  return new HttpFailure('NOT_HTTP');
}
