// Reads connections from Omni.
import type { Connection } from '../../domain/connection.ts';
import type { Call, ConnectionList, ListCall } from '../../domain/instance.ts';
import type { HttpRequest } from '../../http/request.ts';
import { sendAndParse, sendAndParseList, sendAndParseOrNull } from '../send-and-parse.ts';
import { connectionPath, type VendorClient } from '../instance-api.ts';
import { isUnknownMethod, readRefusal } from './errors.ts';
import { fromWire } from './from-wire.ts';
import { omniListWire, omniOneWire } from './wire.ts';

const listRequest = ({ path }: VendorClient, { signal, deadline, known, includeDeleted }: ListCall) => {
  const query = includeDeleted ? { includeDeleted: 'true' } : undefined;
  return {
    request: { kind: 'list', method: 'GET', path, query, signal, deadline, known },
    wire: omniListWire.transform(({ connections }) => connections.map(fromWire)),
    refusal: readRefusal,
  } as const;
};

/** Returns all connections, or `unchanged` when the list still has the version of the call. @throws VendorError */
export const list = async (client: VendorClient, call: ListCall): Promise<ConnectionList | 'unchanged'> =>
  sendAndParseList(client, listRequest(client, call));

/** Returns a client that reads the answer of an Omni without the operation as 404. */
const unknownMethodAsNotFound = (client: VendorClient): VendorClient => ({
  ...client,
  send: async (request: HttpRequest) => {
    const answer = await client.send(request);
    return isUnknownMethod(answer) ? { ...answer, status: 404 } : answer;
  },
});

/**
 * Returns one connection by its id; null when there is none.
 * An Omni from before mid-2026 cannot read one connection, and a new connection may be in the list before it can be read. So
 * the list is read where the connection is not found.
 * @throws VendorError
 */
export async function get(client: VendorClient, id: string, call: Call): Promise<Connection | null> {
  const { signal, deadline = client.deadline('read') } = call;
  const answer = await sendAndParseOrNull(unknownMethodAsNotFound(client), {
    request: { kind: 'read', method: 'GET', path: connectionPath(client, id), signal, deadline },
    wire: omniOneWire,
    refusal: readRefusal,
  });
  if (answer) return fromWire(answer.connection);
  const rows = await sendAndParse(client, listRequest(client, { signal, deadline, includeDeleted: true }));
  return rows.find(({ vendorId }) => vendorId === id) ?? null;
}

/** Checks the address and the key with a search that finds no connection. @throws VendorError */
export async function check(client: VendorClient, { signal }: Call): Promise<void> {
  const query = { name: 'patchbay-health-check' };
  const request = { kind: 'list', method: 'GET', path: client.path, query, signal } as const;
  await sendAndParse(client, { request, wire: omniListWire, refusal: readRefusal });
}
