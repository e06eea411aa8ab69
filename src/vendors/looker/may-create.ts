// Finds out whether the user of the API key may create connections at Looker.
import type { Call } from '../../domain/instance.ts';
import type { VendorClient } from '../instance-api.ts';
import { sendAndParse } from '../send-and-parse.ts';
import { lookerRightsWire } from './wire.ts';

/** Returns what the listed connections say of the user's right to create; null when none says it. @throws VendorError */
export async function mayCreate(client: VendorClient, { signal }: Call): Promise<boolean | null> {
  const rows = await sendAndParse(client, {
    request: { kind: 'list', method: 'GET', path: client.path, query: { fields: 'can' }, signal },
    wire: lookerRightsWire,
  });
  const rights = rows.flatMap(({ can }) => can?.create ?? []);
  return rights.length === 0 ? null : rights.includes(true);
}
