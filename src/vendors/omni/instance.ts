// Builds the API of one Omni instance. Omni has no test of connections.
import type { InstanceApi } from '../../domain/instance.ts';
import { createAuthenticatedSend } from '../auth.ts';
import { createInstanceApi, type VendorClient } from '../instance-api.ts';
import type { AdapterContext } from '../define-vendor.ts';
import { createAuth, type OmniCredentials } from './auth.ts';
import { create } from './create.ts';
import { remove } from './delete.ts';
import { isCredentialRefusal, vendorTextIn } from './errors.ts';
import { mayCreate } from './may-create.ts';
import { check, get, list } from './read.ts';
import { update } from './update.ts';

/** Connects the Omni adapter to the instance in `settings`. */
export function connect({ settings, http, label }: AdapterContext<OmniCredentials>): InstanceApi {
  const client: VendorClient = {
    send: createAuthenticatedSend(http, createAuth(settings), isCredentialRefusal, vendorTextIn),
    label,
    path: '/v1/connections',
    deadline: (kind) => http.deadline(kind),
  };
  return createInstanceApi(client, { list, get, check, mayCreate, create, update, remove });
}
