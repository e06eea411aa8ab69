// What a create at several instances came to: one outcome for each, none of which fails the others.
import type { VendorError } from '../../domain/errors.ts';
import type { Instance } from '../../domain/instance.ts';
import type { WrittenConnection } from '../create-connection.ts';
import type { Failure } from '../kept-failures.ts';

export type AttemptStatus = 'DONE' | 'REFUSED' | 'NOT_ATTEMPTED' | 'UNKNOWN';

export const COMPENSATION_STATUSES = {
  DELETED: 'It was deleted again, or was gone already; at Omni it is in the trash.',
  FAILED: 'It could not be deleted: it is there.',
  UNKNOWN: 'It may be there or not: either its create or its delete was sent and never answered.',
  NOT_NEEDED: 'There was nothing to delete.',
  UNSUPPORTED: 'Its instance cannot delete: it is there.',
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
  COMPLETE: 'All exist.',
  PARTIAL: 'Some exist, or may, and some do not; what was created was kept.',
  COMPENSATED: 'None exists: one failed, and what was created before it was deleted again.',
  COMPENSATION_INCOMPLETE: 'One failed, and something that was created is there still, or may be.',
  NOTHING_DONE: 'None exists: nothing was created.',
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
