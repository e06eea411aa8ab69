// Authentication by tokens. The configuration holds their hashes. A token has 256 random bits, so its hash needs no salt.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createCaller, parseScope, type Caller } from '../domain/caller.ts';
import { AuthenticationError, type Authenticate } from './authenticate.ts';

/** What the configuration holds of a token. */
export interface StoredToken {
  readonly name: string;
  /** `sha256:` and the hash in base64url. */
  readonly hash: string;
  readonly scopes: readonly string[];
  /** An instant in ISO 8601; undefined for a token that does not expire. */
  readonly expiresAt?: string | undefined;
}

const PREFIX = 'sha256:';

const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Returns a new token and its hash. Nothing is stored. */
export function createToken(): { readonly token: string; readonly hash: string } {
  // The beginning lets scanners for secrets recognize a token.
  const token = `pbt_${randomBytes(32).toString('base64url')}`;
  return { token, hash: PREFIX + digestOf(token).toString('base64url') };
}

/** @param now the clock, in milliseconds. */
export function authenticateByTokens(stored: readonly StoredToken[], now: () => number): Authenticate {
  const entries = stored.map(({ name, hash, scopes, expiresAt }) => ({
    digest: Buffer.from(hash.slice(PREFIX.length), 'base64url'),
    caller: createCaller(
      name,
      scopes.flatMap((text) => parseScope(text) ?? []),
      expiresAt === undefined ? null : new Date(expiresAt),
    ),
  }));
  return async (token) => {
    const digest = digestOf(token);
    // Every entry is compared, so that the time tells nothing.
    let found: Caller | null = null;
    for (const entry of entries) if (timingSafeEqual(entry.digest, digest)) found = entry.caller;
    if (found === null) throw new AuthenticationError('The token is not known.');
    if (found.expiresAt !== null && found.expiresAt.getTime() <= now()) {
      throw new AuthenticationError('The token has expired.');
    }
    return found;
  };
}
