// Paths of fields in the input of a mutation, and the keys of options in the support tables.
import type { FieldKey } from '../fields/values-by-key.ts';

/** The start of a key in a support table that names a field of the vendor's options. */
export const OPTIONS_PREFIX = 'options.';

/** Returns whether a key of a support table names a field of the vendor's options. */
export const isOptionKey = (key: FieldKey): boolean => key.startsWith(OPTIONS_PREFIX);

/** Returns the path of a field of the config in the input of a mutation. */
export const configPath = (dialect: string, key: FieldKey): string[] => ['input', 'config', dialect, ...key.split('.')];

/** Returns the path of a field of the options in the input of a mutation. */
export const optionPath = (vendor: string, key: FieldKey): string[] => ['input', 'options', vendor, ...key.split('.')];
