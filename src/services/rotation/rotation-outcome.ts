// The outcome of a rotation for one connection.
import type { Instance, LocatedConnection } from '../../domain/instance.ts';
import {
  isExpectedError,
  OutcomeUnknownError,
  ValidationError,
  VendorError,
  type ExpectedError,
} from '../../domain/errors.ts';
import type { WrittenConnection } from '../create-connection.ts';
import type { ConnectionTest } from '../test-connection.ts';
import { toRotationError, type Paths } from './rotation-input.ts';
import type { RotationContext } from './select-connections.ts';

export type RotationStatus = 'PLANNED' | 'DONE' | 'REFUSED' | 'VERIFICATION_FAILED' | 'NOT_ATTEMPTED' | 'UNKNOWN';

export interface RotationOutcome {
  /** The id as the caller sent it. */
  readonly id: string;
  readonly connection: LocatedConnection | null;
  readonly status: RotationStatus;
  /** The written connection, or the error that refused the write; null when nothing was written or refused. */
  readonly result: WrittenConnection | ExpectedError | null;
  readonly verification: ConnectionTest | null;
  /** The vendor's failure because of which the write was not attempted. */
  readonly error: VendorError | null;
  /** Any other reason why the write was not attempted, or why it was made although no test of this connection proves the secret. */
  readonly reason: string | null;
}

export interface Rotation {
  /** Id of the operation; null in a dry run, and when the store does not know of it. */
  readonly operationId: string | null;
  readonly outcomes: readonly RotationOutcome[];
  /** The connections that surely still use the old secret. */
  readonly remaining: readonly LocatedConnection[];
  /** The instances that a match could not search. */
  readonly unsearchable: readonly Instance[];
}

/** Returns the connections that surely still use the old secret. */
export const remainingOf = (outcomes: readonly RotationOutcome[]): LocatedConnection[] =>
  outcomes.flatMap(({ status, connection }) =>
    connection && status !== 'DONE' && status !== 'UNKNOWN' ? [connection] : [],
  );

export const TIME_IS_OVER = 'The time of the request was over before its turn.';

/** Thrown before a write that is not attempted. */
class NotAttempted extends Error {
  readonly why: VendorError | string;

  constructor(why: VendorError | string) {
    super('not attempted');
    this.why = why;
  }
}

/** Ends the work on a connection before its write. @throws NotAttempted always. */
export function notAttempted(reason: string): never {
  throw new NotAttempted(reason);
}

/** Returns the answer of a vendor call that comes before the write. @throws NotAttempted when the vendor fails. */
export async function beforeWrite<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof VendorError ? new NotAttempted(error) : error;
  }
}

/** Returns the answer of a vendor call. @throws ValidationError with paths of the rotation's input when the vendor refuses. */
export async function withRotationPaths<T>(answer: Promise<T>, paths: Paths): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof ValidationError ? toRotationError(error, paths) : error;
  }
}

/** Returns the outcome for an error. @param begun the outcome as far as it was known. @throws the error when it is a bug. */
export function outcomeOfError({ report }: RotationContext, begun: RotationOutcome, error: unknown): RotationOutcome {
  if (error instanceof NotAttempted) {
    if (typeof error.why === 'string') return { ...begun, status: 'NOT_ATTEMPTED', reason: error.why };
    report(error.why);
    return { ...begun, status: 'NOT_ATTEMPTED', error: error.why };
  }
  if (!isExpectedError(error)) throw error;
  report(error);
  const status = error instanceof OutcomeUnknownError ? 'UNKNOWN' : 'REFUSED';
  return { ...begun, status, result: error };
}
