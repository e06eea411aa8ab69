// HMACs of what the store must compare and must not know: callers, idempotency keys, and settings.
import { Secret } from '../../secrets/secret.ts';

/** Returns the HMAC of a text. */
export type Digest = (text: string) => string;

/** @param hmacKey the same at all replicas. */
export const createDigest =
  (hmacKey: Buffer | Secret): Digest =>
  (text) =>
    new Secret(text).hmac(hmacKey);

/** Returns the HMAC under which a store knows an idempotency key. Two callers never share a key. @param caller identity of the caller. */
export const digestOfKey = (digest: Digest, caller: string, mutation: string, key: string): string =>
  digest(JSON.stringify([caller, mutation, key]));
