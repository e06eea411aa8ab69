// The keys of an issuer of JWTs: when they are read, and how long they stay in use.
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { AuthenticationError } from './authenticate.ts';

/** Reads the keys of the issuer. @throws when they cannot be read. */
export type ReadKeys = () => Promise<JSONWebKeySet>;

/** After this time the keys are read again, so that a key that the issuer removed is not accepted for long. */
const MAX_AGE_MS = 600_000;
/** An unknown `kid` makes the keys be read again, at most this often. */
const MIN_AGE_MS = 30_000;
/** While no keys are known, they are read at most this often. */
const RETRY_MS = 1000;

export interface IssuerKeys {
  /** Returns the keys that are in use now: another object each time after they were read. Null while none are known. */
  current(): Promise<object | null>;
  /** Returns the key of a JWT. @throws AuthenticationError while no keys are known. */
  readonly keyOf: JWTVerifyGetKey;
}

/**
 * Returns the keys of the issuer. They are read at the first use, when they are old, and when a token has an unknown `kid`. While the
 * issuer cannot be reached, the keys that are known stay in use.
 * @param onFailure gets what `readKeys` throws.
 */
export function keysOf(readKeys: ReadKeys, now: () => number, onFailure: (thrown: unknown) => void): IssuerKeys {
  let keys: JWTVerifyGetKey | null = null;
  let triedAt = -Infinity;
  let reading: Promise<void> | null = null;
  const read = async () => {
    triedAt = now();
    try {
      keys = createLocalJWKSet(await readKeys());
    } catch (error) {
      onFailure(error);
    }
  };
  const refresh = async () => {
    reading ??= read().finally(() => {
      reading = null;
    });
    await reading;
  };
  const current = async () => {
    const mustWait = keys === null && reading !== null;
    if (mustWait || now() - triedAt > (keys ? MAX_AGE_MS : RETRY_MS)) await refresh();
    return keys;
  };
  const find: JWTVerifyGetKey = async (header, token) => {
    if (!keys) throw new AuthenticationError('The keys of the issuer cannot be read. Try again later.');
    return keys(header, token);
  };
  return {
    current,
    keyOf: async (header, token) => {
      await current();
      try {
        return await find(header, token);
      } catch (error) {
        const mayRead = reading !== null || now() - triedAt >= MIN_AGE_MS;
        if (!(error instanceof errors.JWKSNoMatchingKey) || !mayRead) throw error;
        await refresh();
        return find(header, token);
      }
    },
  };
}
