// Finds out whether the API key may create connections at Chartbrew.
import { PermissionError } from '../../domain/errors.ts';
import type { Call } from '../../domain/instance.ts';
import type { VendorClient } from '../instance-api.ts';
import { sendAndParse } from '../send-and-parse.ts';
import { chartbrewKeysWire } from './wire.ts';

/**
 * Returns whether the user of the key is an owner or an admin of the team. Only they may create connections, and only they may list the
 * API keys of the team.
 * @throws VendorError
 */
export async function mayCreate(client: VendorClient, { signal }: Call): Promise<boolean> {
  const path = client.path.replace(/connections$/, 'apikey');
  try {
    await sendAndParse(client, { request: { kind: 'read', method: 'GET', path, signal }, wire: chartbrewKeysWire });
    return true;
  } catch (error) {
    if (error instanceof PermissionError) return false;
    throw error;
  }
}
