// Holds a draft's values against what a vendor's table says of the dialect. Every problem is told at once.
import type { ValidationCode, ValidationIssue } from './errors.ts';
import { givenKeys, type FieldKey, type Values } from './fields.ts';
import type { DialectSupport, Vendor } from './vendor.ts';

/** In a table of requirements, the start of a key that names a vendor's option. */
const OPTIONS = 'options.';

/** Path of a dialect's field in the input of a mutation. */
export const configPath = (dialect: string, key: FieldKey): string[] => ['input', 'config', dialect, ...key.split('.')];
export const optionPath = (vendor: string, key: FieldKey): string[] => ['input', 'options', vendor, ...key.split('.')];

export const issue = (path: readonly string[], code: ValidationCode, message: string): ValidationIssue => ({
  path,
  code,
  message,
  source: 'GATEWAY',
});

const quoted = (keys: readonly FieldKey[]): string => keys.map((key) => `\`${key}\``).join(', ');

/** Of the ways to fill a dialect, the one the caller is on: most of it given, the first among equals. */
function nearestWay(ways: DialectSupport['required'], given: ReadonlySet<FieldKey>): readonly FieldKey[] {
  const score = (way: readonly FieldKey[]) => way.filter((key) => given.has(key)).length;
  return ways.reduce((best, way) => (score(way) > score(best) ? way : best), ways[0] ?? []);
}

const isMoreThan = (larger: readonly FieldKey[], smaller: readonly FieldKey[]): boolean =>
  larger.length > smaller.length && smaller.every((key) => larger.includes(key));

/** What may stand in for a missing field: what the ways without it need beside the way that was taken, at its least. */
function substitutes(ways: DialectSupport['required'], way: readonly FieldKey[], absent: FieldKey): FieldKey[][] {
  const others = ways
    .filter((other) => !other.includes(absent))
    .map((other) => other.filter((key) => !way.includes(key)));
  return others.filter((one) => !others.some((other) => isMoreThan(one, other)));
}

const inputPath = (vendor: Vendor, support: DialectSupport, key: FieldKey): string[] =>
  key.startsWith(OPTIONS) ? optionPath(vendor.kind, key.slice(OPTIONS.length)) : configPath(support.dialect.key, key);

function missing(vendor: Vendor, support: DialectSupport, given: ReadonlySet<FieldKey>): ValidationIssue[] {
  const ways = support.required;
  if (ways.length === 0 || ways.some((way) => way.every((key) => given.has(key)))) return [];
  const way = nearestWay(ways, given);
  return way.flatMap((key) => {
    if (given.has(key)) return [];
    const instead = new Set(substitutes(ways, way, key).map(quoted));
    const or = [...instead].map((keys) => `, or ${keys} in its place`).join('');
    const what = `${vendor.label} needs \`${key}\` for a ${support.dialect.label} connection${or}.`;
    return [issue(inputPath(vendor, support, key), 'REQUIRED', what)];
  });
}

function refused(vendor: Vendor, support: DialectSupport, given: readonly FieldKey[]): ValidationIssue[] {
  const { dialect } = support;
  return given
    .filter((key) => !(key in support.fields))
    .map((key) => {
      const advice = support.advice?.[key];
      return issue(
        configPath(dialect.key, key),
        'NOT_ALLOWED',
        `${vendor.label} has no \`${key}\` for a ${dialect.label} connection${advice ? `: ${advice}` : '; leave it out.'}`,
      );
    });
}

function contradicting(vendor: Vendor, support: DialectSupport, given: ReadonlySet<FieldKey>): ValidationIssue[] {
  return (support.exclusive ?? []).flatMap(([one, other]) => {
    const [first, second] = [one, other].map((keys) => keys.filter((key) => given.has(key)));
    if (!first?.length || !second?.length) return [];
    const what = (key: FieldKey) => `${vendor.label} takes ${quoted(first)} or \`${key}\`, not both.`;
    return second.map((key) => issue(inputPath(vendor, support, key), 'EXCLUSIVE', what(key)));
  });
}

/** What a vendor misses, refuses or finds contradicting in a draft's values: presence alone, not content. */
export function reviewFields(
  vendor: Vendor,
  support: DialectSupport,
  config: Values,
  options: Values,
): ValidationIssue[] {
  const configKeys = givenKeys(support.dialect.fields, config);
  const given = new Set([...configKeys, ...givenKeys(vendor.options, options).map((key) => OPTIONS + key)]);
  return [
    ...missing(vendor, support, given),
    ...refused(vendor, support, configKeys),
    ...contradicting(vendor, support, given),
  ];
}
