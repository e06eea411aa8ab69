// A secret that was just written is there, and one that was cleared is not, whatever the vendor tells of it.
import type { Connection, Warning, WarningCode, WriteResult } from '../domain/connection.ts';
import type { Fields } from '../fields/field-meta.ts';
import { putAt, valueAt, type FieldKey, type Values } from '../fields/values.ts';
import { leavesWithItems, statusKeyOf } from '../fields/walk-fields.ts';
import { configPath, optionPath } from '../domain/input-paths.ts';
import type { Vendor } from '../domain/vendor.ts';

/** What a write could not keep, as its warnings say. */
const LOSSES: ReadonlySet<WarningCode> = new Set(['CERTIFICATES_NOT_UPLOADED', 'USER_CREDENTIALS_ERASED']);

/** Whether what is told has a place for it: a vendor that forgets an item of a list leaves none. */
const isPlaceTold = (told: Values, key: FieldKey): boolean => {
  const group = valueAt(told, key.slice(0, key.lastIndexOf('.')));
  return !/\.\d+\./.test(key) || (group !== undefined && group !== null);
};

interface Sent {
  readonly config: Values;
  readonly options: Values;
}

type PathOf = (key: FieldKey) => readonly string[];

function mark(
  told: Values,
  fields: Fields,
  sent: Values,
  isLost: (path: readonly string[]) => boolean,
  pathOf: PathOf,
) {
  const marked = structuredClone(told) as Record<string, unknown>;
  for (const place of leavesWithItems(fields, sent)) {
    const key = statusKeyOf(place);
    // What is cleared as one is null at the place of its group.
    const own = valueAt(sent, place.key);
    const value = own === undefined ? valueAt(sent, key) : own;
    if (place.meta.kind !== 'secret' || value === undefined) continue;
    if (!isLost(pathOf(place.key)) && isPlaceTold(marked, key)) putAt(marked, key, value === null ? 'NOT_SET' : 'SET');
  }
  return marked;
}

/** The connection as it was answered, with the states of the secrets that were sent. */
export function withWrittenSecretStatuses(
  { connection, warnings }: WriteResult,
  vendor: Vendor,
  { config, options }: Sent,
): Connection {
  const fields = vendor.dialects[connection.dialect]?.dialect.fields;
  const lost = warnings.flatMap(({ code, path }: Warning) => (path && LOSSES.has(code) ? [path] : []));
  const isLost = (path: readonly string[]) => lost.some((start) => start.every((step, at) => step === path[at]));
  const pathOf = (key: FieldKey) => configPath(connection.dialect, key);
  return {
    ...connection,
    config: fields ? mark(connection.config, fields, config, isLost, pathOf) : connection.config,
    details: mark(connection.details, vendor.options, options, isLost, (key) => optionPath(vendor.kind, key)),
  };
}
