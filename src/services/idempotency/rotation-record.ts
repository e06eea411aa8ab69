// Converts the result of a rotation to the answer that is stored under its idempotency key, and back. The connections are read again, so
// that a replay returns them as they are now.
import type { TestCheck, Warning } from '../../domain/connection.ts';
import { VendorError, type ExpectedError } from '../../domain/errors.ts';
import type { LocatedConnection } from '../../domain/instance.ts';
import type { CachedReads } from '../cached-reads.ts';
import type { WrittenConnection } from '../create-connection.ts';
import { getConnections } from '../get-connections.ts';
import { findInstance, type Registry } from '../registry.ts';
import { remainingOf, type Rotation, type RotationOutcome } from '../rotation/rotation-outcome.ts';
import type { ConnectionTest } from '../test-connection.ts';
import { deletedSince } from './answer-records.ts';
import type { AnswerRecord, StoredAnswer } from './idempotency.ts';
import { dataOf, restoreFailure, storeFailure } from './stored-failures.ts';

interface ReplayContext {
  readonly registry: Registry;
  readonly reads: CachedReads;
}

/** Returns the data of a test to store. A test of settings that are not saved has no connection. */
const storeTest = ({ outcome, checks, durationMs, warnings }: ConnectionTest): StoredAnswer => ({
  outcome,
  checks: checks.map(dataOf),
  durationMs,
  warnings,
});

const restoreTest = (stored: StoredAnswer): ConnectionTest => ({
  outcome: stored['outcome'] as ConnectionTest['outcome'],
  checks: stored['checks'] as TestCheck[],
  durationMs: stored['durationMs'] as number,
  warnings: stored['warnings'] as Warning[],
  connection: null,
});

/** Returns the data of an outcome to store. */
export const storeRotationOutcome = ({
  id,
  connection,
  status,
  result,
  verification,
  error,
  reason,
}: RotationOutcome) => ({
  id,
  wasRead: connection !== null,
  status,
  result: result && (result instanceof Error ? { failure: storeFailure(result) } : { warnings: result.warnings }),
  verification: verification && storeTest(verification),
  error: error && storeFailure(error),
  reason,
});

/** Returns the connections of stored outcomes, as far as they were read then: null for one that is gone, or the failure of its vendor. */
async function readAgain(
  { registry, reads }: ReplayContext,
  outcomes: readonly StoredAnswer[],
): Promise<ReadonlyMap<unknown, LocatedConnection | VendorError | null>> {
  const ids = outcomes.flatMap(({ id, wasRead }) => (wasRead === true ? [id as string] : []));
  const wanted = ids.map((id) => ({ id, fields: new Set(['secrets']) }));
  const answers = getConnections(registry, reads, wanted, { isFresh: true });
  const read = await Promise.all(
    answers.map(async (answer) =>
      answer.catch((error: unknown) => {
        if (error instanceof VendorError) return error;
        throw error;
      }),
    ),
  );
  return new Map(ids.map((id, at) => [id, read[at] ?? null]));
}

/** Returns the result of a stored outcome. A write that was done has the connection as it is now, or why it cannot be read. */
function restoreResult(
  registry: Registry,
  stored: StoredAnswer,
  connection: LocatedConnection | VendorError | null,
): WrittenConnection | ExpectedError {
  if (stored['failure']) return restoreFailure(registry, stored['failure'] as StoredAnswer);
  if (connection === null) return deletedSince();
  return connection instanceof VendorError ? connection : { connection, warnings: stored['warnings'] as Warning[] };
}

/** Returns an outcome that was stored. @param connection the connection as it is now; null when it is gone; or the failure of its vendor. */
export function restoreRotationOutcome(
  registry: Registry,
  stored: StoredAnswer,
  connection: LocatedConnection | VendorError | null,
): RotationOutcome {
  const error = stored['error'] && restoreFailure(registry, stored['error'] as StoredAnswer);
  return {
    id: stored['id'] as string,
    connection: connection instanceof VendorError ? null : connection,
    status: stored['status'] as RotationOutcome['status'],
    result: stored['result'] ? restoreResult(registry, stored['result'] as StoredAnswer, connection) : null,
    verification: stored['verification'] ? restoreTest(stored['verification'] as StoredAnswer) : null,
    error: error instanceof VendorError ? error : null,
    reason: stored['reason'] as string | null,
  };
}

const mayHaveWritten = ({ status }: RotationOutcome): boolean => status === 'DONE' || status === 'UNKNOWN';

/** Returns the record of a rotation: the outcome of each connection. Nothing is stored when none of them can have the new secret. */
export const rotationRecord = (context: ReplayContext): AnswerRecord<Rotation> => ({
  toStored: (ended) => {
    if ('error' in ended || !ended.value.outcomes.some(mayHaveWritten)) return null;
    const { operationId, outcomes, unsearchable } = ended.value;
    return {
      outcomes: outcomes.map(storeRotationOutcome),
      operation: operationId,
      unsearchable: unsearchable.map(({ key }) => key),
    };
  },
  isKnown: ({ outcomes }) => (outcomes as StoredAnswer[]).every(({ status }) => status !== 'UNKNOWN'),
  goesOn: true,
  fromStored: async (stored) => {
    const outcomes = stored['outcomes'] as StoredAnswer[];
    const connections = await readAgain(context, outcomes);
    const restored = outcomes.map((outcome) =>
      restoreRotationOutcome(context.registry, outcome, connections.get(outcome['id']) ?? null),
    );
    const unsearchable = (stored['unsearchable'] as string[]).flatMap(
      (key) => findInstance(context.registry, key) ?? [],
    );
    const operationId = (stored['operation'] ?? null) as string | null;
    return { operationId, outcomes: restored, remaining: remainingOf(restored), unsearchable };
  },
});
