// Connections by their global ids, each instance asked in the cheapest way: where many ids are wanted and its list tells
// all that is asked for, one list stands for them.
import type { LocatedConnection, Instance } from '../domain/instance.ts';
import type { ReadRequest, Reads } from './reads.ts';
import { locationOf, type Registry } from './registry.ts';

export interface WantedConnection {
  readonly id: string;
  /** Names of the fields that are asked for. */
  readonly fields: ReadonlySet<string>;
}

/** More ids than this are worth a list. */
const FEW = 3;

const isListEnough = ({ vendor }: Instance, fields: ReadonlySet<string>): boolean =>
  !(vendor.reportedOnlyById ?? []).some((field) => fields.has(field));

const find = (rows: readonly LocatedConnection[], vendorId: string): LocatedConnection | undefined =>
  rows.find((row) => row.vendorId === vendorId);

/** Reads of one instance. */
function createFinder(reads: Reads, instance: Instance, manyWanted: boolean, request: ReadRequest) {
  // One for all of them: a fresh read joins no other.
  let list: ReturnType<Reads['list']> | null = null;
  const fromList = async (vendorId: string) => {
    list ??= reads.list(instance, { ...request, includeDeleted: true });
    const { rows, error } = await list;
    // The last good list is for lists: of one connection nothing old is told.
    if (error) throw error;
    return find(rows, vendorId) ?? null;
  };
  return async (vendorId: string, fields: ReadonlySet<string>): Promise<LocatedConnection | null> => {
    if (!isListEnough(instance, fields)) return reads.get(instance, vendorId, request);
    const lists = [true, false].map((includeDeleted) => reads.cachedList(instance, { ...request, includeDeleted }));
    const held = lists.map((one) => one && find(one.rows, vendorId)).find(Boolean);
    if (held) return held;
    return manyWanted ? fromList(vendorId) : reads.get(instance, vendorId, request);
  };
}

/** One promise for each that is wanted, in order: a failure is that one's alone. */
export function getConnections(
  registry: Registry,
  reads: Reads,
  wanted: readonly WantedConnection[],
  request: ReadRequest,
): Promise<LocatedConnection | null>[] {
  const locations = wanted.map(({ id }) => locationOf(registry, id));
  const counts = new Map<Instance, Set<string>>();
  locations.forEach((location, at) => {
    if (!location || !isListEnough(location.instance, wanted[at]?.fields ?? new Set())) return;
    const ids = counts.get(location.instance) ?? new Set();
    counts.set(location.instance, ids.add(location.vendorId));
  });
  const finders = new Map<Instance, ReturnType<typeof createFinder>>();
  return locations.map(async (location, at) => {
    if (!location) return null;
    const { instance, vendorId } = location;
    const manyWanted = (counts.get(instance)?.size ?? 0) > FEW;
    const finder = finders.get(instance) ?? createFinder(reads, instance, manyWanted, request);
    finders.set(instance, finder);
    return finder(vendorId, wanted[at]?.fields ?? new Set());
  });
}
