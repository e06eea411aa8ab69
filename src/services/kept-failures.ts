// A failure as it is kept under an idempotency key, and told again: its kind, codes and our own words, and of the vendor's what
// was shown.
import {
  ConflictError,
  OutcomeUnknownError,
  PermissionError,
  RateLimitedError,
  UnsupportedError,
  ValidationError,
  VendorError,
  VendorUnavailableError,
  type ConflictReason,
  type UnavailableReason,
  type VendorAnswer,
} from '../domain/errors.ts';
import type { ValidationIssue } from '../domain/issue.ts';
import type { Kept } from './idempotency.ts';
import { findInstance, type Registry } from './registry.ts';

export type Failure = ValidationError | UnsupportedError | ConflictError | VendorError;

const NOT_KEPT: ReadonlySet<string> = new Set(['instance', 'existing', 'stack', 'vendorText']);

/** All that these hold beside may be printed: neither a request nor an answer is among it. */
const dataOf = (told: object): Kept => Object.fromEntries(Object.entries(told).filter(([key]) => !NOT_KEPT.has(key)));

export const keepFailure = (failure: Failure): Kept => ({
  ...dataOf(failure),
  ...(failure instanceof ValidationError && { issues: failure.issues.map(dataOf) }),
  name: failure.name,
  message: failure.message,
  instance: failure instanceof VendorError ? (failure.instance?.key ?? null) : null,
});

interface Told {
  readonly name: string;
  readonly message: string;
  readonly vendorStatus?: number | null;
  readonly vendorCode?: string | null;
  readonly retryAfterMs?: number | null;
  readonly unavailable?: UnavailableReason;
  readonly probe?: string;
  readonly issues?: readonly ValidationIssue[];
  readonly conflict?: ConflictReason;
  readonly existingId?: string | null;
}

function make(kept: Told): Failure {
  const { name, message, retryAfterMs = null, probe = '', issues = [], existingId = null } = kept;
  const answer: VendorAnswer = {
    status: kept.vendorStatus ?? undefined,
    code: kept.vendorCode ?? undefined,
    retryAfterMs,
  };
  switch (name) {
    case 'ValidationError':
      return new ValidationError(issues);
    case 'UnsupportedError':
      return new UnsupportedError(message, kept as unknown as ConstructorParameters<typeof UnsupportedError>[1]);
    case 'ConflictError':
      return new ConflictError(message, existingId, kept.conflict);
    case 'PermissionError':
      return new PermissionError(message, answer);
    case 'RateLimitedError':
      return new RateLimitedError(message, retryAfterMs, answer);
    case 'VendorUnavailableError':
      return new VendorUnavailableError(message, kept.unavailable ?? 'SERVER_ERROR', answer);
    default:
      return new OutcomeUnknownError(message, probe, answer);
  }
}

export function tellFailure(registry: Registry, kept: Kept): Failure {
  const failure = make(kept as unknown as Told);
  const { instance, vendorMessage } = kept;
  if (failure instanceof VendorError) {
    if (typeof instance === 'string') failure.instance = findInstance(registry, instance);
    if (typeof vendorMessage === 'string') failure.vendorMessage = vendorMessage;
  }
  return failure;
}
