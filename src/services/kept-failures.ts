// A failure as it is kept under an idempotency key, and told again: its kind, codes and our own words.
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
  type ValidationIssue,
  type VendorAnswer,
} from '../domain/errors.ts';
import type { Kept } from './idempotency.ts';
import { findInstance, type Registry } from './registry.ts';

export type Failure = ValidationError | UnsupportedError | ConflictError | VendorError;

/** All that these hold may be printed: neither a request nor an answer is among it. */
const dataOf = (failure: Failure): Kept =>
  Object.fromEntries(
    Object.entries(failure).filter(([key]) => key !== 'instance' && key !== 'existing' && key !== 'stack'),
  );

export const keepFailure = (failure: Failure): Kept => ({
  ...dataOf(failure),
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
  const { instance } = kept;
  if (failure instanceof VendorError && typeof instance === 'string') {
    failure.instance = findInstance(registry, instance);
  }
  return failure;
}
