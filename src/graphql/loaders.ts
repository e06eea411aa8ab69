// Batches and shares the reads of one request: an instance is listed once however often the query asks.
import DataLoader from 'dataloader';
import type { LocatedConnection } from '../domain/connection.ts';
import type { Call, Instance } from '../domain/vendor.ts';
import { getConnection } from '../services/get-connection.ts';
import type { LoadList } from '../services/list-connections.ts';
import { atInstance, locate, type Registry } from '../services/registry.ts';
import { reported, type Report } from './report.ts';

export interface Loaders {
  readonly connectionById: DataLoader<string, LocatedConnection | null>;
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

export function createLoaders(registry: Registry, call: Call, report: Report): Loaders {
  const listOne = async (instance: Instance, includeDeleted: boolean): Promise<readonly LocatedConnection[]> => {
    const list = atInstance(instance, () => instance.api.list({ ...call, includeDeleted }));
    const rows = await reported(report, list);
    return rows.map((row) => locate(instance, row));
  };
  // Where one field wants the trash and another does not, one list serves both: the service leaves out what is not wanted.
  const listAll = async (keys: readonly ListKey[]) => {
    const withTrash = new Set(keys.flatMap(({ instance, includeDeleted }) => (includeDeleted ? [instance] : [])));
    const instances = new Set(keys.map(({ instance }) => instance));
    const lists = new Map([...instances].map((one) => [one, listOne(one, withTrash.has(one))]));
    // Promises, which DataLoader hands on as they are: no list waits for the slowest one.
    return keys.map(({ instance }) => lists.get(instance) as unknown as readonly LocatedConnection[]);
  };
  const lists = new DataLoader<ListKey, readonly LocatedConnection[], string>(listAll, {
    cacheKeyFn: ({ instance, includeDeleted }) => `${instance.key} ${includeDeleted}`,
  });
  return {
    connectionById: new DataLoader((ids) =>
      settle(ids.map((id) => reported(report, getConnection(registry, id, call)))),
    ),
    list: (instance, includeDeleted) => lists.load({ instance, includeDeleted }),
  };
}
