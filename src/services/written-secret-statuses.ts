// Sets the statuses of secrets after a write. A secret that was written is SET and one that was cleared is NOT_SET, whatever the
// vendor reports.
import type { Connection, Warning, WarningCode, WriteResult } from '../domain/connection.ts';
import type { Fields } from '../fields/field-meta.ts';
import { putAt, valueAt, type FieldKey, type Values } from '../fields/values-by-key.ts';
import { leavesWithItems, statusKeyOf } from '../fields/walk-fields.ts';
import { configPath, optionPath } from '../domain/input-paths.ts';
import type { Vendor } from '../domain/vendor.ts';

/** The warnings about values that were sent but not stored. */
const NOT_STORED_WARNINGS: ReadonlySet<WarningCode> = new Set(['CERTIFICATES_NOT_UPLOADED', 'USER_CREDENTIALS_ERASED']);

/** Returns the function that tells whether a value that was sent is stored. It takes the path of the value, starting with `input`. */
export function isStoredAfter(warnings: readonly Warning[]): (path: readonly string[]) => boolean {
  const notStored = warnings.flatMap(({ code, path }) => (path && NOT_STORED_WARNINGS.has(code) ? [path] : []));
  return (path) => !notStored.some((start) => start.every((step, at) => step === path[at]));
}

/** Returns whether the reported values can hold the status. They cannot when the vendor does not report the item of its list. */
const canHoldStatus = (reported: Values, key: FieldKey): boolean => {
  const isInListItem = /\.\d+\./.test(key);
  const group = valueAt(reported, key.slice(0, key.lastIndexOf('.')));
  return !isInListItem || (group !== undefined && group !== null);
};

interface SentValues {
  readonly config: Values;
  readonly options: Values;
}

/** Returns the reported values of one side, with the statuses of the secrets that were sent and stored. */
function withStatuses(
  reported: Values,
  fields: Fields,
  sent: Values,
  isStored: (key: FieldKey) => boolean,
): Record<string, unknown> {
  const result = structuredClone(reported) as Record<string, unknown>;
  for (const leaf of leavesWithItems(fields, sent)) {
    if (leaf.meta.kind !== 'secret') continue;
    const statusKey = statusKeyOf(leaf);
    const leafValue = valueAt(sent, leaf.key);
    // A group that was cleared as a whole has null at its status key only.
    const value = leafValue === undefined ? valueAt(sent, statusKey) : leafValue;
    if (value === undefined || !isStored(leaf.key) || !canHoldStatus(result, statusKey)) continue;
    putAt(result, statusKey, value === null ? 'NOT_SET' : 'SET');
  }
  return result;
}

/** Returns the written connection with the statuses of the secrets that were sent. */
export function withWrittenSecretStatuses(
  { connection, warnings }: WriteResult,
  vendor: Vendor,
  { config, options }: SentValues,
): Connection {
  const fields = vendor.dialects[connection.dialect]?.dialect.fields;
  const isStored = isStoredAfter(warnings);
  const isConfigStored = (key: FieldKey) => isStored(configPath(connection.dialect, key));
  const isOptionStored = (key: FieldKey) => isStored(optionPath(vendor.kind, key));
  return {
    ...connection,
    config: fields ? withStatuses(connection.config, fields, config, isConfigStored) : connection.config,
    details: () => withStatuses(connection.details(), vendor.options, options, isOptionStored),
  };
}
