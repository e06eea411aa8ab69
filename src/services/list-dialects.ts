// Lists the dialects of the catalogue, each with the selected vendors.
import type { Dialect } from '../fields/dialect.ts';
import { badInputOf, type BadInputError } from '../domain/errors.ts';
import { supportStatus, type Vendor } from '../domain/vendor.ts';
import { requireInstance, type Registry } from './registry.ts';

/** A field that is null or undefined does not filter. */
export interface DialectFilter {
  /** Kinds of vendors. */
  readonly vendor?: readonly string[] | null | undefined;
  /** Key or global id of an instance. It selects the vendor of the instance. */
  readonly instance?: string | null | undefined;
  /** Keys of dialects. */
  readonly dialect?: readonly string[] | null | undefined;
}

export interface ListedDialect {
  readonly dialect: Dialect;
  readonly vendors: readonly Vendor[];
}

/** Returns the vendors that the filter selects. @throws BadInputError for an instance that is not configured. */
function selectedVendors(registry: Registry, { vendor, instance }: DialectFilter): readonly Vendor[] {
  const selectedInstance = instance ? requireInstance(registry, instance, ['filter', 'instance']) : null;
  return registry.vendors.filter(
    ({ kind }) => (vendor?.includes(kind) ?? true) && (!selectedInstance || selectedInstance.vendor.kind === kind),
  );
}

/** Returns the problems of a filter. */
export const dialectProblems = (registry: Registry, filter: DialectFilter): readonly BadInputError[] =>
  badInputOf(() => selectedVendors(registry, filter));

/**
 * Returns the dialects that pass a filter. When it selects vendors, these are the dialects that one of them can create or report.
 * @throws BadInputError for an instance that is not configured.
 */
export function listDialects(registry: Registry, filter: DialectFilter): ListedDialect[] {
  const vendors = selectedVendors(registry, filter);
  const hasVendorFilter = Boolean(filter.vendor) || Boolean(filter.instance);
  return registry.dialects
    .filter(({ key }) => filter.dialect?.includes(key) ?? true)
    .filter(({ key }) => !hasVendorFilter || vendors.some((vendor) => supportStatus(vendor, key) !== 'UNSUPPORTED'))
    .map((dialect) => ({ dialect, vendors }));
}
