// The audit entries in the memory of this process: the newest ones. A restart forgets them.
import type { SecretChange } from '../../domain/audit-entry.ts';
import { globPattern } from '../../domain/caller.ts';
import type { IdempotencyStore } from '../idempotency/idempotency.ts';
import {
  ageOf,
  termsOf,
  toStored,
  wantedTerms,
  type AuditPosition,
  type AuditSelection,
  type AuditStore,
  type StoredEntry,
} from './audit-store.ts';

const MAX_ENTRIES = 10_000;

interface Kept {
  readonly entry: StoredEntry;
  readonly terms: ReadonlySet<string>;
}

const isOlder = (entry: AuditPosition, than: AuditPosition): boolean =>
  entry.at < than.at || (entry.at === than.at && entry.id < than.id);

/** Returns the function that tells whether a selection has an entry. */
function matcherOf({ filter, visible, after }: AuditSelection): (kept: Kept) => boolean {
  const terms = wantedTerms(filter);
  const patterns = visible?.map(globPattern);
  const { caller, mutations, outcomes, since = -Infinity, until = Infinity } = filter;
  return ({ entry, terms: known }) =>
    (after === null || isOlder(entry, after)) &&
    entry.at >= since &&
    entry.at < until &&
    (caller === undefined || entry.caller === caller) &&
    (mutations === undefined || mutations.includes(entry.mutation)) &&
    (outcomes === undefined || outcomes.includes(entry.outcome)) &&
    terms.every((term) => known.has(term)) &&
    (!patterns ||
      (entry.instances.length > 0 && entry.instances.every((key) => patterns.some((pattern) => pattern.test(key)))));
}

/** Returns the entries of a selection. @param entries the oldest first. */
function select(entries: readonly Kept[], selection: AuditSelection): StoredEntry[] {
  const matches = matcherOf(selection);
  const found: StoredEntry[] = [];
  for (let index = entries.length - 1; index >= 0 && found.length < selection.count; index -= 1) {
    const kept = entries[index];
    if (kept && matches(kept)) found.push(kept.entry);
  }
  return found;
}

/** Adds an entry at its position. Most entries are newer than all others. */
function insert(entries: Kept[], kept: Kept): void {
  const before = entries.findLastIndex(({ entry }) => isOlder(entry, kept.entry));
  entries.splice(before + 1, 0, kept);
}

/** When the secrets of each connection were set, by their paths. The connection that was changed last is the last one. */
type SecretTimes = Map<string, ReadonlyMap<string, number>>;

/** Notes when secrets were set. */
function setTimes(times: SecretTimes, changes: readonly SecretChange[], at: number): void {
  for (const { connection, set, isFresh } of changes) {
    const known = isFresh ? [] : (times.get(connection) ?? []);
    const paths = new Map([...known, ...set.map((path) => [path, at] as const)]);
    times.delete(connection);
    if (paths.size > 0) times.set(connection, paths);
  }
}

/** Removes the connections that were changed first, where there are too many. */
function removeOldest(times: SecretTimes, most: number): void {
  for (const connection of times.keys()) {
    if (times.size <= most) return;
    times.delete(connection);
  }
}

/**
 * Returns a store in the memory of this process.
 * @param now the clock, in milliseconds.
 * @param maxEntries the number of entries, and of connections with times of secrets, from which on the oldest are removed.
 */
export function createMemoryAudit(now: () => number = Date.now, maxEntries = MAX_ENTRIES): AuditStore {
  /** The oldest first. */
  const entries: Kept[] = [];
  const ids = new Set<string>();
  const times: SecretTimes = new Map();
  return {
    append: async (record) => {
      if (ids.has(record.id)) return;
      ids.add(record.id);
      const at = now() - ageOf(record);
      insert(entries, { entry: toStored(record, at), terms: new Set(termsOf(record)) });
      if (entries.length > maxEntries) ids.delete(entries.shift()?.entry.id ?? '');
      setTimes(times, record.secretChanges, at);
      removeOldest(times, maxEntries);
    },
    read: async (selections) => selections.map((selection) => select(entries, selection)),
    secretTimes: async (connections) =>
      connections.flatMap((connection) =>
        Array.from(times.get(connection) ?? [], ([path, at]) => ({ connection, path, at })),
      ),
  };
}

/** Returns keys that store the entry of an outcome in an audit of the same process. */
export const withAudit = (keys: IdempotencyStore, audit: AuditStore): IdempotencyStore => ({
  begin: async (...given) => keys.begin(...given),
  markSending: async (...given) => keys.markSending(...given),
  renew: async (...given) => keys.renew(...given),
  finish: async (key, answer, outcome, record) => {
    if (record) await audit.append(record);
    await keys.finish(key, answer, outcome);
  },
  release: async (key, attempt, record) => {
    if (record) await audit.append(record);
    await keys.release(key, attempt);
  },
  check: async () => keys.check(),
});
