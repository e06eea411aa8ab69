// A change to a saved connection: reads it, holds the change against what is there and what its vendor lets one change, and
// only then writes.
import type { Patch } from '../domain/connection.ts';
import { NotFoundError, ValidationError } from '../domain/errors.ts';
import type { Call, Instance } from '../domain/vendor.ts';
import type { WrittenConnection } from './create-connection.ts';
import { lookForUpdated, orProof } from './look-after.ts';
import { markWritten } from './mark-written.ts';
import type { Reads } from './reads.ts';
import { atInstance, cannot, locate, placeOf, readNow, type Registry } from './registry.ts';
import { planUpdate, type UpdateInput } from './update/plan.ts';

export type { UpdateInput } from './update/plan.ts';

/**
 * Writes changes that were planned; null when the connection is gone.
 * @throws ConflictError, ValidationError, VendorError of the vendor's.
 */
export async function writeUpdate(
  reads: Reads,
  instance: Instance,
  patch: Patch,
  call: Call,
): Promise<WrittenConnection | null> {
  const { update } = instance.api;
  if (!update) throw new Error('An instance that lets one change connections has a way to do it.');
  const written = await reads.write(instance, () =>
    orProof(
      () => atInstance(instance, () => update(patch, call)),
      () => lookForUpdated(instance, patch, call),
    ),
  );
  if (!written) return null;
  const { warnings } = written;
  return { connection: locate(instance, markWritten(written, instance.vendor, patch)), warnings };
}

/**
 * Changes a saved connection.
 * @throws NotFoundError, UnsupportedError, ValidationError before anything is written; ConflictError, ValidationError,
 * VendorError of the vendor's.
 */
export async function updateConnection(
  registry: Registry,
  reads: Reads,
  input: UpdateInput,
): Promise<WrittenConnection> {
  const place = placeOf(registry, input.id);
  if (!place) throw new NotFoundError(input.id);
  const { instance } = place;
  const { vendor } = instance;
  if (!instance.api.update || !vendor.update) throw cannot(registry, instance, 'UPDATE');
  const call = { deadline: instance.deadline('write') };
  const current = await readNow(place, input.id, call);
  if (current.deletedAt) throw new NotFoundError(input.id, `It is in the trash of ${vendor.label}; restore it there.`);
  const plan = planUpdate(vendor, vendor.update, current, input);
  if (plan.issues.length > 0) throw new ValidationError(plan.issues);
  if (plan.isEmpty) return { connection: current, warnings: [] };
  const written = await writeUpdate(reads, instance, plan.patch, call);
  if (!written) throw new NotFoundError(input.id);
  return { ...written, warnings: [...written.warnings, ...plan.warnings] };
}
