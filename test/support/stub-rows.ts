// A stub vendor that answers lists and reads with the rows of a test, valid or not.
import { onTestFinished } from 'vitest';
import type { SandboxVendor } from '../../src/sandbox/server.ts';
import type { TestGateway, VendorName } from './gateway.ts';
import { startStubbedGateway } from './stub-vendor.ts';
import { listWhole, type Row } from './whole-connection.ts';

/** A connection in the vendor's JSON. Its vendor id is its `id`, or else its `name`. */
export type WireRow = Readonly<Record<string, unknown>>;

export const vendorIdOf = (row: WireRow): string => String(row['id'] ?? row['name']);

/** Returns a vendor with these rows, for startStubbedGateway. */
export const vendorWithRows =
  (vendor: VendorName, rows: readonly WireRow[]): SandboxVendor =>
  ({ path }) => {
    const isOmni = vendor === 'omni';
    if (path.endsWith('/login')) return { status: 200, body: { access_token: 'played-token', expires_in: 3600 } };
    if (path.endsWith('/connections')) return { status: 200, body: isOmni ? { connections: rows } : rows };
    const id = decodeURIComponent(path.split('/').at(-1) ?? '');
    const row = rows.find((candidate) => vendorIdOf(candidate) === id);
    return row ? { status: 200, body: isOmni ? { connection: row } : row } : { status: 404, body: {} };
  };

/** Starts a gateway over a vendor with these rows. It is closed when the test ends. */
export async function startGatewayWithRows(vendor: VendorName, rows: readonly WireRow[]): Promise<TestGateway> {
  const stubbed = await startStubbedGateway(vendor, vendorWithRows(vendor, rows));
  onTestFinished(() => stubbed.close());
  return stubbed.gateway;
}

/** Returns everything that a list of these rows reports, by the name of the connection. */
export async function listRows(vendor: VendorName, rows: readonly WireRow[]): Promise<Record<string, Row>> {
  const listed = await listWhole(await startGatewayWithRows(vendor, rows), { instance: [vendor] });
  return Object.fromEntries(listed.map((row) => [row['name'], row]));
}
