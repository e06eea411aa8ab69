// Reads a connection after a write. Omni's answer to a write does not contain the connection.
import type { Connection, WriteResult } from '../../../domain/connection.ts';
import { VendorError } from '../../../domain/errors.ts';
import type { VendorClient } from '../../instance-api.ts';
import { get } from '../read.ts';

/**
 * Returns the written connection. Where it cannot be read, returns the expected connection with the warning READ_BACK_FAILED.
 * @param expected the connection as the write should have left it.
 * @param message of the warning.
 */
export async function readBack(
  client: VendorClient,
  expected: Connection,
  deadline: AbortSignal,
  message: string,
): Promise<WriteResult> {
  try {
    const connection = await get(client, expected.vendorId, { deadline });
    if (connection) return { connection, warnings: [] };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
  }
  return { connection: expected, warnings: [{ path: null, code: 'READ_BACK_FAILED', message }] };
}
