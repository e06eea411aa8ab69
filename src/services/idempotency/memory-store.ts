// Idempotency keys in the memory of this process. A restart forgets them.
import { KEY_LIFETIME_MS, type IdempotencyStore, type KeyState, type StoredAnswer } from './idempotency.ts';

const MAX_KEYS = 10_000;

interface Entry {
  readonly fingerprint: string;
  /** The attempt that holds the key. */
  readonly attempt: string;
  /** The attempt that sent the write; null as long as nothing was sent. */
  readonly sender: string | null;
  /** When the write was about to be sent, in milliseconds. */
  readonly sentAt: number;
  /** Times in milliseconds. */
  readonly leaseUntil: number;
  readonly expiresAt: number;
  /** Null while the request is in progress. */
  readonly answer: StoredAnswer | null;
  readonly isKnown: boolean;
}

/** Returns whether the key is free: its answer was kept for a day, or its attempt died a day ago. */
const isOver = ({ answer, expiresAt, leaseUntil }: Entry, time: number): boolean =>
  expiresAt <= time && (answer !== null || leaseUntil <= time);

/** Returns what a request finds under a key that another attempt holds or held; null when it takes the key over. */
function stateOf(entry: Entry, fingerprint: string, time: number): KeyState | null {
  if (entry.fingerprint !== fingerprint) return { state: 'OTHER_INPUT' };
  if (entry.answer !== null) return { state: 'DONE', answer: entry.answer };
  return entry.leaseUntil > time ? { state: 'IN_PROGRESS' } : null;
}

/**
 * Returns a store in the memory of this process, which holds each answer for a day.
 * @param now the clock, in milliseconds.
 * @param maxKeys the number of keys from which on the oldest answers are removed.
 */
export function createMemoryStore(now: () => number = Date.now, maxKeys = MAX_KEYS): IdempotencyStore {
  const entries = new Map<string, Entry>();
  /** Removes the oldest answers. Keys whose request is in progress stay. */
  function makeRoom(): void {
    for (const [key, { answer, expiresAt }] of entries) {
      if (entries.size < maxKeys && expiresAt > now()) return;
      if (answer !== null) entries.delete(key);
    }
  }
  /** Returns the entry of a key whose outcome the attempt may decide. */
  function entryOf(key: string, attempt: string): Entry | undefined {
    const entry = entries.get(key);
    const isOwn = entry?.attempt === attempt || entry?.sender === attempt;
    return isOwn && !(entry.answer !== null && entry.isKnown) ? entry : undefined;
  }
  return {
    begin: async (key, fingerprint, { attempt, leaseMs }) => {
      const entry = entries.get(key);
      const leaseUntil = now() + leaseMs;
      if (entry && !isOver(entry, now())) {
        const state = stateOf(entry, fingerprint, now());
        if (state) return state;
        entries.set(key, { ...entry, attempt, leaseUntil });
        return entry.sender === null ? { state: 'NEW' } : { state: 'SENT', sentAt: new Date(entry.sentAt) };
      }
      makeRoom();
      entries.delete(key);
      const expiresAt = now() + KEY_LIFETIME_MS;
      const fresh = { sender: null, sentAt: 0, answer: null, isKnown: false };
      entries.set(key, { fingerprint, attempt, leaseUntil, expiresAt, ...fresh });
      return { state: 'NEW' };
    },
    markSending: async (key, attempt) => {
      const entry = entries.get(key);
      if (entry?.attempt !== attempt) return false;
      entries.set(key, { ...entry, sender: attempt, sentAt: now() });
      return true;
    },
    renew: async (key, { attempt, leaseMs }) => {
      const entry = entries.get(key);
      if (entry?.attempt === attempt) entries.set(key, { ...entry, leaseUntil: now() + leaseMs });
    },
    finish: async (key, answer, { attempt, isKnown }) => {
      const entry = entryOf(key, attempt);
      if (entry && (isKnown || entry.answer === null)) entries.set(key, { ...entry, answer, isKnown });
    },
    release: async (key, attempt) => {
      if (entryOf(key, attempt)) entries.delete(key);
    },
    check: async () => {},
  };
}
