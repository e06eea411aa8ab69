// Idempotency keys: a mutation that is sent again under the same key is not run again, and returns the first answer. The store
// holds a fingerprint of the input, and the ids and codes of the answer.
import { createHmac, randomBytes } from 'node:crypto';
import { ConflictError } from '../../domain/errors.ts';
import { Secret } from '../../secrets/secret.ts';

/** An answer that may be stored: ids, codes, Patchbay's own messages, and texts of a vendor that were shown to the caller. It has no secret and no settings. */
export type StoredAnswer = { readonly [key: string]: unknown };

/** What a store has under a key when a request begins. */
export type KeyState =
  | { readonly state: 'NEW' }
  | { readonly state: 'IN_PROGRESS' }
  | { readonly state: 'OTHER_INPUT' }
  | { readonly state: 'DONE'; readonly answer: StoredAnswer };

export interface IdempotencyStore {
  /**
   * Takes a key for an input, and returns what the store had under it before. It is atomic: of several requests at once only
   * one gets NEW.
   */
  begin(key: string, fingerprint: string): Promise<KeyState>;
  /** Stores the answer. */
  finish(key: string, answer: StoredAnswer): Promise<void>;
  /** Removes the key: nothing was done under it. */
  release(key: string): Promise<void>;
}

const DAY_MS = 86_400_000;
const MAX_KEYS = 10_000;

interface Entry {
  readonly fingerprint: string;
  /** Time in milliseconds. */
  readonly expiresAt: number;
  /** Null while the request is in progress. */
  readonly answer: StoredAnswer | null;
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
  return {
    begin: async (key, fingerprint) => {
      const entry = entries.get(key);
      if (entry && (entry.answer === null || entry.expiresAt > now())) {
        if (entry.fingerprint !== fingerprint) return { state: 'OTHER_INPUT' };
        return entry.answer === null ? { state: 'IN_PROGRESS' } : { state: 'DONE', answer: entry.answer };
      }
      makeRoom();
      entries.delete(key);
      entries.set(key, { fingerprint, expiresAt: now() + DAY_MS, answer: null });
      return { state: 'NEW' };
    },
    finish: async (key, answer) => {
      const entry = entries.get(key);
      if (entry) entries.set(key, { ...entry, answer });
    },
    release: async (key) => {
      entries.delete(key);
    },
  };
}

/** Returns the same text for equal inputs, whatever the order of their fields. A secret becomes its HMAC. */
function canonical(value: unknown, key: Buffer): string {
  if (value instanceof Secret) return `secret:${value.hmac(key)}`;
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, key)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'undefined';
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field, key)}`).join(',')}}`;
}

/** Converts the result of a mutation to a stored answer, and back. */
export interface AnswerRecord<T> {
  /** Returns the answer to store; null when nothing was done, so that the key can be used again. */
  toStored(outcome: { readonly value: T } | { readonly error: unknown }): StoredAnswer | null;
  /** Returns the result of a stored answer. @throws the failure, when the answer is one. */
  fromStored(answer: StoredAnswer): Promise<T>;
}

export interface Request {
  /** Identity of the caller: two callers never share a key. */
  readonly caller: string;
  readonly mutation: string;
  /** A text for which `isIdempotencyKey` is true; null when the caller sent none. */
  readonly key: string | null | undefined;
  readonly input: object;
}

export interface Idempotency {
  /**
   * Runs a mutation, unless it was run under this key before; then it returns the stored answer. Without a key it always runs.
   * @param onReplay called before a stored answer is returned.
   * @throws ConflictError for a key that was used with another input, or whose first request is in progress.
   */
  runOnce<T>(request: Request, record: AnswerRecord<T>, run: () => Promise<T>, onReplay?: () => void): Promise<T>;
}

// oxlint-disable-next-line no-control-regex -- the pattern excludes control characters
const KEY = /^[^\u0000-\u001f\u007f]{1,255}$/;

/** Returns whether a text can be an idempotency key: 1 to 255 characters, none of them a control character. */
export const isIdempotencyKey = (text: string): boolean => KEY.test(text);

/**
 * Returns idempotency over a store.
 * @param onFailure called with what the store throws when it cannot store an answer.
 */
export function createIdempotency(
  store: IdempotencyStore,
  onFailure: (thrown: unknown) => void = () => {},
  hmacKey: Buffer = randomBytes(32),
): Idempotency {
  const digest = (text: string) => createHmac('sha256', hmacKey).update(text).digest('base64url');
  return {
    runOnce: async ({ caller, mutation, key, input }, record, run, onReplay) => {
      if (key === undefined || key === null) return run();
      const name = digest(JSON.stringify([caller, mutation, key]));
      const found = await store.begin(name, digest(canonical(input, hmacKey)));
      if (found.state === 'OTHER_INPUT') {
        throw new ConflictError('This idempotency key was used with another input.', null, 'IDEMPOTENCY_KEY_REUSED');
      }
      if (found.state === 'IN_PROGRESS') {
        throw new ConflictError('The first request with this key is still in progress.', null, 'IN_PROGRESS');
      }
      if (found.state === 'DONE') {
        onReplay?.();
        return record.fromStored(found.answer);
      }
      const outcome = await run().then(
        (value) => ({ value }) as const,
        (error: unknown) => ({ error }) as const,
      );
      const answer = record.toStored(outcome);
      // The write was done, so a failure of the store does not fail it; the key stays in progress then.
      await (answer ? store.finish(name, answer) : store.release(name)).catch(onFailure);
      if ('error' in outcome) throw outcome.error;
      return outcome.value;
    },
  };
}
