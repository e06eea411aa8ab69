// One credential, replaced on every connection that uses it. The one that it replaces is never asked for, and nothing is put
// back: each connection comes to an outcome of its own, and those that are still on the old one are named.
import type { LocatedConnection } from '../domain/connection.ts';
import { ValidationError } from '../domain/errors.ts';
import type { Instance } from '../domain/vendor.ts';
import { reviewRotation, type RotationInput } from './rotation/input.ts';
import { inLanes } from './rotation/lanes.ts';
import { rotateOne, type RotationOutcome } from './rotation/rotate-one.ts';
import { select, type Means } from './rotation/select.ts';

export {
  reviewRotation,
  type RotatableSecret,
  type RotationInput,
  type RotationMatch,
  type RotationSelector,
} from './rotation/input.ts';
export type { RotationOutcome } from './rotation/rotate-one.ts';

export interface Rotation {
  readonly outcomes: readonly RotationOutcome[];
  /** Those known to be on the old secret still. */
  readonly remaining: readonly LocatedConnection[];
  readonly unsearchable: readonly Instance[];
}

const MOST_AT_A_TIME = 4;

/**
 * Replaces a secret. What one connection's vendor refuses, or leaves unanswered, is data.
 * @throws ValidationError, NotFoundError before anything is written.
 */
export async function rotateConnectionSecret(means: Means, input: RotationInput): Promise<Rotation> {
  const issues = reviewRotation(input);
  if (issues.length > 0) throw new ValidationError(issues);
  const { selected, unsearchable } = await select(means, input.connections);
  const outcomes = await inLanes(
    selected,
    ({ instance }) => instance,
    MOST_AT_A_TIME,
    async (one) => rotateOne(means, input, one),
  );
  const remaining = outcomes.flatMap(({ status, connection }) =>
    connection && status !== 'DONE' && status !== 'UNKNOWN' ? [connection] : [],
  );
  return { outcomes, remaining, unsearchable };
}
