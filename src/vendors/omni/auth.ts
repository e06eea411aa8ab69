// Authenticates requests to Omni with an API key.
import type { Credential } from '../../secrets/credential.ts';
import { keyAuth, type Auth } from '../auth.ts';

/** The credentials in an instance's settings. */
export interface OmniCredentials {
  readonly apiKey: Credential;
}

/** Returns the authentication by the API key. */
export const createAuth = ({ apiKey }: OmniCredentials): Auth => keyAuth(apiKey, 'Bearer');
