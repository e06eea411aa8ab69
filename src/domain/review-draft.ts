// Checks a draft against the vendor's support table: missing fields, refused fields, fields that exclude each other, and values that
// the vendor does not accept. All issues are returned at once.
import type { Draft, Warning } from './connection.ts';
import { issue, type ValidationIssue } from './issue.ts';
import { configPath, isOptionKey, optionPath, OPTIONS_PREFIX } from './input-paths.ts';
import { itemOf, metaOf, type FieldSchema, type Fields } from '../fields/field-meta.ts';
import { onlyEntry, valueAt, type FieldKey, type Values } from '../fields/values-by-key.ts';
import { keysWithValue } from '../fields/walk-fields.ts';
import type { DialectSupport, FieldSupport } from './dialect-support.ts';
import { scopeOf, type Vendor } from './vendor.ts';

const quoted = (keys: readonly FieldKey[]): string => keys.map((key) => `\`${key}\``).join(', ');

/** A set of fields to check: those of a dialect, or those of an item in one of its lists. */
interface Reviewed {
  readonly support: FieldSupport;
  /** The name of the vendor in messages. */
  readonly vendor: string;
  /** What the fields belong to, in messages. */
  readonly what: string;
  readonly pathOf: (key: FieldKey) => string[];
  /** Table keys of the fields that have a value. */
  readonly provided: ReadonlySet<FieldKey>;
  readonly values: Values;
}

/** Returns the sign-in method of which most fields are provided; the first one among equals. */
function nearestMethod(methods: FieldSupport['required'], provided: ReadonlySet<FieldKey>): readonly FieldKey[] {
  const score = (method: readonly FieldKey[]) => method.filter((key) => provided.has(key)).length;
  return methods.reduce((best, method) => (score(method) > score(best) ? method : best), methods[0] ?? []);
}

const isMoreThan = (larger: readonly FieldKey[], smaller: readonly FieldKey[]): boolean =>
  larger.length > smaller.length && smaller.every((key) => larger.includes(key));

/**
 * Returns the sets of fields that can replace a missing field: for each sign-in method without it, the fields that are not in the chosen
 * method. A set that contains another one is left out.
 */
function substitutes(methods: FieldSupport['required'], method: readonly FieldKey[], absent: FieldKey): FieldKey[][] {
  const others = methods
    .filter((other) => !other.includes(absent))
    .map((other) => other.filter((key) => !method.includes(key)));
  return others.filter((fields) => !others.some((other) => isMoreThan(fields, other)));
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

function missing({ support, vendor, what, pathOf, provided: named, values }: Reviewed): ValidationIssue[] {
  const methods = support.required;
  const provided = new Set([...named].filter((key) => !isEmptyList(valueAt(values, key))));
  if (methods.length === 0 || methods.some((method) => method.every((key) => provided.has(key)))) return [];
  const method = nearestMethod(methods, provided);
  return method.flatMap((key) => {
    if (provided.has(key)) return [];
    const instead = new Set(substitutes(methods, method, key).map(quoted));
    const or = [...instead].map((keys) => `, or ${keys} instead`).join('');
    return [issue(pathOf(key), 'REQUIRED', `${vendor} needs \`${key}\` for ${what}${or}.`)];
  });
}

function refused({ support, vendor, what, pathOf, provided }: Reviewed): ValidationIssue[] {
  return [...provided]
    .filter((key) => !isOptionKey(key) && !(key in support.fields))
    .map((key) => {
      const advice = support.advice?.[key];
      const message = `${vendor} has no \`${key}\` for ${what}${advice ? `: ${advice}` : '; leave it out.'}`;
      return issue(pathOf(key), 'NOT_ALLOWED', message);
    });
}

function contradicting({ support, vendor, pathOf, provided }: Reviewed): ValidationIssue[] {
  return (support.exclusive ?? []).flatMap((exclusion) => {
    const [first, second] = exclusion.map((keys) => keys.filter((key) => provided.has(key)));
    if (!first?.length || !second?.length) return [];
    return second.map((key) => {
      const message = `${vendor} accepts either ${quoted(first)} or \`${key}\`, not both.`;
      return issue(pathOf(key), 'EXCLUSIVE', message);
    });
  });
}

function unknownValues({ support, vendor, pathOf, provided, values }: Reviewed): ValidationIssue[] {
  return Object.entries(support.values ?? {}).flatMap(([key, accepted]) => {
    if (!provided.has(key) || accepted.includes(valueAt(values, key) as string | boolean)) return [];
    const choice = accepted.length === 1 ? `${accepted[0]}` : `one of ${accepted.join(', ')}`;
    const advice = support.advice?.[key];
    return [issue(pathOf(key), 'INVALID', `At ${vendor} it must be ${choice}${advice ? `: ${advice}` : '.'}`)];
  });
}

const review = (reviewed: Reviewed): ValidationIssue[] => [
  ...missing(reviewed),
  ...refused(reviewed),
  ...contradicting(reviewed),
  ...unknownValues(reviewed),
];

/** Checks the items of lists that have alternatives, each item by the support of its alternative. */
function reviewItems(vendor: Vendor, support: DialectSupport, config: Values): ValidationIssue[] {
  return Object.entries(support.itemSupport ?? {}).flatMap(([list, kinds]) => {
    const item = itemOf(support.dialect.fields.shape[list] as FieldSchema) as Fields;
    const [alternatives = ''] = Object.keys(item.shape).filter((name) => metaOf(item.shape[name]).kind === 'oneOf');
    const items = (valueAt(config, list) ?? []) as Values[];
    return items.flatMap((entry, at) => {
      const chosen = onlyEntry((entry[alternatives] ?? {}) as Values);
      const kindSupport = chosen && kinds[chosen[0]];
      if (!kindSupport) return [];
      const [kind, values] = chosen;
      const fields = (item.shape[alternatives] as Fields).shape[kind] as Fields;
      return review({
        support: kindSupport,
        vendor: vendor.label,
        what: `\`${kind}\` in \`${list}\``,
        pathOf: (key) => configPath(support.dialect.key, `${list}.${at}.${alternatives}.${kind}.${key}`),
        provided: new Set(keysWithValue(fields, values)),
        values,
      });
    });
  });
}

function optionsOutOfScope(vendor: Vendor, { dialect, support, options }: Draft): ValidationIssue[] {
  return keysWithValue(vendor.options, options).flatMap((key) => {
    if (scopeOf(vendor, dialect, key)?.inOtherDialects !== 'REFUSED') return [];
    const message = `${vendor.label} has no \`${key}\` for connections to ${support.dialect.label}; leave it out.`;
    return [issue(optionPath(vendor.kind, key), 'NOT_ALLOWED', message)];
  });
}

/** Returns the issues of a draft. The vendor's own rules (`Vendor.review`) are not part of them. */
export function reviewDraft(vendor: Vendor, draft: Draft): ValidationIssue[] {
  const { support, config, options } = draft;
  const optionKeys = keysWithValue(vendor.options, options).map((key) => OPTIONS_PREFIX + key);
  return [
    ...review({
      support,
      vendor: vendor.label,
      what: `connections to ${support.dialect.label}`,
      pathOf: (key) =>
        isOptionKey(key)
          ? optionPath(vendor.kind, key.slice(OPTIONS_PREFIX.length))
          : configPath(support.dialect.key, key),
      provided: new Set([...keysWithValue(support.dialect.fields, config), ...optionKeys]),
      values: { ...config, options },
    }),
    ...reviewItems(vendor, support, config),
    ...optionsOutOfScope(vendor, draft),
  ];
}

/** Returns a warning for each option that has no effect for the dialect. */
export const ignoredOptionWarnings = (vendor: Vendor, { dialect, support, options }: Draft): Warning[] =>
  keysWithValue(vendor.options, options).flatMap((key) => {
    if (scopeOf(vendor, dialect, key)?.inOtherDialects !== 'IGNORED') return [];
    const message = `${vendor.label} does nothing with it for connections to ${support.dialect.label}.`;
    return [{ path: optionPath(vendor.kind, key), code: 'FIELD_IGNORED', message }];
  });
