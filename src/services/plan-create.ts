// Plans a create: the draft, and its issues. It makes no vendor call.
import type { Draft } from '../domain/connection.ts';
import type { Dialect } from '../fields/dialect.ts';
import type { Capability } from '../domain/capability.ts';
import { UnsupportedError, ValidationError } from '../domain/errors.ts';
import { issue, type ValidationIssue } from '../domain/issue.ts';
import type { Fields } from '../fields/field-meta.ts';
import { onlyEntry, putAt, valueAt, type Values, withoutNulls } from '../fields/values-by-key.ts';
import { leavesOf } from '../fields/walk-fields.ts';
import { normalizeValues } from '../fields/normalize-values.ts';
import { configPlaces, optionPlaces } from '../domain/field-places.ts';
import { reviewDraft } from '../domain/review-draft.ts';
import { capabilitiesOf, type Instance } from '../domain/instance.ts';
import { supportStatus, type Vendor } from '../domain/vendor.ts';
import { reviewPassphrases } from './passphrases.ts';
import { unsupportedCapability, findInstance, type Registry } from './registry.ts';

/** The input as GraphQL passes it. Null means left out. `config` and `options` hold one entry each, for one dialect and one vendor. */
export interface CreateInput {
  readonly instance: string;
  readonly name: string;
  readonly config: Values;
  readonly options?: Values | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** Returns whether an instance of the vendor has the capability. All vendors have CREATE. */
const hasCapability = ({ instances }: Registry, vendor: Vendor, capability: Capability): boolean =>
  capability === 'CREATE' ||
  instances.some((instance) => instance.vendor === vendor && capabilitiesOf(instance).includes(capability));

/** Returns the provided values in the form in which they are sent, without nulls and empty groups. */
function providedValues(fields: Fields, values: Values): Values {
  const provided: Record<string, unknown> = {};
  for (const { key } of leavesOf(fields)) {
    const value = valueAt(values, key);
    if (value !== undefined && value !== null) putAt(provided, key, withoutNulls(value));
  }
  return normalizeValues(fields, provided);
}

/** Checks private keys against their passphrases. */
const reviewKeys = (vendor: Vendor, { support, config, options }: Draft): ValidationIssue[] => [
  ...reviewPassphrases(configPlaces(support), config, config),
  ...reviewPassphrases(optionPlaces(vendor), options, options),
];

export interface CreatePlan {
  readonly instance: Instance;
  readonly dialect: Dialect;
  readonly draft: Draft;
  readonly issues: readonly ValidationIssue[];
}

/** Returns the error for a dialect that the vendor of an instance does not support. */
function unsupportedDialect(
  registry: Registry,
  instance: Instance,
  dialect: Dialect,
  capability: Capability,
): UnsupportedError {
  const isSupported = (vendor: Vendor) => supportStatus(vendor, dialect.key) === 'SUPPORTED';
  const capableVendors = registry.vendors.filter(
    (vendor) => isSupported(vendor) && hasCapability(registry, vendor, capability),
  );
  const labels = capableVendors.map(({ label }) => label).join(', ');
  const others = capableVendors.length > 0 ? `These do: ${labels}.` : 'No vendor does.';
  const instead = instance.vendor.unsupportedAdvice?.[dialect.key];
  const advice = instead ? `${others} ${instead}` : others;
  return new UnsupportedError(`${instance.vendor.label} does not support connections to ${dialect.label}. ${advice}`, {
    vendor: instance.vendor.kind,
    dialect: dialect.key,
    capability,
    alternatives: capableVendors.map(({ kind }) => kind),
  });
}

/**
 * Returns the plan of a create.
 * @throws ValidationError for an unknown instance, UnsupportedError for a dialect that its vendor does not support.
 */
export function planCreate(registry: Registry, input: CreateInput, capability: Capability = 'CREATE'): CreatePlan {
  const instance = findInstance(registry, input.instance);
  if (!instance) {
    const message = 'No instance has this key or id; see `vendors { instances { key } }`.';
    throw new ValidationError([issue(['input', 'instance'], 'INVALID', message)]);
  }
  if (!capabilitiesOf(instance).includes(capability)) throw unsupportedCapability(registry, instance, capability);
  const { vendor } = instance;
  const [dialectKey, values] = onlyEntry(input.config) ?? ['', {}];
  const dialect = registry.dialects.find(({ key }) => key === dialectKey);
  if (!dialect) throw new Error('The GraphQL schema must accept exactly one known dialect.');
  const support = vendor.dialects[dialect.key];
  if (!support || support.readOnly) throw unsupportedDialect(registry, instance, dialect, capability);

  const [optionsOf, optionValues] = onlyEntry(input.options ?? {}) ?? [vendor.kind, {}];
  const isMismatch = optionsOf !== vendor.kind;
  const mismatch = `These are the options of another vendor; ${input.instance} is a ${vendor.label}.`;
  const draft: Draft = {
    name: input.name,
    dialect: dialect.key,
    support,
    config: providedValues(dialect.fields, values),
    options: isMismatch ? {} : providedValues(vendor.options, optionValues),
  };
  return {
    instance,
    dialect,
    draft,
    issues: [
      ...reviewDraft(vendor, draft),
      ...(isMismatch ? [issue(['input', 'options', optionsOf], 'MISMATCH', mismatch)] : []),
      ...(vendor.review?.(draft) ?? []),
      ...reviewKeys(vendor, draft),
    ],
  };
}
