// Runs a mutation that writes at several targets as an operation: the store knows of each target whether its write was sent, so that
// another process can go on when this one ends.
import { randomUUID } from 'node:crypto';
import { VendorUnavailableError } from '../../domain/errors.ts';
import { inProgress, isInProgress, keepAlive, lookingGate, lostAnswer, type Lease } from '../idempotency/attempt.ts';
import { digestOfKey, type Digest } from '../idempotency/digest.ts';
import { storeSurely } from '../store-surely.ts';
import type { WriteGate } from '../write-gate.ts';
import type {
  NewOperation,
  NewTarget,
  OperationMutation,
  OperationStore,
  SettledTarget,
  StoredOperation,
  StoredTarget,
} from './operation-store.ts';

/** The request of a mutation that writes at several targets. */
export interface OperationRequest {
  readonly mutation: OperationMutation;
  /** Identity of the caller. */
  readonly caller: string;
  readonly idempotencyKey: string | null | undefined;
  /** The gate of the request; undefined when every write may be sent. */
  readonly gate: WriteGate | undefined;
}

type NewParts = Pick<NewOperation, 'onFailure' | 'unsearchable' | 'origin' | 'targets'>;

/** One attempt to carry out an operation. */
export interface OperationRun {
  /** Null when the store does not know of the operation. */
  readonly id: string | null;
  /** The targets as they were when the attempt began. */
  readonly targets: readonly StoredTarget[];
  /** Returns the gate of the write at a target: it sends, or only looks when the write may have been sent before. */
  readonly gateAt: (position: number) => WriteGate;
  /** Stores the outcome at a target. Returns whether it is stored. */
  readonly settle: (position: number, settled: SettledTarget) => Promise<boolean>;
  /** Returns the targets as they are now. @throws VendorUnavailableError */
  readonly reload: () => Promise<readonly StoredTarget[]>;
  /**
   * Notes that the work has ended.
   * @throws ConflictError when another attempt took the operation over; VendorUnavailableError when the store fails twice, and surely no
   * other attempt took it over; OutcomeUnknownError when it fails, and another attempt may have taken it over.
   */
  readonly finish: () => Promise<void>;
  /** Leaves the operation to a later attempt, which begins when the lease of this one is over. */
  readonly leaveOpen: () => void;
}

export interface OperationsOptions {
  readonly digest: Digest;
  /** Returns how long an operation is left alone after the last sign of life, in milliseconds. It is longer than any write. */
  readonly leaseMs: () => number;
  /** Returns whether operations without a key run while the store cannot be used. */
  readonly runsWithoutStore: () => boolean;
  /** Called with what the store throws when it cannot store an outcome. */
  readonly onFailure: (thrown: unknown) => void;
}

export interface Operations {
  readonly digest: Digest;
  readonly leaseMs: () => number;
  /**
   * Returns the operation of an earlier attempt with the same key, which is gone; null for a first attempt.
   * @throws OutcomeUnknownError when the store has forgotten it; VendorUnavailableError when the store fails.
   */
  readonly earlier: (request: OperationRequest) => Promise<StoredOperation | null>;
  /**
   * Runs an operation.
   * @param before what `earlier` returned, or the parts of a new operation.
   * @throws what the work throws; ConflictError when another attempt works on it; VendorUnavailableError when the store fails before
   * anything was sent.
   */
  readonly run: <T>(
    request: OperationRequest,
    before: StoredOperation | NewParts,
    work: (run: OperationRun) => Promise<T>,
  ) => Promise<T>;
  /** Runs the work on an operation whose attempt is gone. Returns null when another attempt works on it. @throws as `run`. */
  readonly takeOver: <T>(
    id: string,
    work: (run: OperationRun, operation: StoredOperation) => Promise<T>,
  ) => Promise<T | null>;
  /** @throws VendorUnavailableError when the store fails. */
  readonly find: OperationStore['find'];
  /** Returns the ids of the operations to undo. @throws VendorUnavailableError when the store fails. */
  readonly listAbandoned: OperationStore['listAbandoned'];
}

const fresh = (target: NewTarget, position: number): StoredTarget => ({
  ...target,
  position,
  state: 'NOT_STARTED',
  sentAt: null,
  changedAt: new Date(),
  result: null,
});

const FREE: WriteGate = { sentAt: null, isRepeat: false, enter: async () => {} };

/** Returns the run of an operation that the store does not know of, such as a dry run. */
export const unrecordedRun = (targets: readonly NewTarget[], gate: WriteGate = FREE): OperationRun => ({
  id: null,
  targets: targets.map(fresh),
  gateAt: () => gate,
  settle: async () => true,
  reload: async () => targets.map(fresh),
  finish: async () => {},
  leaveOpen: () => {},
});

/** Returns the gate of the write at a target. */
function gateAt(
  store: OperationStore,
  { id, attempt }: { readonly id: string; readonly attempt: string },
  { position, sentAt }: StoredTarget,
  gate: WriteGate,
): WriteGate {
  if (sentAt) return lookingGate(sentAt);
  let started: Promise<boolean> | null = null;
  return {
    sentAt: null,
    isRepeat: gate.isRepeat,
    enter: async () => {
      await gate.enter();
      started ??= store.start(id, position, attempt);
      if (!(await started)) throw inProgress();
    },
  };
}

/** Runs the work of an attempt that holds an operation, and notes its end. */
async function work<T>(
  store: OperationStore,
  { id, targets }: { readonly id: string; readonly targets: readonly StoredTarget[] },
  { attempt, leaseMs }: Lease,
  { gate, onFailure }: { readonly gate: WriteGate; readonly onFailure: (thrown: unknown) => void },
  run: (run: OperationRun) => Promise<T>,
): Promise<T> {
  let isOpen = true;
  let heldUntil = performance.now() + leaseMs;
  const renew = async () => {
    const renewedAt = performance.now();
    await store.renew(id, { attempt, leaseMs });
    heldUntil = renewedAt + leaseMs;
  };
  const finish = async () => {
    if (!isOpen) return;
    const isOwn = await store
      .finish(id, attempt)
      .catch(async () => store.finish(id, attempt))
      .catch((error: unknown) => {
        throw performance.now() < heldUntil ? error : lostAnswer();
      });
    if (!isOwn) throw inProgress();
    isOpen = false;
  };
  const operation: OperationRun = {
    id,
    targets,
    gateAt: (position) => gateAt(store, { id, attempt }, targets[position] as StoredTarget, gate),
    settle: async (position, settled) =>
      storeSurely(async () => store.settle(id, position, settled, attempt), onFailure),
    reload: async () => (await store.find({ id }))?.targets ?? targets,
    finish,
    leaveOpen: () => {
      isOpen = false;
    },
  };
  const result = await keepAlive(leaseMs, renew, async () => run(operation));
  await finish().catch((error: unknown) => {
    // What this attempt knows is true, also when the store does not learn that it ended.
    if (isInProgress(error)) throw error;
    onFailure(error);
  });
  return result;
}

const isStored = (before: StoredOperation | NewParts): before is StoredOperation => 'id' in before;

/** Returns operations over a store. */
export function createOperations(
  store: OperationStore,
  { digest, leaseMs, runsWithoutStore, onFailure }: OperationsOptions,
): Operations {
  const newLease = (): Lease => ({ attempt: randomUUID(), leaseMs: leaseMs() });
  const keyOf = ({ caller, mutation, idempotencyKey }: OperationRequest): string | null =>
    typeof idempotencyKey === 'string' ? digestOfKey(digest, caller, mutation, idempotencyKey) : null;

  async function takeOver<T>(
    id: string,
    gate: WriteGate,
    run: (run: OperationRun, operation: StoredOperation) => Promise<T>,
  ): Promise<T | null> {
    const lease = newLease();
    if (!(await store.takeOver(id, lease))) return null;
    const operation = await store.find({ id });
    return operation && work(store, operation, lease, { gate, onFailure }, async (attempt) => run(attempt, operation));
  }

  /** Stores a new operation. Returns false when the store fails, and the operation runs without it. */
  async function create(operation: NewOperation, lease: Lease): Promise<boolean> {
    try {
      await store.create(operation, lease);
      return true;
    } catch (error) {
      if (error instanceof VendorUnavailableError && operation.key === null && runsWithoutStore()) return false;
      throw error;
    }
  }

  return {
    digest,
    leaseMs,
    earlier: async (request) => {
      const key = keyOf(request);
      if (key === null || request.gate?.isRepeat !== true) return null;
      const found = await store.find({ key });
      if (!found) throw lostAnswer();
      return found;
    },
    run: async (request, before, run) => {
      const { gate = FREE, mutation, caller } = request;
      if (isStored(before)) {
        const result = await takeOver(before.id, gate, async (operation) => ({ value: await run(operation) }));
        if (!result) throw inProgress();
        return result.value;
      }
      const { onFailure: choice, unsearchable, origin, targets } = before;
      const parts = { mutation, caller: digest(caller), onFailure: choice, unsearchable, origin, targets };
      const operation = { id: randomUUID(), key: keyOf(request), ...parts };
      const lease = newLease();
      if (!(await create(operation, lease))) return run(unrecordedRun(targets, gate));
      const { id } = operation;
      return work(store, { id, targets: targets.map(fresh) }, lease, { gate, onFailure }, run);
    },
    takeOver: async (id, run) => takeOver(id, FREE, run),
    find: async (by) => store.find(by),
    listAbandoned: async () => store.listAbandoned(),
  };
}
