// Operations in the memory of this process. A restart forgets them.
import type { Lease } from '../idempotency/attempt.ts';
import {
  hasMoreToUndo,
  OPERATION_LIFETIME_MS,
  REPLACES,
  type NewOperation,
  type OperationStore,
  type StoredOperation,
  type StoredTarget,
} from './operation-store.ts';

const MAX_OPERATIONS = 10_000;

/** A target with the attempt that sent its write. */
type Target = StoredTarget & { readonly sender: string | null };

/** An operation. Times are in milliseconds. */
interface Entry {
  readonly operation: NewOperation;
  readonly targets: readonly Target[];
  readonly attempt: string;
  readonly leaseUntil: number;
  readonly startedAt: number;
  readonly finishedAt: number | null;
}

/** Returns the time of the last change. */
const changedAt = ({ targets, startedAt, finishedAt }: Entry): number =>
  Math.max(startedAt, finishedAt ?? 0, ...targets.map((target) => target.changedAt.getTime()));

const hasWork = ({ finishedAt, targets }: Entry): boolean => finishedAt === null || hasMoreToUndo(targets);

const toStored = ({ operation, targets, startedAt, finishedAt, leaseUntil }: Entry, time: number): StoredOperation => ({
  ...operation,
  startedAt: new Date(startedAt),
  finishedAt: finishedAt === null ? null : new Date(finishedAt),
  isHeld: leaseUntil > time,
  targets: targets.map(({ sender: _sender, ...target }) => target),
});

function newEntry(operation: NewOperation, { attempt, leaseMs }: Lease, time: number): Entry {
  const fresh = { state: 'NOT_STARTED', sentAt: null, sender: null, result: null, changedAt: new Date(time) } as const;
  const targets = operation.targets.map((target, position) => ({ ...target, position, ...fresh }));
  return { operation, targets, attempt, leaseUntil: time + leaseMs, startedAt: time, finishedAt: null };
}

/** Returns the entry with one target changed. */
const withTarget = (entry: Entry, target: Target, change: Partial<Target>, time: number): Entry => ({
  ...entry,
  targets: entry.targets.with(target.position, { ...target, ...change, changedAt: new Date(time) }),
});

/**
 * Returns a store in the memory of this process.
 * @param now the clock, in milliseconds.
 */
export function createMemoryOperations(now: () => number = Date.now): OperationStore {
  const entries = new Map<string, Entry>();
  const update = (id: string, change: (entry: Entry) => Entry | null): boolean => {
    const entry = entries.get(id);
    const changed = entry && change(entry);
    if (changed) entries.set(id, changed);
    return Boolean(changed);
  };
  const findByKey = (key: string) => Array.from(entries.values()).find(({ operation }) => operation.key === key);
  /** Removes the operations that are over, and the oldest where there are too many. */
  function makeRoom(): void {
    for (const [id, entry] of entries) {
      const isOver = changedAt(entry) + OPERATION_LIFETIME_MS <= now() || entries.size >= MAX_OPERATIONS;
      if (isOver && entry.leaseUntil <= now()) entries.delete(id);
    }
  }
  return {
    create: async (operation, lease) => {
      makeRoom();
      const earlier = operation.key === null ? undefined : findByKey(operation.key);
      if (earlier) entries.delete(earlier.operation.id);
      entries.set(operation.id, newEntry(operation, lease, now()));
    },
    find: async (by) => {
      const entry = 'id' in by ? entries.get(by.id) : findByKey(by.key);
      return entry ? toStored(entry, now()) : null;
    },
    takeOver: async (id, { attempt, leaseMs }) =>
      update(id, (entry) => (entry.leaseUntil > now() ? null : { ...entry, attempt, leaseUntil: now() + leaseMs })),
    renew: async (id, { attempt, leaseMs }) =>
      void update(id, (entry) => (entry.attempt === attempt ? { ...entry, leaseUntil: now() + leaseMs } : null)),
    start: async (id, position, attempt) =>
      update(id, (entry) => {
        const target = entry.targets[position];
        if (entry.attempt !== attempt || target?.state !== 'NOT_STARTED') return null;
        return withTarget(entry, target, { state: 'SENDING', sender: attempt, sentAt: new Date(now()) }, now());
      }),
    settle: async (id, position, { state, connection, result }, attempt) =>
      void update(id, (entry) => {
        const target = entry.targets[position];
        const isOwn = entry.attempt === attempt || target?.sender === attempt;
        if (!target || !isOwn || !REPLACES[state].includes(target.state)) return null;
        const known = { connection: connection ?? target.connection, result: result ?? target.result };
        return withTarget(entry, target, { state, ...known }, now());
      }),
    finish: async (id, attempt) =>
      update(id, (entry) => (entry.attempt === attempt ? { ...entry, finishedAt: now(), leaseUntil: now() } : null)),
    listAbandoned: async () =>
      Array.from(entries.values())
        .filter((entry) => entry.operation.onFailure === 'COMPENSATE' && entry.leaseUntil <= now() && hasWork(entry))
        .map(({ operation }) => operation.id),
  };
}
