// Changes connections at Omni.
import type { Patch, WriteResult } from '../../domain/connection.ts';
import type { Call } from '../../domain/instance.ts';
import { sendAndParseOrNull } from '../send-and-parse.ts';
import { connectionPath, READ_AGAIN, type VendorClient } from '../instance-api.ts';
import { updateRefusal } from './errors.ts';
import { fromPatch } from './from-wire.ts';
import { readBack } from './read-back/read-back.ts';
import { warningsForUpdate } from './review.ts';
import { patchToWire } from './to-wire.ts';
import { omniDoneWire } from './wire.ts';

/**
 * Changes the connection and returns it as Omni reports it; null when it does not exist.
 * @throws ValidationError, VendorError
 */
export async function update(client: VendorClient, patch: Patch, call: Call): Promise<WriteResult | null> {
  const { deadline = client.deadline('write') } = call;
  const path = connectionPath(client, patch.current.vendorId);
  const answer = await sendAndParseOrNull(client, {
    request: { kind: 'write', method: 'PATCH', path, body: { json: patchToWire(patch) }, deadline },
    wire: omniDoneWire,
    verifyOutcome: READ_AGAIN,
    refusal: (reply, context) => updateRefusal(reply, context, patch),
  });
  if (!answer) return null;
  const message =
    'Omni changed the connection, but it could not be read afterwards. The answer contains the values from before with the changes.';
  const { connection, warnings } = await readBack(client, fromPatch(patch), deadline, message);
  return { connection, warnings: [...warningsForUpdate(patch), ...warnings] };
}
