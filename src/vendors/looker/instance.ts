// Builds the API of one Looker instance.
import type { InstanceApi } from '../../domain/instance.ts';
import { createSend } from '../auth.ts';
import { createInstanceApi, type VendorClient } from '../instance-api.ts';
import type { AdapterContext } from '../define-vendor.ts';
import { createAuth, type LookerCredentials } from './auth.ts';
import { create } from './create.ts';
import { remove } from './delete.ts';
import { wordsIn } from './errors.ts';
import { check, get, list } from './read.ts';
import { testSaved, testUnsaved } from './test-connection.ts';
import { update } from './update.ts';

/** Returns the API of the instance that the settings describe. */
export function connect({ settings, http, label }: AdapterContext<LookerCredentials>): InstanceApi {
  const auth = createAuth(http, settings, label);
  const client: VendorClient = {
    send: createSend(http, auth, ({ status }) => status === 401, wordsIn),
    label,
    path: '/connections',
    deadline: (kind) => http.deadline(kind),
  };
  return createInstanceApi(client, { list, get, check, create, update, remove, testSaved, testUnsaved });
}
