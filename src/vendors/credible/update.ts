// Changes connections at Credible. Credible replaces a connection's settings as a whole, so they are read before the write.
import type { Connection, Patch, WriteResult } from '../../domain/connection.ts';
import { ConflictError } from '../../domain/errors.ts';
import type { Call } from '../../domain/instance.ts';
import { sendAndParseOrNull } from '../send-and-parse.ts';
import { connectionPath, READ_AGAIN, type VendorClient } from '../instance-api.ts';
import { updateRefusal } from './errors.ts';
import { fromWire } from './from-wire.ts';
import { readRow } from './read.ts';
import { warningsForUpdate } from './review.ts';
import { patchToWire } from './to-wire.ts';
import { credibleConnectionWire, type CredibleConnectionWire } from './wire.ts';

const settingsOf = ({ dialect, config, withheld }: Connection): string => JSON.stringify([dialect, config, withheld]);

/**
 * Checks that the settings are still those that the patch was planned for.
 * @throws ConflictError when somebody else changed them in the meantime.
 */
function refuseConcurrentChange({ current }: Patch, row: CredibleConnectionWire): void {
  if (settingsOf(fromWire(row)) === settingsOf(current)) return;
  const message = 'Somebody else changed this connection at the same time; nothing was written. Read it and try again.';
  throw new ConflictError(message, null, 'CHANGED_MEANWHILE');
}

/**
 * Changes the connection and returns it as Credible reports it; null when it does not exist.
 * @throws ValidationError, VendorError, and ConflictError when somebody else changed the settings in the meantime.
 */
export async function update(client: VendorClient, patch: Patch, call: Call): Promise<WriteResult | null> {
  const { vendorId } = patch.current;
  const changesConfig = Object.keys(patch.config).length > 0;
  const stored = changesConfig ? await readRow(client, vendorId, call) : null;
  if (changesConfig && stored === null) return null;
  if (stored) refuseConcurrentChange(patch, stored);
  const body = { json: patchToWire(patch, stored) };
  const row = await sendAndParseOrNull(client, {
    request: { kind: 'write', method: 'PATCH', path: connectionPath(client, vendorId), body, deadline: call.deadline },
    wire: credibleConnectionWire,
    verifyOutcome: READ_AGAIN,
    refusal: (answer, context) => updateRefusal(answer, context, patch),
  });
  return row && { connection: fromWire(row), warnings: changesConfig ? warningsForUpdate(patch) : [] };
}
