// Builds the API of one Chartbrew instance: a team.
import type { Credential } from '../../secrets/credential.ts';
import type { InstanceApi } from '../../domain/instance.ts';
import { createSend } from '../auth.ts';
import { createInstanceApi, type VendorClient } from '../instance-api.ts';
import type { AdapterContext } from '../define-vendor.ts';
import { createAuth } from './auth.ts';
import { create } from './create.ts';
import { remove } from './delete.ts';
import { wordsIn } from './errors.ts';
import { check, get, list } from './read.ts';
import { testSaved, testUnsaved } from './test-connection.ts';
import { update } from './update.ts';

interface ChartbrewSettings {
  readonly teamId: number;
  readonly apiKey: Credential;
}

/** Returns the API of the instance that the settings describe. */
export function connect({ settings, http, label }: AdapterContext<ChartbrewSettings>): InstanceApi {
  const client: VendorClient = {
    send: createSend(http, createAuth(settings), ({ status }) => status === 401, wordsIn),
    label,
    path: `/team/${settings.teamId}/connections`,
    deadline: (kind) => http.deadline(kind),
  };
  return createInstanceApi(client, { list, get, check, create, update, remove, testSaved, testUnsaved });
}
