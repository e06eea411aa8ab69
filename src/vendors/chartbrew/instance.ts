// Builds the API of one Chartbrew instance: a team.
import type { Credential } from '../../secrets/credential.ts';
import type { InstanceApi } from '../../domain/instance.ts';
import { createAuthenticatedSend, isUnauthorized } from '../auth.ts';
import { createInstanceApi, type VendorClient } from '../instance-api.ts';
import type { AdapterContext } from '../define-vendor.ts';
import { createAuth } from './auth.ts';
import { create } from './create.ts';
import { remove } from './delete.ts';
import { vendorTextIn } from './errors.ts';
import { mayCreate } from './may-create.ts';
import { check, get, list } from './read.ts';
import { testSaved, testUnsaved } from './test-connection.ts';
import { update } from './update.ts';

interface ChartbrewSettings {
  readonly teamId: number;
  readonly apiKey: Credential;
}

/** Connects the Chartbrew adapter to the instance in `settings`. */
export function connect({ settings, http, label }: AdapterContext<ChartbrewSettings>): InstanceApi {
  const client: VendorClient = {
    send: createAuthenticatedSend(http, createAuth(settings), isUnauthorized, vendorTextIn),
    label,
    path: `/team/${settings.teamId}/connections`,
    deadline: (kind) => http.deadline(kind),
  };
  return createInstanceApi(client, { list, get, check, mayCreate, create, update, remove, testSaved, testUnsaved });
}
