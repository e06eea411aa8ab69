// Describes the outcome of an operation in one line of words.
import type { Answer } from '../../support/gateway.ts';

/** Every member of a result that is an error. */
export const ERROR = `__typename
  ... on Error { message }
  ... on VendorError { vendorStatus }
  ... on VendorUnavailableError { unavailable retryable }
  ... on RateLimitedError { retryAfterMs }`;

export interface ToldError {
  readonly __typename: string;
  readonly vendorStatus?: number | null;
  readonly unavailable?: string;
  readonly retryable?: boolean;
  readonly retryAfterMs?: number | null;
}

export const wordsOf = ({ __typename: type, unavailable, retryable, retryAfterMs, vendorStatus }: ToldError): string =>
  [
    type,
    unavailable,
    retryable === false ? 'final' : undefined,
    retryAfterMs === null ? 'null' : retryAfterMs,
    vendorStatus ?? undefined,
  ]
    .filter((word) => word !== undefined)
    .join(' ');

/** Of a field that may be null, and whose errors stand beside the data. */
export function wordsOfTop({ data, errors }: Answer): string {
  const [error, ...more] = errors ?? [];
  if (!error) return data.connection === null ? 'null' : `row ${data.connection.name}`;
  const { code, unavailable, retryAfterMs } = error.extensions;
  const beside = [more.length > 0 && `and ${more.length} more`, data?.connection !== null && 'not null'];
  const words = [code, unavailable, code === 'RATE_LIMITED' && String(retryAfterMs), ...beside];
  return words.filter(Boolean).join(' ');
}
