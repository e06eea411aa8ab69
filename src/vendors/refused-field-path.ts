// Finds the input path of a field that a vendor's refusal names by its wire name.
import type { Draft } from '../domain/connection.ts';
import { valueAt, type FieldKey } from '../fields/values-by-key.ts';
import { configPath, optionPath } from '../domain/input-paths.ts';
import { wireFieldOf, type WireTable } from '../domain/dialect-support.ts';

const keysOfWireName = (table: WireTable, name: string): FieldKey[] =>
  Object.keys(table).filter((key) => wireFieldOf(table[key] as WireTable[string]).wire === name);

/**
 * Returns the input path of the field with a wire name. When several fields have that name, returns the first that has a value.
 * When none has it, returns the path of the dialect's config.
 * @param vendor the vendor's key in the input, such as `looker`.
 * @param optionsWire the vendor's table of options.
 */
export function pathOfWireName(name: string, draft: Draft, vendor: string, optionsWire: WireTable): string[] {
  if (name === 'name') return ['input', 'name'];
  const { dialect, support, config, options } = draft;
  const candidates = [
    ...keysOfWireName(support.fields, name).map((key) => ({
      path: configPath(dialect, key),
      value: valueAt(config, key),
    })),
    ...keysOfWireName(optionsWire, name).map((key) => ({
      path: optionPath(vendor, key),
      value: valueAt(options, key),
    })),
  ];
  const field = candidates.find(({ value }) => value !== undefined) ?? candidates[0];
  return field?.path ?? ['input', 'config', dialect];
}
