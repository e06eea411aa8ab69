// Describes the outcome of an operation in one line of words.
import type { Answer } from '../../support/gateway.ts';

/** Selects the fields of every error in a result union. */
export const ERROR = `__typename
  ... on Error { message }
  ... on VendorError { vendorStatus }
  ... on VendorUnavailableError { unavailable retryable }
  ... on RateLimitedError { retryAfterMs }`;

export interface ReportedError {
  readonly __typename: string;
  readonly vendorStatus?: number | null;
  readonly unavailable?: string;
  readonly retryable?: boolean;
  readonly retryAfterMs?: number | null;
}

export const describeError = ({
  __typename: type,
  unavailable,
  retryable,
  retryAfterMs,
  vendorStatus,
}: ReportedError): string =>
  [
    type,
    unavailable,
    retryable === false ? 'final' : undefined,
    retryAfterMs === null ? 'null' : retryAfterMs,
    vendorStatus ?? undefined,
  ]
    .filter((word) => word !== undefined)
    .join(' ');

/** Describes the answer of the nullable field `connection`, whose errors are in the top-level `errors`. */
export function describeTopLevelAnswer({ data, errors }: Answer): string {
  const [error, ...more] = errors ?? [];
  if (!error) return data.connection === null ? 'null' : `row ${data.connection.name}`;
  const { code, unavailable, retryAfterMs } = error.extensions;
  const unexpected = [more.length > 0 && `and ${more.length} more`, data?.connection !== null && 'not null'];
  const words = [code, unavailable, code === 'RATE_LIMITED' && String(retryAfterMs), ...unexpected];
  return words.filter(Boolean).join(' ');
}
