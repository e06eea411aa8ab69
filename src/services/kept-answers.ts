// What is kept of a write's answer under an idempotency key, and how it is told again: the connection as it is now.
import type { Warning } from '../domain/connection.ts';
import { NotFoundError, OutcomeUnknownError, ValidationError, type VendorError } from '../domain/errors.ts';
import { issue } from '../domain/support.ts';
import type { WrittenConnection } from './create-connection.ts';
import type { AnswerRecord, Kept } from './idempotency.ts';
import { findInstance, placeOf, readNow, type Registry } from './registry.ts';

const isUnknown = (error: unknown): error is OutcomeUnknownError => error instanceof OutcomeUnknownError;

const keepUnknown = ({ message, probe, instance, vendorStatus, vendorCode }: OutcomeUnknownError): Kept => ({
  unknown: { message, probe, instance: instance?.key ?? null, vendorStatus, vendorCode },
});

type KeptUnknown = Pick<VendorError, 'message' | 'vendorStatus' | 'vendorCode'> & {
  readonly probe: string;
  readonly instance: string | null;
};

function tellUnknown(registry: Registry, kept: KeptUnknown): OutcomeUnknownError {
  const { message, probe, instance, vendorStatus, vendorCode } = kept;
  const error = new OutcomeUnknownError(message, probe, {
    status: vendorStatus ?? undefined,
    code: vendorCode ?? undefined,
  });
  error.instance = instance === null ? null : findInstance(registry, instance);
  return error;
}

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
    return isUnknown(outcome.error) ? keepUnknown(outcome.error) : null;
  },
  tell: async ({ id, warnings, unknown }) => {
    if (unknown) throw tellUnknown(registry, unknown as KeptUnknown);
    try {
      return { connection: await tellConnection(registry, id as string), warnings: warnings as Warning[] };
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      const message = 'What was written under this key has been deleted since; take a new key to write it again.';
      throw new ValidationError([issue(['input', 'idempotencyKey'], 'INVALID', message)]);
    }
  },
});
