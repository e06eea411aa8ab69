// Deletes a connection, or moves it to its vendor's trash.
import type { Warning } from '../domain/connection.ts';
import { ConflictError, NotFoundError } from '../domain/errors.ts';
import { lookForRemoved, orProof } from './look-after.ts';
import type { Reads } from './reads.ts';
import { atInstance, cannot, placeOf, readNow, type Registry } from './registry.ts';

export interface DeleteInput {
  readonly id: string;
  /** The name that it must have still. */
  readonly expectName?: string | null | undefined;
}

export interface DeletedConnection {
  readonly deletedId: string;
  readonly archived: boolean;
  readonly warnings: readonly Warning[];
}

/** @throws NotFoundError, UnsupportedError, ConflictError before anything is deleted; VendorError. */
export async function deleteConnection(
  registry: Registry,
  reads: Reads,
  { id, expectName }: DeleteInput,
): Promise<DeletedConnection> {
  const place = placeOf(registry, id);
  if (!place) throw new NotFoundError(id);
  const { instance, vendorId } = place;
  const { remove } = instance.api;
  if (!remove) throw cannot(registry, instance, 'DELETE');
  const call = { deadline: instance.deadline('write') };
  if (expectName !== undefined && expectName !== null) {
    const current = await readNow(place, id, call);
    if (current.name !== expectName) {
      const error = new ConflictError('It has another name now; nothing was deleted.', vendorId, 'NAME_CHANGED');
      error.existing = current;
      throw error;
    }
  }
  const removed = await reads.write(instance, () =>
    orProof(
      () => atInstance(instance, () => remove(vendorId, call)),
      () => lookForRemoved(instance, vendorId, call),
    ),
  );
  if (!removed) throw new NotFoundError(id);
  return { deletedId: id, archived: removed.archived, warnings: [] };
}
