// The fault table, by family.
import { before, noWay } from './read-before-change.ts';
import { connecting } from './connecting.ts';
import { cut } from './broken-connections.ts';
import { ONCE, WELL, type Fault } from './fault.ts';
import { login } from './login.ts';
import { notHttp } from './not-http.ts';
import { OPERATIONS, type OperationName } from './operations.ts';
import { proof } from './write-verification.ts';
import { rateLimits } from './rate-limits.ts';
import type { Cell } from './cell.ts';
import { shapes } from './shapes.ts';
import { slow } from './slow.ts';
import { statuses } from './statuses.ts';
import { tls, tlsControl } from './tls.ts';
import { VENDORS } from './vendors.ts';
import type { VendorName } from '../../support/gateway.ts';

export const FAMILIES: Readonly<Record<string, readonly Fault[]>> = {
  'a vendor to which there is no way': connecting,
  'a vendor that cannot be trusted': tls,
  'a vendor that is slow': slow,
  'a vendor whose line breaks': cut,
  'a vendor that does not speak HTTP': notHttp,
  'a vendor that answers with': shapes,
  'a vendor that says': statuses,
  'a vendor that takes no more requests': rateLimits,
  'a vendor that does not let the gateway in': login,
  'a vendor that fails before a change': before,
  'a vendor that shows what it did': proof,
  'a vendor that': [noWay],
};

/** No faults: without them nothing would show that a fault is what a cell fails for. */
export const CONTROLS: readonly Fault[] = [{ name: 'nothing is wrong', outcomes: WELL, calls: ONCE }, tlsControl];

export const ALL_VENDORS = Object.keys(VENDORS) as VendorName[];
const ALL_OPERATIONS = Object.keys(OPERATIONS) as OperationName[];

const vendorsOf = ({ vendors = ALL_VENDORS }: Fault): readonly VendorName[] => vendors;

/** Whether there is such a cell: of what a vendor has no way to do, only that it is told so. */
const isCell = ({ fault, vendor, operation }: Cell): boolean =>
  vendorsOf(fault).includes(vendor) &&
  (VENDORS[vendor].own[operation] === undefined) === (fault === noWay) &&
  (fault.isFor?.(operation, vendor) ?? true);

/** A fault under every operation that can have it, at these vendors. */
export const cellsOf = (fault: Fault, vendors: readonly VendorName[]): Cell[] =>
  vendors.flatMap((vendor) => ALL_OPERATIONS.map((operation) => ({ fault, vendor, operation })).filter(isCell));
