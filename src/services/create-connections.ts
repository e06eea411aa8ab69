// One connection at several instances: all are planned before any call, and each comes to an outcome of its own. Nothing of
// what may be there is called not created.
import {
  ConflictError,
  OutcomeUnknownError,
  UnsupportedError,
  ValidationError,
  VendorError,
} from '../domain/errors.ts';
import { createPlanned } from './create-connection.ts';
import { statusOf, type Attempt, type Compensation, type FanOut, type FanOutOutcome } from './fan-out/outcome.ts';
import { canDelete, type FanOutPlan, type OnFailure, type TargetPlan } from './fan-out/plan.ts';
import { undo } from './fan-out/undo.ts';
import type { Failure } from './stored-failures.ts';
import type { Reads } from './reads.ts';
import type { Registry } from './registry.ts';

export interface FanOutRequest {
  readonly registry: Registry;
  readonly reads: Reads;
  /** Takes every failure: outcomes hold them as data, and would otherwise be all that knows. */
  readonly report: (failure: unknown) => void;
  /** Whether the request's time is over: nothing is begun any more, but what was begun is finished or undone. */
  readonly isOver: () => boolean;
}

interface Run extends FanOutRequest {
  /** Errors that nobody expects: they fail the whole, once all that was begun has come to an end. */
  readonly bugs: unknown[];
}

const MOST_AT_A_TIME = 4;

const NOT_ATTEMPTED: Attempt = { status: 'NOT_ATTEMPTED', result: null };

const isExpected = (error: unknown): error is Failure =>
  [ValidationError, UnsupportedError, ConflictError, VendorError].some((one) => error instanceof one);

/** The vendor's refusal with the paths of this input. */
const placedIn = (failure: Failure, { toInputPath: placed }: TargetPlan): Failure =>
  failure instanceof ValidationError
    ? new ValidationError(failure.issues.map((one) => ({ ...one, path: placed(one.path) })))
    : failure;

async function attempt(run: Run, target: TargetPlan): Promise<Attempt> {
  if (run.isOver()) return NOT_ATTEMPTED;
  try {
    const { connection, warnings } = await createPlanned(run.reads, target);
    const placed = warnings.map((one) => ({ ...one, path: one.path && target.toInputPath(one.path) }));
    return { status: 'DONE', result: { connection, warnings: [...target.warnings, ...placed] } };
  } catch (error) {
    if (!isExpected(error)) {
      run.bugs.push(error);
      return NOT_ATTEMPTED;
    }
    run.report(error);
    const status = error instanceof OutcomeUnknownError ? 'UNKNOWN' : 'REFUSED';
    return { status, result: placedIn(error, target) };
  }
}

async function sideBySide(run: Run, targets: readonly TargetPlan[]): Promise<FanOutOutcome[]> {
  const attempts = targets.map(() => NOT_ATTEMPTED);
  const waiting = targets.entries();
  const work = async () => {
    for (const [at, target] of waiting) attempts[at] = await attempt(run, target);
  };
  await Promise.all(Array.from({ length: MOST_AT_A_TIME }, work));
  return targets.map(({ instance }, at) => ({ instance, ...(attempts[at] as Attempt), compensation: null }));
}

async function compensate(run: Run, attempted: Attempt): Promise<Compensation> {
  if (attempted.status === 'UNKNOWN') return { status: 'UNKNOWN', error: null };
  if (attempted.status !== 'DONE') return { status: 'NOT_NEEDED', error: null };
  try {
    return await undo(run.reads, attempted.result.connection, run.report);
  } catch (error) {
    run.bugs.push(error);
    return { status: 'UNKNOWN', error: null };
  }
}

async function oneByOne(run: Run, targets: readonly TargetPlan[]): Promise<FanOutOutcome[]> {
  // What cannot be taken back is created when nothing can fail after it.
  const order = targets.toSorted((one, other) => Number(canDelete(other)) - Number(canDelete(one)));
  const attempts = new Map<TargetPlan, Attempt>();
  let hasFailed = false;
  for (const target of order) {
    const attempted: Attempt = hasFailed ? NOT_ATTEMPTED : await attempt(run, target);
    attempts.set(target, attempted);
    hasFailed ||= attempted.status !== 'DONE';
  }
  const undone = new Map<TargetPlan, Compensation>();
  for (const target of hasFailed ? order.toReversed() : []) {
    undone.set(target, await compensate(run, attempts.get(target) ?? NOT_ATTEMPTED));
  }
  return targets.map((target) => ({
    instance: target.instance,
    ...(attempts.get(target) ?? NOT_ATTEMPTED),
    compensation: undone.get(target) ?? null,
  }));
}

/**
 * Creates the same connection at several instances, as planned. A failure at one target is data in its outcome.
 * @param plan a plan without issues.
 */
export async function createConnections(
  request: FanOutRequest,
  { targets }: FanOutPlan,
  onFailure: OnFailure,
): Promise<FanOut> {
  const run: Run = { ...request, bugs: [] };
  const outcomes = await (onFailure === 'COMPENSATE' ? oneByOne(run, targets) : sideBySide(run, targets));
  if (run.bugs.length > 0) throw run.bugs[0];
  return { status: statusOf(outcomes), outcomes };
}
