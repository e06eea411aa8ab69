// Deletes a connection, or moves it to its vendor's trash.
import type { RemoveResult, Warning } from '../domain/connection.ts';
import { ConflictError, NotFoundError } from '../domain/errors.ts';
import type { Call } from '../domain/instance.ts';
import { findRemoved, sendWrite } from './verify-lost-write.ts';
import type { CachedReads } from './cached-reads.ts';
import { readConnection } from './call-instance.ts';
import { unsupportedCapability, requireLocation, type ConnectionLocation, type Registry } from './registry.ts';

export interface DeleteInput {
  readonly id: string;
  /** The name that the connection must still have; null or undefined for any. */
  readonly expectName?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export interface DeletedConnection {
  /** Global id, as the caller sent it. */
  readonly deletedId: string;
  /** Whether the connection is in the vendor's trash. */
  readonly archived: boolean;
  readonly warnings: readonly Warning[];
}

/** Deletes a connection at an instance with the capability DELETE. Returns null when there was none. @throws VendorError */
export async function removeConnection(
  reads: CachedReads,
  { instance, vendorId }: ConnectionLocation,
  call: Call,
): Promise<RemoveResult | null> {
  const { remove } = instance.api;
  if (!remove) throw new Error('An instance with the capability DELETE must have the method `remove`.');
  return sendWrite(
    reads,
    instance,
    async () => remove(vendorId, call),
    async () => findRemoved(instance, vendorId, call),
  );
}

/**
 * Deletes a connection.
 * @throws NotFoundError, UnsupportedError, ConflictError before anything is deleted; VendorError.
 */
export async function deleteConnection(
  registry: Registry,
  reads: CachedReads,
  { id, expectName }: DeleteInput,
): Promise<DeletedConnection> {
  const location = requireLocation(registry, id);
  const { instance, vendorId } = location;
  if (!instance.api.remove) throw unsupportedCapability(registry, instance, 'DELETE');
  const call = { deadline: instance.deadline('write') };
  // An earlier attempt compared the name before it sent the delete, and the connection may be gone since.
  const isRepeat = (reads.gate?.sentAt ?? null) !== null;
  if (!isRepeat && expectName !== undefined && expectName !== null) {
    const current = await readConnection(location, call);
    if (current.name !== expectName) {
      const error = new ConflictError(
        'The connection has another name now. Nothing was deleted.',
        vendorId,
        'NAME_CHANGED',
      );
      error.existing = current;
      throw error;
    }
  }
  const removed = await removeConnection(reads, location, call);
  if (!removed) throw new NotFoundError(id);
  return { deletedId: id, archived: removed.archived, warnings: instance.vendor.afterDelete?.(removed) ?? [] };
}
