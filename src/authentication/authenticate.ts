// Finds out who sends a request.
import type { Caller } from '../domain/caller.ts';

/** A credential that does not prove who the caller is. The message is safe to show: it never repeats the credential. */
export class AuthenticationError extends Error {
  override readonly name = 'AuthenticationError';
}

/** Returns the caller who has a bearer token. @throws AuthenticationError when the token proves nothing. */
export type Authenticate = (token: string) => Promise<Caller>;

/** The bearer token of a request: RFC 6750 allows these characters. */
const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i;

/** Returns the bearer token of an Authorization header. @throws AuthenticationError when there is none. */
export function bearerTokenIn(authorization: string | null): string {
  if (authorization === null) throw new AuthenticationError('Send a token: `Authorization: Bearer …`.');
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) throw new AuthenticationError('The Authorization header holds no bearer token.');
  return token;
}
