// Updates a saved connection: reads it from its vendor, plans the update, and writes it.
import type { Patch } from '../domain/connection.ts';
import type { LocatedConnection, Call, Instance } from '../domain/instance.ts';
import { NotFoundError } from '../domain/errors.ts';
import type { WrittenConnection } from './create-connection.ts';
import { findUpdated, sendWrite } from './verify-lost-write.ts';
import { withWrittenSecretStatuses } from './written-secret-statuses.ts';
import type { CachedReads } from './cached-reads.ts';
import { withGlobalId, readConnection } from './call-instance.ts';
import { unsupportedCapability, requireLocation, type Registry } from './registry.ts';
import { planUpdate, type UpdateInput, type UpdatePlan } from './update/plan-update.ts';

export type { UpdateInput } from './update/plan-update.ts';

/**
 * Writes a patch and returns the connection; null when the connection is gone.
 * @throws ConflictError, ValidationError, VendorError of the vendor.
 */
export async function writeUpdate(
  reads: CachedReads,
  instance: Instance,
  patch: Patch,
  call: Call,
): Promise<WrittenConnection | null> {
  const { update } = instance.api;
  if (!update) throw new Error('An instance with the capability UPDATE must have the method `update`.');
  const written = await sendWrite(
    reads,
    instance,
    async () => update(patch, call),
    async () => findUpdated(instance, patch, call),
  );
  if (!written) return null;
  const { warnings } = written;
  return { connection: withGlobalId(instance, withWrittenSecretStatuses(written, instance.vendor, patch)), warnings };
}

/** A planned update, with the connection that it was planned for. */
export interface ConnectionUpdate extends UpdatePlan {
  /** Global id, as the caller sent it. */
  readonly id: string;
  readonly current: LocatedConnection;
  /** The call under which the connection was read; the write shares its deadline. */
  readonly call: Call;
}

/**
 * Reads the connection and checks the changes against it. Writes nothing.
 * @throws NotFoundError, UnsupportedError, VendorError
 */
export async function planConnectionUpdate(registry: Registry, input: UpdateInput): Promise<ConnectionUpdate> {
  const location = requireLocation(registry, input.id);
  const { id, instance } = location;
  const { vendor } = instance;
  if (!instance.api.update || !vendor.update) throw unsupportedCapability(registry, instance, 'UPDATE');
  const call = { deadline: instance.deadline('write') };
  const current = await readConnection(location, call);
  if (current.deletedAt) throw new NotFoundError(id, `It is in the trash of ${vendor.label}; restore it there.`);
  return { ...planUpdate(vendor, vendor.update, current, input), id, current, call };
}

/**
 * Writes a planned update; a plan that changes nothing makes no call.
 * @param plan a plan without issues.
 * @throws NotFoundError, ConflictError, ValidationError, VendorError of the vendor.
 */
export async function updateConnection(
  reads: CachedReads,
  { id, current, patch, call, warnings, isEmpty }: ConnectionUpdate,
): Promise<WrittenConnection> {
  if (isEmpty) return { connection: current, warnings: [] };
  const written = await writeUpdate(reads, current.instance, patch, call);
  if (!written) throw new NotFoundError(id);
  return { ...written, warnings: [...written.warnings, ...warnings] };
}
