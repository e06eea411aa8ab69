// Creates connections at Chartbrew: one request for the settings, and one for certificates and keys.
import type { Draft, WriteResult } from '../../domain/connection.ts';
import type { Call } from '../../domain/instance.ts';
import { sendAndParse } from '../send-and-parse.ts';
import type { VendorClient } from '../instance-api.ts';
import { createRefusal } from './errors.ts';
import { uploadFiles } from './files/upload-files.ts';
import { fromWire } from './from-wire.ts';
import { warningsFor } from './review.ts';
import { filesToWire, toWire } from './to-wire.ts';
import { chartbrewConnectionWire } from './wire.ts';

/** Creates the connection and returns it as Chartbrew reports it. @throws ValidationError, VendorError */
export async function create(
  client: VendorClient,
  draft: Draft,
  { deadline = client.deadline('write') }: Call,
): Promise<WriteResult> {
  const row = await sendAndParse(client, {
    request: { kind: 'write', method: 'POST', path: client.path, body: { json: toWire(draft) }, deadline },
    wire: chartbrewConnectionWire,
    verifyOutcome: `Look for a new connection named ${draft.name} before you try again.`,
    refusal: (answer, context) => createRefusal(answer, context, draft),
  });
  const { connection, warnings } = await uploadFiles(client, fromWire(row), 'created', filesToWire(draft), deadline);
  return { connection, warnings: [...warnings, ...warningsFor(draft)] };
}
