// The dialects of the catalogue, each with the vendors that are asked for.
import type { Dialect } from '../fields/dialect.ts';
import { badInputOf, type BadInputError } from '../domain/errors.ts';
import { supportStatus, type Vendor } from '../domain/vendor.ts';
import { requireInstance, type Registry } from './registry.ts';

/** What is null or left out lets all pass. */
export interface DialectFilter {
  /** Kinds of vendors. */
  readonly vendor?: readonly string[] | null | undefined;
  /** Key or id of an instance, whose vendor is meant. */
  readonly instance?: string | null | undefined;
  /** Keys of dialects. */
  readonly dialect?: readonly string[] | null | undefined;
}

export interface ListedDialect {
  readonly dialect: Dialect;
  readonly vendors: readonly Vendor[];
}

/** @throws BadInputError for an instance that is not configured. */
function askedVendors(registry: Registry, { vendor, instance }: DialectFilter): readonly Vendor[] {
  const at = instance ? requireInstance(registry, instance, ['filter', 'instance']) : null;
  return registry.vendors.filter(({ kind }) => (vendor?.includes(kind) ?? true) && (!at || at.vendor.kind === kind));
}

/** What is wrong with a filter. */
export const dialectProblems = (registry: Registry, filter: DialectFilter): readonly BadInputError[] =>
  badInputOf(() => askedVendors(registry, filter));

/**
 * The dialects that pass a filter: with vendors in it, those that one of these takes or tells.
 * @throws BadInputError for an instance that is not configured.
 */
export function listDialects(registry: Registry, filter: DialectFilter): ListedDialect[] {
  const vendors = askedVendors(registry, filter);
  const isNarrowed = Boolean(filter.vendor) || Boolean(filter.instance);
  return registry.dialects
    .filter(({ key }) => filter.dialect?.includes(key) ?? true)
    .filter(({ key }) => !isNarrowed || vendors.some((vendor) => supportStatus(vendor, key) !== 'UNSUPPORTED'))
    .map((dialect) => ({ dialect, vendors }));
}
