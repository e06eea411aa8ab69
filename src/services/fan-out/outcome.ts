// What a create at several instances came to: one outcome for each, none of which fails the others.
import type { VendorError } from '../../domain/errors.ts';
import type { Instance } from '../../domain/instance.ts';
import type { WrittenConnection } from '../create-connection.ts';
import type { Failure } from '../stored-failures.ts';

export type AttemptStatus = 'DONE' | 'REFUSED' | 'NOT_ATTEMPTED' | 'UNKNOWN';

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
  /** Why it is there still, or why that is not known. */
  readonly error: VendorError | null;
}

/** What one target came to before anything was undone. */
export type Attempt =
  | { readonly status: 'DONE'; readonly result: WrittenConnection }
  | { readonly status: 'REFUSED' | 'UNKNOWN'; readonly result: Failure }
  | { readonly status: 'NOT_ATTEMPTED'; readonly result: null };

export interface FanOutOutcome {
  readonly instance: Instance;
  readonly status: AttemptStatus;
  readonly result: WrittenConnection | Failure | null;
  /** Null where nothing was to be undone at any of them. */
  readonly compensation: Compensation | null;
}

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
  readonly status: FanOutStatus;
  readonly outcomes: readonly FanOutOutcome[];
}

const REMAINS: ReadonlySet<CompensationStatus> = new Set(['FAILED', 'UNKNOWN', 'UNSUPPORTED']);

export function statusOf(outcomes: readonly FanOutOutcome[]): FanOutStatus {
  if (outcomes.every(({ status }) => status === 'DONE')) return 'COMPLETE';
  const exists = outcomes.filter(({ status }) => status === 'DONE' || status === 'UNKNOWN');
  if (exists.length === 0) return 'NOTHING_DONE';
  if (exists.some(({ compensation }) => compensation === null)) return 'PARTIAL';
  const isLeft = exists.some(({ compensation }) => compensation && REMAINS.has(compensation.status));
  return isLeft ? 'COMPENSATION_INCOMPLETE' : 'COMPENSATED';
}
