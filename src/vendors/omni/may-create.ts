// Finds out whether the key may create connections at Omni.
import type { Call } from '../../domain/instance.ts';
import type { VendorClient } from '../instance-api.ts';
import { sendAndParse } from '../send-and-parse.ts';
import { readRefusal } from './errors.ts';
import { omniIdentityWire } from './wire.ts';

/**
 * Returns whether the key is that of an organization, or of an Organization Admin: others may not create connections.
 * @throws VendorError, also for an Omni from before mid-2026, which does not tell.
 */
export async function mayCreate(client: VendorClient, { signal }: Call): Promise<boolean> {
  const { keyScope, orgRole } = await sendAndParse(client, {
    request: { kind: 'read', method: 'GET', path: '/v1/whoami', signal },
    wire: omniIdentityWire,
    refusal: readRefusal,
  });
  return keyScope === 'organization' || orgRole === 'ORG_ADMIN';
}
