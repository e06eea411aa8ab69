// Calls the vendor of an instance, and reads one connection from it.
import type { Connection } from '../domain/connection.ts';
import { NotFoundError, VendorError } from '../domain/errors.ts';
import { connectionId } from '../domain/ids.ts';
import type { Call, Instance, LocatedConnection } from '../domain/instance.ts';
import type { Values } from '../fields/values-by-key.ts';
import type { ConnectionLocation } from './registry.ts';

/**
 * Returns a function that reads the details once for each selection in a row. A list that stays the same is mapped once, and its
 * details are read by each request.
 */
function readOnce(read: Connection['details']): Connection['details'] {
  let last: { readonly selected: ReadonlySet<string> | undefined; readonly details: Values } | null = null;
  return (selected) => {
    if (last?.selected !== selected || last === null) last = { selected, details: read(selected) };
    return last.details;
  };
}

/**
 * Returns a vendor's connection with its global id and its instance. The spread is last because V8 copies an object three times
 * faster into a literal that ends with it. A connection that already has these two fields has the same values in them.
 */
export function withGlobalId(instance: Instance, connection: Connection): LocatedConnection {
  const located = { id: connectionId(instance.key, connection.vendorId), instance, ...connection };
  located.details = readOnce(connection.details);
  return located;
}

/** Calls the vendor of an instance. @throws what the call throws; a VendorError gets the instance. */
export async function callInstance<T>(instance: Instance, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof VendorError) error.instance = instance;
    throw error;
  }
}

/** Reads a connection from its vendor. @throws NotFoundError, VendorError */
export async function readConnection(
  { id, instance, vendorId }: ConnectionLocation,
  call: Call,
): Promise<LocatedConnection> {
  const found = await callInstance(instance, () => instance.api.get(vendorId, call));
  if (!found) throw new NotFoundError(id);
  return withGlobalId(instance, found);
}
