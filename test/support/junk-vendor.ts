// A stub vendor whose rows have null, missing, empty or unreadable values. It accepts every write and records its body.
import type { SandboxResponse, SandboxVendor } from '../../src/sandbox/server.ts';
import type { VendorName } from './gateway.ts';
import { vendorIdOf, vendorWithRows, type WireRow } from './stub-rows.ts';

export interface JunkVendor {
  readonly answer: SandboxVendor;
  /** The bodies of all writes. */
  readonly written: readonly string[];
}

const UUID = 'c0f12353-4817-4398-bcc0-d501e6dd2f64';

/** Returns the answer to a write: the row, or Omni's message. */
function done(vendor: VendorName, method: string, row: WireRow): SandboxResponse {
  if (vendor !== 'omni') return { status: 200, body: row };
  return method === 'POST'
    ? { status: 201, body: { success: true, data: UUID } }
    : { status: 200, body: { success: true, message: 'Updated.' } };
}

export function junkVendor(vendor: VendorName, rows: readonly WireRow[]): JunkVendor {
  // The gateway reads the connection that Omni says it has created.
  const read = vendorWithRows(vendor, [...rows, { id: UUID, name: 'made', dialect: 'postgres' }]);
  const written: string[] = [];
  const answer: SandboxVendor = (request) => {
    const { method, path, body } = request;
    if (method === 'GET' || path.endsWith('/login')) return read(request);
    written.push(body.toString());
    const id = decodeURIComponent(path.split('/').at(path.endsWith('/files') ? -2 : -1) ?? '');
    const made = { id: 1, name: 'made', type: 'postgres', dialect_name: 'postgres' };
    return done(vendor, method, rows.find((row) => vendorIdOf(row) === id) ?? made);
  };
  return { answer, written };
}

/** Returns all keys and texts in a JSON value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, field]) => [key, ...textsIn(field)]);
}

/** The texts that a template prints for a missing value. */
const BROKEN = /\bundefined\b|\bNaN\b|\[object|\bnull\b|:\/\/(?:$|[/:?])/;

/** Returns the texts in a written body that a template printed for a missing value. A body that is not JSON is one text. */
export function brokenIn(body: string): string[] {
  const texts = body.startsWith('{') ? textsIn(JSON.parse(body)) : [body];
  return texts.filter((text) => BROKEN.test(text));
}
