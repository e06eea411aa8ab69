// A new connection at one instance: finds the instance, holds the input against what its vendor takes, and only then calls.
import type { Created, Draft, LocatedConnection, Warning, WarningCode } from '../domain/connection.ts';
import type { Dialect } from '../domain/dialect.ts';
import {
  ConflictError,
  UnsupportedError,
  ValidationError,
  VendorError,
  type ValidationIssue,
} from '../domain/errors.ts';
import {
  leavesOf,
  placesOf,
  putAt,
  statusKeyOf,
  valueAt,
  type FieldKey,
  type Fields,
  type Values,
} from '../domain/fields.ts';
import { Secret } from '../domain/secret.ts';
import { configPath, ignoredOptions, issue, optionPath, reviewFields } from '../domain/support.ts';
import { supportStatus, type Call, type Instance } from '../domain/vendor.ts';
import type { Reads } from './reads.ts';
import { atInstance, findInstance, locate, type Registry } from './registry.ts';

/** As GraphQL hands it over: null stands for left out; of `config` and `options` one field each. */
export interface CreateInput {
  readonly instance: string;
  readonly name: string;
  readonly config: Values;
  readonly options?: Values | null | undefined;
}

export interface CreatedConnection {
  readonly connection: LocatedConnection;
  readonly warnings: readonly Warning[];
}

/** A list's item without the nulls in it. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object' || value instanceof Secret) return value;
  const kept = Object.entries(value).filter(([, one]) => one !== undefined && one !== null);
  return Object.fromEntries(kept.map(([key, one]) => [key, withoutNulls(one)]));
}

/** What was given, without the nulls and the groups that hold nothing. */
function given(fields: Fields, values: Values): Values {
  const kept: Record<string, unknown> = {};
  for (const { key } of leavesOf(fields)) {
    const value = valueAt(values, key);
    if (value !== undefined && value !== null) putAt(kept, key, withoutNulls(value));
  }
  return kept;
}

const onlyEntry = (values: Values): readonly [string, Values] | null => {
  const entry = Object.entries(values).find(([, value]) => value !== undefined && value !== null);
  return entry ? [entry[0], entry[1] as Values] : null;
};

interface Plan {
  readonly instance: Instance;
  readonly dialect: Dialect;
  readonly draft: Draft;
  readonly issues: readonly ValidationIssue[];
}

function unsupported(registry: Registry, instance: Instance, dialect: Dialect): UnsupportedError {
  const able = registry.vendors.filter((vendor) => supportStatus(vendor, dialect.key) === 'SUPPORTED');
  const labels = able.map(({ label }) => label).join(', ');
  const others = able.length > 0 ? `These do: ${labels}.` : 'No vendor does.';
  const instead = instance.vendor.insteadOf?.[dialect.key];
  const advice = instead ? `${others} ${instead}` : others;
  return new UnsupportedError(`${instance.vendor.label} takes no connections to ${dialect.label}. ${advice}`, {
    vendor: instance.vendor.kind,
    dialect: dialect.key,
    capability: 'CREATE',
    alternatives: able.map(({ kind }) => kind),
  });
}

/**
 * What is to be done, and everything that stands against it.
 * @throws ValidationError for an unknown instance, UnsupportedError for a dialect that its vendor does not take.
 */
function plan(registry: Registry, input: CreateInput): Plan {
  const instance = findInstance(registry, input.instance);
  if (!instance) {
    const message = 'No instance has this key or id; see `vendors { instances { key } }`.';
    throw new ValidationError([issue(['input', 'instance'], 'INVALID', message)]);
  }
  const { vendor } = instance;
  const [dialectKey, values] = onlyEntry(input.config) ?? ['', {}];
  const dialect = registry.dialects.find(({ key }) => key === dialectKey);
  if (!dialect) throw new Error('GraphQL lets one known dialect through.');
  const support = vendor.dialects[dialect.key];
  if (!support || support.readOnly) throw unsupported(registry, instance, dialect);

  const [optionsOf, optionValues] = onlyEntry(input.options ?? {}) ?? [vendor.kind, {}];
  const isMismatch = optionsOf !== vendor.kind;
  const mismatch = `These are the options of another vendor; ${input.instance} is a ${vendor.label}.`;
  const draft: Draft = {
    name: input.name,
    dialect: dialect.key,
    support,
    config: given(dialect.fields, values),
    options: isMismatch ? {} : given(vendor.options, optionValues),
  };
  return {
    instance,
    dialect,
    draft,
    issues: [
      ...reviewFields(vendor, draft),
      ...(isMismatch ? [issue(['input', 'options', optionsOf], 'MISMATCH', mismatch)] : []),
      ...(vendor.review?.(draft) ?? []),
    ],
  };
}

/**
 * What stands against an input beside its fields' own types; for telling all at once when those are wrong too.
 * @throws UnsupportedError, beside which the rest does not matter.
 */
export function reviewCreate(registry: Registry, input: CreateInput): readonly ValidationIssue[] {
  try {
    return plan(registry, input).issues;
  } catch (error) {
    if (error instanceof ValidationError) return error.issues;
    throw error;
  }
}

/** What a create could not keep, as its warnings say. */
const LOSSES: ReadonlySet<WarningCode> = new Set(['CERTIFICATES_NOT_UPLOADED', 'USER_CREDENTIALS_ERASED']);

/** Whether what is told has a place for it: a vendor that forgets an item of a list leaves none. */
const isPlaceTold = (told: Values, key: FieldKey): boolean => {
  const group = valueAt(told, key.slice(0, key.lastIndexOf('.')));
  return !/\.\d+\./.test(key) || (group !== undefined && group !== null);
};

/** A secret that was just written is there, whatever the vendor tells of it. */
function markSent({ connection, warnings }: Created, { dialect, draft, instance }: Plan): Created['connection'] {
  const lost = warnings.flatMap(({ code, path }) => (path && LOSSES.has(code) ? [path] : []));
  const isLost = (path: readonly string[]) => lost.some((start) => start.every((step, at) => step === path[at]));
  const mark = (told: Values, fields: Fields, sent: Values, pathOf: (key: FieldKey) => string[]): Values => {
    const marked = structuredClone(told) as Record<string, unknown>;
    for (const place of placesOf(fields, sent)) {
      const isSent = place.meta.kind === 'secret' && valueAt(sent, place.key) !== undefined;
      const key = statusKeyOf(place);
      if (isSent && !isLost(pathOf(place.key)) && isPlaceTold(marked, key)) putAt(marked, key, 'SET');
    }
    return marked;
  };
  const { kind, options } = instance.vendor;
  return {
    ...connection,
    config: mark(connection.config, dialect.fields, draft.config, (key) => configPath(dialect.key, key)),
    details: mark(connection.details, options, draft.options, (key) => optionPath(kind, key)),
  };
}

/** The connection that has the name already, when it can be read. */
async function findExisting(error: ConflictError, instance: Instance, call: Call): Promise<void> {
  if (error.existingId === null) return;
  try {
    const existing = await instance.api.get(error.existingId, call);
    error.existing = existing && locate(instance, existing);
  } catch (failure) {
    if (!(failure instanceof VendorError)) throw failure;
  }
}

/**
 * Creates a connection.
 * @throws ValidationError, UnsupportedError before any call; ConflictError, ValidationError, VendorError of the vendor's.
 */
export async function createConnection(
  registry: Registry,
  reads: Reads,
  input: CreateInput,
): Promise<CreatedConnection> {
  const planned = plan(registry, input);
  const { instance, dialect, draft, issues } = planned;
  if (issues.length > 0) throw new ValidationError(issues);
  const { api } = instance;
  if (!api.create) throw unsupported(registry, instance, dialect);
  const call = { deadline: instance.writeDeadline() };
  try {
    const created = await reads.write(instance, () => atInstance(instance, async () => api.create!(draft, call)));
    const warnings = [...ignoredOptions(instance.vendor, draft), ...created.warnings];
    return { connection: locate(instance, markSent(created, planned)), warnings };
  } catch (error) {
    if (error instanceof ConflictError) await findExisting(error, instance, call);
    throw error;
  }
}
