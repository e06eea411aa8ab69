// Uploads certificates and keys. Chartbrew accepts them as files, in a separate request after the request that writes the settings.
import type { Connection, Warning, WriteResult } from '../../../domain/connection.ts';
import { OutcomeUnknownError, VendorError } from '../../../domain/errors.ts';
import { sendAndParse } from '../../send-and-parse.ts';
import { connectionPath, READ_AGAIN, type VendorClient } from '../../instance-api.ts';
import { fromWire } from '../from-wire.ts';
import type { Files } from '../to-wire.ts';
import { chartbrewConnectionWire } from '../wire.ts';

/** Returns the request that uploads the files of one connection. */
export function uploadRequest(client: VendorClient, vendorId: string, { form }: Files, deadline: AbortSignal) {
  const path = `${connectionPath(client, vendorId)}/files`;
  return {
    request: { kind: 'write', method: 'POST', path, body: { files: form }, atDeadline: 'continue', deadline },
    wire: chartbrewConnectionWire,
    verifyOutcome: READ_AGAIN,
  } as const;
}

/** Returns one warning for each file that was not uploaded, or may not have been. */
function uploadWarnings(written: 'created' | 'changed', { paths }: Files, error: VendorError): Warning[] {
  const isUnknown = error instanceof OutcomeUnknownError;
  const failure = isUnknown ? 'did not confirm that it stored this file' : 'this file could not be uploaded';
  const message = `Chartbrew ${written} the connection, but ${failure}.`;
  return paths.map((path) => ({ path, code: 'CERTIFICATES_NOT_UPLOADED', message }));
}

/**
 * Uploads the files of a connection that was just written. A failed upload becomes warnings, and nothing is undone.
 * @param files null when there are none: then no request is sent.
 */
export async function uploadFiles(
  client: VendorClient,
  connection: Connection,
  written: 'created' | 'changed',
  files: Files | null,
  deadline: AbortSignal,
): Promise<WriteResult> {
  if (!files) return { connection, warnings: [] };
  try {
    const row = await sendAndParse(client, uploadRequest(client, connection.vendorId, files, deadline));
    return { connection: fromWire(row), warnings: [] };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return { connection, warnings: uploadWarnings(written, files, error) };
  }
}
