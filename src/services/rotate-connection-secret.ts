// One credential, replaced on every connection that uses it. The old one is never asked for, and nothing is put back: each
// connection comes to an outcome of its own, and those that have the old one still are named.
import type { LocatedConnection, Instance } from '../domain/instance.ts';
import { verificationOf, type RotationInput } from './rotation/input.ts';
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

interface Turn {
  readonly trial: Trial;
  /** Null where it waits for the tests of the others. */
  readonly outcome: RotationOutcome | null;
}

/** Tests a connection and writes what passed. One that has no test of its own waits: those of the others may speak for it. */
async function firstTurn(means: Means, input: RotationInput, selected: Selected): Promise<Turn> {
  const trial = await tryOne(means, input, selected);
  const { outcome, ready } = trial;
  if (!ready) return { trial, outcome };
  if (ready.untested !== null) return { trial, outcome: null };
  return {
    trial,
    outcome: input.dryRun ? { ...outcome, status: 'PLANNED' } : await writeOne(means, input, ready, null),
  };
}

async function run(means: Means, input: RotationInput, selected: readonly Selected[]): Promise<RotationOutcome[]> {
  const turns = await inLanes(
    selected,
    ({ instance }) => instance,
    MOST_AT_A_TIME,
    async (one) => firstTurn(means, input, one),
  );
  const trials = turns.map(({ trial }) => trial);
  const waiting = trials.flatMap(({ ready }, at) => (ready && turns[at]?.outcome === null ? [ready] : []));
  const later = await inLanes(
    waiting,
    ({ connection }) => connection.instance,
    MOST_AT_A_TIME,
    async (ready) => {
      const { isWritten, reason } = verdictOn(ready, trials, verificationOf(input));
      if (!isWritten) return { ...ready.outcome, status: 'NOT_ATTEMPTED' as const, reason };
      if (input.dryRun) return { ...ready.outcome, status: 'PLANNED' as const, reason };
      return writeOne(means, input, ready, reason);
    },
  );
  const lateOf = (trial: Trial) => later[waiting.findIndex((one) => one === trial.ready)];
  return turns.map(({ trial, outcome }) => outcome ?? lateOf(trial) ?? trial.outcome);
}

/**
 * Replaces a secret. What one connection's vendor refuses, or leaves unanswered, is data.
 * @param input an input in which `reviewRotation` finds no issue.
 * @throws ValidationError, NotFoundError, VendorError before anything is written.
 */
export async function rotateConnectionSecret(means: Means, input: RotationInput): Promise<Rotation> {
  const { selected, unsearchable } = await select(means, input.connections);
  const outcomes = await run(means, input, selected);
  const remaining = outcomes.flatMap(({ status, connection }) =>
    connection && status !== 'DONE' && status !== 'UNKNOWN' ? [connection] : [],
  );
  return { outcomes, remaining, unsearchable };
}
