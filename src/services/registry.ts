// The registry of dialects, vendors and configured instances, and lookups in it.
import { capabilitiesOf, type Instance, type LocatedConnection } from '../domain/instance.ts';
import { memoize } from '../fields/memoize.ts';
import { firstRoleValue, type Dialect } from '../fields/dialect.ts';
import type { FieldRole } from '../fields/field-meta.ts';
import type { Capability } from '../domain/capability.ts';
import { BadInputError, NotFoundError, UnsupportedError } from '../domain/errors.ts';
import { decodeId } from '../domain/ids.ts';
import type { Vendor } from '../domain/vendor.ts';

export interface Registry {
  readonly dialects: readonly Dialect[];
  readonly vendors: readonly Vendor[];
  /** In the order of the configuration. */
  readonly instances: readonly Instance[];
}

const instancesByKey = memoize(
  (instances: readonly Instance[]) => new Map(instances.map((instance) => [instance.key, instance])),
);

/** Returns the instance of a key or global id; null when there is none. */
export function findInstance({ instances }: Registry, keyOrId: string): Instance | null {
  const decoded = decodeId(keyOrId);
  const key = decoded?.kind === 'instance' ? decoded.key : keyOrId;
  return instancesByKey(instances).get(key) ?? null;
}

/** Returns the instance of a key or global id. @param path the path of the argument. @throws BadInputError when there is none. */
export function requireInstance(registry: Registry, keyOrId: string, path: readonly string[]): Instance {
  const found = findInstance(registry, keyOrId);
  if (!found) throw new BadInputError('There is no instance with this key or id; `vendors` lists them.', path);
  return found;
}

/** Returns the value of a role of a connection, such as its host; null when its dialect has no field for it or the field is empty. */
export const roleOf = (registry: Registry, row: LocatedConnection, role: FieldRole): string | null => {
  const dialect = registry.dialects.find(({ key }) => key === row.dialect);
  return dialect ? firstRoleValue(dialect, row.config, role) : null;
};

/** The instance of a connection, and its id there. */
export interface ConnectionLocation {
  /** The global id. */
  readonly id: string;
  readonly instance: Instance;
  readonly vendorId: string;
}

/** Returns the location that a global id names; null when the id is invalid or names no configured instance. It makes no call. */
export function locationOf({ instances }: Registry, id: string): ConnectionLocation | null {
  const decoded = decodeId(id);
  if (decoded?.kind !== 'connection') return null;
  const { key, vendorId } = decoded;
  const instance = instancesByKey(instances).get(key);
  return instance?.vendor.isVendorId(vendorId) ? { id, instance, vendorId } : null;
}

/** Returns the location that a global id names. It makes no call. @throws NotFoundError when the id names none. */
export function requireLocation(registry: Registry, id: string): ConnectionLocation {
  const location = locationOf(registry, id);
  if (!location) throw new NotFoundError(id);
  return location;
}

/** What a capability allows, as the error says it. */
const CAPABILITY_LABELS: Partial<Record<Capability, string>> = {
  UPDATE: 'change a saved connection',
  DELETE: 'delete a connection',
  TEST_SAVED: 'test a saved connection',
  TEST_UNSAVED: 'test settings that are not saved',
};

/** Returns the error for a capability that an instance does not have for any connection. */
export function unsupportedCapability(
  { instances }: Registry,
  { vendor }: Instance,
  capability: Capability,
): UnsupportedError {
  const capableVendors = new Set(
    instances.filter((other) => capabilitiesOf(other).includes(capability)).map((other) => other.vendor),
  );
  const others = [...capableVendors].map(({ label }) => label).join(', ');
  const advice = others === '' ? 'No configured vendor can.' : `These can: ${others}.`;
  return new UnsupportedError(`${vendor.label} cannot ${CAPABILITY_LABELS[capability] ?? 'do this'}. ${advice}`, {
    vendor: vendor.kind,
    dialect: null,
    capability,
    alternatives: [...capableVendors].map(({ kind }) => kind),
  });
}
