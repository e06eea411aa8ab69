// Replaces one credential on every connection that uses it. Patchbay never reads the old credential and never restores it. Each
// connection has an outcome, and the result names the connections that still use the old credential.
import type { Instance, LocatedConnection } from '../domain/instance.ts';
import { decideWrite } from './rotation/decide-write.ts';
import { verificationOf, type RotationInput } from './rotation/rotation-input.ts';
import type { RotationOutcome } from './rotation/rotation-outcome.ts';
import { MAX_CONCURRENT_INSTANCES, runInOrderPerKey } from './run-in-order-per-key.ts';
import { selectConnections, type RotationContext, type Selected } from './rotation/select-connections.ts';
import { planAndTestSecret, type VerifiedConnection, type WritableConnection } from './rotation/test-new-secret.ts';
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
export type { RotationOutcome } from './rotation/rotation-outcome.ts';

export interface Rotation {
  readonly outcomes: readonly RotationOutcome[];
  /** The connections that surely still use the old secret. */
  readonly remaining: readonly LocatedConnection[];
  /** The instances that a match could not search. */
  readonly unsearchable: readonly Instance[];
}

/** Returns the connections that surely still use the old secret. */
export const remainingOf = (outcomes: readonly RotationOutcome[]): LocatedConnection[] =>
  outcomes.flatMap(({ status, connection }) =>
    connection && status !== 'DONE' && status !== 'UNKNOWN' ? [connection] : [],
  );

/** A connection after the first pass over all connections. */
interface FirstPass {
  readonly verified: VerifiedConnection;
  /** Null when the write depends on the tests of other connections. */
  readonly outcome: RotationOutcome | null;
}

/** Tests the secret at a connection and writes it when the test passes. A connection without a test waits for the second pass. */
async function runFirstPass(context: RotationContext, input: RotationInput, selected: Selected): Promise<FirstPass> {
  const verified = await planAndTestSecret(context, input, selected);
  const { outcome, writable } = verified;
  if (!writable) return { verified, outcome };
  if (writable.unprovenReason !== null) return { verified, outcome: null };
  if (input.dryRun) return { verified, outcome: { ...outcome, status: 'PLANNED' } };
  return { verified, outcome: await writeSecret(context, input, writable, null) };
}

/** Writes the secret to a connection without a test when the tests of other connections allow it. */
async function runSecondPass(
  context: RotationContext,
  input: RotationInput,
  writable: WritableConnection,
  verified: readonly VerifiedConnection[],
): Promise<RotationOutcome> {
  const { isWritten, reason } = decideWrite(writable, verified, verificationOf(input));
  if (!isWritten) return { ...writable.outcome, status: 'NOT_ATTEMPTED', reason };
  if (input.dryRun) return { ...writable.outcome, status: 'PLANNED', reason };
  return writeSecret(context, input, writable, reason);
}

async function rotateAll(
  context: RotationContext,
  input: RotationInput,
  selected: readonly Selected[],
): Promise<RotationOutcome[]> {
  const firstPass = await runInOrderPerKey(
    selected,
    ({ instance }) => instance,
    MAX_CONCURRENT_INSTANCES,
    async (connection) => runFirstPass(context, input, connection),
  );
  const allVerified = firstPass.map(({ verified }) => verified);
  const waiting = firstPass.flatMap(({ verified: { writable }, outcome }) => (writable && !outcome ? [writable] : []));
  const secondPass = await runInOrderPerKey(
    waiting,
    ({ connection }) => connection.instance,
    MAX_CONCURRENT_INSTANCES,
    async (writable) => runSecondPass(context, input, writable, allVerified),
  );
  return firstPass.map(({ verified, outcome }) => {
    const late = secondPass[waiting.findIndex((writable) => writable === verified.writable)];
    return outcome ?? late ?? verified.outcome;
  });
}

/**
 * Replaces a secret. A vendor that refuses the write of one connection, or does not answer it, is an outcome and not an error.
 * @param input an input in which `reviewRotation` finds no issue.
 * @throws ValidationError, NotFoundError, VendorError before anything is written.
 */
export async function rotateConnectionSecret(context: RotationContext, input: RotationInput): Promise<Rotation> {
  const { selected, unsearchable } = await selectConnections(context, input.connections);
  const outcomes = await rotateAll(context, input, selected);
  return { outcomes, remaining: remainingOf(outcomes), unsearchable };
}
