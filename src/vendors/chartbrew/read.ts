// Reads connections from Chartbrew.
import type { Connection } from '../../domain/connection.ts';
import type { Call, ConnectionList, ListCall } from '../../domain/instance.ts';
import { sendAndParse, sendAndParseList, sendAndParseOrNull } from '../send-and-parse.ts';
import { connectionPath, type VendorClient } from '../instance-api.ts';
import { fromWire } from './from-wire.ts';
import { chartbrewConnectionWire, chartbrewListWire } from './wire.ts';

/** Returns all connections of the team, or `unchanged` when the list still has the version of the call. @throws VendorError */
export async function list(client: VendorClient, { signal, known }: ListCall): Promise<ConnectionList | 'unchanged'> {
  const request = { kind: 'list', method: 'GET', path: client.path, signal, known } as const;
  return sendAndParseList(client, { request, wire: chartbrewListWire.transform((rows) => rows.map(fromWire)) });
}

/** Returns one connection by its id; null when there is none. @throws VendorError */
export async function get(
  client: VendorClient,
  vendorId: string,
  { signal, deadline }: Call,
): Promise<Connection | null> {
  const path = connectionPath(client, vendorId);
  const request = { kind: 'read', method: 'GET', path, signal, deadline, atDeadline: 'continue' } as const;
  const row = await sendAndParseOrNull(client, { request, wire: chartbrewConnectionWire });
  return row && fromWire(row);
}

/** Checks the address and the credentials with a list. @throws VendorError */
export async function check(client: VendorClient, { signal }: Call): Promise<void> {
  const request = { kind: 'list', method: 'GET', path: client.path, signal } as const;
  await sendAndParse(client, { request, wire: chartbrewListWire });
}
