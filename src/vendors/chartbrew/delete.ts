// Deletes connections at Chartbrew.
import type { RemoveResult } from '../../domain/connection.ts';
import type { Call } from '../../domain/instance.ts';
import { sendAndParseOrNull } from '../send-and-parse.ts';
import { connectionPath, READ_AGAIN, type VendorClient } from '../instance-api.ts';
import { chartbrewRemovedWire } from './wire.ts';

/** Deletes the connection for good. Returns null when it does not exist. @throws VendorError */
export async function remove(client: VendorClient, vendorId: string, { deadline }: Call): Promise<RemoveResult | null> {
  // The request has no query `removeDatasets`: Chartbrew deletes the datasets of the connection when the request has this query, whatever its value.
  const path = connectionPath(client, vendorId);
  const removed = await sendAndParseOrNull(client, {
    request: { kind: 'write', method: 'DELETE', path, atDeadline: 'continue', deadline },
    wire: chartbrewRemovedWire,
    verifyOutcome: READ_AGAIN,
  });
  return removed && { archived: false };
}
