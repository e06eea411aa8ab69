// The result of a fan-out: one outcome for each target. A failure at one target does not fail the others.
import type { CreateError, VendorError } from '../../domain/errors.ts';
import type { Instance } from '../../domain/instance.ts';
import type { WrittenConnection } from '../create-connection.ts';

/** The status of the create at one target. */
export type AttemptStatus = 'DONE' | 'REFUSED' | 'NOT_ATTEMPTED' | 'UNKNOWN';

/** What became of the connection at one target after another target failed, with descriptions for the schema. */
export const COMPENSATION_STATUSES = {
  DELETED: 'The connection was deleted again, or did not exist any more. At Omni it is in the trash.',
  FAILED: 'The connection could not be deleted, so it still exists.',
  UNKNOWN: 'The connection may exist: the vendor did not answer its create or its delete.',
  NOT_NEEDED: 'No connection was created, so there was nothing to delete.',
  UNSUPPORTED: 'The instance cannot delete connections, so the connection still exists.',
} as const;
export type CompensationStatus = keyof typeof COMPENSATION_STATUSES;

export interface Compensation {
  readonly status: CompensationStatus;
  /** Why the connection still exists, or why that is not known; null when the status says it all. */
  readonly error: VendorError | null;
}

/** The outcome of the create at one target, before any compensation. */
export type Attempt =
  | { readonly status: 'DONE'; readonly result: WrittenConnection }
  | { readonly status: 'REFUSED' | 'UNKNOWN'; readonly result: CreateError }
  | { readonly status: 'NOT_ATTEMPTED'; readonly result: null };

export interface FanOutOutcome {
  readonly instance: Instance;
  readonly status: AttemptStatus;
  readonly result: WrittenConnection | CreateError | null;
  /** Null when no target was compensated. */
  readonly compensation: Compensation | null;
}

/** The outcome of a fan-out as a whole, with descriptions for the schema. */
export const FAN_OUT_STATUSES = {
  COMPLETE: 'The connection was created at all targets.',
  PARTIAL:
    'The connection was created, or may have been created, at some targets and not at others. It was kept where it was created.',
  COMPENSATED:
    'The connection exists at no target: one target failed, and the connections that were created before were deleted again.',
  COMPENSATION_INCOMPLETE: 'One target failed, and a connection that was created still exists, or may exist.',
  NOTHING_DONE: 'The connection was created at no target.',
} as const;
export type FanOutStatus = keyof typeof FAN_OUT_STATUSES;

export interface FanOut {
  /** Id of the operation; null when the store does not know of it. */
  readonly operationId: string | null;
  readonly status: FanOutStatus;
  readonly outcomes: readonly FanOutOutcome[];
}

/** The compensations after which the connection exists, or may exist. */
const INCOMPLETE_COMPENSATIONS: ReadonlySet<CompensationStatus> = new Set(['FAILED', 'UNKNOWN', 'UNSUPPORTED']);

/** Returns the status of a fan-out with these outcomes. */
export function fanOutStatusOf(outcomes: readonly FanOutOutcome[]): FanOutStatus {
  // All targets are compensated too when the store could not record that the last one succeeded.
  if (outcomes.every(({ status, compensation }) => status === 'DONE' && compensation === null)) return 'COMPLETE';
  const created = outcomes.filter(({ status }) => status === 'DONE' || status === 'UNKNOWN');
  if (created.length === 0) return 'NOTHING_DONE';
  if (created.some(({ compensation }) => compensation === null)) return 'PARTIAL';
  const isIncomplete = created.some(
    ({ compensation }) => compensation && INCOMPLETE_COMPENSATIONS.has(compensation.status),
  );
  return isIncomplete ? 'COMPENSATION_INCOMPLETE' : 'COMPENSATED';
}
