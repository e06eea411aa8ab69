// Ends a fan-out with COMPENSATE whose attempt is gone. It needs no settings and no secret: it looks for what may have been created, and
// deletes what was created, unless all targets succeeded.
import type { AuditRecord } from '../../domain/audit-entry.ts';
import { RateLimitedError, VendorError, VendorUnavailableError } from '../../domain/errors.ts';
import type { LocatedConnection } from '../../domain/instance.ts';
import type { CachedReads } from '../cached-reads.ts';
import { callInstance, withGlobalId } from '../call-instance.ts';
import type { ReportFailure } from '../failure-report.ts';
import { storeCompensation, storeResult } from '../idempotency/answer-records.ts';
import { hasMoreToUndo, type StoredOperation, type StoredTarget } from '../operations/operation-store.ts';
import type { OperationRun, Operations } from '../operations/operations.ts';
import { findInstance, locationOf, type Registry } from '../registry.ts';
import { compensateCreate } from './compensate-create.ts';
import { recordOfEnd } from './fan-out-audit.ts';
import type { Compensation } from './fan-out-outcome.ts';
import { isProven } from './proof.ts';

export interface UndoContext {
  readonly registry: Registry;
  readonly reads: CachedReads;
  readonly report: ReportFailure;
  readonly operations: Operations;
}

/** Returns the connection that was created at a target; null when nothing proves it. @throws VendorError */
async function findCreated(
  { registry, operations: { digest, leaseMs } }: UndoContext,
  { instance: key, proof, sentAt }: StoredTarget,
): Promise<LocatedConnection | null> {
  const instance = findInstance(registry, key);
  if (!instance || !proof || !sentAt) return null;
  const call = { deadline: instance.deadline('read') };
  const found = await callInstance(instance, () => instance.api.get(proof.vendorId, call));
  const isOwn = found && isProven(proof, found, { sentAt, leaseMs: leaseMs(), digest });
  return isOwn ? withGlobalId(instance, found) : null;
}

/** Looks whether the connection of a target was created. */
async function look(context: UndoContext, operation: OperationRun, target: StoredTarget): Promise<void> {
  const found = await findCreated(context, target).catch((error: unknown) => {
    context.report(error);
    if (error instanceof VendorError) return null;
    throw error;
  });
  const done = found && { connection: found.id, result: storeResult({ connection: found, warnings: [] }) };
  await operation.settle(target.position, done ? { state: 'DONE', ...done } : { state: 'UNKNOWN' });
}

/** Returns whether a later attempt may delete the connection. */
const mayWorkLater = ({ status, error }: Compensation): boolean =>
  status === 'UNKNOWN' || error instanceof VendorUnavailableError || error instanceof RateLimitedError;

/** Deletes the connection of a target, unless its vendor cannot do so now. */
async function undo(
  { registry, reads, report }: UndoContext,
  operation: OperationRun,
  { position, connection, result }: StoredTarget,
): Promise<void> {
  const location = locationOf(registry, connection ?? '');
  if (!location) return;
  const compensation = await compensateCreate(reads, location, report);
  if (mayWorkLater(compensation)) return;
  const state = compensation.status === 'DELETED' ? 'UNDONE' : 'NOT_UNDONE';
  await operation.settle(position, { state, result: { ...result, ...storeCompensation(compensation) } });
}

const mayBeSent = ({ state }: StoredTarget): boolean => state === 'SENDING' || state === 'UNKNOWN';
const isDone = ({ state }: StoredTarget): boolean => state === 'DONE';
const latestFirst = (first: StoredTarget, second: StoredTarget): number =>
  (second.sentAt?.getTime() ?? 0) - (first.sentAt?.getTime() ?? 0);

/**
 * Ends a fan-out.
 * @returns its targets as they are then. A connection that could not be deleted, and that a later attempt may delete, is still DONE.
 * @throws VendorUnavailableError when the store fails; ConflictError when another attempt took the operation over.
 */
export async function undoFanOut(context: UndoContext, operation: OperationRun): Promise<readonly StoredTarget[]> {
  for (const { position, state } of operation.targets) {
    if (state === 'NOT_STARTED') await operation.settle(position, { state: 'NOT_ATTEMPTED' });
  }
  for (const target of (await operation.reload()).filter(mayBeSent)) await look(context, operation, target);
  const targets = await operation.reload();
  if (targets.every(isDone)) return targets;
  for (const target of targets.filter(isDone).toSorted(latestFirst)) await undo(context, operation, target);
  const ended = await operation.reload();
  if (hasMoreToUndo(ended)) operation.leaveOpen();
  return ended;
}

/** Called when an abandoned fan-out has ended, and after an attempt that changed a target and left a connection to delete. */
export interface EndObserver {
  /** @param targets the targets as they are now, in the order of the input. */
  readonly onEnd: (targets: readonly StoredTarget[]) => void;
  /** Writes the audit entry. @throws when it cannot be stored: a later attempt then ends the fan-out. */
  readonly audit: (record: AuditRecord) => Promise<void>;
}

/** Ends the fan-outs whose attempts are gone, each with an audit entry. @throws VendorUnavailableError when the store fails. */
export async function undoAbandoned(context: UndoContext, { onEnd, audit }: EndObserver): Promise<void> {
  const end = async (operation: OperationRun, stored: StoredOperation) => {
    const targets = await undoFanOut(context, operation);
    const isNews = targets.some(({ state }, at) => state !== stored.targets[at]?.state);
    if (hasMoreToUndo(targets) && !isNews) return null;
    const record = await recordOfEnd(context.registry, stored, targets);
    if (record) await audit(record);
    return targets;
  };
  for (const id of await context.operations.listAbandoned()) {
    const targets = await context.operations.takeOver(id, end);
    if (targets) onEnd(targets);
  }
}
