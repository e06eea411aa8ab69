// Replaces one credential on every connection that uses it. Patchbay never reads the old credential and never restores it. Each
// connection has an outcome, and the result names the connections that still use the old credential.
import { isInProgress, lostAnswer } from './idempotency/attempt.ts';
import { restoreRotationOutcome, storeRotationOutcome } from './idempotency/rotation-record.ts';
import type { StoredOperation, StoredTarget } from './operations/operation-store.ts';
import { unrecordedRun, type OperationRun, type Operations } from './operations/operations.ts';
import { findInstance } from './registry.ts';
import { decideWrite } from './rotation/decide-write.ts';
import { verificationOf, type RotationInput } from './rotation/rotation-input.ts';
import { remainingOf, type Rotation, type RotationOutcome } from './rotation/rotation-outcome.ts';
import { MAX_CONCURRENT_INSTANCES, runInOrderPerKey } from './run-in-order-per-key.ts';
import {
  selectAgain,
  selectConnections,
  type RotationContext,
  type Selected,
  type Selection,
} from './rotation/select-connections.ts';
import {
  finished,
  planAndTestSecret,
  provesSecret,
  type VerifiedConnection,
  type WritableConnection,
} from './rotation/test-new-secret.ts';
import { writeSecret } from './rotation/write-secret.ts';

export {
  reviewRotation,
  rotatedKeys,
  type RotatableSecret,
  type RotationInput,
  type RotationMatch,
  type RotationSelector,
  type RotationVerification,
} from './rotation/rotation-input.ts';
export type { Rotation, RotationOutcome } from './rotation/rotation-outcome.ts';

/** What a rotation needs in addition to its input. */
export interface RotationRequest extends RotationContext {
  readonly caller: { readonly id: string };
  readonly operations: Operations;
}

/** An attempt to carry out a rotation. */
interface Run extends RotationContext {
  readonly operation: OperationRun;
}

/** A connection of the rotation, with its position in the operation. */
interface Target extends Selected {
  readonly position: number;
}

/** A connection after the first pass over all connections. */
interface FirstPass {
  readonly verified: VerifiedConnection;
  /** Null when the write depends on the tests of other connections. */
  readonly outcome: RotationOutcome | null;
}

/** Returns what an earlier attempt did with a connection; null when it did nothing. */
function earlierOutcome({ registry, operation }: Run, target: Target): VerifiedConnection | null {
  const { id, instance, connection, error } = target;
  const { state, result } = operation.targets[target.position] as StoredTarget;
  if (state === 'NOT_STARTED') return null;
  if (result) {
    const outcome = restoreRotationOutcome(registry, result, error ?? connection);
    return finished(outcome, outcome.verification !== null && provesSecret(outcome.verification));
  }
  const lost = lostAnswer();
  lost.instance = instance;
  const rest = { verification: null, error: null, reason: null };
  return finished({ id, connection, status: 'UNKNOWN', result: lost, ...rest });
}

/** Stores a final outcome, and returns it. */
async function settle({ operation }: Run, { position }: Target, outcome: RotationOutcome): Promise<RotationOutcome> {
  const { status } = outcome;
  const result = storeRotationOutcome(outcome);
  if (status !== 'PLANNED') await operation.settle(position, { state: status, result });
  return outcome;
}

/** Writes the secret to a connection when the operation allows it, and stores the outcome. @throws ConflictError */
async function writeAt(
  run: Run,
  input: RotationInput,
  target: Target,
  writable: WritableConnection,
  reason: string | null,
): Promise<RotationOutcome> {
  const reads = { ...run.reads, gate: run.operation.gateAt(target.position) };
  const outcome = await writeSecret({ ...run, reads }, input, writable, reason);
  if (isInProgress(outcome.result)) throw outcome.result;
  return settle(run, target, outcome);
}

/** Tests the secret at a connection and writes it when the test passes. A connection without a test waits for the second pass. */
async function runFirstPass(run: Run, input: RotationInput, target: Target): Promise<FirstPass> {
  const earlier = earlierOutcome(run, target);
  if (earlier) return { verified: earlier, outcome: earlier.outcome };
  const verified = await planAndTestSecret(run, input, target);
  const { outcome, writable } = verified;
  if (!writable) return { verified, outcome: await settle(run, target, outcome) };
  if (writable.unprovenReason !== null) return { verified, outcome: null };
  if (input.dryRun) return { verified, outcome: { ...outcome, status: 'PLANNED' } };
  return { verified, outcome: await writeAt(run, input, target, writable, null) };
}

/** A connection that waits for the tests of all others. */
interface Waiting {
  readonly target: Target;
  readonly writable: WritableConnection;
}

/** Writes the secret to a connection without a test when the tests of other connections allow it. */
async function runSecondPass(
  run: Run,
  input: RotationInput,
  { target, writable }: Waiting,
  verified: readonly VerifiedConnection[],
): Promise<RotationOutcome> {
  const { isWritten, reason } = decideWrite(writable, verified, verificationOf(input));
  if (!isWritten) return settle(run, target, { ...writable.outcome, status: 'NOT_ATTEMPTED', reason });
  if (input.dryRun) return { ...writable.outcome, status: 'PLANNED', reason };
  return writeAt(run, input, target, writable, reason);
}

async function rotateAll(run: Run, input: RotationInput, selected: readonly Selected[]): Promise<RotationOutcome[]> {
  const targets = selected.map((one, position): Target => ({ ...one, position }));
  const firstPass = await runInOrderPerKey(
    targets,
    ({ instance }) => instance,
    MAX_CONCURRENT_INSTANCES,
    async (target) => runFirstPass(run, input, target),
  );
  const allVerified = firstPass.map(({ verified }) => verified);
  const waiting = firstPass.flatMap(({ verified: { writable }, outcome }, at): Waiting[] =>
    writable && !outcome ? [{ target: targets[at] as Target, writable }] : [],
  );
  const secondPass = await runInOrderPerKey(
    waiting,
    ({ target }) => target.instance,
    MAX_CONCURRENT_INSTANCES,
    async (one) => runSecondPass(run, input, one, allVerified),
  );
  return firstPass.map(({ verified, outcome }, at) => {
    const late = secondPass[waiting.findIndex(({ target }) => target.position === at)];
    return outcome ?? late ?? verified.outcome;
  });
}

/** Returns the connections of a rotation: those that an earlier attempt found, or those that the input selects now. */
async function selectTargets(
  request: RotationRequest,
  { connections }: RotationInput,
  earlier: StoredOperation | null,
): Promise<Selection> {
  if (!earlier) return selectConnections(request, connections);
  const ids = earlier.targets.map(({ connection }) => connection ?? '');
  const unsearchable = earlier.unsearchable.flatMap((key) => findInstance(request.registry, key) ?? []);
  return { selected: await selectAgain(request, connections, ids), unsearchable };
}

/**
 * Replaces a secret. A vendor that refuses the write of one connection, or does not answer it, is an outcome and not an error. When an
 * earlier attempt with the same key is gone, the rotation goes on with the connections of that attempt.
 * @param input an input in which `reviewRotation` finds no issue.
 * @throws ValidationError, NotFoundError, VendorError before anything is written; ConflictError when another attempt works on it.
 */
export async function rotateConnectionSecret(request: RotationRequest, input: RotationInput): Promise<Rotation> {
  const { operations, caller, reads } = request;
  const { idempotencyKey, dryRun } = input;
  const of = { mutation: 'rotateConnectionSecret', caller: caller.id, idempotencyKey, gate: reads.gate } as const;
  const earlier = await operations.earlier(of);
  const { selected, unsearchable } = await selectTargets(request, input, earlier);
  const targets = selected.map(({ id, instance }) => ({ instance: instance.key, connection: id, proof: null }));
  const work = async (operation: OperationRun): Promise<Rotation> => {
    const outcomes = await rotateAll({ ...request, operation }, input, selected);
    return { operationId: operation.id, outcomes, remaining: remainingOf(outcomes), unsearchable };
  };
  if (dryRun) return work(unrecordedRun(targets));
  const parts = { onFailure: null, unsearchable: unsearchable.map(({ key }) => key), origin: null, targets };
  return operations.run(of, earlier ?? parts, work);
}
