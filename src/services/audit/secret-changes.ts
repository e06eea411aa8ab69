// What the mutations did to the secrets of connections, for the audit.
import type { SecretChange } from '../../domain/audit-entry.ts';
import type { WrittenConnection } from '../create-connection.ts';
import { isStoredAfter } from '../written-secret-statuses.ts';

/** Returns the path of a secret as `Connection.secrets` reports it: without `input`, the target of a fan-out, or the `replace` of an update. */
const pathOf = (path: string): string =>
  path
    .replace(/^input\.(?:targets\.\d+\.)?/, '')
    .split('.')
    .filter((step) => step !== 'replace')
    .join('.');

/**
 * Returns the secrets that a create or an update set.
 * @param sent the paths of the secrets in the input, starting with `input`.
 * @param isFresh whether the connection is new.
 */
export function secretsSetBy(
  { connection, warnings }: WrittenConnection,
  sent: readonly string[],
  isFresh: boolean,
): SecretChange {
  const isStored = isStoredAfter(warnings);
  const set = sent.map(pathOf).filter((path) => isStored(['input', ...path.split('.')]));
  return { connection: connection.id, set, isFresh };
}
