// Deletes a connection at Looker.
import type { Removed } from '../../domain/connection.ts';
import type { Call } from '../../domain/vendor.ts';
import { askOrNull, readNoContentAs } from '../ask.ts';
import { connectionPath, READ_AGAIN, type VendorClient } from '../client.ts';
import { lookerRemovedWire } from './wire.ts';

/** Deletes a connection; returns null where Looker has none of this name. @throws VendorError */
export const remove = async (client: VendorClient, name: string, { deadline }: Call): Promise<Removed | null> =>
  askOrNull(readNoContentAs(client, ''), {
    request: { kind: 'write', method: 'DELETE', path: connectionPath(client, name), deadline },
    wire: lookerRemovedWire.transform(() => ({ archived: false })),
    verifyOutcome: READ_AGAIN,
  });
