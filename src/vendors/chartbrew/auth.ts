// Authenticates requests to Chartbrew with the API key of a team.
import type { Credential } from '../../secrets/credential.ts';
import { keyAuth, type Auth } from '../auth.ts';

/** Returns the authentication by an API key in the Authorization header. */
export const createAuth = ({ apiKey }: { readonly apiKey: Credential }): Auth => keyAuth(apiKey, 'Bearer');
