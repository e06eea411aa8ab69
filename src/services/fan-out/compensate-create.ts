// Compensates a create: deletes the created connection and returns what became of it.
import type { Call } from '../../domain/instance.ts';
import { OutcomeUnknownError, PermissionError, UnsupportedError, VendorError } from '../../domain/errors.ts';
import { removeConnection } from '../delete-connection.ts';
import type { CachedReads } from '../cached-reads.ts';
import type { ConnectionLocation } from '../registry.ts';
import { callInstance } from '../call-instance.ts';
import type { ReportFailure } from '../failure-report.ts';
import type { Compensation } from './fan-out-outcome.ts';

/** Reads the connection after its delete was answered with 404, because Looker answers so also when it forbids the delete. */
async function verifyNotFound(
  { instance, vendorId }: ConnectionLocation,
  call: Call,
  report: ReportFailure,
): Promise<Compensation> {
  try {
    const found = await callInstance(instance, () => instance.api.get(vendorId, call));
    if (!found || found.deletedAt) return { status: 'DELETED', error: null };
    const message = `${instance.label} answered that there is nothing to delete, but the connection still exists. The credentials may not be allowed to delete it.`;
    const error = new PermissionError(message, { status: 404 });
    error.instance = instance;
    report(error);
    return { status: 'FAILED', error };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    report(error);
    return { status: 'UNKNOWN', error };
  }
}

/**
 * Deletes a created connection. The delete has a deadline of its own: a late answer is better than a connection that stays at the vendor.
 * @throws only for a bug.
 */
export async function compensateCreate(
  reads: CachedReads,
  created: ConnectionLocation,
  report: ReportFailure,
): Promise<Compensation> {
  const { instance } = created;
  if (!instance.api.remove) return { status: 'UNSUPPORTED', error: null };
  const call = { deadline: instance.deadline('write') };
  try {
    const removed = await removeConnection(reads, created, call);
    return removed ? { status: 'DELETED', error: null } : await verifyNotFound(created, call, report);
  } catch (error) {
    if (error instanceof UnsupportedError) return { status: 'UNSUPPORTED', error: null };
    if (!(error instanceof VendorError)) throw error;
    report(error);
    // The schema's compensation errors do not include an unknown outcome; the status says it.
    return error instanceof OutcomeUnknownError ? { status: 'UNKNOWN', error: null } : { status: 'FAILED', error };
  }
}
