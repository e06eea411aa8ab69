// The failures that are reported to callers: a closed list. Adapters and services throw these; any other thrown value is a
// bug. Nothing here may hold a request or an answer, because it may be printed. A vendor's text is wrapped in
// VendorText, which prints as `[vendor text]`.
import type { VendorText } from '../secrets/vendor-text.ts';
import type { Capability } from './capability.ts';
import type { Instance, LocatedConnection } from './instance.ts';
import type { ValidationCode, ValidationIssue, VendorMessage } from './issue.ts';

/** The input is refused, by the gateway or by the vendor. */
export class ValidationError extends Error {
  override readonly name = 'ValidationError';
  readonly issues: readonly ValidationIssue[];

  constructor(issues: readonly ValidationIssue[]) {
    super(issues.length === 1 ? 'One value was refused.' : `${issues.length} values were refused.`);
    this.issues = issues;
  }
}

/** The vendor does not have the capability, or does not accept the dialect. */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError';
  readonly vendor: string;
  readonly dialect: string | null;
  readonly capability: Capability;
  /** Kinds of the vendors that have the capability. */
  readonly alternatives: readonly string[];

  constructor(
    message: string,
    detail: { vendor: string; dialect: string | null; capability: Capability; alternatives: readonly string[] },
  ) {
    super(message);
    this.vendor = detail.vendor;
    this.dialect = detail.dialect;
    this.capability = detail.capability;
    this.alternatives = detail.alternatives;
  }
}

/** There is no connection with this id: it never existed, or it was deleted. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError';
  /** Global id, as the caller sent it. */
  readonly id: string;

  constructor(id: string, message = 'There is no connection with this id; it may have been deleted.') {
    super(message);
    this.id = id;
  }
}

export type ConflictReason =
  'NAME_TAKEN' | 'NAME_CHANGED' | 'CHANGED_MEANWHILE' | 'IDEMPOTENCY_KEY_REUSED' | 'IN_PROGRESS';

/** Another connection, or another request, prevents the operation. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
  readonly conflict: ConflictReason;
  /** Vendor id of the conflicting connection; null when it is not known. */
  readonly existingId: string | null;
  /** The conflicting connection; null when it could not be read. */
  existing: LocatedConnection | null = null;

  constructor(message: string, existingId: string | null, conflict: ConflictReason = 'NAME_TAKEN') {
    super(message);
    this.conflict = conflict;
    this.existingId = existingId;
  }
}

/** An argument of a query is not valid. */
export class BadInputError extends Error {
  override readonly name = 'BadInputError';
  /** Path from the argument down; empty when the message names the argument. Not called `path`: graphql-js uses that name. */
  readonly argument: readonly string[];
  readonly code: ValidationCode;

  constructor(message: string, argument: readonly string[] = [], code: ValidationCode = 'INVALID') {
    super(message);
    this.argument = argument;
    this.code = code;
  }
}

/** Returns the BadInputError that a check throws, as a list of one; an empty list when it throws none. */
export function badInputOf(check: () => unknown): readonly BadInputError[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof BadInputError) return [error];
    throw error;
  }
}

/** What is known of the cause of a failed connection or an unusable answer. */
export type FailureDetail =
  | 'NAME_NOT_FOUND'
  | 'REFUSED'
  | 'NO_ROUTE'
  | 'PROXY_REFUSED'
  | 'CERTIFICATE_EXPIRED'
  | 'CERTIFICATE_NOT_YET_VALID'
  | 'CERTIFICATE_OF_OTHER_HOST'
  | 'CERTIFICATE_NOT_TRUSTED'
  | 'NO_TLS'
  | 'REDIRECT'
  | 'TOO_LARGE';

/** The parts of a vendor's answer that an error keeps: numbers, known codes and wrapped text. */
export interface VendorAnswer {
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  /** How long to wait before another try; null or missing when that is not known. */
  readonly retryAfterMs?: number | null | undefined;
  readonly vendorText?: VendorText | null | undefined;
  readonly detail?: FailureDetail | null | undefined;
}

/** A call to a vendor failed, at the vendor or on the way to it. */
export abstract class VendorError extends Error implements VendorMessage {
  /** Set by the service that made the call; null until then. */
  instance: Instance | null = null;
  readonly vendorStatus: number | null;
  readonly vendorCode: string | null;
  readonly vendorText: VendorText | null;
  /** Set by the service that made the call, when the message may be shown; null otherwise. */
  vendorMessage: string | null = null;

  constructor(message: string, answer: VendorAnswer = {}) {
    super(message);
    this.vendorStatus = answer.status ?? null;
    this.vendorCode = answer.code ?? null;
    this.vendorText = answer.vendorText ?? null;
  }
}

/** The vendor does not allow the gateway to do this, or the gateway does not allow it to the caller. */
export class PermissionError extends VendorError {
  override readonly name = 'PermissionError';
  /** The scope that the caller lacks; null when the vendor refused. */
  readonly missingScope: string | null;

  constructor(message: string, answer: VendorAnswer = {}, missingScope: string | null = null) {
    super(message, answer);
    this.missingScope = missingScope;
  }
}

/** The vendor, or the gateway's limit for it, accepts no more requests for now. */
export class RateLimitedError extends VendorError {
  override readonly name = 'RateLimitedError';
  readonly retryAfterMs: number | null;

  constructor(message: string, retryAfterMs: number | null, answer: VendorAnswer = {}) {
    super(message, answer);
    this.retryAfterMs = retryAfterMs;
  }
}

export type UnavailableReason =
  'CONNECT' | 'TLS' | 'TIMEOUT' | 'SERVER_ERROR' | 'BAD_RESPONSE' | 'CREDENTIALS_REJECTED' | 'CIRCUIT_OPEN' | 'STORE';

/** The vendor cannot be reached, or does not answer as it should. */
export class VendorUnavailableError extends VendorError {
  override readonly name = 'VendorUnavailableError';
  readonly unavailable: UnavailableReason;
  readonly retryAfterMs: number | null;
  /** What is known of the cause; null when nothing is. */
  readonly detail: FailureDetail | null;

  constructor(message: string, unavailable: UnavailableReason, answer: VendorAnswer = {}) {
    super(message, answer);
    this.unavailable = unavailable;
    this.retryAfterMs = answer.retryAfterMs ?? null;
    this.detail = answer.detail ?? null;
  }

  /** Whether the same call may succeed later without a change of the configuration. */
  get retryable(): boolean {
    return this.unavailable !== 'CREDENTIALS_REJECTED' && this.unavailable !== 'TLS';
  }
}

/** A write was sent and not answered: it may have been done. */
export class OutcomeUnknownError extends VendorError {
  override readonly name = 'OutcomeUnknownError';
  /** Tells the caller how to find out whether the write was done. */
  readonly probe: string;

  constructor(message: string, probe: string, answer: VendorAnswer = {}) {
    super(message, answer);
    this.probe = probe;
  }
}

export type ExpectedError = ValidationError | UnsupportedError | NotFoundError | ConflictError | VendorError;

/** An expected error of a create, which finds no connection by its id. */
export type CreateError = Exclude<ExpectedError, NotFoundError>;

/** Checks whether a thrown value is a failure that is reported to callers, and not a bug. */
export const isExpectedError = (thrown: unknown): thrown is ExpectedError =>
  [ValidationError, UnsupportedError, NotFoundError, ConflictError, VendorError].some(
    (errorClass) => thrown instanceof errorClass,
  );

/** Returns whether a thrown value is an expected error of a create. */
export const isCreateError = (thrown: unknown): thrown is CreateError =>
  isExpectedError(thrown) && !(thrown instanceof NotFoundError);
