// Authenticates requests to Credible with a user's access token or a group's API key.
import type { Credential } from '../../secrets/credential.ts';
import { keyAuth, type Auth } from '../auth.ts';

/** The credentials in an instance's settings: exactly one of `token` and `apiKey`, which `settingsProblem` checks. */
export interface CredibleCredentials {
  readonly token?: Credential | undefined;
  readonly tokenType?: 'bearer' | 'apiKey' | undefined;
  readonly apiKey?: Credential | undefined;
}

/** Returns the authentication by `apiKey`, or by `token` with the scheme that `tokenType` names. */
export function createAuth({ token, tokenType, apiKey }: CredibleCredentials): Auth {
  if (apiKey) return keyAuth(apiKey, 'ApiKey');
  if (!token) throw new Error('An instance of Credible has neither token nor apiKey.');
  return keyAuth(token, tokenType === 'apiKey' ? 'ApiKey' : 'Bearer');
}
