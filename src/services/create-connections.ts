// Creates one connection at several instances. All targets are planned before any call, and each has an outcome. A connection that
// may exist is never reported as not created.
import { sentSecrets, type AuditOrigin, type SentSecret } from '../domain/audit-entry.ts';
import {
  isCreateError,
  OutcomeUnknownError,
  ValidationError,
  VendorUnavailableError,
  type CreateError,
} from '../domain/errors.ts';
import { createPlanned } from './create-connection.ts';
import {
  fanOutStatusOf,
  type Attempt,
  type Compensation,
  type FanOut,
  type FanOutOutcome,
} from './fan-out/fan-out-outcome.ts';
import { canDelete, type CreateConnectionsInput, type FanOutPlan, type TargetPlan } from './fan-out/plan-fan-out.ts';
import { compensateCreate } from './fan-out/compensate-create.ts';
import { proofOf } from './fan-out/proof.ts';
import { outcomeOfTarget, attemptOfTarget } from './fan-out/stored-target.ts';
import { undoFanOut, type UndoContext } from './fan-out/undo-fan-out.ts';
import { isInProgress } from './idempotency/attempt.ts';
import { storeCompensation, storeResult } from './idempotency/answer-records.ts';
import type { SettledTarget, StoredTarget } from './operations/operation-store.ts';
import type { OperationRun } from './operations/operations.ts';
import { MAX_CONCURRENT_INSTANCES, runInOrderPerKey } from './run-in-order-per-key.ts';

export interface FanOutRequest extends UndoContext {
  readonly caller: { readonly id: string };
  /** Returns what the audit says of the request. */
  readonly auditOrigin: (secrets: readonly SentSecret[]) => AuditOrigin;
  /** Returns whether the time of the request is over. Nothing starts then, but what has started is finished or compensated. */
  readonly isOver: () => boolean;
}

interface Run extends FanOutRequest {
  readonly operation: OperationRun;
  /** Unexpected errors, and that another attempt took the operation over. The first is thrown after everything that has started is finished or compensated. */
  readonly bugs: unknown[];
}

/** A target with what is known of it. */
interface Target extends TargetPlan {
  readonly stored: StoredTarget;
}

const NOT_ATTEMPTED: Attempt = { status: 'NOT_ATTEMPTED', result: null };

/** Returns the error of a create with paths of the fan-out's input. */
const withInputPaths = (error: CreateError, { toInputPath }: TargetPlan): CreateError =>
  error instanceof ValidationError
    ? new ValidationError(error.issues.map((issue) => ({ ...issue, path: toInputPath(issue.path) })))
    : error;

/** Creates the connection at one target. An expected error becomes the outcome, and a bug is added to the bugs of the run. */
async function attemptCreate(run: Run, target: Target): Promise<Attempt> {
  const gate = run.operation.gateAt(target.stored.position);
  if (gate.sentAt === null && run.isOver()) return NOT_ATTEMPTED;
  try {
    const { connection, warnings } = await createPlanned({ ...run.reads, gate }, target);
    const createWarnings = warnings.map((warning) => ({
      ...warning,
      path: warning.path && target.toInputPath(warning.path),
    }));
    return { status: 'DONE', result: { connection, warnings: [...target.warnings, ...createWarnings] } };
  } catch (error) {
    if (!isCreateError(error) || isInProgress(error)) {
      run.bugs.push(error);
      return NOT_ATTEMPTED;
    }
    run.report(error);
    const status = error instanceof OutcomeUnknownError ? 'UNKNOWN' : 'REFUSED';
    return { status, result: withInputPaths(error, target) };
  }
}

/** Stores what is known of a target. Returns whether it is stored. */
async function settle({ operation }: Run, { stored }: Target, attempt: Attempt): Promise<boolean> {
  const { status: state, result } = attempt;
  const connection = attempt.status === 'DONE' ? attempt.result.connection.id : undefined;
  return operation.settle(stored.position, { state, connection, result: storeResult(result) });
}

/** Creates the connection at one target, unless an earlier attempt did, and stores the outcome. */
async function createAt(run: Run, target: Target): Promise<FanOutOutcome> {
  const earlier = await attemptOfTarget(run.registry, target.stored);
  const attempt = earlier ?? (await attemptCreate(run, target));
  if (!earlier) await settle(run, target, attempt);
  return { instance: target.instance, ...attempt, compensation: null };
}

/** Creates the connections concurrently, and keeps those that were created when others fail. */
const createConcurrently = async (run: Run, targets: readonly Target[]): Promise<FanOutOutcome[]> =>
  runInOrderPerKey(
    targets,
    (target) => target,
    MAX_CONCURRENT_INSTANCES,
    async (target) => createAt(run, target),
  );

async function compensate(run: Run, { stored }: Target, attempt: Attempt): Promise<Compensation> {
  if (attempt.status === 'UNKNOWN') return { status: 'UNKNOWN', error: null };
  if (attempt.status !== 'DONE') return { status: 'NOT_NEEDED', error: null };
  try {
    const compensation = await compensateCreate(run.reads, attempt.result.connection, run.report);
    const state: SettledTarget['state'] = compensation.status === 'DELETED' ? 'UNDONE' : 'NOT_UNDONE';
    const result = { ...storeResult(attempt.result), ...storeCompensation(compensation) };
    await run.operation.settle(stored.position, { state, result });
    return compensation;
  } catch (error) {
    run.bugs.push(error);
    return { status: 'UNKNOWN', error: null };
  }
}

/** Notes that all targets succeeded. Whoever takes the operation over then comes to the same end. */
async function noteSuccess({ operation, bugs }: Run): Promise<void> {
  await operation.finish().catch((error: unknown) => {
    if (!(error instanceof VendorUnavailableError)) bugs.push(error);
  });
}

/** Creates the connections one after another. After a failure it deletes those that were created, the last one first. */
async function createWithCompensation(run: Run, targets: readonly Target[]): Promise<FanOutOutcome[]> {
  // A connection that cannot be deleted again is created last, when no later create can fail.
  const order = targets.toSorted((first, second) => Number(canDelete(second)) - Number(canDelete(first)));
  const attempts = new Map<Target, Attempt>();
  let hasFailed = false;
  for (const target of order) {
    const attempt: Attempt = hasFailed ? NOT_ATTEMPTED : await attemptCreate(run, target);
    attempts.set(target, attempt);
    const isStored = await settle(run, target, attempt);
    // What the store does not know of is undone here, as another process would undo it.
    hasFailed ||= attempt.status !== 'DONE' || !isStored;
  }
  if ([...attempts.values()].every(({ status }) => status === 'DONE')) await noteSuccess(run);
  const compensations = new Map<Target, Compensation>();
  // Another attempt that took the operation over compensates, or has found that all targets succeeded.
  const isOwn = !run.bugs.some((bug) => isInProgress(bug) || bug instanceof OutcomeUnknownError);
  for (const target of hasFailed && isOwn ? order.toReversed() : []) {
    compensations.set(target, await compensate(run, target, attempts.get(target) ?? NOT_ATTEMPTED));
  }
  return targets.map((target) => ({
    instance: target.instance,
    ...(attempts.get(target) ?? NOT_ATTEMPTED),
    compensation: compensations.get(target) ?? null,
  }));
}

/** Ends a fan-out with COMPENSATE whose first attempt is gone. */
async function undo(run: Run, targets: readonly Target[]): Promise<FanOutOutcome[]> {
  const stored = await undoFanOut(run, run.operation);
  return Promise.all(targets.map(async ({ instance }, at) => outcomeOfTarget(run.registry, instance, stored, at)));
}

/**
 * Creates the same connection at several instances, as planned. A failure at one target is its outcome, and not an error. When an earlier
 * attempt with the same key is gone, it goes on with KEEP, and ends the compensation with COMPENSATE.
 * @param plan a plan without issues.
 * @throws ConflictError when another attempt works on the same request; VendorUnavailableError when the store fails and nothing was sent.
 */
export async function createConnections(
  request: FanOutRequest,
  { targets: plans }: FanOutPlan,
  input: CreateConnectionsInput,
): Promise<FanOut> {
  const { operations, caller, reads } = request;
  const { onFailure, idempotencyKey } = input;
  const isUndone = onFailure === 'COMPENSATE';
  const of = { mutation: 'createConnections', caller: caller.id, idempotencyKey, gate: reads.gate } as const;
  const earlier = await operations.earlier(of);
  const newTargets = plans.map((plan) => ({
    instance: plan.instance.key,
    connection: null,
    proof: isUndone ? proofOf(plan, operations.digest) : null,
  }));
  const origin = isUndone ? request.auditOrigin(sentSecrets(input, 'input')) : null;
  const parts = { onFailure, unsearchable: [], origin, targets: newTargets };
  return operations.run(of, earlier ?? parts, async (operation) => {
    const run: Run = { ...request, operation, bugs: [] };
    const targets = plans.map((plan, at) => ({ ...plan, stored: operation.targets[at] as StoredTarget }));
    const create = isUndone ? createWithCompensation : createConcurrently;
    const outcomes = await (earlier && isUndone ? undo : create)(run, targets);
    if (run.bugs.length > 0) throw run.bugs[0];
    return { operationId: operation.id, status: fanOutStatusOf(outcomes), outcomes };
  });
}
