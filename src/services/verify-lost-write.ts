// A write that left and got no answer: looks at the vendor, in what is left of the write's time, whether it was done. Only
// what proves it counts: that nothing is there proves nothing, since a row may appear minutes later.
import type { Connection, Draft, Patch, RemoveResult, WriteResult } from '../domain/connection.ts';
import { OutcomeUnknownError, VendorError } from '../domain/errors.ts';
import type { Fields } from '../fields/field-meta.ts';
import { valueAt, type Values } from '../fields/values.ts';
import { unitsOf } from '../fields/walk-fields.ts';
import { findChanges, isSecretUnit } from '../fields/changes.ts';
import type { Call, Instance } from '../domain/instance.ts';
import type { ListRead } from './reads.ts';
import { callInstance } from './registry.ts';

/** How far a vendor's clock may be behind ours, in milliseconds. */
const CLOCKS_DIFFER_MS = 5000;

/** What a write came to, or what its look afterwards proved. */
export async function verifyLostWrite<T>(write: () => Promise<T>, prove: () => Promise<T | null>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof OutcomeUnknownError)) throw error;
    const proof = await prove().catch((failure: unknown) => {
      if (failure instanceof VendorError) return null;
      throw failure;
    });
    if (proof === null) throw error;
    return proof;
  }
}

/** null when there is no such connection, undefined when there was no time to look. */
async function look(instance: Instance, vendorId: string, call: Call): Promise<Connection | null | undefined> {
  if (call.deadline?.aborted) return undefined;
  return callInstance(instance, () => instance.api.get(vendorId, call));
}

/** Whether what is told says all that was sent, as far as it can be seen: secrets cannot. */
const tellsAll = (fields: Fields, told: Values, sent: Values): boolean =>
  Object.keys(findChanges(fields, sent, told)).length === 0;

export interface Before {
  readonly beganAt: Date;
  /** The list as it was known before. */
  readonly list: ListRead | null;
}

/** A connection that is new, under a name that only one can have, and as it was asked for: it was created. */
export async function findCreated(
  instance: Instance,
  { name, dialect, support, config }: Draft,
  before: Before,
  call: Call,
): Promise<WriteResult | null> {
  const vendorId = instance.vendor.idOfName?.(name);
  if (vendorId === undefined) return null;
  const connection = await look(instance, vendorId, call);
  if (!connection || connection.dialect !== dialect) return null;
  const { createdAt } = connection;
  const { list, beganAt } = before;
  // In a list from before it is another's, however new; a list that could not be read anew proves nothing by what it lacks.
  if (list?.rows.some((row) => row.vendorId === connection.vendorId)) return null;
  const isNew = createdAt ? createdAt.getTime() >= beganAt.getTime() - CLOCKS_DIFFER_MS : list?.error === null;
  return isNew && tellsAll(support.dialect.fields, connection.config, config) ? { connection, warnings: [] } : null;
}

const hasSecret = (definition: Fields, changes: Values): boolean =>
  unitsOf(definition).some(({ key, meta }) => isSecretUnit(meta) && valueAt(changes, key) !== undefined);

/** Changes that can all be seen, and are: they were made. */
export async function findUpdated(instance: Instance, patch: Patch, call: Call): Promise<WriteResult | null> {
  const { current, support, config, options, name } = patch;
  const { vendor } = instance;
  const fields = { config: support.dialect.fields, options: vendor.update?.options ?? vendor.options };
  if (hasSecret(fields.config, config) || hasSecret(fields.options, options)) return null;
  const connection = await look(instance, current.vendorId, call);
  if (!connection || (name !== undefined && connection.name !== name)) return null;
  const isDone =
    tellsAll(fields.config, connection.config, config) && tellsAll(fields.options, connection.details, options);
  return isDone ? { connection, warnings: [] } : null;
}

/** What is not there any more, or in the trash, was deleted. */
export async function findRemoved(instance: Instance, vendorId: string, call: Call): Promise<RemoveResult | null> {
  const connection = await look(instance, vendorId, call);
  if (connection === undefined) return null;
  if (connection === null) return { archived: false };
  return connection.deletedAt ? { archived: true } : null;
}
