// Builds the API of one Credible instance: an organization with a project.
import type { InstanceApi } from '../../domain/instance.ts';
import { createSend } from '../auth.ts';
import { createInstanceApi } from '../instance-api.ts';
import type { AdapterContext } from '../define-vendor.ts';
import { createAuth, type CredibleCredentials } from './auth.ts';
import { create } from './create.ts';
import { remove } from './delete.ts';
import { wordsIn } from './errors.ts';
import { check, get, list } from './read.ts';
import { testUnsaved } from './test-connection.ts';
import { update } from './update.ts';

interface CredibleSettings extends CredibleCredentials {
  readonly organization: string;
  readonly project: string;
}

/** Returns the API of the instance that the settings describe. */
export function connect({ settings, http, label }: AdapterContext<CredibleSettings>): InstanceApi {
  const send = createSend(http, createAuth(settings), ({ status }) => status === 401, wordsIn);
  const path = `/organizations/${settings.organization}/projects/${settings.project}/connections`;
  const client = { send, label, path, deadline: http.deadline };
  return createInstanceApi(client, { list, get, check, create, update, remove, testUnsaved });
}
