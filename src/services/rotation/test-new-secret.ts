// Plans the write of each connection and, when its vendor can do so, tests the new secret. It writes nothing.
import type { LocatedConnection } from '../../domain/instance.ts';
import { NotFoundError, ValidationError } from '../../domain/errors.ts';
import { testDraft, type ConnectionTest } from '../test-connection.ts';
import type { UpdatePlan } from '../update/plan-update.ts';
import { verificationOf, type Paths, type RotationInput } from './rotation-input.ts';
import {
  beforeWrite,
  notAttempted,
  outcomeOfError,
  TIME_IS_OVER,
  withRotationPaths,
  type RotationOutcome,
} from './rotation-outcome.ts';
import { draftToTest, planRotation } from './plan-rotation.ts';
import type { RotationContext, Selected } from './select-connections.ts';

/** A connection to which the secret can be written. */
export interface WritableConnection {
  readonly outcome: RotationOutcome;
  readonly connection: LocatedConnection;
  readonly plan: UpdatePlan;
  readonly paths: Paths;
  /**
   * Why no test of this connection proves the secret, as the end of a sentence. Null when a test proves it, when a test would do so
   * without `dryRun`, and when `verification` is NONE.
   */
  readonly unprovenReason: string | null;
}

export interface VerifiedConnection {
  readonly outcome: RotationOutcome;
  /** Null when the outcome is final. */
  readonly writable: WritableConnection | null;
  /** Whether a test of this connection proves the secret, or would do so without `dryRun`. */
  readonly isProven: boolean;
}

/** Returns whether a test proves the secret. A test without a failure may have checked nothing. */
export const provesSecret = ({ checks }: ConnectionTest): boolean => checks.some(({ outcome }) => outcome === 'PASSED');

/** Returns an outcome that is final. */
export const finished = (outcome: RotationOutcome, isProven = false): VerifiedConnection => ({
  outcome,
  writable: null,
  isProven,
});

async function testSecret(
  input: RotationInput,
  planned: Omit<WritableConnection, 'unprovenReason'>,
): Promise<VerifiedConnection> {
  const { connection, plan, paths } = planned;
  const writable = (unprovenReason: string | null, verification: ConnectionTest | null = null): VerifiedConnection => {
    const outcome = { ...planned.outcome, verification };
    return { outcome, writable: { ...planned, outcome, unprovenReason }, isProven: unprovenReason === null };
  };
  if (verificationOf(input) === 'NONE') return writable(null);
  const draft = draftToTest(connection, plan);
  if ('why' in draft) return writable(draft.why);
  if (input.dryRun) return writable(null);
  const test = await withRotationPaths(beforeWrite(testDraft(connection.instance, draft, null)), paths);
  if (test.outcome === 'FAILED') {
    return finished({ ...planned.outcome, verification: test, status: 'VERIFICATION_FAILED' });
  }
  return writable(provesSecret(test) ? null : 'its test does not say whether the secret works.', test);
}

/** Plans the write of a connection and tests the secret. @throws only for a bug. */
export async function planAndTestSecret(
  context: RotationContext,
  input: RotationInput,
  selected: Selected,
): Promise<VerifiedConnection> {
  const { id, connection, error, path, problem } = selected;
  const outcome: RotationOutcome = {
    id,
    connection,
    status: 'NOT_ATTEMPTED',
    result: null,
    verification: null,
    error,
    reason: null,
  };
  if (!connection && !error) return finished({ ...outcome, status: 'REFUSED', result: new NotFoundError(id) });
  if (!connection || error) return finished(outcome);
  const paths: Paths = { dialect: connection.dialect, field: input.field, named: path };
  try {
    if (problem) throw new ValidationError([problem]);
    const plan = planRotation(context.registry, input, connection, paths);
    if (!input.dryRun && context.isOver()) notAttempted(TIME_IS_OVER);
    return await testSecret(input, { outcome, connection, plan, paths });
  } catch (thrown) {
    return finished(outcomeOfError(context, outcome, thrown));
  }
}
