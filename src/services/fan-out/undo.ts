// Takes back what was created: deletes it, and says what is not certain.
import type { LocatedConnection, Call } from '../../domain/instance.ts';
import { OutcomeUnknownError, PermissionError, UnsupportedError, VendorError } from '../../domain/errors.ts';
import { removeConnection } from '../delete-connection.ts';
import type { Reads } from '../reads.ts';
import { callInstance } from '../registry.ts';
import type { Compensation } from './outcome.ts';

type Report = (failure: unknown) => void;

/** A vendor may say of what it does not let one delete that it is not there (Looker): so it is looked at once more. */
async function afterNotFound({ instance, vendorId }: LocatedConnection, call: Call, report: Report) {
  try {
    const found = await callInstance(instance, () => instance.api.get(vendorId, call));
    if (!found || found.deletedAt) return { status: 'DELETED', error: null } as const;
    const message = `${instance.label} says that there is nothing to delete, but has it; it may not let the gateway delete.`;
    const error = new PermissionError(message, { status: 404 });
    error.instance = instance;
    report(error);
    return { status: 'FAILED', error } as const;
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    report(error);
    return { status: 'UNKNOWN', error } as const;
  }
}

/** Whatever the vendor does is said; it has its own time, since what is left half done is worse than a late answer. */
export async function undo(reads: Reads, created: LocatedConnection, report: Report): Promise<Compensation> {
  const { instance } = created;
  if (!instance.api.remove) return { status: 'UNSUPPORTED', error: null };
  const call = { deadline: instance.deadline('write') };
  try {
    const removed = await removeConnection(reads, created, call);
    return removed ? { status: 'DELETED', error: null } : await afterNotFound(created, call, report);
  } catch (error) {
    if (error instanceof UnsupportedError) return { status: 'UNSUPPORTED', error: null };
    if (!(error instanceof VendorError)) throw error;
    report(error);
    // Of the errors that a compensation can hold none says that nobody knows; its status does.
    return error instanceof OutcomeUnknownError ? { status: 'UNKNOWN', error: null } : { status: 'FAILED', error };
  }
}
