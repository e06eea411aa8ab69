// What the mutations did to the secrets of connections, for the audit.
import { sentSecrets, type SecretChange } from '../../domain/audit-entry.ts';
import type { WrittenConnection } from '../../services/create-connection.ts';
import { isStoredAfter } from '../../services/written-secret-statuses.ts';

/** An input of a create or an update, with the settings of one connection. */
interface Settings {
  readonly config?: object | null | undefined;
  readonly options?: object | null | undefined;
}

/** Returns the path of a secret of a create or an update as `Connection.secrets` has it. An update wraps new values in `replace`. */
const pathOf = (path: string): string =>
  path
    .split('.')
    .filter((step) => step !== 'replace')
    .join('.');

/** Returns the secrets that a create or an update set. @param isFresh whether the connection is new. */
export function secretsSetBy(
  { connection, warnings }: WrittenConnection,
  { config, options }: Settings,
  isFresh: boolean,
): SecretChange {
  const isStored = isStoredAfter(warnings);
  const sent = [...sentSecrets(config, 'config'), ...sentSecrets(options, 'options')].map(({ path }) => pathOf(path));
  return {
    connection: connection.id,
    set: sent.filter((path) => isStored(['input', ...path.split('.')])),
    isFresh,
  };
}
