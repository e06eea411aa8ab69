// Reads connections from Looker.
import type { Connection } from '../../domain/connection.ts';
import { PermissionError, VendorUnavailableError } from '../../domain/errors.ts';
import type { Call, ConnectionList, ListCall } from '../../domain/instance.ts';
import type { VendorReply } from '../auth.ts';
import {
  sendAndParse,
  sendAndParseList,
  sendAndParseOrNull,
  statusToError,
  type RequestContext,
} from '../send-and-parse.ts';
import { connectionPath, type VendorClient } from '../instance-api.ts';
import { FIELDS_WITHOUT_DETAILS, fromWireWithoutDetails } from './lists/rows-without-details.ts';
import { fromWire } from './from-wire.ts';
import { lookerConnectionWire, lookerListWire, lookerNotFoundWire, type LookerConnectionWire } from './wire.ts';

const listOf = (
  client: VendorClient,
  { signal, known }: ListCall,
  query: Readonly<Record<string, string>>,
  toConnection: (row: LookerConnectionWire) => Connection,
): Promise<ConnectionList | 'unchanged'> =>
  sendAndParseList(client, {
    request: { kind: 'list', method: 'GET', path: client.path, query, signal, known },
    wire: lookerListWire.transform((rows) => rows.map(toConnection)),
  });

/** The instances that refuse a list of some fields. They are asked for whole rows. */
const refusesFields = new WeakSet<VendorClient>();

/** Returns whether an answer may be the refusal of the query, such as that of an older Looker to a field that it does not know. */
const isRefusedQuery = (error: unknown): boolean =>
  error instanceof VendorUnavailableError && [400, 422].includes(error.vendorStatus ?? 0);

/**
 * Returns all connections, or `unchanged` where the list still has the version of the call. Without details it asks for about a quarter
 * of the fields.
 * @throws VendorError
 */
export async function list(client: VendorClient, call: ListCall): Promise<ConnectionList | 'unchanged'> {
  if (!call.withoutDetails || refusesFields.has(client)) return listOf(client, call, {}, fromWire);
  try {
    return await listOf(client, call, { fields: FIELDS_WITHOUT_DETAILS }, fromWireWithoutDetails);
  } catch (error) {
    if (!isRefusedQuery(error)) throw error;
    refusesFields.add(client);
    return listOf(client, { ...call, known: undefined }, {}, fromWire);
  }
}

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

/** Returns the error of a refused check. Looker also answers 404 to a user who may not see connections. */
const checkRefusal = (answer: VendorReply, context: RequestContext): Error =>
  answer.status === 404 && lookerNotFoundWire.safeParse(answer.json).success
    ? new PermissionError(`${context.label} does not show its connections to the gateway.`, { status: 404 })
    : statusToError(answer, context);

/** Checks address and credentials by a list of names. @throws VendorError */
export async function check(client: VendorClient, { signal }: Call): Promise<void> {
  await sendAndParse(client, {
    request: { kind: 'list', method: 'GET', path: client.path, query: { fields: 'name' }, signal },
    wire: lookerListWire,
    refusal: checkRefusal,
  });
}
