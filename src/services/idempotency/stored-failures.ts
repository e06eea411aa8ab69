// Converts a failure to the data that is stored under an idempotency key, and back: its kind, its codes and Patchbay's own message.
// Of a vendor's message only the text that was shown to the caller is stored.
import {
  ConflictError,
  NotFoundError,
  OutcomeUnknownError,
  PermissionError,
  RateLimitedError,
  UnsupportedError,
  ValidationError,
  VendorError,
  VendorUnavailableError,
  type ConflictReason,
  type ExpectedError,
  type UnavailableReason,
  type VendorAnswer,
} from '../../domain/errors.ts';
import type { ValidationIssue } from '../../domain/issue.ts';
import type { StoredAnswer } from './idempotency.ts';
import { findInstance, type Registry } from '../registry.ts';

const NOT_STORED: ReadonlySet<string> = new Set(['instance', 'existing', 'stack', 'vendorText']);

/** Returns the fields of a failure or an issue that may be stored. None of them holds a request or a response. */
export const dataOf = (source: object): StoredAnswer =>
  Object.fromEntries(Object.entries(source).filter(([key]) => !NOT_STORED.has(key)));

/** Returns the data of a failure to store. */
export const storeFailure = (failure: ExpectedError): StoredAnswer => ({
  ...dataOf(failure),
  ...(failure instanceof ValidationError && { issues: failure.issues.map(dataOf) }),
  name: failure.name,
  message: failure.message,
  instance: failure instanceof VendorError ? (failure.instance?.key ?? null) : null,
});

interface StoredFailure {
  readonly name: string;
  readonly message: string;
  /** The id that was not found. */
  readonly id?: string;
  readonly vendorStatus?: number | null;
  readonly vendorCode?: string | null;
  readonly retryAfterMs?: number | null;
  readonly unavailable?: UnavailableReason;
  readonly probe?: string;
  readonly issues?: readonly ValidationIssue[];
  readonly conflict?: ConflictReason;
  readonly existingId?: string | null;
}

/** Returns the error of a stored failure, without its instance. */
function restore(stored: StoredFailure): ExpectedError {
  const { name, message, retryAfterMs = null, probe = '', issues = [], existingId = null, id = '' } = stored;
  const answer: VendorAnswer = {
    status: stored.vendorStatus ?? undefined,
    code: stored.vendorCode ?? undefined,
    retryAfterMs,
  };
  switch (name) {
    case 'ValidationError':
      return new ValidationError(issues);
    case 'UnsupportedError':
      return new UnsupportedError(message, stored as unknown as ConstructorParameters<typeof UnsupportedError>[1]);
    case 'NotFoundError':
      return new NotFoundError(id, message);
    case 'ConflictError':
      return new ConflictError(message, existingId, stored.conflict);
    case 'PermissionError':
      return new PermissionError(message, answer);
    case 'RateLimitedError':
      return new RateLimitedError(message, retryAfterMs, answer);
    case 'VendorUnavailableError':
      return new VendorUnavailableError(message, stored.unavailable ?? 'SERVER_ERROR', answer);
    default:
      return new OutcomeUnknownError(message, probe, answer);
  }
}

/** Returns the failure that was stored. */
export function restoreFailure(registry: Registry, stored: StoredAnswer): ExpectedError {
  const failure = restore(stored as unknown as StoredFailure);
  const { instance, vendorMessage } = stored;
  if (failure instanceof VendorError) {
    if (typeof instance === 'string') failure.instance = findInstance(registry, instance);
    if (typeof vendorMessage === 'string') failure.vendorMessage = vendorMessage;
  }
  return failure;
}
