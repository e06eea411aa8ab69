// Reads that are shared: identical ones under way are one call, a list serves others for as long as the instance allows,
// and the last good list stands in for one that cannot be read. A write through here makes all that was read before it
// nobody's: no read gives what is older than a write that was acknowledged.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LocatedConnection, ConnectionList, Instance } from '../domain/instance.ts';
import { VendorError } from '../domain/errors.ts';
import { atInstance, locate } from './registry.ts';

export interface ReadRequest {
  /** The caller's; a read ends when all who wait for it have left. */
  readonly signal?: AbortSignal | undefined;
  /** Asks the vendor itself, whatever is held or under way. */
  readonly isFresh?: boolean | undefined;
}

export interface ListRequest extends ReadRequest {
  readonly includeDeleted: boolean;
}

export interface ListRead {
  readonly rows: readonly LocatedConnection[];
  /** When the vendor gave them. */
  readonly readAt: Date;
  /** Why the vendor could not be asked now, when these are the last good rows. */
  readonly error: VendorError | null;
}

export interface Reads {
  /** @throws VendorError when there are no rows to give. */
  list(instance: Instance, request: ListRequest): Promise<ListRead>;
  /** The list that is held and still good; null when none is. */
  held(instance: Instance, request: ListRequest): ListRead | null;
  /** The last good list of what is not in the trash, however old; null when there is none since the last write. */
  last(instance: Instance): ListRead | null;
  /** @throws VendorError */
  get(instance: Instance, vendorId: string, request: ReadRequest): Promise<LocatedConnection | null>;
  /** Runs a write; whatever comes of it, what was read before is dropped. */
  write<T>(instance: Instance, run: () => Promise<T>): Promise<T>;
}

interface Held {
  readonly rows: readonly LocatedConnection[];
  readonly readAt: number;
  /** Place of the read in the order in which reads began. */
  readonly began: number;
  readonly etag: string | null;
}

interface Flight<T> {
  readonly result: Promise<T>;
  /** Everybody left: what comes of it is of no use to who comes later. */
  isAbandoned(): boolean;
  join(signal: AbortSignal | undefined): Promise<T>;
}

/** What is known of one instance. */
interface Known {
  /** Goes up with each beginning and end of a write. */
  epoch: number;
  readonly lists: Map<boolean, Held>;
  readonly flights: Map<string, Flight<unknown>>;
}

/** One call for any number of callers: it ends when it is done or when nobody waits any more. */
function takeOff<T>(run: (signal: AbortSignal) => Promise<T>): Flight<T> {
  const controller = new AbortController();
  let waiting = 0;
  // Who waited goes on one after another, each in a turn of the event loop: hundreds at once would hold all else up.
  let turn: Promise<void> = Promise.resolve();
  const result = run(controller.signal);
  result.catch(() => {});
  return {
    result,
    isAbandoned: () => controller.signal.aborted,
    join: async (signal) => {
      waiting += 1;
      const leave = () => {
        waiting -= 1;
        if (waiting === 0) controller.abort();
      };
      if (signal?.aborted) leave();
      else signal?.addEventListener('abort', leave, { once: true });
      try {
        return await result;
      } finally {
        signal?.removeEventListener('abort', leave);
        const mine = turn;
        turn = turn.then(nextTurn);
        await mine;
      }
    },
  };
}

const asRead = ({ rows, readAt }: Held, error: VendorError | null = null): ListRead => ({
  rows,
  readAt: new Date(readAt),
  error,
});

const located = (instance: Instance, { rows, etag }: ConnectionList): Pick<Held, 'rows' | 'etag'> => ({
  rows: rows.map((row) => locate(instance, row)),
  etag,
});

/** Returns the list whose ETag was sent. @throws when none was sent */
function unchanged(before: Held | undefined): Held {
  if (!before) throw new Error('A vendor says that a list is unchanged that was never read.');
  return before;
}

/** @param now the clock, in milliseconds. */
export function createReads(now: () => number = Date.now): Reads {
  const instances = new WeakMap<Instance, Known>();
  let reads = 0;

  function knownOf(instance: Instance): Known {
    const known = instances.get(instance) ?? { epoch: 0, lists: new Map(), flights: new Map() };
    instances.set(instance, known);
    return known;
  }

  function fly<T>(known: Known, key: string, isFresh: boolean, run: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const under = isFresh ? undefined : (known.flights.get(key) as Flight<T> | undefined);
    if (under && !under.isAbandoned()) return under;
    const flight = takeOff(run);
    known.flights.set(key, flight);
    const land = () => {
      if (known.flights.get(key) === flight) known.flights.delete(key);
    };
    flight.result.then(land, land);
    return flight;
  }

  async function readList(instance: Instance, includeDeleted: boolean, signal: AbortSignal): Promise<ListRead> {
    const known = knownOf(instance);
    const { epoch } = known;
    reads += 1;
    const began = reads;
    const before = known.lists.get(includeDeleted);
    const call = { signal, includeDeleted, etag: before?.etag };
    try {
      const answer = await atInstance(instance, () => instance.api.list(call));
      const { rows, etag } = answer === 'unchanged' ? unchanged(before) : located(instance, answer);
      const read: Held = { rows, readAt: now(), began, etag };
      const latest = known.lists.get(includeDeleted);
      if (known.epoch === epoch && (!latest || latest.began < began)) known.lists.set(includeDeleted, read);
      return asRead(read);
    } catch (error) {
      const last = known.lists.get(includeDeleted);
      const isGood = last !== undefined && now() - last.readAt < instance.cache.staleMs;
      if (error instanceof VendorError && isGood && !signal.aborted) return asRead(last, error);
      throw error;
    }
  }

  function held(instance: Instance, { includeDeleted, isFresh }: ListRequest): ListRead | null {
    const list = isFresh ? undefined : knownOf(instance).lists.get(includeDeleted);
    return list && now() - list.readAt < instance.cache.ttlMs ? asRead(list) : null;
  }

  function forget(known: Known): void {
    known.epoch += 1;
    known.lists.clear();
    // Those under way go on for those who wait; nobody joins them any more.
    known.flights.clear();
  }

  return {
    held,
    last: (instance) => {
      const list = knownOf(instance).lists.get(false);
      return list ? asRead(list) : null;
    },
    list: async (instance, request) => {
      const { includeDeleted, isFresh = false, signal } = request;
      const list = held(instance, request);
      if (list) return list;
      const known = knownOf(instance);
      const run = (ends: AbortSignal) => readList(instance, includeDeleted, ends);
      return fly(known, `list ${includeDeleted}`, isFresh, run).join(signal);
    },
    get: async (instance, vendorId, { isFresh = false, signal }) => {
      const run = async (ends: AbortSignal) => {
        const found = await atInstance(instance, () => instance.api.get(vendorId, { signal: ends }));
        return found && locate(instance, found);
      };
      return fly(knownOf(instance), `get ${vendorId}`, isFresh, run).join(signal);
    },
    write: async (instance, run) => {
      const known = knownOf(instance);
      forget(known);
      try {
        return await run();
      } finally {
        forget(known);
      }
    },
  };
}
