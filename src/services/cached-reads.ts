// Reads connections from instances. Equal reads at the same time share one call. A list is cached for the instance's `ttlMs`, and
// replaces a list that fails for its `staleMs`. A write drops everything that was read before it, so that no read returns data
// older than a write that was acknowledged.
import { LRUCache } from 'lru-cache';
import type { LocatedConnection, ConnectionList, Instance, ListVersion } from '../domain/instance.ts';
import { VendorError } from '../domain/errors.ts';
import { callInstance, withGlobalId } from './call-instance.ts';
import { createSharedCalls, type SharedCalls } from './shared-calls.ts';
import type { WriteGate } from './write-gate.ts';

export interface ReadRequest {
  /** The signal of the caller. A call ends when all callers that wait for it have left. */
  readonly signal?: AbortSignal | undefined;
  /** Whether to call the vendor even when the result is cached or in flight. */
  readonly isFresh?: boolean | undefined;
}

export interface ListRequest extends ReadRequest {
  readonly includeDeleted: boolean;
  /** Whether the rows may be without `details`; false by default. A whole list in the cache or in flight is used where there is one. */
  readonly withoutDetails?: boolean | undefined;
}

export interface ListRead {
  readonly rows: readonly LocatedConnection[];
  /** When the vendor returned the rows. */
  readonly readAt: Date;
  /** The failure of this read, when the rows are those of an earlier read; null when the read succeeded. */
  readonly error: VendorError | null;
}

export interface CachedReads {
  /** Returns the connections of an instance. @throws PermissionError for a caller that may not read them; VendorError when the vendor fails and no cached list can replace its answer. */
  list(instance: Instance, request: ListRequest): Promise<ListRead>;
  /** Returns the cached list; null when there is none or when it has expired. @throws PermissionError for a caller that may not read it. */
  cachedList(instance: Instance, request: ListRequest): ListRead | null;
  /** Returns the last list without the trash, whatever its age, for the verification of a write; null when there is none since the last write. */
  lastList(instance: Instance): ListRead | null;
  /** Returns a connection; null when the vendor has none with this id. @throws VendorError */
  get(instance: Instance, vendorId: string, request: ReadRequest): Promise<LocatedConnection | null>;
  /** Returns a number that changes when a write begins or ends at any instance. */
  writeCount(): number;
  /** Asked before each write of a mutation; missing where nothing limits writes. */
  readonly gate?: WriteGate;
  /** Drops everything that was read from an instance: somebody wrote there, or it is not known whether somebody did. */
  forget(instance: Instance): void;
  /** Runs a write. Whether it succeeds or fails, everything that was read before is dropped. */
  write<T>(instance: Instance, run: () => Promise<T>): Promise<T>;
}

/** How a list is answered: by the vendor, from the cache, or by an earlier list because the vendor failed. */
type ListSource = 'vendor' | 'cache' | 'stale';

/** Called about reads, with the key of their instance. */
export interface ReadObserver {
  /** Called for each list that is answered. @param ageMs its age in milliseconds. */
  list(instance: string, source: ListSource, ageMs: number): void;
  /** Called for a read that is answered by a call that is already in flight. */
  sharedRead(instance: string): void;
}

const NOBODY: ReadObserver = { list: () => {}, sharedRead: () => {} };

interface CachedList {
  readonly rows: readonly LocatedConnection[];
  /** Time at which the vendor answered, in milliseconds. */
  readonly readAt: number;
  /** The number of the read, in the order in which reads began. */
  readonly readNumber: number;
  readonly version: ListVersion | null;
}

/** Whether a list includes the trash, and whether its rows have their details. Lists of each kind are cached apart. */
type ListKind = 'whole' | 'whole with trash' | 'without details' | 'without details, with trash';

const wholeKind = ({ includeDeleted }: ListRequest): ListKind => (includeDeleted ? 'whole with trash' : 'whole');

/** Returns the kind of list that the vendor is asked for. */
function kindOf({ api }: Instance, request: ListRequest): ListKind {
  if (!request.withoutDetails || !api.canListWithoutDetails) return wholeKind(request);
  return request.includeDeleted ? 'without details, with trash' : 'without details';
}

/** What is cached and in flight for one instance. */
interface InstanceReads {
  readonly instance: Instance;
  /** The clock, in milliseconds. */
  readonly now: () => number;
  /** Incremented at the beginning and at the end of each write. */
  epoch: number;
  /** Number of list reads that have begun. */
  readCount: number;
  /** The last lists. */
  readonly lists: Map<ListKind, CachedList>;
  readonly listCalls: SharedCalls<ListKind, ListRead>;
  readonly getCalls: SharedCalls<string, LocatedConnection | null>;
}

const createInstanceReads = (instance: Instance, now: () => number): InstanceReads => ({
  instance,
  now,
  epoch: 0,
  readCount: 0,
  lists: new Map(),
  listCalls: createSharedCalls(),
  getCalls: createSharedCalls(),
});

const toListRead = ({ rows, readAt }: CachedList, error: VendorError | null = null): ListRead => ({
  rows,
  readAt: new Date(readAt),
  error,
});

/** Returns whether a list is younger than an age in milliseconds. */
const isYoungerThan = (ageMs: number, { readAt }: CachedList, { now }: InstanceReads): boolean =>
  now() - readAt < ageMs;

/** Returns the rows and the version of an answer. @param previous the list whose version was sent. */
function rowsOf(
  answer: ConnectionList | 'unchanged',
  previous: CachedList | undefined,
  instance: Instance,
): Pick<CachedList, 'rows' | 'version'> {
  if (answer !== 'unchanged') {
    return { rows: answer.rows.map((row) => withGlobalId(instance, row)), version: answer.version };
  }
  if (!previous) throw new Error('A vendor reported a list as unchanged that was never read.');
  return previous;
}

/** Calls the vendor for its list, and caches the answer unless a write or a later read made it obsolete. @throws VendorError */
async function fetchList(
  reads: InstanceReads,
  request: ListRequest,
  kind: ListKind,
  signal: AbortSignal,
): Promise<ListRead> {
  const { instance, epoch, lists, now } = reads;
  reads.readCount += 1;
  const readNumber = reads.readCount;
  const previous = lists.get(kind);
  const { includeDeleted } = request;
  const call = { signal, includeDeleted, withoutDetails: kind !== wholeKind(request), known: previous?.version };
  const answer = await callInstance(instance, () => instance.api.list(call));
  const list: CachedList = { ...rowsOf(answer, previous, instance), readAt: now(), readNumber };
  const latest = lists.get(kind);
  const isObsolete = reads.epoch !== epoch || (latest !== undefined && latest.readNumber > readNumber);
  if (!isObsolete) lists.set(kind, list);
  return toListRead(list);
}

/** Fetches the list. When the vendor fails, it returns the last list if that is not too old. @throws VendorError */
async function fetchListOrLast(
  reads: InstanceReads,
  request: ListRequest,
  kind: ListKind,
  signal: AbortSignal,
): Promise<ListRead> {
  try {
    return await fetchList(reads, request, kind, signal);
  } catch (error) {
    const last = latestOf(reads, [kind, wholeKind(request)]);
    const isUsable = last !== undefined && isYoungerThan(reads.instance.cache.staleMs, last, reads);
    if (error instanceof VendorError && isUsable && !signal.aborted) return toListRead(last, error);
    throw error;
  }
}

/** Returns the list that was read last, of those with one of these kinds. */
const latestOf = ({ lists }: InstanceReads, kinds: readonly ListKind[]): CachedList | undefined =>
  kinds.flatMap((kind) => lists.get(kind) ?? []).toSorted((a, b) => b.readNumber - a.readNumber)[0];

function findCachedList(reads: InstanceReads, request: ListRequest): ListRead | null {
  const kinds = [kindOf(reads.instance, request), wholeKind(request)];
  const list = request.isFresh ? undefined : latestOf(reads, kinds);
  return list && isYoungerThan(reads.instance.cache.ttlMs, list, reads) ? toListRead(list) : null;
}

async function fetchConnection({ instance }: InstanceReads, vendorId: string, signal: AbortSignal) {
  const connection = await callInstance(instance, () => instance.api.get(vendorId, { signal }));
  return connection && withGlobalId(instance, connection);
}

/** The lists of this many views of an instance are kept: a list may be large. */
const MAX_VIEWS = 100;

/** Drops all lists, and makes reads in flight uncacheable and unshared. */
function dropReads(reads: InstanceReads): void {
  reads.epoch += 1;
  reads.lists.clear();
  reads.listCalls.clear();
  reads.getCalls.clear();
}

/** What is cached and in flight for all instances. */
function createReadStore(now: () => number) {
  // Callers with other rights have another view of an instance, and share no reads. A write drops the reads of all views.
  const readsByInstance = new WeakMap<Instance, LRUCache<Instance, InstanceReads>>();
  const viewsOf = (instance: Instance): LRUCache<Instance, InstanceReads> => {
    const base = instance.base ?? instance;
    const views = readsByInstance.get(base) ?? new LRUCache<Instance, InstanceReads>({ max: MAX_VIEWS });
    readsByInstance.set(base, views);
    return views;
  };
  return {
    readsOf: (instance: Instance): InstanceReads => {
      const views = viewsOf(instance);
      const reads = views.get(instance) ?? createInstanceReads(instance, now);
      views.set(instance, reads);
      return reads;
    },
    drop: (instance: Instance): void => {
      for (const reads of viewsOf(instance).values()) dropReads(reads);
    },
  };
}

/**
 * Returns reads with an empty cache.
 * @param now the clock, in milliseconds.
 * @param observer told of each read; nobody by default.
 */
export function createCachedReads(now: () => number = Date.now, observer: ReadObserver = NOBODY): CachedReads {
  const { readsOf, drop } = createReadStore(now);
  let writeCount = 0;
  const forget = (instance: Instance): void => {
    writeCount += 1;
    drop(instance);
  };
  const observeList = ({ key }: Instance, source: ListSource, list: ListRead): ListRead => {
    observer.list(key, list.error ? 'stale' : source, now() - list.readAt.getTime());
    return list;
  };
  return {
    list: async (instance, request) => {
      instance.require?.('connections:read');
      const { isFresh = false, signal } = request;
      const reads = readsOf(instance);
      const cached = findCachedList(reads, request);
      if (cached) return observeList(instance, 'cache', cached);
      const whole = wholeKind(request);
      const kind = !isFresh && reads.listCalls.has(whole) ? whole : kindOf(instance, request);
      const run = (ends: AbortSignal) => fetchListOrLast(reads, request, kind, ends);
      if (!isFresh && reads.listCalls.has(kind)) observer.sharedRead(instance.key);
      return observeList(instance, 'vendor', await reads.listCalls.startOrJoin(kind, isFresh, run).join(signal));
    },
    cachedList: (instance, request) => {
      instance.require?.('connections:read');
      const cached = findCachedList(readsOf(instance), request);
      return cached && observeList(instance, 'cache', cached);
    },
    lastList: (instance) => {
      const list = latestOf(readsOf(instance), ['whole', 'without details']);
      return list ? toListRead(list) : null;
    },
    get: async (instance, vendorId, { isFresh = false, signal }) => {
      instance.require?.('connections:read');
      const reads = readsOf(instance);
      const run = (ends: AbortSignal) => fetchConnection(reads, vendorId, ends);
      if (!isFresh && reads.getCalls.has(vendorId)) observer.sharedRead(instance.key);
      return reads.getCalls.startOrJoin(vendorId, isFresh, run).join(signal);
    },
    write: async (instance, run) => {
      forget(instance);
      try {
        return await run();
      } finally {
        forget(instance);
      }
    },
    forget,
    writeCount: () => writeCount,
  };
}
