// Converts the result of a write to the answer that is stored under its idempotency key, and back. A stored answer has the ids
// and warnings; the connection itself is read again, so that a replay returns it as it is now.
import type { Warning } from '../../domain/connection.ts';
import {
  NotFoundError,
  OutcomeUnknownError,
  ValidationError,
  isCreateError,
  VendorError,
  type CreateError,
} from '../../domain/errors.ts';
import { issue } from '../../domain/issue.ts';
import type { Instance } from '../../domain/instance.ts';
import type { DeletedConnection } from '../delete-connection.ts';
import type { WrittenConnection } from '../create-connection.ts';
import type { Compensation, FanOut, FanOutOutcome } from '../fan-out/fan-out-outcome.ts';
import type { AnswerRecord, StoredAnswer } from './idempotency.ts';
import { storeFailure, restoreFailure } from './stored-failures.ts';
import { readConnection } from '../call-instance.ts';
import { findInstance, requireLocation, type Registry } from '../registry.ts';

/** Returns the connection of a stored answer as its vendor stores it now. @throws NotFoundError, VendorError */
export async function readStoredConnection(registry: Registry, id: string) {
  const location = requireLocation(registry, id);
  return readConnection(location, { deadline: location.instance.deadline('read') });
}

/** Returns the error of a replay whose connection is gone. */
export function deletedSince(): ValidationError {
  const message =
    'The connection that was written under this key has been deleted since. Use a new key to write it again.';
  return new ValidationError([issue(['input', 'idempotencyKey'], 'INVALID', message)]);
}

/** Returns what is stored for a failure: null unless its outcome is unknown, so that the key can be used again. */
const unknownOutcome = (error: unknown): StoredAnswer | null =>
  error instanceof OutcomeUnknownError ? { failure: storeFailure(error) } : null;

/** Returns the record of a create or an update: its id and its warnings. A failure is stored only when its outcome is unknown. */
export const writtenRecord = (registry: Registry): AnswerRecord<WrittenConnection> => ({
  toStored: (outcome) => {
    if ('value' in outcome) return { id: outcome.value.connection.id, warnings: outcome.value.warnings };
    return unknownOutcome(outcome.error);
  },
  isKnown: ({ failure }) => failure === undefined,
  fromStored: async ({ id, warnings, failure }) => {
    if (failure) throw restoreFailure(registry, failure as StoredAnswer);
    try {
      return { connection: await readStoredConnection(registry, id as string), warnings: warnings as Warning[] };
    } catch (error) {
      throw error instanceof NotFoundError ? deletedSince() : error;
    }
  },
});

/** Returns the record of a delete. */
export const deletedRecord = (registry: Registry): AnswerRecord<DeletedConnection> => ({
  toStored: (outcome) => {
    if ('error' in outcome) return unknownOutcome(outcome.error);
    const { deletedId, archived, warnings } = outcome.value;
    return { id: deletedId, archived, warnings };
  },
  isKnown: ({ failure }) => failure === undefined,
  fromStored: async ({ id, archived, warnings, failure }) => {
    if (failure) throw restoreFailure(registry, failure as StoredAnswer);
    return { deletedId: id as string, archived: archived as boolean, warnings: warnings as Warning[] };
  },
});

/** Returns the data of the result at one target to store. */
export const storeResult = (result: WrittenConnection | CreateError | null): StoredAnswer => ({
  result:
    result instanceof Error
      ? { failure: storeFailure(result) }
      : result && { id: result.connection.id, warnings: result.warnings },
});

/** Returns the data of a compensation to store. */
export const storeCompensation = (compensation: Compensation | null): StoredAnswer => ({
  compensation: compensation && {
    status: compensation.status,
    error: compensation.error && storeFailure(compensation.error),
  },
});

const storeOutcome = ({ instance, status, result, compensation }: FanOutOutcome): StoredAnswer => ({
  instance: instance.key,
  status,
  ...storeResult(result),
  ...storeCompensation(compensation),
});

/** Returns the result that was stored for one target. A connection is read again. */
export async function restoreResult(
  registry: Registry,
  { result }: StoredAnswer,
): Promise<WrittenConnection | CreateError | null> {
  if (!result) return null;
  // A failure is the result of this outcome, and does not fail the others.
  return writtenRecord(registry)
    .fromStored(result as StoredAnswer)
    .catch((error: unknown) => {
      if (isCreateError(error)) return error;
      throw error;
    });
}

/** Returns the compensation that was stored for one target; null when there is none. */
export function restoreCompensation(registry: Registry, stored: StoredAnswer): Compensation | null {
  const compensation = stored['compensation'] as { status: Compensation['status']; error: StoredAnswer | null } | null;
  if (!compensation) return null;
  const { status } = compensation;
  const error = compensation.error && restoreFailure(registry, compensation.error);
  return { status, error: error instanceof VendorError ? error : null };
}

const restoreOutcome = async (registry: Registry, stored: StoredAnswer): Promise<FanOutOutcome> => ({
  instance: findInstance(registry, stored['instance'] as string) as Instance,
  status: stored['status'] as FanOutOutcome['status'],
  result: await restoreResult(registry, stored),
  compensation: restoreCompensation(registry, stored),
});

/** The fan-outs after which no connection exists. */
const NOTHING_CREATED: ReadonlySet<FanOut['status']> = new Set(['NOTHING_DONE', 'COMPENSATED']);

/** Returns the record of a fan-out: the outcome of each target. Nothing is stored when none of its connections exists. */
export const fanOutRecord = (registry: Registry): AnswerRecord<FanOut> => ({
  toStored: (outcome) =>
    'value' in outcome && !NOTHING_CREATED.has(outcome.value.status)
      ? {
          status: outcome.value.status,
          outcomes: outcome.value.outcomes.map(storeOutcome),
          operation: outcome.value.operationId,
        }
      : null,
  isKnown: ({ outcomes }) =>
    (outcomes as StoredAnswer[]).every(
      ({ status, compensation }) =>
        status !== 'UNKNOWN' && (compensation as StoredAnswer | null)?.['status'] !== 'UNKNOWN',
    ),
  goesOn: true,
  fromStored: async ({ status, outcomes, operation = null }) => ({
    operationId: operation as string | null,
    status: status as FanOut['status'],
    outcomes: await Promise.all((outcomes as StoredAnswer[]).map((outcome) => restoreOutcome(registry, outcome))),
  }),
});
