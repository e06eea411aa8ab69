// The data loaders of one request: an instance is listed once however many fields of the query need the list, and connections are
// read by their ids in batches.
import DataLoader from 'dataloader';
import type { LocatedConnection, Instance } from '../domain/instance.ts';
import { getConnections, type WantedConnection } from '../services/get-connections.ts';
import type { LoadList } from '../services/list-connections.ts';
import type { ListRead, ReadRequest, CachedReads } from '../services/cached-reads.ts';
import type { Registry } from '../services/registry.ts';
import { withFailureReport, type ReportFailure } from '../services/failure-report.ts';

export interface Loaders {
  readonly connection: DataLoader<WantedConnection, LocatedConnection | null, string>;
  readonly list: LoadList;
}

interface ListKey {
  readonly instance: Instance;
  readonly includeDeleted: boolean;
}

/** Returns the result or the failure of each call, so that one failure does not fail the others. */
async function settle<T>(calls: readonly Promise<T>[]): Promise<(T | Error)[]> {
  const results = await Promise.allSettled(calls);
  return results.map((result) => (result.status === 'fulfilled' ? result.value : (result.reason as Error)));
}

/** Returns the data loaders of a new request. */
export function createLoaders(
  registry: Registry,
  reads: CachedReads,
  request: ReadRequest,
  report: ReportFailure,
): Loaders {
  const listOne = async (instance: Instance, includeDeleted: boolean): Promise<ListRead> => {
    const read = await withFailureReport(report, reads.list(instance, { ...request, includeDeleted }));
    if (read.error) report(read.error);
    return read;
  };
  // When only some fields need the trash too, one list with the trash serves all: the service filters it for the others.
  const listAll = async (keys: readonly ListKey[]) => {
    const withTrash = new Set(keys.flatMap(({ instance, includeDeleted }) => (includeDeleted ? [instance] : [])));
    const instances = new Set(keys.map(({ instance }) => instance));
    const lists = new Map([...instances].map((instance) => [instance, listOne(instance, withTrash.has(instance))]));
    // DataLoader passes promises on as they are, so that no list waits for the slowest one. Its types do not know that.
    return keys.map(({ instance }) => lists.get(instance) as unknown as ListRead);
  };
  const lists = new DataLoader<ListKey, ListRead, string>(listAll, {
    cacheKeyFn: ({ instance, includeDeleted }) => `${instance.key} ${includeDeleted}`,
  });
  return {
    connection: new DataLoader<WantedConnection, LocatedConnection | null, string>(
      (wanted) =>
        settle(getConnections(registry, reads, wanted, request).map((read) => withFailureReport(report, read))),
      { cacheKeyFn: ({ id, fields }) => `${id} ${[...fields].toSorted().join(' ')}` },
    ),
    list: (instance, includeDeleted) => lists.load({ instance, includeDeleted }),
  };
}
