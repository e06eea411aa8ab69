// Removes the override for persistent derived tables (PDT) of a connection. At Looker this is a request of its own.
import type { Warning } from '../../../domain/connection.ts';
import { optionPath } from '../../../domain/input-paths.ts';
import type { Call } from '../../../domain/instance.ts';
import { sendAndParseOrNull, readNoContentAs, statusToError } from '../../send-and-parse.ts';
import { connectionPath, READ_AGAIN, type VendorClient } from '../../instance-api.ts';
import { isObject } from '../../read-values.ts';
import { OVERRIDE } from '../fields/field-groups.ts';
import { readRow } from '../read.ts';
import { lookerRemovedWire } from '../wire.ts';

/** The warning about an update whose other changes were made, but not the removal of the override. */
export const OVERRIDE_NOT_REMOVED: Warning = {
  path: optionPath('looker', 'pdtOverride'),
  code: 'OVERRIDE_NOT_REMOVED',
  message:
    'The other changes were made, but Looker did not confirm that it removed the override. Send pdtOverride: null again.',
};

/**
 * Removes the override of a connection, if there is an override. Returns whether the connection exists.
 * @throws VendorError
 */
export async function removeOverride(client: VendorClient, name: string, { deadline }: Call): Promise<boolean> {
  const path = `${connectionPath(client, name)}/connection_override/pdt`;
  const isRemoved = await sendAndParseOrNull(readNoContentAs(client, ''), {
    request: { kind: 'write', method: 'DELETE', path, deadline },
    wire: lookerRemovedWire.transform(() => true),
    verifyOutcome: READ_AGAIN,
  });
  if (isRemoved) return true;
  // Looker answers 404 where the connection does not exist, where it has no override, and where the user may not see it.
  const row = await readRow(client, name, { deadline });
  if (!row) return false;
  if (isObject(row[OVERRIDE])) {
    const context = { label: client.label, verifyOutcome: READ_AGAIN };
    throw statusToError({ status: 404, json: undefined, retryAfterMs: null }, context);
  }
  return true;
}
