// Deletes connections at Credible.
import type { RemoveResult } from '../../domain/connection.ts';
import type { Call } from '../../domain/instance.ts';
import { sendAndParseOrNull, readNoContentAs } from '../send-and-parse.ts';
import { connectionPath, READ_AGAIN, type VendorClient } from '../instance-api.ts';
import { credibleRemovedWire } from './wire.ts';

/** Deletes the connection for good. Returns null when it does not exist. @throws VendorError */
export async function remove(client: VendorClient, name: string, { deadline }: Call): Promise<RemoveResult | null> {
  return sendAndParseOrNull(readNoContentAs(client, { message: '' }), {
    request: { kind: 'write', method: 'DELETE', path: connectionPath(client, name), deadline },
    wire: credibleRemovedWire.transform(() => ({ archived: false })),
    verifyOutcome: READ_AGAIN,
  });
}
