// Deletes a connection at Looker.
import type { RemoveResult } from '../../domain/connection.ts';
import type { Call } from '../../domain/instance.ts';
import { sendAndParseOrNull, readNoContentAs } from '../send-and-parse.ts';
import { connectionPath, READ_AGAIN, type VendorClient } from '../instance-api.ts';
import { lookerRemovedWire } from './wire.ts';

/** Deletes a connection; returns null where Looker has none of this name. @throws VendorError */
export const remove = async (client: VendorClient, name: string, { deadline }: Call): Promise<RemoveResult | null> =>
  sendAndParseOrNull(readNoContentAs(client, ''), {
    request: { kind: 'write', method: 'DELETE', path: connectionPath(client, name), deadline },
    wire: lookerRemovedWire.transform(() => ({ archived: false })),
    verifyOutcome: READ_AGAIN,
  });
