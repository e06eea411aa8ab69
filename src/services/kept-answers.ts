// What is kept of a write's answer under an idempotency key, and how it is told again: the connection as it is now.
import type { Warning } from '../domain/connection.ts';
import { NotFoundError, OutcomeUnknownError, ValidationError, type VendorError } from '../domain/errors.ts';
import { issue } from '../domain/issues.ts';
import type { Instance } from '../domain/instance.ts';
import type { WrittenConnection } from './create-connection.ts';
import type { Compensation, FanOut, FanOutOutcome } from './fan-out/outcome.ts';
import type { AnswerRecord, Kept } from './idempotency.ts';
import { keepFailure, tellFailure, type Failure } from './kept-failures.ts';
import { findInstance, placeOf, readNow, type Registry } from './registry.ts';

/** The connection of an answer that is told again, as its vendor has it now. */
export async function tellConnection(registry: Registry, id: string) {
  const place = placeOf(registry, id);
  if (!place) throw new NotFoundError(id);
  return readNow(place, id, { deadline: place.instance.deadline('read') });
}

/** Of a create or an update: the id and the warnings; a failure after which nothing was done is not kept. */
export const writtenRecord = (registry: Registry): AnswerRecord<WrittenConnection> => ({
  keep: (outcome) => {
    if ('value' in outcome) return { id: outcome.value.connection.id, warnings: outcome.value.warnings };
    return outcome.error instanceof OutcomeUnknownError ? { failure: keepFailure(outcome.error) } : null;
  },
  tell: async ({ id, warnings, failure }) => {
    if (failure) throw tellFailure(registry, failure as Kept);
    try {
      return { connection: await tellConnection(registry, id as string), warnings: warnings as Warning[] };
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      const message = 'What was written under this key has been deleted since; take a new key to write it again.';
      throw new ValidationError([issue(['input', 'idempotencyKey'], 'INVALID', message)]);
    }
  },
});

const keepOutcome = ({ instance, status, result, compensation }: FanOutOutcome): Kept => ({
  instance: instance.key,
  status,
  result:
    result instanceof Error
      ? { failure: keepFailure(result) }
      : result && { id: result.connection.id, warnings: result.warnings },
  compensation: compensation && {
    status: compensation.status,
    error: compensation.error && keepFailure(compensation.error),
  },
});

async function tellOutcome(registry: Registry, kept: Kept): Promise<FanOutOutcome> {
  const result = kept['result'] as Kept | null;
  const compensation = kept['compensation'] as Kept | null;
  const told = result && writtenRecord(registry).tell(result);
  return {
    instance: findInstance(registry, kept['instance'] as string) as Instance,
    status: kept['status'] as FanOutOutcome['status'],
    // A failure is what it came to, then and now.
    result: told && (await told.catch((error: unknown) => error as Failure)),
    compensation: compensation && {
      status: compensation['status'] as Compensation['status'],
      error: compensation['error'] ? (tellFailure(registry, compensation['error'] as Kept) as VendorError) : null,
    },
  };
}

const NOTHING_LEFT: ReadonlySet<FanOut['status']> = new Set(['NOTHING_DONE', 'COMPENSATED']);

/** Of a create at several instances: what each came to; not where nothing of it is left. */
export const fanOutRecord = (registry: Registry): AnswerRecord<FanOut> => ({
  keep: (outcome) =>
    'value' in outcome && !NOTHING_LEFT.has(outcome.value.status)
      ? { status: outcome.value.status, outcomes: outcome.value.outcomes.map(keepOutcome) }
      : null,
  tell: async ({ status, outcomes }) => ({
    status: status as FanOut['status'],
    outcomes: await Promise.all((outcomes as Kept[]).map((one) => tellOutcome(registry, one))),
  }),
});
