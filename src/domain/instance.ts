// One configured instance of a vendor, and InstanceApi: the operations that services call and an adapter implements.
import type { Action } from './caller.ts';
import type { Capability } from './capability.ts';
import type { Connection, Draft, Patch, RemoveResult, TestCheck, WriteResult } from './connection.ts';
import type { Vendor } from './vendor.ts';

export interface Call {
  /** Fires when the call must be over, where the call is part of a longer operation. */
  readonly deadline?: AbortSignal | undefined;
  /** Fires when the caller of a read leaves. Writes ignore it: a write that was sent is finished. */
  readonly signal?: AbortSignal | undefined;
}

export interface ListCall extends Call {
  readonly includeDeleted: boolean;
  /** Whether the rows may be without `details` and the secrets among them. Only an adapter with `canListWithoutDetails` leaves them out. */
  readonly withoutDetails?: boolean | undefined;
  /** The version of the list that the caller has; missing when it has none. */
  readonly known?: ListVersion | null | undefined;
}

/** What tells whether a list is the same as an earlier one. */
export interface ListVersion {
  /** The ETag header of the answer; null when there is none. */
  readonly etag: string | null;
  /** The digest of the body. It is comparable only with other digests of this process. */
  readonly digest: string;
}

/** All connections of one instance, as the vendor answered. */
export interface ConnectionList {
  readonly rows: readonly Connection[];
  readonly version: ListVersion | null;
}

/** How many requests a vendor accepts, as far as that is known. */
export interface RateLimit {
  readonly limit: number | null;
  readonly remaining: number | null;
  readonly resetAt: Date | null;
}

/** The operations of one instance. A missing method is a missing capability. */
export interface InstanceApi {
  /** Whether a list without details takes less time than a whole one. Default: false, and all rows have their details. */
  readonly canListWithoutDetails?: boolean;
  /** Returns all connections, or `unchanged` when the list still has the version of the call. @throws VendorError */
  list(call: ListCall): Promise<ConnectionList | 'unchanged'>;
  /** Returns the connection, or null when the vendor has none with this id. @throws VendorError */
  get(vendorId: string, call: Call): Promise<Connection | null>;
  /** Makes the cheapest call that proves the address and the credentials. @throws VendorError */
  check(call: Call): Promise<void>;
  /**
   * Returns whether the credentials may create connections, without creating one; null when the vendor does not tell. Missing when the
   * vendor has no call that tells it.
   * @throws VendorError
   */
  readonly mayCreate?: (call: Call) => Promise<boolean | null>;
  /** Creates a connection. @throws ValidationError, ConflictError, VendorError */
  readonly create?: (draft: Draft, call: Call) => Promise<WriteResult>;
  /** Changes a connection; returns null when it is gone. @throws ValidationError, ConflictError, VendorError */
  readonly update?: (patch: Patch, call: Call) => Promise<WriteResult | null>;
  /** Deletes a connection; returns null when there is none with this id, or no longer. @throws VendorError */
  readonly remove?: (vendorId: string, call: Call) => Promise<RemoveResult | null>;
  /**
   * Tests a stored connection with its stored secrets; returns null when the connection is gone.
   * @param tests names of the tests to run; null for the vendor's default.
   * @throws VendorError
   */
  readonly test?: (
    connection: Connection,
    tests: readonly string[] | null,
    call: Call,
  ) => Promise<readonly TestCheck[] | null>;
  /** Tests a draft with the secrets in it, and saves nothing. @throws ValidationError, VendorError */
  readonly testDraft?: (draft: Draft, tests: readonly string[] | null, call: Call) => Promise<readonly TestCheck[]>;
}

/** One configured server, organization or team of a vendor. */
export interface Instance {
  readonly key: string;
  readonly label: string;
  /** Host name (and port) of its base URL. */
  readonly host: string;
  readonly vendor: Vendor;
  readonly api: InstanceApi;
  /** In milliseconds: how long a list is served from the cache, and how long it may replace one that cannot be read. */
  readonly cache: { readonly ttlMs: number; readonly staleMs: number };
  /** The same object for all views of an instance: callers with other rights have another view of it. */
  readonly base?: Instance;
  /** Refuses an action that the caller may not do here. Missing where callers may do everything. @throws PermissionError */
  readonly require?: (action: Action) => void;
  /** Returns the state of its rate limit; null when it has none. */
  rateLimit(): RateLimit | null;
  /** Starts the deadline of an operation, which all calls of the operation share. */
  deadline(kind: 'read' | 'write' | 'test'): AbortSignal;
}

/** A connection with its global id and its instance: what the services return. */
export interface LocatedConnection extends Connection {
  /** Global id. */
  readonly id: string;
  readonly instance: Instance;
}

/** Returns the capabilities of an instance, derived from the methods and the update rules of its adapter. LIST and READ are always there. */
export function capabilitiesOf({ api, vendor }: Instance): Capability[] {
  const update = api.update && vendor.update;
  const can: Readonly<Record<Capability, boolean>> = {
    LIST: true,
    READ: true,
    CREATE: api.create !== undefined,
    UPDATE: update !== undefined,
    RENAME: update?.canRename === true,
    DELETE: api.remove !== undefined,
    UPDATE_SECRETS: update !== undefined,
    TEST_SAVED: api.test !== undefined,
    TEST_UNSAVED: api.testDraft !== undefined,
  };
  return (Object.keys(can) as Capability[]).filter((capability) => can[capability]);
}

/** The capabilities that concern an instance and none of its connections. */
const INSTANCE_CAPABILITIES: ReadonlySet<Capability> = new Set(['LIST', 'CREATE', 'TEST_UNSAVED']);

/** Returns the capabilities of one connection: those that its instance has, its dialect allows and its vendor does not deny. */
export function capabilitiesWith(instance: Instance, { dialect, deletedAt, denied = [] }: Connection): Capability[] {
  const isReadOnly = instance.vendor.dialects[dialect]?.readOnly === true;
  return capabilitiesOf(instance).filter(
    (capability) =>
      !INSTANCE_CAPABILITIES.has(capability) &&
      !denied.includes(capability) &&
      (deletedAt === null || capability === 'READ') &&
      !(isReadOnly && capability === 'UPDATE_SECRETS'),
  );
}
