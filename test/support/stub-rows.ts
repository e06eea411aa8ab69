// A vendor that holds the rows of a test, whatever is in them, and answers its list and reads with them.
import { onTestFinished } from 'vitest';
import type { SandboxVendor } from '../../src/sandbox/server.ts';
import type { TestGateway, VendorName } from './gateway.ts';
import { startStubbedGateway } from './stub-vendor.ts';
import { listWhole, type Row } from './whole-connection.ts';

/** A connection in the vendor's JSON; its `id` or else its `name` is the vendor's id of it. */
export type WireRow = Readonly<Record<string, unknown>>;

export const vendorIdOf = (row: WireRow): string => String(row['id'] ?? row['name']);

/** A vendor that holds these rows, for playVendor. */
export const vendorWithRows =
  (vendor: VendorName, rows: readonly WireRow[]): SandboxVendor =>
  ({ path }) => {
    const isOmni = vendor === 'omni';
    if (path.endsWith('/login')) return { status: 200, body: { access_token: 'played-token', expires_in: 3600 } };
    if (path.endsWith('/connections')) return { status: 200, body: isOmni ? { connections: rows } : rows };
    const id = decodeURIComponent(path.split('/').at(-1) ?? '');
    const row = rows.find((one) => vendorIdOf(one) === id);
    return row ? { status: 200, body: isOmni ? { connection: row } : row } : { status: 404, body: {} };
  };

/** A gateway over such a vendor, which is closed with the test. */
export async function startGatewayWithRows(vendor: VendorName, rows: readonly WireRow[]): Promise<TestGateway> {
  const played = await startStubbedGateway(vendor, vendorWithRows(vendor, rows));
  onTestFinished(() => played.close());
  return played.gateway;
}

/** Returns everything that a list of such a vendor's connections reports, by the connection's name. */
export async function listRows(vendor: VendorName, rows: readonly WireRow[]): Promise<Record<string, Row>> {
  const listed = await listWhole(await startGatewayWithRows(vendor, rows), { instance: [vendor] });
  return Object.fromEntries(listed.map((row) => [row['name'], row]));
}
