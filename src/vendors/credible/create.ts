// Creates connections at Credible.
import type { Draft, WriteResult } from '../../domain/connection.ts';
import type { Call } from '../../domain/instance.ts';
import { sendAndParse } from '../send-and-parse.ts';
import type { VendorClient } from '../instance-api.ts';
import { createRefusal } from './errors.ts';
import { fromWire } from './from-wire.ts';
import { toWire } from './to-wire.ts';
import { credibleConnectionWire } from './wire.ts';

/** Creates the connection and returns it as Credible reports it. @throws ValidationError, ConflictError, VendorError */
export async function create(client: VendorClient, draft: Draft, { deadline }: Call): Promise<WriteResult> {
  const row = await sendAndParse(client, {
    request: { kind: 'write', method: 'POST', path: client.path, body: { json: toWire(draft) }, deadline },
    wire: credibleConnectionWire,
    verifyOutcome: `Look for a connection named ${draft.name} before you try again.`,
    refusal: (answer, context) => createRefusal(answer, context, draft),
  });
  return { connection: fromWire(row), warnings: [] };
}
