// What becomes of one connection of a rotation.
import type { LocatedConnection } from '../../domain/instance.ts';
import {
  isExpectedError,
  OutcomeUnknownError,
  ValidationError,
  VendorError,
  type ExpectedError,
} from '../../domain/errors.ts';
import type { WrittenConnection } from '../create-connection.ts';
import type { ConnectionTest } from '../test-connection.ts';
import { toRotationError, type Paths } from './input.ts';
import type { Means } from './select.ts';

export type RotationStatus = 'PLANNED' | 'DONE' | 'REFUSED' | 'VERIFICATION_FAILED' | 'NOT_ATTEMPTED' | 'UNKNOWN';

export interface RotationOutcome {
  /** As it was sent. */
  readonly id: string;
  readonly connection: LocatedConnection | null;
  readonly status: RotationStatus;
  /** What the write came to, or why there was none; null for a plan, and where it was not come to that. */
  readonly result: WrittenConnection | ExpectedError | null;
  readonly verification: ConnectionTest | null;
  /** Why it was not attempted, where its vendor could not be asked. */
  readonly error: VendorError | null;
  /** Why it was not attempted otherwise, or why it has no test of its own; in words. */
  readonly reason: string | null;
}

export const TIME_IS_OVER = 'The time of the request was over before its turn.';

/** Something that keeps a write from being begun. */
class NotAttempted extends Error {
  readonly why: VendorError | string;

  constructor(why: VendorError | string) {
    super('not attempted');
    this.why = why;
  }
}

export function notAttempted(reason: string): never {
  throw new NotAttempted(reason);
}

/** Asks a vendor before the write: when it fails, nothing was attempted. */
export async function beforeWrite<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    throw error instanceof VendorError ? new NotAttempted(error) : error;
  }
}

/** What the vendor refuses, in the terms of a rotation. */
export async function inOwnTerms<T>(asking: Promise<T>, paths: Paths): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    throw error instanceof ValidationError ? toRotationError(error, paths) : error;
  }
}

/** The outcome of what was thrown. @throws what is a bug. */
export function outcomeOfThrown({ report }: Means, begun: RotationOutcome, thrown: unknown): RotationOutcome {
  if (thrown instanceof NotAttempted) {
    if (typeof thrown.why === 'string') return { ...begun, status: 'NOT_ATTEMPTED', reason: thrown.why };
    report(thrown.why);
    return { ...begun, status: 'NOT_ATTEMPTED', error: thrown.why };
  }
  if (!isExpectedError(thrown)) throw thrown;
  report(thrown);
  const status = thrown instanceof OutcomeUnknownError ? 'UNKNOWN' : 'REFUSED';
  return { ...begun, status, result: thrown };
}
