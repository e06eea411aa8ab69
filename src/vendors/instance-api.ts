// Builds the InstanceApi of an instance from the functions of its vendor's verb files (read.ts, create.ts, update.ts, delete.ts and
// test-connection.ts). The functions take a VendorClient as their first parameter.
import type { Connection, Draft, Patch, RemoveResult, TestCheck, WriteResult } from '../domain/connection.ts';
import type { Call, ConnectionList, InstanceApi, ListCall } from '../domain/instance.ts';
import type { HttpClient } from '../http/client.ts';
import type { Send } from './auth.ts';

/** One instance of a vendor, as the functions that send its requests need it. Each vendor's instance.ts makes one. */
export interface VendorClient {
  /** Sends a request with the instance's credentials. */
  readonly send: Send;
  /** Name of the instance in messages to the caller. */
  readonly label: string;
  /** Path of the instance's connections, below its base URL. */
  readonly path: string;
  /** Starts the time limit of an operation that takes several requests. */
  readonly deadline: HttpClient['deadline'];
}

/** Returns the path of one connection, below the base URL. */
export const connectionPath = ({ path }: VendorClient, vendorId: string): string =>
  `${path}/${encodeURIComponent(vendorId)}`;

/** Tells the caller of an update or a delete how to find out whether it was done. */
export const READ_AGAIN = 'Read the connection again before you try again.';

type Tests = readonly string[] | null;

/** The functions of a vendor's verb files. A function that is missing is an operation that the vendor does not have. */
export interface VendorVerbs {
  /** See InstanceApi. */
  readonly canListWithoutDetails?: boolean;
  readonly list: (client: VendorClient, call: ListCall) => Promise<ConnectionList | 'unchanged'>;
  readonly get: (client: VendorClient, vendorId: string, call: Call) => Promise<Connection | null>;
  readonly check: (client: VendorClient, call: Call) => Promise<void>;
  readonly mayCreate?: (client: VendorClient, call: Call) => Promise<boolean | null>;
  readonly create?: (client: VendorClient, draft: Draft, call: Call) => Promise<WriteResult>;
  readonly update?: (client: VendorClient, patch: Patch, call: Call) => Promise<WriteResult | null>;
  readonly remove?: (client: VendorClient, vendorId: string, call: Call) => Promise<RemoveResult | null>;
  readonly testSaved?: (
    client: VendorClient,
    connection: Connection,
    tests: Tests,
    call: Call,
  ) => Promise<readonly TestCheck[] | null>;
  readonly testUnsaved?: (
    client: VendorClient,
    draft: Draft,
    tests: Tests,
    call: Call,
  ) => Promise<readonly TestCheck[]>;
}

/** Returns the API of one instance: the verbs, each called with its client. */
export function createInstanceApi(client: VendorClient, verbs: VendorVerbs): InstanceApi {
  const { canListWithoutDetails = false, mayCreate, create, update, remove, testSaved, testUnsaved } = verbs;
  return {
    canListWithoutDetails,
    list: async (call) => verbs.list(client, call),
    get: async (vendorId, call) => verbs.get(client, vendorId, call),
    check: async (call) => verbs.check(client, call),
    ...(mayCreate && { mayCreate: async (call) => mayCreate(client, call) }),
    ...(create && { create: async (draft, call) => create(client, draft, call) }),
    ...(update && { update: async (patch, call) => update(client, patch, call) }),
    ...(remove && { remove: async (vendorId, call) => remove(client, vendorId, call) }),
    ...(testSaved && { test: async (connection, tests, call) => testSaved(client, connection, tests, call) }),
    ...(testUnsaved && { testDraft: async (draft, tests, call) => testUnsaved(client, draft, tests, call) }),
  };
}
