// What is known when the gateway starts: dialects, vendors and the configured instances.
import type { Connection } from '../domain/connection.ts';
import { type LocatedConnection, capabilitiesOf, type Call, type Instance } from '../domain/instance.ts';
import type { Dialect } from '../fields/dialect.ts';
import type { Capability } from '../domain/capability.ts';
import { BadInputError, NotFoundError, UnsupportedError, VendorError } from '../domain/errors.ts';
import { connectionId, decodeId } from '../domain/ids.ts';
import type { Vendor } from '../domain/vendor.ts';

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

/** The instance that an argument names. @throws BadInputError with the path of the argument */
export function instanceAt(registry: Registry, keyOrId: string, path: readonly string[]): Instance {
  const found = findInstance(registry, keyOrId);
  if (!found) throw new BadInputError('There is no instance with this key or id; `vendors` lists them.', path);
  return found;
}

export interface Place {
  readonly instance: Instance;
  readonly vendorId: string;
}

/** Where a connection is; null for an id that is none, or that names nothing: it costs no call. */
export function placeOf(registry: Registry, id: string): Place | null {
  const decoded = decodeId(id);
  if (decoded?.kind !== 'connection') return null;
  const instance = findInstance(registry, decoded.key);
  return instance?.vendor.isVendorId(decoded.vendorId) ? { instance, vendorId: decoded.vendorId } : null;
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

/** The connection as its vendor has it now. @throws NotFoundError, VendorError */
export async function readNow({ instance, vendorId }: Place, id: string, call: Call): Promise<LocatedConnection> {
  const found = await atInstance(instance, () => instance.api.get(vendorId, call));
  if (!found) throw new NotFoundError(id);
  return locate(instance, found);
}

const VERBS: Partial<Record<Capability, string>> = {
  UPDATE: 'change a saved connection',
  DELETE: 'delete a connection',
  TEST_SAVED: 'test a saved connection',
  TEST_UNSAVED: 'test what is not saved',
};

/** That a vendor has no way to do a thing, whatever the connection. */
export function cannot({ instances }: Registry, { vendor }: Instance, capability: Capability): UnsupportedError {
  const able = new Set(instances.filter((one) => capabilitiesOf(one).includes(capability)).map((one) => one.vendor));
  const others = [...able].map(({ label }) => label).join(', ');
  const advice = others === '' ? 'No vendor here can.' : `These can: ${others}.`;
  return new UnsupportedError(`${vendor.label} has no way to ${VERBS[capability] ?? 'do this'}. ${advice}`, {
    vendor: vendor.kind,
    dialect: null,
    capability,
    alternatives: [...able].map(({ kind }) => kind),
  });
}
