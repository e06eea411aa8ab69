// Batches and shares the reads of one request: an instance is listed once however often the query asks.
import DataLoader from 'dataloader';
import type { LocatedConnection } from '../domain/connection.ts';
import type { Call, Instance } from '../domain/vendor.ts';
import { getConnection } from '../services/get-connection.ts';
import type { LoadList } from '../services/list-connections.ts';
import { atInstance, locate, type Registry } from '../services/registry.ts';

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

export function createLoaders(registry: Registry, call: Call): Loaders {
  const lists = new DataLoader<ListKey, readonly LocatedConnection[], string>(
    (keys) =>
      settle(
        keys.map(async ({ instance, includeDeleted }) => {
          const rows = await atInstance(instance, () => instance.api.list({ ...call, includeDeleted }));
          return rows.map((row) => locate(instance, row));
        }),
      ),
    { cacheKeyFn: ({ instance, includeDeleted }) => `${instance.key} ${includeDeleted}` },
  );
  return {
    connectionById: new DataLoader((ids) => settle(ids.map((id) => getConnection(registry, id, call)))),
    list: (instance, includeDeleted) => lists.load({ instance, includeDeleted }),
  };
}
