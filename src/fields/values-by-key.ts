// Values of fields as a tree, and how to read and write one value by its key.
import { Secret } from '../secrets/secret.ts';

/** The path of a field in a definition, its steps joined by dots: `tls.enabled`. */
export type FieldKey = string;

/** Values by field: what a caller provided, or what a vendor reported (then a secret is its SecretStatus). */
export type Values = Readonly<Record<string, unknown>>;

/** Returns the value at a key; undefined when there is none. */
export function valueAt(values: Values, key: FieldKey): unknown {
  let value: unknown = values;
  // Most keys have one step. `split` is slow, and a list of connections reads thousands of values.
  for (const step of key.includes('.') ? key.split('.') : [key]) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Values)[step];
  }
  return value;
}

/** Sets the value at a key. It creates the groups on the way. */
export function putAt(values: Record<string, unknown>, key: FieldKey, value: unknown): void {
  const steps = key.split('.');
  const last = steps.pop() ?? key;
  let group = values;
  for (const step of steps) group = (group[step] ??= {}) as Record<string, unknown>;
  group[last] = value;
}

const isPlainGroup = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Returns a new object with the entries of both. Groups are copied, and groups of the same name are merged. */
export function mergeValues(first: Values, second: Values): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...first };
  for (const [name, value] of Object.entries(second)) {
    const before = merged[name];
    merged[name] = isPlainGroup(value) ? mergeValues(isPlainGroup(before) ? before : {}, value) : value;
  }
  return merged;
}

/** Returns the name and the values of the chosen alternative of a one-of group; null when none is chosen. */
export const onlyEntry = (values: Values): readonly [string, Values] | null => {
  const entry = Object.entries(values).find(([, value]) => value !== undefined && value !== null);
  return entry ? [entry[0], entry[1] as Values] : null;
};

/** Returns a copy of a value in which no group, at any depth, has an entry that is null or undefined. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object' || value instanceof Secret) return value;
  const present = Object.entries(value).filter(([, entry]) => entry !== undefined && entry !== null);
  return Object.fromEntries(present.map(([key, entry]) => [key, withoutNulls(entry)]));
}
