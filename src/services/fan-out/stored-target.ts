// The outcome at a target of a fan-out as the store has it, for an attempt that follows an earlier one.
import type { Instance } from '../../domain/instance.ts';
import { lostAnswer } from '../idempotency/attempt.ts';
import { restoreCompensation, restoreResult } from '../idempotency/answer-records.ts';
import type { StoredTarget, TargetState } from '../operations/operation-store.ts';
import type { Registry } from '../registry.ts';
import type { Attempt, AttemptStatus, Compensation, FanOutOutcome } from './fan-out-outcome.ts';

/** The status of the create at a target in each state. A state that a fan-out does not have is as good as none. */
const STATUSES: Readonly<Record<TargetState, AttemptStatus>> = {
  NOT_STARTED: 'NOT_ATTEMPTED',
  SENDING: 'UNKNOWN',
  DONE: 'DONE',
  REFUSED: 'REFUSED',
  VERIFICATION_FAILED: 'NOT_ATTEMPTED',
  NOT_ATTEMPTED: 'NOT_ATTEMPTED',
  UNKNOWN: 'UNKNOWN',
  UNDONE: 'DONE',
  NOT_UNDONE: 'DONE',
};

/** The states in which the next attempt still has to do something. */
const OPEN: ReadonlySet<TargetState> = new Set(['NOT_STARTED', 'SENDING', 'UNKNOWN']);

/** Returns what an earlier attempt did at a target; null when the target is still to be done or looked at. */
export async function attemptOfTarget(registry: Registry, { state, result }: StoredTarget): Promise<Attempt | null> {
  if (OPEN.has(state)) return null;
  // The state and the result were stored together.
  return { status: STATUSES[state], result: result && (await restoreResult(registry, result)) } as Attempt;
}

function compensationOf(registry: Registry, { state, result }: StoredTarget): Compensation {
  const stored = result && restoreCompensation(registry, result);
  if (state === 'UNDONE') return { status: 'DELETED', error: null };
  // The vendor could not delete the connection just now, and a later attempt will.
  if (state === 'DONE' || state === 'UNKNOWN' || state === 'SENDING') return { status: 'UNKNOWN', error: null };
  return state === 'NOT_UNDONE' && stored ? stored : { status: 'NOT_NEEDED', error: null };
}

/** Returns the outcome at a target of a fan-out that was undone, or that succeeded at all its targets. */
export async function outcomeOfTarget(
  registry: Registry,
  instance: Instance,
  targets: readonly StoredTarget[],
  at: number,
): Promise<FanOutOutcome> {
  const target = targets[at] as StoredTarget;
  const isComplete = targets.every(({ state }) => state === 'DONE');
  const status = STATUSES[target.state];
  const result = target.result && (await restoreResult(registry, target.result));
  const error = lostAnswer();
  error.instance = instance;
  return {
    instance,
    status,
    result: status === 'UNKNOWN' ? error : result,
    compensation: isComplete ? null : compensationOf(registry, target),
  };
}
