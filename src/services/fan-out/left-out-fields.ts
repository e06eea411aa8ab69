// Settings that several vendors are to take, each its part of them: what one does not know and another does is left out for
// the first. A secret never is. It makes no call.
import { configPath } from '../../domain/input-paths.ts';
import type { Warning } from '../../domain/connection.ts';
import { itemOf, metaOf, type Fields } from '../../fields/field-meta.ts';
import { putAt, valueAt, type FieldKey, type Values } from '../../fields/values.ts';
import { keysWithValue, leavesOf, secretKeysOf, type Leaf } from '../../fields/walk-fields.ts';
import { takesField, type DialectSupport } from '../../domain/dialect-support.ts';
import type { Vendor } from '../../domain/vendor.ts';

function holdsSecret({ meta, schema }: Leaf): boolean {
  if (meta.kind !== 'list') return meta.kind === 'secret';
  const item = itemOf(schema);
  const { kind } = metaOf(item);
  return kind === 'secret' || (kind === 'group' && secretKeysOf(item as Fields).length > 0);
}

export interface VendorValues {
  /** What the vendor is asked to take. */
  readonly values: Values;
  readonly leftOut: readonly FieldKey[];
  /** Secrets that it does not know and another vendor does. */
  readonly strayed: readonly FieldKey[];
}

/**
 * What of the settings goes to one vendor.
 * @param all how the vendors of all targets take the dialect.
 */
export function valuesForVendor(values: Values, support: DialectSupport, all: readonly DialectSupport[]): VendorValues {
  const { fields } = support.dialect;
  const given = new Set(keysWithValue(fields, values));
  const foreign = leavesOf(fields).filter(
    ({ key }) => given.has(key) && !takesField(support, key) && all.some((other) => takesField(other, key)),
  );
  const strayed = foreign.filter(holdsSecret).map(({ key }) => key);
  const leftOut = foreign.map(({ key }) => key).filter((key) => !strayed.includes(key));
  const kept: Record<string, unknown> = {};
  for (const key of given) {
    if (!leftOut.includes(key)) putAt(kept, key, valueAt(values, key));
  }
  return { values: kept, leftOut, strayed };
}

export const leftOutWarning = ({ label }: Vendor, { dialect }: DialectSupport, key: FieldKey): Warning => ({
  path: configPath(dialect.key, key),
  code: 'FIELD_LEFT_OUT',
  message: `${label} has no \`${key}\` for connections to ${dialect.label}; it was left out there.`,
});
