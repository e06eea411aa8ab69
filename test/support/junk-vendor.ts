// A vendor that holds rows in which parts are null, missing, empty or unreadable, takes every write and keeps its body for a test.
import type { SandboxResponse, SandboxVendor } from '../../src/sandbox/server.ts';
import type { VendorName } from './gateway.ts';
import { vendorIdOf, vendorWithRows, type WireRow } from './stub-rows.ts';

export interface JunkVendor {
  readonly answer: SandboxVendor;
  /** Bodies of everything that was written, as they came. */
  readonly written: readonly string[];
}

const UUID = 'c0f12353-4817-4398-bcc0-d501e6dd2f64';

/** What a write answers: the row, or what Omni says. */
function done(vendor: VendorName, method: string, row: WireRow): SandboxResponse {
  if (vendor !== 'omni') return { status: 200, body: row };
  return method === 'POST'
    ? { status: 201, body: { success: true, data: UUID } }
    : { status: 200, body: { success: true, message: 'Updated.' } };
}

export function junkVendor(vendor: VendorName, rows: readonly WireRow[]): JunkVendor {
  // What Omni says it has made is read back.
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

/** Texts in a JSON body, its keys among them. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [key, ...textsIn(one)]);
}

/** What a template makes of a value that is not there. */
const BROKEN = /\bundefined\b|\bNaN\b|\[object|\bnull\b|:\/\/(?:$|[/:?])/;

/** Of texts in a written body those that a template has made of nothing; a body that is no JSON is one text. */
export function brokenIn(body: string): string[] {
  const texts = body.startsWith('{') ? textsIn(JSON.parse(body)) : [body];
  return texts.filter((text) => BROKEN.test(text));
}
