// Reads connections from Looker.
import type { Connection } from '../../domain/connection.ts';
import type { Call, ConnectionList, ListCall } from '../../domain/instance.ts';
import { sendAndParse, sendAndParseList, sendAndParseOrNull } from '../send-and-parse.ts';
import { connectionPath, type VendorClient } from '../instance-api.ts';
import { fromWire } from './from-wire.ts';
import { lookerConnectionWire, lookerListWire, type LookerConnectionWire } from './wire.ts';

/** Returns all connections, or `unchanged` where the list still has the ETag of the call. @throws VendorError */
export const list = async (client: VendorClient, { signal, etag }: ListCall): Promise<ConnectionList | 'unchanged'> =>
  sendAndParseList(client, {
    request: { kind: 'list', method: 'GET', path: client.path, signal, ifNoneMatch: etag },
    wire: lookerListWire.transform((rows) => rows.map(fromWire)),
  });

/** Returns the DBConnection of a name; null where Looker has none. @throws VendorError */
export const readRow = async (
  client: VendorClient,
  name: string,
  { signal, deadline }: Call,
): Promise<LookerConnectionWire | null> =>
  sendAndParseOrNull(client, {
    request: { kind: 'read', method: 'GET', path: connectionPath(client, name), signal, deadline },
    wire: lookerConnectionWire,
  });

/** Returns the connection of a name; null where Looker has none. @throws VendorError */
export async function get(client: VendorClient, name: string, call: Call): Promise<Connection | null> {
  const row = await readRow(client, name, call);
  return row && fromWire(row);
}

/** Checks address and credentials by a list of names. @throws VendorError */
export async function check(client: VendorClient, { signal }: Call): Promise<void> {
  await sendAndParse(client, {
    request: { kind: 'list', method: 'GET', path: client.path, query: { fields: 'name' }, signal },
    wire: lookerListWire,
  });
}
