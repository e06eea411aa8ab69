// Changes connections at Chartbrew: one request for the settings, and one for certificates and keys.
import type { Connection, Patch, WriteResult } from '../../domain/connection.ts';
import type { Call } from '../../domain/instance.ts';
import { sendAndParseOrNull } from '../send-and-parse.ts';
import { connectionPath, READ_AGAIN, type VendorClient } from '../instance-api.ts';
import { updateRefusal } from './errors.ts';
import { uploadFiles, uploadRequest } from './files/upload-files.ts';
import { fromWire } from './from-wire.ts';
import { warningsForUpdate } from './review.ts';
import { filesToWire, patchToDraft, patchToWire, type Files } from './to-wire.ts';
import { chartbrewConnectionWire } from './wire.ts';

/** Uploads the files of an update that changes nothing else; null when the connection does not exist. */
async function updateFilesOnly(
  client: VendorClient,
  current: Connection,
  files: Files | null,
  deadline: AbortSignal,
): Promise<Connection | null> {
  if (!files) return current;
  const row = await sendAndParseOrNull(client, uploadRequest(client, current.vendorId, files, deadline));
  return row && fromWire(row);
}

/** Changes the connection and returns it as Chartbrew reports it; null when it does not exist. @throws ValidationError, VendorError */
export async function update(
  client: VendorClient,
  patch: Patch,
  { deadline = client.deadline('write') }: Call,
): Promise<WriteResult | null> {
  const [json, files] = [patchToWire(patch), filesToWire(patchToDraft(patch))];
  // Chartbrew fails on a PUT that has no fields.
  if (Object.keys(json).length === 0) {
    const connection = await updateFilesOnly(client, patch.current, files, deadline);
    return connection && { connection, warnings: warningsForUpdate(patch) };
  }
  const path = connectionPath(client, patch.current.vendorId);
  const row = await sendAndParseOrNull(client, {
    request: { kind: 'write', method: 'PUT', path, body: { json }, atDeadline: 'continue', deadline },
    wire: chartbrewConnectionWire,
    verifyOutcome: READ_AGAIN,
    refusal: (answer, context) => updateRefusal(answer, context, patch),
  });
  if (!row) return null;
  const { connection, warnings } = await uploadFiles(client, fromWire(row), 'changed', files, deadline);
  return { connection, warnings: [...warnings, ...warningsForUpdate(patch)] };
}
