// Creates one connection as planned, at one instance.
import type { Warning } from '../domain/connection.ts';
import type { LocatedConnection, Call, Instance } from '../domain/instance.ts';
import { ConflictError, VendorError } from '../domain/errors.ts';
import { ignoredOptionWarnings } from '../domain/review-draft.ts';
import { suspectValueWarnings } from './suspect-values.ts';
import { findCreated, sendWrite } from './verify-lost-write.ts';
import { withWrittenSecretStatuses } from './written-secret-statuses.ts';
import type { CreatePlan } from './plan-create.ts';
import type { CachedReads } from './cached-reads.ts';
import { withGlobalId } from './call-instance.ts';
import { withVendorMessages } from './vendor-messages.ts';

/** The result of a create or an update. */
export interface WrittenConnection {
  readonly connection: LocatedConnection;
  readonly warnings: readonly Warning[];
}

/** Adds to a conflict the connection that already has the name, when that can be read. */
async function addExisting(error: ConflictError, instance: Instance, call: Call): Promise<void> {
  if (error.existingId === null) return;
  try {
    const existing = await instance.api.get(error.existingId, call);
    error.existing = existing && withGlobalId(instance, existing);
  } catch (failure) {
    if (!(failure instanceof VendorError)) throw failure;
  }
}

/**
 * Creates the connection of a plan.
 * @param plan a plan without issues.
 * @throws ConflictError, ValidationError, VendorError of the vendor.
 */
export async function createPlanned(
  reads: CachedReads,
  { instance, draft }: Pick<CreatePlan, 'instance' | 'draft'>,
): Promise<WrittenConnection> {
  const { create } = instance.api;
  if (!create) throw new Error('An instance with the capability CREATE must have the method `create`.');
  const call = { deadline: instance.deadline('write') };
  try {
    const created = await sendWrite(
      reads,
      instance,
      async () => withVendorMessages(draft, async () => create(draft, call)),
      async (before) => findCreated(instance, draft, before, call),
    );
    const { vendor } = instance;
    const warnings = [
      ...ignoredOptionWarnings(vendor, draft),
      ...created.warnings,
      ...suspectValueWarnings(vendor, draft),
    ];
    return { connection: withGlobalId(instance, withWrittenSecretStatuses(created, instance.vendor, draft)), warnings };
  } catch (error) {
    if (error instanceof ConflictError) await addExisting(error, instance, call);
    throw error;
  }
}
