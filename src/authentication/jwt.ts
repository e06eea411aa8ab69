// Authentication by JWTs: the signature, the issuer, the audience and the times are verified. Only the configured algorithms are
// accepted, all of them asymmetric.
import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { createCaller, parseScope, type Scope } from '../domain/caller.ts';
import { AuthenticationError, type Authenticate } from './authenticate.ts';

export interface JwtSettings {
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
  readonly clockSkewSeconds: number;
  readonly scopesClaim: string;
  readonly scopeMap: Readonly<Record<string, readonly string[]>>;
  readonly nameClaim: string;
}

/** Reads the keys of the issuer. @throws when they cannot be read. */
export type ReadKeys = () => Promise<JSONWebKeySet>;

/** After this time the keys are read again, so that a key that the issuer removed is not accepted for long. */
const MAX_AGE_MS = 600_000;
/** An unknown `kid` makes the keys be read again, at most this often. */
const MIN_AGE_MS = 30_000;
/** While no keys are known, they are read at most this often. */
const RETRY_MS = 1000;

/**
 * Returns the keys of the issuer. They are read at the first use, when they are old, and when a token has an unknown `kid`. While the
 * issuer cannot be reached, the keys that are known stay in use.
 * @param onFailure gets what `readKeys` throws.
 */
export function keysOf(readKeys: ReadKeys, now: () => number, onFailure: (thrown: unknown) => void): JWTVerifyGetKey {
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
  const keyOf: JWTVerifyGetKey = async (header, token) => {
    if (!keys) throw new AuthenticationError('The keys of the issuer cannot be read. Try again later.');
    return keys(header, token);
  };
  return async (header, token) => {
    const mustWait = keys === null && reading !== null;
    if (mustWait || now() - triedAt > (keys ? MAX_AGE_MS : RETRY_MS)) await refresh();
    try {
      return await keyOf(header, token);
    } catch (error) {
      const mayRead = reading !== null || now() - triedAt >= MIN_AGE_MS;
      if (!(error instanceof errors.JWKSNoMatchingKey) || !mayRead) throw error;
      await refresh();
      return keyOf(header, token);
    }
  };
}

/** The types of a JWT that may be an access token: none, the general one, and that of RFC 9068. `application/` may be omitted. */
const TYPE = /^(application\/)?(jwt|at\+jwt)$/i;

/** Refuses a JWT that was made for another purpose, such as a proof of possession or a logout. @throws AuthenticationError */
function checkType(typ: string | undefined): void {
  if (typ === undefined || TYPE.test(typ)) return;
  throw new AuthenticationError('The token is a JWT of another type: its header may have the typ JWT or at+jwt.');
}

/** Returns the scopes in a claim. Values that are neither scopes nor in the map are ignored: they belong to other services. */
function scopesIn(claim: unknown, scopeMap: JwtSettings['scopeMap']): Scope[] {
  const values = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? (claim as unknown[]) : [];
  const texts = values
    .filter((value) => typeof value === 'string')
    .flatMap((value) => (Object.hasOwn(scopeMap, value) ? (scopeMap[value] ?? []) : [value]));
  return texts.flatMap((text) => parseScope(text) ?? []);
}

const MESSAGES: Readonly<Record<string, string>> = {
  ERR_JWT_EXPIRED: 'The token has expired.',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'The signature of the token is wrong.',
  ERR_JOSE_ALG_NOT_ALLOWED: 'The algorithm of the token is not accepted.',
  ERR_JWKS_NO_MATCHING_KEY: 'The key of the token is not known.',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'The token does not name its key, and the issuer has several.',
};

function messageOf(error: unknown): string {
  if (error instanceof AuthenticationError) return error.message;
  if (error instanceof errors.JWTClaimValidationFailed)
    return `The claim ${claimOf(error)} of the token is wrong or missing.`;
  const code = error instanceof errors.JOSEError ? error.code : '';
  return MESSAGES[code] ?? 'The token is not a valid JWT.';
}

/** Returns the claim that an error is about, if it is one that the gateway asks for. */
const claimOf = ({ claim }: errors.JWTClaimValidationFailed): string =>
  ['iss', 'aud', 'exp', 'nbf', 'iat'].includes(claim) ? claim : '';

/** The longest name of a caller. OpenID Connect allows this many characters for `sub`. */
const MAX_NAME_LENGTH = 255;
/** The last instant that a Date can hold, in milliseconds. */
const LAST_INSTANT = 8_640_000_000_000_000;

/** Returns the name in a claim. It is never cut: callers with one name share their idempotency keys. @throws AuthenticationError */
function nameIn(payload: JWTPayload, claim: string): string {
  const name = payload[claim];
  if (typeof name !== 'string' || name === '') throw new AuthenticationError(`The token has no ${claim}.`);
  if (name.length > MAX_NAME_LENGTH) {
    throw new AuthenticationError(`The claim ${claim} of the token has more than ${MAX_NAME_LENGTH} characters.`);
  }
  return name;
}

/**
 * Returns the authentication by JWTs.
 * @param now the clock, in milliseconds.
 * @param onFailure gets what `readKeys` throws.
 */
export function authenticateByJwt(
  settings: JwtSettings,
  readKeys: ReadKeys,
  now: () => number,
  onFailure: (thrown: unknown) => void,
): Authenticate {
  const { issuer, audience, algorithms, clockSkewSeconds, scopesClaim, scopeMap, nameClaim } = settings;
  const keys = keysOf(readKeys, now, onFailure);
  const verify = async (token: string): Promise<JWTPayload> => {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: [...algorithms],
      clockTolerance: clockSkewSeconds,
      currentDate: new Date(now()),
      requiredClaims: ['exp'],
    });
    checkType(protectedHeader.typ);
    return payload;
  };
  return async (token) => {
    let payload: JWTPayload;
    try {
      payload = await verify(token);
    } catch (error) {
      throw new AuthenticationError(messageOf(error));
    }
    const expiresAt = new Date(Math.min((payload.exp ?? 0) * 1000, LAST_INSTANT));
    return createCaller(nameIn(payload, nameClaim), scopesIn(payload[scopesClaim], scopeMap), expiresAt);
  };
}
