// Deletes connections at Omni, which moves them to its trash.
import type { RemoveResult } from '../../domain/connection.ts';
import type { Call } from '../../domain/instance.ts';
import { sendAndParseOrNull } from '../send-and-parse.ts';
import { connectionPath, READ_AGAIN, type VendorClient } from '../instance-api.ts';
import { removeRefusal } from './errors.ts';
import { omniDoneWire } from './wire.ts';

/** Moves the connection to Omni's trash. Returns null when it does not exist. @throws VendorError, UnsupportedError */
export const remove = async (client: VendorClient, id: string, { deadline }: Call): Promise<RemoveResult | null> =>
  sendAndParseOrNull(client, {
    request: { kind: 'write', method: 'DELETE', path: connectionPath(client, id), deadline },
    wire: omniDoneWire.transform(() => ({ archived: true })),
    verifyOutcome: READ_AGAIN,
    refusal: removeRefusal,
  });
