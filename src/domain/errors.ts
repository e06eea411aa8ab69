// Every failure that a caller is told of: a closed list. Adapters and services throw these; anything else thrown is a bug.
// None may hold a request or an answer: what is here may be printed. A vendor's own words are wrapped, and print as nothing.
import type { LocatedConnection } from './connection.ts';
import type { VendorText } from '../secrets/vendor-text.ts';
import type { Instance } from './vendor.ts';

export type ValidationCode =
  | 'REQUIRED'
  | 'INVALID'
  | 'TOO_SHORT'
  | 'TOO_LONG'
  | 'OUT_OF_RANGE'
  | 'NOT_ALLOWED'
  | 'EXCLUSIVE'
  | 'MISMATCH'
  | 'SECRET_NEEDED';

/** What a vendor said: as it came, and what of it may be shown. */
export interface VendorWords {
  /** Kept, logged and shown by nobody. */
  readonly vendorText?: VendorText | null | undefined;
  /** Set where every secret is known that the text could quote, by services/show-words.ts. */
  readonly vendorMessage?: string | null | undefined;
}

export interface ValidationIssue extends VendorWords {
  /** From the argument down, in the schema's names: input, config, postgres, port. */
  readonly path: readonly string[];
  readonly code: ValidationCode;
  readonly message: string;
  readonly source: 'GATEWAY' | 'VENDOR';
  readonly vendorCode?: string | undefined;
}

export class ValidationError extends Error {
  override readonly name = 'ValidationError';
  readonly issues: readonly ValidationIssue[];

  constructor(issues: readonly ValidationIssue[]) {
    super(issues.length === 1 ? 'One value was refused.' : `${issues.length} values were refused.`);
    this.issues = issues;
  }
}

/** What can be done at an instance, or with a connection. */
export const CAPABILITIES = {
  LIST: 'List its connections.',
  READ: 'Read one connection by its id.',
  CREATE: 'Create a connection, in the dialects that its vendor takes.',
  UPDATE: 'Change the settings of a saved connection, as far as `updateSchema` says.',
  RENAME: 'Give a saved connection another name.',
  DELETE: 'Delete a saved connection.',
  UPDATE_SECRETS: 'Replace the secrets of a saved connection.',
  TEST_SAVED: 'Test a saved connection with the secrets its vendor holds.',
  TEST_UNSAVED: 'Test a configuration without saving it.',
} as const;
export type Capability = keyof typeof CAPABILITIES;

export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError';
  readonly vendor: string;
  readonly dialect: string | null;
  readonly capability: Capability;
  /** Kinds of the vendors that can. */
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

/** No connection of this id: it never was, or is gone. */
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

export class ConflictError extends Error {
  override readonly name = 'ConflictError';
  readonly conflict: ConflictReason;
  /** The vendor's id of the connection in the way, where the vendor's rules give it. */
  readonly existingId: string | null;
  /** The connection in the way, when it could be read. */
  existing: LocatedConnection | null = null;

  constructor(message: string, existingId: string | null, conflict: ConflictReason = 'NAME_TAKEN') {
    super(message);
    this.conflict = conflict;
    this.existingId = existingId;
  }
}

/** An argument of a query that cannot be used. */
export class BadInputError extends Error {
  override readonly name = 'BadInputError';
  /** From the argument down; empty where the message says what is meant. (graphql-js takes an error's `path` for its own.) */
  readonly argument: readonly string[];
  readonly code: ValidationCode;

  constructor(message: string, argument: readonly string[] = [], code: ValidationCode = 'INVALID') {
    super(message);
    this.argument = argument;
    this.code = code;
  }
}

/** The bad input that a check refuses, as a list of one; empty when it refuses nothing. */
export function badInputOf(check: () => unknown): readonly BadInputError[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof BadInputError) return [error];
    throw error;
  }
}

/** What a vendor's answer told beside the failure: numbers and known words. */
export interface VendorAnswer {
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  /** How long to wait before another try, where that is known. */
  readonly retryAfterMs?: number | null | undefined;
  readonly text?: VendorText | null | undefined;
}

/** A failure at or on the way to a vendor. */
export abstract class VendorError extends Error implements VendorWords {
  /** Set by the service that asked. */
  instance: Instance | null = null;
  readonly vendorStatus: number | null;
  readonly vendorCode: string | null;
  readonly vendorText: VendorText | null;
  /** Set by the service that asked, where it may be shown. */
  vendorMessage: string | null = null;

  constructor(message: string, answer: VendorAnswer = {}) {
    super(message);
    this.vendorStatus = answer.status ?? null;
    this.vendorCode = answer.code ?? null;
    this.vendorText = answer.text ?? null;
  }
}

export class PermissionError extends VendorError {
  override readonly name = 'PermissionError';
}

export class RateLimitedError extends VendorError {
  override readonly name = 'RateLimitedError';
  readonly retryAfterMs: number | null;

  constructor(message: string, retryAfterMs: number | null, answer: VendorAnswer = {}) {
    super(message, answer);
    this.retryAfterMs = retryAfterMs;
  }
}

export type UnavailableReason =
  'CONNECT' | 'TLS' | 'TIMEOUT' | 'SERVER_ERROR' | 'BAD_RESPONSE' | 'CREDENTIALS_REJECTED' | 'CIRCUIT_OPEN';

export class VendorUnavailableError extends VendorError {
  override readonly name = 'VendorUnavailableError';
  readonly unavailable: UnavailableReason;
  readonly retryAfterMs: number | null;

  constructor(message: string, unavailable: UnavailableReason, answer: VendorAnswer = {}) {
    super(message, answer);
    this.unavailable = unavailable;
    this.retryAfterMs = answer.retryAfterMs ?? null;
  }

  /** Whether the same call may succeed later with nothing changed here. */
  get retryable(): boolean {
    return this.unavailable !== 'CREDENTIALS_REJECTED' && this.unavailable !== 'TLS';
  }
}

/** A write left and no answer came back: it may have been done. */
export class OutcomeUnknownError extends VendorError {
  override readonly name = 'OutcomeUnknownError';
  /** How to find out, in the caller's words. */
  readonly probe: string;

  constructor(message: string, probe: string, answer: VendorAnswer = {}) {
    super(message, answer);
    this.probe = probe;
  }
}

export type ExpectedError = ValidationError | UnsupportedError | NotFoundError | ConflictError | VendorError;

/** Whether it is a failure that a caller is told of, and no bug. */
export const isExpected = (thrown: unknown): thrown is ExpectedError =>
  [ValidationError, UnsupportedError, NotFoundError, ConflictError, VendorError].some((one) => thrown instanceof one);
