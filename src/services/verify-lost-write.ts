// Verifies the outcome of a lost write: one that was sent and got no answer. Patchbay reads the connection in the time that is left
// of the write. After a create or an update a missing connection proves nothing, because it may appear minutes later. After a delete
// it proves that the connection was deleted.
import type { Connection, Draft, Patch, RemoveResult, WriteResult } from '../domain/connection.ts';
import { OutcomeUnknownError, VendorError } from '../domain/errors.ts';
import type { Fields } from '../fields/field-meta.ts';
import { valueAt, type Values } from '../fields/values-by-key.ts';
import { unitsOf } from '../fields/walk-fields.ts';
import { findChanges, isSecretUnit } from '../fields/changes.ts';
import type { Call, Instance } from '../domain/instance.ts';
import type { CachedReads, ListRead } from './cached-reads.ts';
import { callInstance } from './call-instance.ts';

/** How far a vendor's clock may be behind Patchbay's, in milliseconds. */
const MAX_CLOCK_DIFFERENCE_MS = 5000;

/** Runs a write. When its outcome is unknown, it runs the read that may prove it. @throws OutcomeUnknownError when nothing proves the write. */
async function verifyLostWrite<T>(
  instance: Instance,
  write: () => Promise<T>,
  findResult: () => Promise<T | null>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof OutcomeUnknownError)) throw error;
    error.instance ??= instance;
    const result = await findResult().catch((failure: unknown) => {
      if (failure instanceof VendorError) return null;
      throw failure;
    });
    if (result === null) throw error;
    return result;
  }
}

/** What was known before a write was sent. */
export interface BeforeWrite {
  readonly startedAt: Date;
  /** The last list of the instance; null when there was none. */
  readonly list: ListRead | null;
}

/** Returns what is known before a write. Of the write of an earlier attempt, which may have been another replica's, only its time is known. */
const beforeWrite = (reads: CachedReads, instance: Instance): BeforeWrite =>
  reads.gate?.sentAt
    ? { startedAt: reads.gate.sentAt, list: null }
    : { startedAt: new Date(), list: reads.lastList(instance) };

/**
 * Sends a write to an instance when the gate of the reads allows it. When its outcome is unknown, it runs a read that may prove that the
 * write was done.
 * @param findResult returns the result of the write as the vendor stores it; null when that does not prove the write.
 * @throws what the gate and the write throw; OutcomeUnknownError when nothing proves the write.
 */
export async function sendWrite<T>(
  reads: CachedReads,
  instance: Instance,
  write: () => Promise<T>,
  findResult: (before: BeforeWrite) => Promise<T | null>,
): Promise<T> {
  const before = beforeWrite(reads, instance);
  const send = async () => {
    await reads.gate?.enter();
    return callInstance(instance, write);
  };
  return reads.write(instance, async () => verifyLostWrite(instance, send, async () => findResult(before)));
}

/** Reads a connection. Returns null when there is none, and undefined when the write's time is over. @throws VendorError */
async function readInTime(instance: Instance, vendorId: string, call: Call): Promise<Connection | null | undefined> {
  if (call.deadline?.aborted) return undefined;
  return callInstance(instance, () => instance.api.get(vendorId, call));
}

/** Returns whether the reported values contain all values that were sent. Secrets are never reported, so they do not count. */
const hasAllValues = (fields: Fields, reported: Values, sent: Values): boolean =>
  Object.keys(findChanges(fields, sent, reported)).length === 0;

/** Returns whether a connection was created after a create was sent. */
function isNewConnection({ vendorId, createdAt }: Connection, { list, startedAt }: BeforeWrite): boolean {
  // The connection existed before, even when its creation date is recent.
  if (list?.rows.some((row) => row.vendorId === vendorId)) return false;
  if (createdAt) return createdAt.getTime() >= startedAt.getTime() - MAX_CLOCK_DIFFERENCE_MS;
  // Without a creation date, only a list that was read without a failure proves that the connection did not exist.
  return list?.error === null;
}

/**
 * Returns the result of a lost create; null when nothing proves it. The proof is a new connection with the settings of the draft, at
 * a vendor whose connections have unique names.
 * @throws VendorError
 */
export async function findCreated(
  instance: Instance,
  { name, dialect, support, config }: Draft,
  before: BeforeWrite,
  call: Call,
): Promise<WriteResult | null> {
  const vendorId = instance.vendor.idOfName?.(name);
  if (vendorId === undefined) return null;
  const connection = await readInTime(instance, vendorId, call);
  if (!connection || connection.dialect !== dialect || !isNewConnection(connection, before)) return null;
  return hasAllValues(support.dialect.fields, connection.config, config) ? { connection, warnings: [] } : null;
}

const hasSecret = (definition: Fields, changes: Values): boolean =>
  unitsOf(definition).some(({ key, meta }) => isSecretUnit(meta) && valueAt(changes, key) !== undefined);

/**
 * Returns the result of a lost update; null when nothing proves it. The proof is a connection that reports all changes, so there is
 * none when a secret was changed.
 * @throws VendorError
 */
export async function findUpdated(instance: Instance, patch: Patch, call: Call): Promise<WriteResult | null> {
  const { current, support, config, options, name } = patch;
  const { vendor } = instance;
  const fields = { config: support.dialect.fields, options: vendor.update?.options ?? vendor.options };
  if (hasSecret(fields.config, config) || hasSecret(fields.options, options)) return null;
  const connection = await readInTime(instance, current.vendorId, call);
  if (!connection || (name !== undefined && connection.name !== name)) return null;
  const isDone =
    hasAllValues(fields.config, connection.config, config) &&
    hasAllValues(fields.options, connection.details(), options);
  return isDone ? { connection, warnings: [] } : null;
}

/** Returns the result of a lost delete; null when nothing proves it. The proof is a connection that is gone or in the trash. @throws VendorError */
export async function findRemoved(instance: Instance, vendorId: string, call: Call): Promise<RemoveResult | null> {
  const connection = await readInTime(instance, vendorId, call);
  if (connection === undefined) return null;
  if (connection === null) return { archived: false };
  return connection.deletedAt ? { archived: true } : null;
}
