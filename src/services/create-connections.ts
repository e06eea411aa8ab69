// Creates one connection at several instances. All targets are planned before any call, and each has an outcome. A connection that
// may exist is never reported as not created.
import { isCreateError, OutcomeUnknownError, ValidationError, type CreateError } from '../domain/errors.ts';
import { createPlanned } from './create-connection.ts';
import {
  fanOutStatusOf,
  type Attempt,
  type Compensation,
  type FanOut,
  type FanOutOutcome,
} from './fan-out/fan-out-outcome.ts';
import { canDelete, type FanOutPlan, type TargetPlan } from './fan-out/plan-fan-out.ts';
import { compensateCreate } from './fan-out/compensate-create.ts';
import type { CachedReads } from './cached-reads.ts';
import type { Registry } from './registry.ts';
import type { ReportFailure } from './failure-report.ts';
import type { OnFailure } from './operations/operation-store.ts';
import { MAX_CONCURRENT_INSTANCES, runInOrderPerKey } from './run-in-order-per-key.ts';

export interface FanOutRequest {
  readonly registry: Registry;
  readonly reads: CachedReads;
  readonly report: ReportFailure;
  /** Returns whether the time of the request is over. Nothing starts then, but what has started is finished or compensated. */
  readonly isOver: () => boolean;
}

interface Run extends FanOutRequest {
  /** Unexpected errors. The first is thrown after everything that has started is finished or compensated. */
  readonly bugs: unknown[];
}

const NOT_ATTEMPTED: Attempt = { status: 'NOT_ATTEMPTED', result: null };

/** Returns the error of a create with paths of the fan-out's input. */
const withInputPaths = (error: CreateError, { toInputPath }: TargetPlan): CreateError =>
  error instanceof ValidationError
    ? new ValidationError(error.issues.map((issue) => ({ ...issue, path: toInputPath(issue.path) })))
    : error;

/** Creates the connection at one target. An expected error becomes the outcome, and a bug is added to the bugs of the run. */
async function attemptCreate(run: Run, target: TargetPlan): Promise<Attempt> {
  if (run.isOver()) return NOT_ATTEMPTED;
  try {
    const { connection, warnings } = await createPlanned(run.reads, target);
    const createWarnings = warnings.map((warning) => ({
      ...warning,
      path: warning.path && target.toInputPath(warning.path),
    }));
    return { status: 'DONE', result: { connection, warnings: [...target.warnings, ...createWarnings] } };
  } catch (error) {
    if (!isCreateError(error)) {
      run.bugs.push(error);
      return NOT_ATTEMPTED;
    }
    run.report(error);
    const status = error instanceof OutcomeUnknownError ? 'UNKNOWN' : 'REFUSED';
    return { status, result: withInputPaths(error, target) };
  }
}

/** Creates the connections concurrently, and keeps those that were created when others fail. */
const createConcurrently = async (run: Run, targets: readonly TargetPlan[]): Promise<FanOutOutcome[]> =>
  runInOrderPerKey(
    targets,
    (target) => target,
    MAX_CONCURRENT_INSTANCES,
    async (target) => ({ instance: target.instance, ...(await attemptCreate(run, target)), compensation: null }),
  );

async function compensate(run: Run, attempt: Attempt): Promise<Compensation> {
  if (attempt.status === 'UNKNOWN') return { status: 'UNKNOWN', error: null };
  if (attempt.status !== 'DONE') return { status: 'NOT_NEEDED', error: null };
  try {
    return await compensateCreate(run.reads, attempt.result.connection, run.report);
  } catch (error) {
    run.bugs.push(error);
    return { status: 'UNKNOWN', error: null };
  }
}

/** Creates the connections one after another. After a failure it deletes those that were created, the last one first. */
async function createWithCompensation(run: Run, targets: readonly TargetPlan[]): Promise<FanOutOutcome[]> {
  // A connection that cannot be deleted again is created last, when no later create can fail.
  const order = targets.toSorted((first, second) => Number(canDelete(second)) - Number(canDelete(first)));
  const attempts = new Map<TargetPlan, Attempt>();
  let hasFailed = false;
  for (const target of order) {
    const attempt: Attempt = hasFailed ? NOT_ATTEMPTED : await attemptCreate(run, target);
    attempts.set(target, attempt);
    hasFailed ||= attempt.status !== 'DONE';
  }
  const compensations = new Map<TargetPlan, Compensation>();
  for (const target of hasFailed ? order.toReversed() : []) {
    compensations.set(target, await compensate(run, attempts.get(target) ?? NOT_ATTEMPTED));
  }
  return targets.map((target) => ({
    instance: target.instance,
    ...(attempts.get(target) ?? NOT_ATTEMPTED),
    compensation: compensations.get(target) ?? null,
  }));
}

/**
 * Creates the same connection at several instances, as planned. A failure at one target is its outcome, and not an error.
 * @param plan a plan without issues.
 * @throws only for a bug.
 */
export async function createConnections(
  request: FanOutRequest,
  { targets }: FanOutPlan,
  onFailure: OnFailure,
): Promise<FanOut> {
  const run: Run = { ...request, bugs: [] };
  const outcomes = await (onFailure === 'COMPENSATE'
    ? createWithCompensation(run, targets)
    : createConcurrently(run, targets));
  if (run.bugs.length > 0) throw run.bugs[0];
  return { status: fanOutStatusOf(outcomes), outcomes };
}
