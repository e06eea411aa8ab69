// Reads connections from Credible.
import type { Connection } from '../../domain/connection.ts';
import type { Call, ConnectionList, ListCall } from '../../domain/instance.ts';
import { sendAndParse, sendAndParseList, sendAndParseOrNull } from '../send-and-parse.ts';
import { connectionPath, type VendorClient } from '../instance-api.ts';
import { fromWire } from './from-wire.ts';
import { credibleConnectionWire, credibleListWire, type CredibleConnectionWire } from './wire.ts';

/** Returns all connections of the project, or `unchanged` when the list still has the version of the call. @throws VendorError */
export async function list(client: VendorClient, { signal, known }: ListCall): Promise<ConnectionList | 'unchanged'> {
  const request = { kind: 'list', method: 'GET', path: client.path, signal, known } as const;
  return sendAndParseList(client, { request, wire: credibleListWire.transform((rows) => rows.map(fromWire)) });
}

/** Returns the connection as Credible reports it; null when there is none. @throws VendorError */
export async function readRow(
  client: VendorClient,
  name: string,
  { signal, deadline }: Call,
): Promise<CredibleConnectionWire | null> {
  const request = { kind: 'read', method: 'GET', path: connectionPath(client, name), signal, deadline } as const;
  return sendAndParseOrNull(client, { request, wire: credibleConnectionWire });
}

/** Returns one connection by its name; null when there is none. @throws VendorError */
export async function get(client: VendorClient, name: string, call: Call): Promise<Connection | null> {
  const row = await readRow(client, name, call);
  return row && fromWire(row);
}

/** Checks the address and the credentials with a list. @throws VendorError */
export async function check(client: VendorClient, { signal }: Call): Promise<void> {
  const request = { kind: 'list', method: 'GET', path: client.path, signal } as const;
  await sendAndParse(client, { request, wire: credibleListWire });
}
