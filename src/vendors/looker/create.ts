// Creates a connection at Looker.
import type { Draft, WriteResult } from '../../domain/connection.ts';
import type { Call } from '../../domain/instance.ts';
import { sendAndParse } from '../send-and-parse.ts';
import type { VendorClient } from '../instance-api.ts';
import { createRefusal } from './errors.ts';
import { fromWire } from './from-wire.ts';
import { warningsFor } from './review.ts';
import { toWire } from './to-wire.ts';
import { lookerConnectionWire } from './wire.ts';

/** Creates a connection and returns it. @throws ValidationError, ConflictError, VendorError */
export async function create(client: VendorClient, draft: Draft, { deadline }: Call): Promise<WriteResult> {
  const name = draft.name.toLowerCase();
  const row = await sendAndParse(client, {
    request: { kind: 'write', method: 'POST', path: client.path, body: { json: toWire(draft) }, deadline },
    wire: lookerConnectionWire,
    verifyOutcome: `Look for a connection named ${name} before you try again.`,
    refusal: (answer, context) => createRefusal(answer, context, draft),
  });
  return { connection: fromWire(row), warnings: warningsFor(draft) };
}
