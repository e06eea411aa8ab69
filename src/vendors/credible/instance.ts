// Builds the API of one Credible instance: an organization with a project.
import type { InstanceApi } from '../../domain/instance.ts';
import { createAuthenticatedSend, isUnauthorized } from '../auth.ts';
import { createInstanceApi } from '../instance-api.ts';
import type { AdapterContext } from '../define-vendor.ts';
import { createAuth, type CredibleCredentials } from './auth.ts';
import { create } from './create.ts';
import { remove } from './delete.ts';
import { vendorTextIn } from './errors.ts';
import { check, get, list } from './read.ts';
import { testUnsaved } from './test-connection.ts';
import { update } from './update.ts';

interface CredibleSettings extends CredibleCredentials {
  readonly organization: string;
  readonly project: string;
}

/** Connects the Credible adapter to the instance in `settings`. */
export function connect({ settings, http, label }: AdapterContext<CredibleSettings>): InstanceApi {
  const send = createAuthenticatedSend(http, createAuth(settings), isUnauthorized, vendorTextIn);
  const path = `/organizations/${settings.organization}/projects/${settings.project}/connections`;
  const client = { send, label, path, deadline: http.deadline };
  return createInstanceApi(client, { list, get, check, create, update, remove, testUnsaved });
}
