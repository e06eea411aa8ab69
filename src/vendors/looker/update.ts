// Changes a stored connection at Looker: one PATCH, a read before it where a change depends on what is stored, and a request of its
// own that removes an override.
import type { Connection, Patch, WriteResult } from '../../domain/connection.ts';
import { ValidationError, VendorError } from '../../domain/errors.ts';
import type { Call } from '../../domain/instance.ts';
import { sendAndParseOrNull } from '../send-and-parse.ts';
import { connectionPath, READ_AGAIN, type VendorClient } from '../instance-api.ts';
import { textOf } from '../read-values.ts';
import { needsStoredParams } from './derived/derived-on-update.ts';
import { updateRefusal } from './errors.ts';
import { fromWire } from './from-wire.ts';
import { OVERRIDE_NOT_REMOVED, removeOverride } from './pdt-override/remove-pdt-override.ts';
import { readRow } from './read.ts';
import { warningsForUpdate } from './review.ts';
import { reviewPatchSecrets } from './review/secret-rules.ts';
import { patchToWire } from './to-wire.ts';
import { lookerConnectionWire } from './wire.ts';

/** The result of the PATCH. */
interface Changed {
  readonly connection: Connection;
  /** False where there was nothing to send. */
  readonly isSent: boolean;
}

/** Sends the changed fields, if there are any; returns null where the connection no longer exists. */
async function sendPatch(client: VendorClient, patch: Patch, { deadline }: Call): Promise<Changed | null> {
  const { vendorId } = patch.current;
  const stored = needsStoredParams(patch) ? await readRow(client, vendorId, { deadline }) : undefined;
  if (stored === null) return null;
  const issues = reviewPatchSecrets(patch);
  if (issues.length > 0) throw new ValidationError(issues);
  const json = patchToWire(patch, textOf(stored?.['jdbc_additional_params']));
  if (Object.keys(json).length === 0) {
    return { connection: stored ? fromWire(stored) : patch.current, isSent: false };
  }
  const row = await sendAndParseOrNull(client, {
    request: { kind: 'write', method: 'PATCH', path: connectionPath(client, vendorId), body: { json }, deadline },
    wire: lookerConnectionWire,
    verifyOutcome: READ_AGAIN,
    refusal: (answer, context) => updateRefusal(answer, context, patch),
  });
  return row && { connection: fromWire(row), isSent: true };
}

/**
 * Changes a stored connection and returns it; returns null where it no longer exists.
 * @throws ValidationError, ConflictError, VendorError
 */
export async function update(client: VendorClient, patch: Patch, call: Call): Promise<WriteResult | null> {
  const changed = await sendPatch(client, patch, call);
  if (!changed) return null;
  const { connection, isSent } = changed;
  const warnings = warningsForUpdate(patch);
  if (patch.options['pdtOverride'] !== null) return { connection, warnings };
  try {
    if (!(await removeOverride(client, connection.vendorId, call))) return null;
    const details = () => ({ ...connection.details(), pdtOverride: null });
    return { connection: { ...connection, details }, warnings };
  } catch (error) {
    if (!isSent || !(error instanceof VendorError)) throw error;
    return { connection, warnings: [...warnings, OVERRIDE_NOT_REMOVED] };
  }
}
