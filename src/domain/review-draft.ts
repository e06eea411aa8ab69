// Holds a draft's values against what a vendor's table says of the dialect. Every problem is told at once.
import type { Draft, Warning } from './connection.ts';
import type { ValidationIssue } from './issue.ts';
import { configPath, isOptionKey, optionPath, OPTIONS_PREFIX } from './input-paths.ts';
import { issue } from './issues.ts';
import { itemOf, metaOf, type Fields } from '../fields/field-meta.ts';
import { onlyEntry, valueAt, type FieldKey, type Values } from '../fields/values.ts';
import { keysWithValue } from '../fields/walk-fields.ts';
import type { DialectSupport, FieldSupport } from './dialect-support.ts';
import { scopeOf, type Vendor } from './vendor.ts';

const quoted = (keys: readonly FieldKey[]): string => keys.map((key) => `\`${key}\``).join(', ');

/** One set of fields under review: a dialect's, or that of an item inside one of its lists. */
interface Reviewed {
  readonly support: FieldSupport;
  /** How messages name the vendor, and what the fields belong to. */
  readonly vendor: string;
  readonly what: string;
  readonly pathOf: (key: FieldKey) => string[];
  /** The fields that have a value; options with OPTIONS before their key. */
  readonly given: ReadonlySet<FieldKey>;
  readonly values: Values;
}

/** Of the ways to fill it, the one the caller is on: most of it given, the first among equals. */
function nearestWay(ways: FieldSupport['required'], given: ReadonlySet<FieldKey>): readonly FieldKey[] {
  const score = (way: readonly FieldKey[]) => way.filter((key) => given.has(key)).length;
  return ways.reduce((best, way) => (score(way) > score(best) ? way : best), ways[0] ?? []);
}

const isMoreThan = (larger: readonly FieldKey[], smaller: readonly FieldKey[]): boolean =>
  larger.length > smaller.length && smaller.every((key) => larger.includes(key));

/** What may stand in for a missing field: what the ways without it need beside the way that was taken, at its least. */
function substitutes(ways: FieldSupport['required'], way: readonly FieldKey[], absent: FieldKey): FieldKey[][] {
  const others = ways
    .filter((other) => !other.includes(absent))
    .map((other) => other.filter((key) => !way.includes(key)));
  return others.filter((one) => !others.some((other) => isMoreThan(one, other)));
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

function missing({ support, vendor, what, pathOf, given: named, values }: Reviewed): ValidationIssue[] {
  const ways = support.required;
  const given = new Set([...named].filter((key) => !isEmptyList(valueAt(values, key))));
  if (ways.length === 0 || ways.some((way) => way.every((key) => given.has(key)))) return [];
  const way = nearestWay(ways, given);
  return way.flatMap((key) => {
    if (given.has(key)) return [];
    const instead = new Set(substitutes(ways, way, key).map(quoted));
    const or = [...instead].map((keys) => `, or ${keys} in its place`).join('');
    return [issue(pathOf(key), 'REQUIRED', `${vendor} needs \`${key}\` for ${what}${or}.`)];
  });
}

function refused({ support, vendor, what, pathOf, given }: Reviewed): ValidationIssue[] {
  return [...given]
    .filter((key) => !isOptionKey(key) && !(key in support.fields))
    .map((key) => {
      const advice = support.advice?.[key];
      const message = `${vendor} has no \`${key}\` for ${what}${advice ? `: ${advice}` : '; leave it out.'}`;
      return issue(pathOf(key), 'NOT_ALLOWED', message);
    });
}

function contradicting({ support, vendor, pathOf, given }: Reviewed): ValidationIssue[] {
  return (support.exclusive ?? []).flatMap(([one, other]) => {
    const [first, second] = [one, other].map((keys) => keys.filter((key) => given.has(key)));
    if (!first?.length || !second?.length) return [];
    return second.map((key) => {
      const message = `${vendor} takes ${quoted(first)} or \`${key}\`, not both.`;
      return issue(pathOf(key), 'EXCLUSIVE', message);
    });
  });
}

function unknownValues({ support, vendor, pathOf, given, values }: Reviewed): ValidationIssue[] {
  return Object.entries(support.values ?? {}).flatMap(([key, known]) => {
    if (!given.has(key) || known.includes(valueAt(values, key) as string | boolean)) return [];
    const choice = known.length === 1 ? `${known[0]}` : `one of ${known.join(', ')}`;
    const advice = support.advice?.[key];
    return [issue(pathOf(key), 'INVALID', `At ${vendor} it must be ${choice}${advice ? `: ${advice}` : '.'}`)];
  });
}

const review = (one: Reviewed): ValidationIssue[] => [
  ...missing(one),
  ...refused(one),
  ...contradicting(one),
  ...unknownValues(one),
];

/** The items of a list whose items hold one of several kinds, each by the table of its kind. */
function reviewItems(vendor: Vendor, support: DialectSupport, config: Values): ValidationIssue[] {
  return Object.entries(support.itemSupport ?? {}).flatMap(([list, kinds]) => {
    const item = itemOf(support.dialect.fields.shape[list] as never) as Fields;
    const [alternatives = ''] = Object.keys(item.shape).filter((name) => metaOf(item.shape[name]).kind === 'oneOf');
    const items = (valueAt(config, list) ?? []) as Values[];
    return items.flatMap((one, at) => {
      const chosen = onlyEntry((one[alternatives] ?? {}) as Values);
      const kindSupport = chosen && kinds[chosen[0]];
      if (!kindSupport) return [];
      const [kind, values] = chosen;
      const fields = (item.shape[alternatives] as Fields).shape[kind] as Fields;
      return review({
        support: kindSupport,
        vendor: vendor.label,
        what: `\`${kind}\` in \`${list}\``,
        pathOf: (key) => configPath(support.dialect.key, `${list}.${at}.${alternatives}.${kind}.${key}`),
        given: new Set(keysWithValue(fields, values)),
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

/** What a vendor misses, refuses or finds contradicting in a draft: presence and choice, not the vendor's own rules. */
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
      given: new Set([...keysWithValue(support.dialect.fields, config), ...optionKeys]),
      values: { ...config, options },
    }),
    ...reviewItems(vendor, support, config),
    ...optionsOutOfScope(vendor, draft),
  ];
}

/** The options that a vendor takes for a dialect without doing anything with them. */
export const ignoredOptionWarnings = (vendor: Vendor, { dialect, support, options }: Draft): Warning[] =>
  keysWithValue(vendor.options, options).flatMap((key) => {
    if (scopeOf(vendor, dialect, key)?.inOtherDialects !== 'IGNORED') return [];
    const message = `${vendor.label} does nothing with it for connections to ${support.dialect.label}.`;
    return [{ path: optionPath(vendor.kind, key), code: 'FIELD_IGNORED', message }];
  });
