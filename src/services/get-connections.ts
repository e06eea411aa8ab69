// Reads connections by their global ids with the fewest calls. When a request needs many connections of one instance, and the list
// reports all selected fields, one list replaces the single reads.
import type { LocatedConnection, Instance } from '../domain/instance.ts';
import { memoize } from '../fields/memoize.ts';
import type { ListRead, ReadRequest, CachedReads } from './cached-reads.ts';
import { locationOf, type ConnectionLocation, type Registry } from './registry.ts';

export interface WantedConnection {
  /** Global id. */
  readonly id: string;
  /** Names of the selected fields. */
  readonly fields: ReadonlySet<string>;
}

/** A connection to read, with its location. */
interface LocatedRead extends ConnectionLocation {
  /** Whether the instance's list reports all selected fields. */
  readonly isListEnough: boolean;
  /** Whether a list without details reports all selected fields. */
  readonly withoutDetails: boolean;
}

/** The largest number of connections of one instance that are read one by one. */
const MAX_SINGLE_READS = 3;

/** The fields of a connection that are read from its details: the details, and the secrets among them. */
const READ_FROM_DETAILS: readonly string[] = ['details', 'secrets'];

/** Returns whether rows without details report all selected fields. @param fields names of the selected fields, at any depth. */
export const selectsNoDetails = (fields: ReadonlySet<string>): boolean =>
  !READ_FROM_DETAILS.some((field) => fields.has(field));

function locateRead(registry: Registry, { id, fields }: WantedConnection): LocatedRead | null {
  const location = locationOf(registry, id);
  if (!location) return null;
  const { reportedOnlyById = [] } = location.instance.vendor;
  const isListEnough = !reportedOnlyById.some((field) => fields.has(field));
  return { ...location, isListEnough, withoutDetails: selectsNoDetails(fields) };
}

/** The rows of a list by their ids at the vendor. Of two rows with one id the first is used. */
const rowsById = memoize(
  (rows: readonly LocatedConnection[]) => new Map(rows.toReversed().map((row) => [row.vendorId, row])),
);

const findRow = (rows: readonly LocatedConnection[], vendorId: string): LocatedConnection | undefined =>
  rowsById(rows).get(vendorId);

/** Returns the instances of which more connections are requested than `MAX_SINGLE_READS`: one list costs less than the single reads. */
function instancesToList(wanted: readonly (LocatedRead | null)[]): ReadonlySet<Instance> {
  const idsByInstance = new Map<Instance, Set<string>>();
  for (const read of wanted) {
    if (!read?.isListEnough) continue;
    const ids = idsByInstance.get(read.instance) ?? new Set();
    idsByInstance.set(read.instance, ids.add(read.vendorId));
  }
  return new Set([...idsByInstance].flatMap(([instance, ids]) => (ids.size > MAX_SINGLE_READS ? [instance] : [])));
}

function findInCachedLists(
  reads: CachedReads,
  { instance, vendorId, withoutDetails }: LocatedRead,
  request: ReadRequest,
) {
  if (instance.cache.ttlMs === 0) return null;
  for (const includeDeleted of [true, false]) {
    const list = reads.cachedList(instance, { ...request, includeDeleted, withoutDetails });
    const row = list && findRow(list.rows, vendorId);
    if (row) return row;
  }
  return null;
}

/** Returns one promise for each wanted connection, in order. A failure rejects only the promises of its instance or connection. */
export function getConnections(
  registry: Registry,
  reads: CachedReads,
  wanted: readonly WantedConnection[],
  request: ReadRequest,
): Promise<LocatedConnection | null>[] {
  const wantedReads = wanted.map((connection) => locateRead(registry, connection));
  const listed = instancesToList(wantedReads);
  const needDetails = new Set(wantedReads.flatMap((read) => (read && !read.withoutDetails ? [read.instance] : [])));
  // All reads of one instance share its list, because a fresh list would not be shared by `reads`.
  const lists = new Map<Instance, Promise<ListRead>>();
  const findInList = async ({ instance, vendorId }: LocatedRead): Promise<LocatedConnection | null> => {
    const withoutDetails = !needDetails.has(instance);
    const list = lists.get(instance) ?? reads.list(instance, { ...request, includeDeleted: true, withoutDetails });
    lists.set(instance, list);
    const { rows, error } = await list;
    // A cached list may replace a list that fails, but it does not replace the read of one connection.
    if (error) throw error;
    return findRow(rows, vendorId) ?? null;
  };
  return wantedReads.map(async (read) => {
    if (!read) return null;
    const { instance, vendorId, isListEnough } = read;
    if (!isListEnough) return reads.get(instance, vendorId, request);
    const cached = findInCachedLists(reads, read, request);
    if (cached) return cached;
    return listed.has(instance) ? findInList(read) : reads.get(instance, vendorId, request);
  });
}
