// The data loaders of one request: an instance is listed once however many fields of the query need the list, and connections are
// read by their ids in batches.
import DataLoader from 'dataloader';
import type { LocatedConnection, Instance } from '../domain/instance.ts';
import type { AuditSelection, AuditStore, StoredEntry } from '../services/audit/audit-store.ts';
import { getConnections, type WantedConnection } from '../services/get-connections.ts';
import type { LoadList } from '../services/list-connections.ts';
import type { ListRead, ReadRequest, CachedReads } from '../services/cached-reads.ts';
import type { Registry } from '../services/registry.ts';
import { memoize } from '../fields/memoize.ts';
import { withFailureReport, type ReportFailure } from '../services/failure-report.ts';

export interface Loaders {
  readonly connection: DataLoader<WantedConnection, LocatedConnection | null, string>;
  readonly list: LoadList;
  /** Reads audit entries: one statement for all selections of the query. */
  readonly audit: DataLoader<AuditSelection, readonly StoredEntry[], string>;
  /** Returns when the secrets of a connection were last set, in milliseconds, by their paths. */
  readonly secretTimes: DataLoader<string, ReadonlyMap<string, number>>;
}

/** Returns the same text for the same fields. A set of fields is the same object for all ids of a query. */
const fieldsKey = memoize((fields: ReadonlySet<string>) => [...fields].toSorted().join(' '));

interface ListKey {
  readonly instance: Instance;
  readonly includeDeleted: boolean;
  readonly withoutDetails: boolean;
}

/** Returns the result or the failure of each call, so that one failure does not fail the others. */
async function settle<T>(calls: readonly Promise<T>[]): Promise<(T | Error)[]> {
  const results = await Promise.allSettled(calls);
  return results.map((result) => (result.status === 'fulfilled' ? result.value : (result.reason as Error)));
}

/** The most selections or connections of one statement. */
const MAX_AUDIT_BATCH = 200;

/** Returns the data loaders of the audit. */
const createAuditLoaders = (store: AuditStore): Pick<Loaders, 'audit' | 'secretTimes'> => ({
  audit: new DataLoader<AuditSelection, readonly StoredEntry[], string>(async (selections) => store.read(selections), {
    cacheKeyFn: (selection) => JSON.stringify(selection),
    maxBatchSize: MAX_AUDIT_BATCH,
  }),
  secretTimes: new DataLoader<string, ReadonlyMap<string, number>>(
    async (connections) => {
      const times = new Map(connections.map((id) => [id, new Map<string, number>()]));
      for (const { connection, path, at } of await store.secretTimes(connections)) times.get(connection)?.set(path, at);
      return [...times.values()];
    },
    { maxBatchSize: MAX_AUDIT_BATCH },
  ),
});

interface LoaderOptions {
  readonly report: ReportFailure;
  readonly auditStore: AuditStore;
}

/** Returns the data loaders of a new request. */
export function createLoaders(
  registry: Registry,
  reads: CachedReads,
  request: ReadRequest,
  { report, auditStore }: LoaderOptions,
): Loaders {
  const listOne = async ({ instance, ...kind }: ListKey): Promise<ListRead> => {
    const read = await withFailureReport(report, reads.list(instance, { ...request, ...kind }));
    if (read.error) report(read.error);
    return read;
  };
  // When only some fields need the trash or the details, one list with them serves all: the service filters it for the others.
  const listAll = async (keys: readonly ListKey[]) => {
    const keysByInstance = new Map<Instance, ListKey>();
    for (const key of keys) {
      const other = keysByInstance.get(key.instance) ?? key;
      keysByInstance.set(key.instance, {
        instance: key.instance,
        includeDeleted: key.includeDeleted || other.includeDeleted,
        withoutDetails: key.withoutDetails && other.withoutDetails,
      });
    }
    const lists = new Map([...keysByInstance].map(([instance, key]) => [instance, listOne(key)]));
    // DataLoader passes promises on as they are, so that no list waits for the slowest one. Its types do not know that.
    return keys.map(({ instance }) => lists.get(instance) as unknown as ListRead);
  };
  const lists = new DataLoader<ListKey, ListRead, string>(listAll, {
    cacheKeyFn: ({ instance, includeDeleted, withoutDetails }) => `${instance.key} ${includeDeleted} ${withoutDetails}`,
  });
  return {
    connection: new DataLoader<WantedConnection, LocatedConnection | null, string>(
      (wanted) =>
        settle(getConnections(registry, reads, wanted, request).map((read) => withFailureReport(report, read))),
      { cacheKeyFn: ({ id, fields }) => `${id} ${fieldsKey(fields)}` },
    ),
    list: (instance, kind) => lists.load({ instance, ...kind }),
    ...createAuditLoaders(auditStore),
  };
}
