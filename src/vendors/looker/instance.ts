// Builds the API of one Looker instance.
import type { InstanceApi } from '../../domain/instance.ts';
import { createAuthenticatedSend, isUnauthorized } from '../auth.ts';
import { createInstanceApi, type VendorClient } from '../instance-api.ts';
import type { AdapterContext } from '../define-vendor.ts';
import { createAuth, type LookerCredentials } from './auth.ts';
import { create } from './create.ts';
import { remove } from './delete.ts';
import { vendorTextIn } from './errors.ts';
import { mayCreate } from './may-create.ts';
import { check, get, list } from './read.ts';
import { testSaved, testUnsaved } from './test-connection.ts';
import { update } from './update.ts';

/** Connects the Looker adapter to the instance in `settings`. */
export function connect({ settings, http, label }: AdapterContext<LookerCredentials>): InstanceApi {
  const auth = createAuth(http, settings, label);
  const client: VendorClient = {
    send: createAuthenticatedSend(http, auth, isUnauthorized, vendorTextIn),
    label,
    path: '/connections',
    deadline: (kind) => http.deadline(kind),
  };
  return createInstanceApi(client, {
    canListWithoutDetails: true,
    list,
    get,
    check,
    mayCreate,
    create,
    update,
    remove,
    testSaved,
    testUnsaved,
  });
}
