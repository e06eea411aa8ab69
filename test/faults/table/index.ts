// The fault table: all faults by family, and the cells (fault, vendor, operation) that exist.
import { readBeforeChange, unsupported } from './read-before-change.ts';
import { connecting } from './connecting.ts';
import { brokenConnections } from './broken-connections.ts';
import { ONE_CALL, NORMAL_OUTCOMES, type Fault } from './fault.ts';
import { login } from './looker-login.ts';
import { notHttp } from './not-http.ts';
import { OPERATIONS, type OperationName } from './operations.ts';
import { writeVerification } from './write-verification.ts';
import { rateLimits } from './rate-limits.ts';
import type { Cell } from './prepare-cell.ts';
import { shapes } from './unexpected-bodies.ts';
import { slow } from './slow.ts';
import { statuses } from './statuses.ts';
import { tls, tlsControl } from './tls.ts';
import { VENDORS } from './vendors.ts';
import type { VendorName } from '../../support/gateway.ts';

export const FAMILIES: Readonly<Record<string, readonly Fault[]>> = {
  'a vendor that cannot be reached': connecting,
  'a vendor that cannot be trusted': tls,
  'a vendor that is slow': slow,
  'a vendor whose connection breaks': brokenConnections,
  'a vendor that does not speak HTTP': notHttp,
  'a vendor that answers with': shapes,
  'a vendor that answers with the status': statuses,
  'a vendor that limits requests': rateLimits,
  'a vendor whose login fails': login,
  'a vendor that fails before a change': readBeforeChange,
  'a vendor that shows whether a write was carried out': writeVerification,
  'a vendor that does not support the operation': [unsupported],
};

/** Cells without a fault. They show that the cells with a fault fail because of it. */
export const CONTROLS: readonly Fault[] = [
  { name: 'nothing is wrong', outcomes: NORMAL_OUTCOMES, calls: ONE_CALL },
  tlsControl,
];

export const ALL_VENDORS = Object.keys(VENDORS) as VendorName[];
const ALL_OPERATIONS = Object.keys(OPERATIONS) as OperationName[];

const vendorsOf = ({ vendors = ALL_VENDORS }: Fault): readonly VendorName[] => vendors;

/** Returns whether a cell exists. An operation that a vendor does not support has one cell: the refusal. */
const isCell = ({ fault, vendor, operation }: Cell): boolean =>
  vendorsOf(fault).includes(vendor) &&
  (VENDORS[vendor].requests[operation] === undefined) === (fault === unsupported) &&
  (fault.isFor?.(operation, vendor) ?? true);

/** Returns the cells of a fault: every operation that can have it, at these vendors. */
export const cellsOf = (fault: Fault, vendors: readonly VendorName[]): Cell[] =>
  vendors.flatMap((vendor) => ALL_OPERATIONS.map((operation) => ({ fault, vendor, operation })).filter(isCell));
