// One answer for one key: a mutation that is sent again under its idempotency key is not done again. What is kept of it is a
// fingerprint of the input, and of the answer ids and codes; a store behind a port keeps it.
import { createHmac, randomBytes } from 'node:crypto';
import { ConflictError } from '../domain/errors.ts';
import { Secret } from '../secrets/secret.ts';

/** What can be written down: no secret, no connection, only ids, codes, our own words, and those of a vendor that were shown. */
export type Kept = { readonly [key: string]: unknown };

export type Known =
  | { readonly is: 'NEW' }
  | { readonly is: 'IN_PROGRESS' }
  | { readonly is: 'OTHER_INPUT' }
  | { readonly is: 'DONE'; readonly kept: Kept };

export interface IdempotencyStore {
  /** Takes a key for an input, or tells what is known of it; never both to two who ask at once. */
  begin(key: string, fingerprint: string): Promise<Known>;
  /** Keeps the answer. */
  finish(key: string, kept: Kept): Promise<void>;
  /** Forgets the key: nothing was done under it. */
  release(key: string): Promise<void>;
}

const DAY_MS = 86_400_000;
const MOST_KEYS = 10_000;

interface Entry {
  readonly fingerprint: string;
  readonly until: number;
  readonly kept: Kept | null;
}

/**
 * A store in the process: what it knows ends with it.
 * @param now the clock, in milliseconds.
 */
export function createMemoryStore(now: () => number = Date.now, mostKeys = MOST_KEYS): IdempotencyStore {
  const entries = new Map<string, Entry>();
  /** The oldest go first; those under way stay. */
  function makeRoom(): void {
    for (const [key, { kept, until }] of entries) {
      if (entries.size < mostKeys && until > now()) return;
      if (kept !== null) entries.delete(key);
    }
  }
  return {
    begin: async (key, fingerprint) => {
      const entry = entries.get(key);
      if (entry && (entry.kept === null || entry.until > now())) {
        if (entry.fingerprint !== fingerprint) return { is: 'OTHER_INPUT' };
        return entry.kept === null ? { is: 'IN_PROGRESS' } : { is: 'DONE', kept: entry.kept };
      }
      makeRoom();
      entries.delete(key);
      entries.set(key, { fingerprint, until: now() + DAY_MS, kept: null });
      return { is: 'NEW' };
    },
    finish: async (key, kept) => {
      const entry = entries.get(key);
      if (entry) entries.set(key, { ...entry, kept });
    },
    release: async (key) => {
      entries.delete(key);
    },
  };
}

/** The same text for the same input, whatever the order of its fields; of a secret its fingerprint. */
function canonical(value: unknown, key: Buffer): string {
  if (value instanceof Secret) return `secret:${value.hmac(key)}`;
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one, key)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'undefined';
  const fields = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one, key)}`).join(',')}}`;
}

/** How an answer is written down, and told again. */
export interface AnswerRecord<T> {
  /** What is kept of an answer; null when nothing was done, so that the key may be used again. */
  keep(outcome: { readonly value: T } | { readonly error: unknown }): Kept | null;
  /** The answer once more. @throws what it was, when it was a failure. */
  tell(kept: Kept): Promise<T>;
}

export interface Request {
  /** Who asks. */
  readonly caller: string;
  readonly mutation: string;
  /** A text for which `isIdempotencyKey` is true; null when the caller sent none. */
  readonly key: string | null | undefined;
  readonly input: object;
}

export interface Idempotency {
  /**
   * Runs what has not been run under this key; without a key always.
   * @param onReplay called before a stored answer is returned.
   * @throws ConflictError for a key that was used with another input, or whose first request is in progress.
   */
  runOnce<T>(request: Request, record: AnswerRecord<T>, run: () => Promise<T>, onReplay?: () => void): Promise<T>;
}

// oxlint-disable-next-line no-control-regex -- control characters are what it refuses
const KEY = /^[^\u0000-\u001f\u007f]{1,255}$/;

/** Returns whether a text can be an idempotency key: 1 to 255 characters, none of them a control character. */
export const isIdempotencyKey = (text: string): boolean => KEY.test(text);

/** @param onFailure is told what a store throws that cannot keep an answer. */
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
      const known = await store.begin(name, digest(canonical(input, hmacKey)));
      if (known.is === 'OTHER_INPUT') {
        throw new ConflictError('This idempotency key was used with another input.', null, 'IDEMPOTENCY_KEY_REUSED');
      }
      if (known.is === 'IN_PROGRESS') {
        throw new ConflictError('The request that used this key first is under way still.', null, 'IN_PROGRESS');
      }
      if (known.is === 'DONE') {
        onReplay?.();
        return record.tell(known.kept);
      }
      const outcome = await run().then(
        (value) => ({ value }) as const,
        (error: unknown) => ({ error }) as const,
      );
      const kept = record.keep(outcome);
      // What was done is done, whatever becomes of the store; the key then stays taken.
      await (kept ? store.finish(name, kept) : store.release(name)).catch(onFailure);
      if ('error' in outcome) throw outcome.error;
      return outcome.value;
    },
  };
}
