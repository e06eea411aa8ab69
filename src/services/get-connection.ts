// One connection by its global id. An id that is none, or that names nothing, is null and costs no call.
import type { LocatedConnection } from '../domain/connection.ts';
import { decodeId } from '../domain/ids.ts';
import type { Call } from '../domain/vendor.ts';
import { atInstance, findInstance, locate, type Registry } from './registry.ts';

/** @throws VendorError when the vendor could not be asked. */
export async function getConnection(registry: Registry, id: string, call: Call): Promise<LocatedConnection | null> {
  const decoded = decodeId(id);
  if (decoded?.kind !== 'connection') return null;
  const instance = findInstance(registry, decoded.key);
  if (!instance?.vendor.isVendorId(decoded.vendorId)) return null;
  const connection = await atInstance(instance, () => instance.api.get(decoded.vendorId, call));
  return connection && locate(instance, connection);
}
