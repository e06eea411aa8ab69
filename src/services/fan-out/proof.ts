// How a connection that an attempt may have created is recognized later by a process that does not have its settings: by its id, its
// age, and an HMAC of its settings.
import type { Connection } from '../../domain/connection.ts';
import { valueAt, type FieldKey, type Values } from '../../fields/values-by-key.ts';
import { leavesOf } from '../../fields/walk-fields.ts';
import type { Digest } from '../idempotency/digest.ts';
import type { Proof } from '../operations/operation-store.ts';
import type { TargetPlan } from './plan-fan-out.ts';

/** How far a vendor's clock and that of the store may differ, in milliseconds. */
const MAX_CLOCK_DIFFERENCE_MS = 5000;

const PLAIN: ReadonlySet<string> = new Set(['string', 'number', 'boolean']);

const tagOf = (digest: Digest, config: Values, keys: readonly FieldKey[]): string =>
  digest(JSON.stringify(keys.map((key) => valueAt(config, key))));

/** Returns how the connection of a target is recognized; null when its vendor's names are not unique, or it has no plain setting. */
export function proofOf({ instance, draft }: TargetPlan, digest: Digest): Proof | null {
  const vendorId = instance.vendor.idOfName?.(draft.name);
  const keys = leavesOf(draft.support.dialect.fields)
    .filter(({ key, meta }) => meta.kind !== 'secret' && PLAIN.has(typeof valueAt(draft.config, key)))
    .map(({ key }) => key);
  if (vendorId === undefined || keys.length === 0) return null;
  return { vendorId, dialect: draft.dialect, keys, tag: tagOf(digest, draft.config, keys) };
}

/**
 * Returns whether a connection is the one that an attempt created.
 * @param sentAt when the create was about to be sent.
 * @param leaseMs for how long the create may have been on its way, in milliseconds.
 */
export function isProven(
  { dialect, keys, tag }: Proof,
  connection: Connection,
  { sentAt, leaseMs, digest }: { readonly sentAt: Date; readonly leaseMs: number; readonly digest: Digest },
): boolean {
  const { createdAt, deletedAt, config } = connection;
  if (!createdAt || deletedAt || connection.dialect !== dialect) return false;
  const age = createdAt.getTime() - sentAt.getTime();
  const isInTime = age >= -MAX_CLOCK_DIFFERENCE_MS && age <= leaseMs + MAX_CLOCK_DIFFERENCE_MS;
  return isInTime && tagOf(digest, config, keys) === tag;
}
