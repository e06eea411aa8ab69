// Before anything is written: each connection is planned and, where its vendor can, tested with the new secret.
import type { LocatedConnection } from '../../domain/instance.ts';
import { ValidationError } from '../../domain/errors.ts';
import { testDraft, type ConnectionTest } from '../test-connection.ts';
import type { UpdatePlan } from '../update/plan-update.ts';
import { verificationOf, type Paths, type RotationInput } from './input.ts';
import {
  beforeWrite,
  inOwnTerms,
  notAttempted,
  outcomeOfThrown,
  TIME_IS_OVER,
  type RotationOutcome,
} from './outcome.ts';
import { draftToTest, planRotation } from './plan-rotation.ts';
import type { Means, Selected } from './select.ts';

/** A connection that could be written. */
export interface Ready {
  readonly outcome: RotationOutcome;
  readonly connection: LocatedConnection;
  readonly plan: UpdatePlan;
  readonly paths: Paths;
  /** Why no test of its own says that the secret works; null when one does, or would in a dry run. */
  readonly untested: string | null;
}

/** What is known of a connection before anything is written; without `ready` it has come to its end. */
export interface Trial {
  readonly outcome: RotationOutcome;
  readonly ready: Ready | null;
}

/** A test in which nothing failed may have tried nothing. */
const saysThatItWorks = ({ checks }: ConnectionTest): boolean => checks.some(({ outcome }) => outcome === 'PASSED');

const ended = (outcome: RotationOutcome): Trial => ({ outcome, ready: null });

type Planned = Omit<Ready, 'untested'>;

async function tried(input: RotationInput, planned: Planned): Promise<Trial> {
  const { outcome, connection, plan, paths } = planned;
  const ready = (untested: string | null, verification: ConnectionTest | null = null): Trial => {
    const told = { ...outcome, verification };
    return { outcome: told, ready: { ...planned, outcome: told, untested } };
  };
  if (verificationOf(input) === 'NONE') return ready(null);
  const draft = draftToTest(connection, plan);
  if ('why' in draft) return ready(draft.why);
  if (input.dryRun) return ready(null);
  const test = await inOwnTerms(beforeWrite(testDraft(connection.instance, draft, null)), paths);
  if (test.outcome === 'FAILED') return ended({ ...outcome, verification: test, status: 'VERIFICATION_FAILED' });
  return ready(saysThatItWorks(test) ? null : 'its test does not say whether the secret works.', test);
}

/** An error of it is a bug. */
export async function tryOne(means: Means, input: RotationInput, selected: Selected): Promise<Trial> {
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
  if (!connection || error) return ended(outcome);
  const paths: Paths = { dialect: connection.dialect, field: input.field, named: path };
  try {
    if (problem) throw new ValidationError([problem]);
    const plan = planRotation(means.registry, input, connection, paths);
    if (!input.dryRun && means.isOver()) notAttempted(TIME_IS_OVER);
    return await tried(input, { outcome, connection, plan, paths });
  } catch (thrown) {
    return ended(outcomeOfThrown(means, outcome, thrown));
  }
}
