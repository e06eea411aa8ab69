// One credential, replaced on every connection that uses it. The old one is never asked for, and nothing is put back: each
// connection comes to an outcome of its own, and those that have the old one still are named.
import type { LocatedConnection } from '../domain/connection.ts';
import { ValidationError } from '../domain/errors.ts';
import type { Instance } from '../domain/vendor.ts';
import { reviewRotation, verificationOf, type RotationInput } from './rotation/input.ts';
import { inLanes } from './rotation/lanes.ts';
import type { RotationOutcome } from './rotation/outcome.ts';
import { select, type Means, type Selected } from './rotation/select.ts';
import { tryOne, type Trial } from './rotation/trial.ts';
import { verdictOn } from './rotation/verdict.ts';
import { writeOne } from './rotation/write.ts';

export {
  reviewRotation,
  type RotatableSecret,
  type RotationInput,
  type RotationMatch,
  type RotationSelector,
  type RotationVerification,
} from './rotation/input.ts';
export type { RotationOutcome } from './rotation/outcome.ts';

export interface Rotation {
  readonly outcomes: readonly RotationOutcome[];
  /** Those known to be on the old secret still. */
  readonly remaining: readonly LocatedConnection[];
  readonly unsearchable: readonly Instance[];
}

const MOST_AT_A_TIME = 4;

/** Every connection is tested before the first one is written: a test that fails may speak for others. */
async function run(means: Means, input: RotationInput, selected: readonly Selected[]): Promise<RotationOutcome[]> {
  const trials = await inLanes(
    selected,
    ({ instance }) => instance,
    MOST_AT_A_TIME,
    async (one) => tryOne(means, input, one),
  );
  const verification = verificationOf(input);
  const finish = async ({ outcome, ready }: Trial): Promise<RotationOutcome> => {
    if (!ready) return outcome;
    const { isWritten, reason } = verdictOn(ready, trials, verification);
    if (!isWritten) return { ...outcome, status: 'NOT_ATTEMPTED', reason };
    return input.dryRun ? { ...outcome, status: 'PLANNED', reason } : writeOne(means, input, ready, reason);
  };
  return inLanes(trials, ({ outcome, ready }) => ready?.connection.instance ?? outcome.id, MOST_AT_A_TIME, finish);
}

/**
 * Replaces a secret. What one connection's vendor refuses, or leaves unanswered, is data.
 * @throws ValidationError, NotFoundError, VendorError before anything is written.
 */
export async function rotateConnectionSecret(means: Means, input: RotationInput): Promise<Rotation> {
  const issues = reviewRotation(input);
  if (issues.length > 0) throw new ValidationError(issues);
  const { selected, unsearchable } = await select(means, input.connections);
  const outcomes = await run(means, input, selected);
  const remaining = outcomes.flatMap(({ status, connection }) =>
    connection && status !== 'DONE' && status !== 'UNKNOWN' ? [connection] : [],
  );
  return { outcomes, remaining, unsearchable };
}
