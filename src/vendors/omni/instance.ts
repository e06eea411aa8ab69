// Builds the API of one Omni instance. Omni has no test of connections.
import type { InstanceApi } from '../../domain/instance.ts';
import { createSend } from '../auth.ts';
import { createInstanceApi, type VendorClient } from '../instance-api.ts';
import type { AdapterContext } from '../define-vendor.ts';
import { createAuth, type OmniCredentials } from './auth.ts';
import { create } from './create.ts';
import { remove } from './delete.ts';
import { isCredentialRefusal, wordsIn } from './errors.ts';
import { check, get, list } from './read.ts';
import { update } from './update.ts';

/** Returns the API of the instance that the settings describe. */
export function connect({ settings, http, label }: AdapterContext<OmniCredentials>): InstanceApi {
  const client: VendorClient = {
    send: createSend(http, createAuth(settings), isCredentialRefusal, wordsIn),
    label,
    path: '/v1/connections',
    deadline: (kind) => http.deadline(kind),
  };
  return createInstanceApi(client, { list, get, check, create, update, remove });
}
