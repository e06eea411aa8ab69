// Splits the settings of a fan-out by vendor. A field that a vendor does not support, but the vendor of another target does, is
// left out for that vendor, with a warning. A secret is not left out: it is an issue.
import { configPath } from '../../domain/input-paths.ts';
import type { Warning } from '../../domain/connection.ts';
import { itemOf, metaOf, type Fields } from '../../fields/field-meta.ts';
import { putAt, valueAt, type FieldKey, type Values } from '../../fields/values-by-key.ts';
import { keysWithValue, leavesOf, secretKeysOf, type Leaf } from '../../fields/walk-fields.ts';
import { takesField, type DialectSupport } from '../../domain/dialect-support.ts';
import type { Vendor } from '../../domain/vendor.ts';

/** Returns whether a field is a secret, or a list with secrets. */
function holdsSecret({ meta, schema }: Leaf): boolean {
  if (meta.kind !== 'list') return meta.kind === 'secret';
  const item = itemOf(schema);
  const { kind } = metaOf(item);
  return kind === 'secret' || (kind === 'group' && secretKeysOf(item as Fields).length > 0);
}

export interface VendorValues {
  /** The values to send to the vendor. */
  readonly values: Values;
  /** The fields that were left out. */
  readonly leftOut: readonly FieldKey[];
  /** The secrets that the vendor does not support, but the vendor of another target does. */
  readonly unknownSecrets: readonly FieldKey[];
}

/**
 * Returns the values for one vendor of a fan-out.
 * @param allSupports how the vendors of all targets support the dialect.
 */
export function valuesForVendor(
  values: Values,
  support: DialectSupport,
  allSupports: readonly DialectSupport[],
): VendorValues {
  const { fields } = support.dialect;
  const provided = new Set(keysWithValue(fields, values));
  const unknown = leavesOf(fields).filter(
    ({ key }) => provided.has(key) && !takesField(support, key) && allSupports.some((other) => takesField(other, key)),
  );
  const unknownSecrets = unknown.filter(holdsSecret).map(({ key }) => key);
  const leftOut = unknown.map(({ key }) => key).filter((key) => !unknownSecrets.includes(key));
  const supported: Record<string, unknown> = {};
  for (const key of provided) {
    if (!leftOut.includes(key)) putAt(supported, key, valueAt(values, key));
  }
  return { values: supported, leftOut, unknownSecrets };
}

/** Returns the warning about a field that was left out for a vendor. */
export const leftOutWarning = ({ label }: Vendor, { dialect }: DialectSupport, key: FieldKey): Warning => ({
  path: configPath(dialect.key, key),
  code: 'FIELD_LEFT_OUT',
  message: `${label} has no \`${key}\` for connections to ${dialect.label}; it was left out there.`,
});
