// Authentication by JWTs: the signature, the issuer, the audience and the times are verified. Only the configured algorithms are
// accepted, all of them asymmetric.
import { createHash } from 'node:crypto';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import { createCaller, parseScope, type Caller, type Scope } from '../domain/caller.ts';
import { AuthenticationError, type Authenticate } from './authenticate.ts';
import { keysOf, type ReadKeys } from './issuer-keys.ts';

export interface JwtSettings {
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
  readonly clockSkewSeconds: number;
  readonly scopesClaim: string;
  readonly scopeMap: Readonly<Record<string, readonly string[]>>;
  readonly nameClaim: string;
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

/** A token that was verified. */
interface Verified {
  readonly caller: Caller;
  /** The keys with which it was verified. */
  readonly keys: object | null;
  /** The time at which it was verified, in milliseconds. */
  readonly at: number;
}

/** So many tokens are known as verified. */
const MAX_VERIFIED = 1000;

/** Returns the name of a token in memory. The token itself is not kept. */
const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/**
 * Returns the authentication by JWTs. A token that was verified is not verified again until it expires or the keys are read again:
 * the signature takes more time than all else in a request.
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
  const verify = async (token: string, at: number): Promise<JWTPayload> => {
    const { payload, protectedHeader } = await jwtVerify(token, keys.keyOf, {
      issuer,
      audience,
      algorithms: [...algorithms],
      clockTolerance: clockSkewSeconds,
      currentDate: new Date(at),
      requiredClaims: ['exp'],
    });
    checkType(protectedHeader.typ);
    return payload;
  };
  const callerOf = async (token: string, at: number): Promise<Caller> => {
    let payload: JWTPayload;
    try {
      payload = await verify(token, at);
    } catch (error) {
      throw new AuthenticationError(messageOf(error));
    }
    const expiresAt = new Date(Math.min((payload.exp ?? 0) * 1000, LAST_INSTANT));
    return createCaller(nameIn(payload, nameClaim), scopesIn(payload[scopesClaim], scopeMap), expiresAt);
  };
  const verified = new LRUCache<string, Verified>({ max: MAX_VERIFIED });
  /** Whether a token is certainly valid still. Near its end it is verified again, so that one place decides. */
  const isValid = ({ caller: { expiresAt }, at }: Verified, time: number): boolean =>
    at <= time && expiresAt !== null && time < expiresAt.getTime();
  return async (token) => {
    const digest = digestOf(token);
    const time = now();
    const current = await keys.current();
    const known = verified.get(digest);
    if (known && known.keys === current && isValid(known, time)) return known.caller;
    const caller = await callerOf(token, time);
    // Keys that were read meanwhile may not have the key of this token.
    if (current === (await keys.current())) verified.set(digest, { caller, keys: current, at: time });
    return caller;
  };
}
