// What is known when the gateway starts: dialects, vendors and the configured instances.
import type { LocatedConnection, Connection } from '../domain/connection.ts';
import type { Dialect } from '../domain/dialect.ts';
import { VendorError } from '../domain/errors.ts';
import { connectionId, decodeId } from '../domain/ids.ts';
import type { Instance, Vendor } from '../domain/vendor.ts';

export interface Registry {
  readonly dialects: readonly Dialect[];
  readonly vendors: readonly Vendor[];
  /** In the order of the configuration. */
  readonly instances: readonly Instance[];
}

/** The instance of a key or global id; null when there is none. */
export function findInstance({ instances }: Registry, keyOrId: string): Instance | null {
  const decoded = decodeId(keyOrId);
  const key = decoded?.kind === 'instance' ? decoded.key : keyOrId;
  return instances.find((instance) => instance.key === key) ?? null;
}

export const locate = (instance: Instance, connection: Connection): LocatedConnection => ({
  ...connection,
  id: connectionId(instance.key, connection.vendorId),
  instance,
});

/** Asks a vendor; a failure then says at which instance it was. */
export async function atInstance<T>(instance: Instance, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof VendorError) error.instance = instance;
    throw error;
  }
}
