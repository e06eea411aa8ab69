// Batches the reads of one request: an instance is listed once however often the query asks, and ids are read together.
import DataLoader from 'dataloader';
import type { LocatedConnection, Instance } from '../domain/instance.ts';
import { getConnections, type WantedConnection } from '../services/get-connections.ts';
import type { LoadList } from '../services/list-connections.ts';
import type { ListRead, ReadRequest, Reads } from '../services/reads.ts';
import type { Registry } from '../services/registry.ts';
import { reported, type Report } from './report.ts';

export interface Loaders {
  readonly connection: DataLoader<WantedConnection, LocatedConnection | null, string>;
  readonly list: LoadList;
}

interface ListKey {
  readonly instance: Instance;
  readonly includeDeleted: boolean;
}

/** One failure is that key's alone. */
async function settle<T>(calls: readonly Promise<T>[]): Promise<(T | Error)[]> {
  const results = await Promise.allSettled(calls);
  return results.map((result) => (result.status === 'fulfilled' ? result.value : (result.reason as Error)));
}

export function createLoaders(registry: Registry, reads: Reads, request: ReadRequest, report: Report): Loaders {
  const listOne = async (instance: Instance, includeDeleted: boolean): Promise<ListRead> => {
    const read = await reported(report, reads.list(instance, { ...request, includeDeleted }));
    if (read.error) report(read.error);
    return read;
  };
  // Where one field wants the trash and another does not, one list serves both: the service leaves out what is not wanted.
  const listAll = async (keys: readonly ListKey[]) => {
    const withTrash = new Set(keys.flatMap(({ instance, includeDeleted }) => (includeDeleted ? [instance] : [])));
    const instances = new Set(keys.map(({ instance }) => instance));
    const lists = new Map([...instances].map((one) => [one, listOne(one, withTrash.has(one))]));
    // Promises, which DataLoader hands on as they are: no list waits for the slowest one.
    return keys.map(({ instance }) => lists.get(instance) as unknown as ListRead);
  };
  const lists = new DataLoader<ListKey, ListRead, string>(listAll, {
    cacheKeyFn: ({ instance, includeDeleted }) => `${instance.key} ${includeDeleted}`,
  });
  return {
    connection: new DataLoader<WantedConnection, LocatedConnection | null, string>(
      (wanted) => settle(getConnections(registry, reads, wanted, request).map((one) => reported(report, one))),
      { cacheKeyFn: ({ id, fields }) => `${id} ${[...fields].toSorted().join(' ')}` },
    ),
    list: (instance, includeDeleted) => lists.load({ instance, includeDeleted }),
  };
}
