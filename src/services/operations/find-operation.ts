// Finds an operation for a caller who asks how far it is.
import { mayDo, type Caller } from '../../domain/caller.ts';
import type { Instance } from '../../domain/instance.ts';
import { digestOfKey } from '../idempotency/digest.ts';
import { findInstance, type Registry } from '../registry.ts';
import type { OnFailure, OperationMutation, StoredOperation, StoredTarget, TargetState } from './operation-store.ts';
import type { Operations } from './operations.ts';

/** Whether somebody works on an operation, with descriptions for the schema. */
export const OPERATION_STATUSES = {
  RUNNING: 'The gateway works on it.',
  COMPENSATING:
    'A target failed, or the process that worked on it ended. The created connections are being deleted, or will be within seconds.',
  INTERRUPTED:
    'The process that worked on it ended. Send the mutation again with the same input and the same idempotency key to go on. Without a key, nobody can go on, because the gateway stores no secret.',
  FINISHED: 'The work has ended.',
} as const;
export type OperationStatus = keyof typeof OPERATION_STATUSES;

export interface FoundTarget {
  readonly instance: Instance;
  /** Global id of the connection; null when there is none. */
  readonly connectionId: string | null;
  readonly state: TargetState;
  readonly changedAt: Date;
}

/** An operation as a caller may see it. */
export interface FoundOperation {
  readonly id: string;
  readonly mutation: OperationMutation;
  readonly status: OperationStatus;
  readonly onFailure: OnFailure | null;
  readonly startedAt: Date;
  readonly changedAt: Date;
  readonly finishedAt: Date | null;
  /** Without targets at instances that the caller may not see. */
  readonly targets: readonly FoundTarget[];
}

/** The caller provides exactly one of the two. */
export interface OperationSelector {
  readonly id?: string | null | undefined;
  readonly key?: { readonly mutation: OperationMutation; readonly idempotencyKey: string } | null | undefined;
}

export interface FindContext {
  readonly operations: Operations;
  readonly registry: Registry;
  readonly caller: Caller;
}

const hasFailed = ({ state }: StoredTarget): boolean =>
  state !== 'DONE' && state !== 'SENDING' && state !== 'NOT_STARTED';

function statusOf({ onFailure, finishedAt, isHeld, targets }: StoredOperation): OperationStatus {
  const canCompensate = onFailure === 'COMPENSATE';
  if (canCompensate && targets.some(hasFailed) && targets.some(({ state }) => state === 'DONE')) return 'COMPENSATING';
  if (finishedAt) return 'FINISHED';
  if (isHeld) return 'RUNNING';
  return canCompensate ? 'COMPENSATING' : 'INTERRUPTED';
}

/** Returns whether the caller started an operation, or may read the audit of all its instances. */
const maySee = ({ operations, caller }: FindContext, { caller: owner, targets }: StoredOperation): boolean =>
  owner === operations.digest(caller.id) || targets.every(({ instance }) => mayDo(caller, 'audit:read', instance));

/**
 * Returns an operation. Returns null when there is none, and when the caller may not see it.
 * @throws VendorUnavailableError when the store fails.
 */
export async function findOperation(
  context: FindContext,
  { id, key }: OperationSelector,
): Promise<FoundOperation | null> {
  const { operations, registry, caller } = context;
  const found = await operations.find(
    key ? { key: digestOfKey(operations.digest, caller.id, key.mutation, key.idempotencyKey) } : { id: id ?? '' },
  );
  if (!found || !maySee(context, found)) return null;
  const { mutation, onFailure, startedAt, finishedAt, targets } = found;
  const times = [startedAt, finishedAt ?? startedAt, ...targets.map(({ changedAt }) => changedAt)];
  return {
    id: found.id,
    mutation,
    status: statusOf(found),
    onFailure,
    startedAt,
    changedAt: new Date(Math.max(...times.map((time) => time.getTime()))),
    finishedAt,
    targets: targets.flatMap(({ instance: instanceKey, connection, state, changedAt }) => {
      const instance = findInstance(registry, instanceKey);
      return instance ? [{ instance, connectionId: connection, state, changedAt }] : [];
    }),
  };
}
