// A secret of the gateway's own, with which it signs in at a vendor.
import type { Secret } from '../secrets/secret.ts';

export interface Credential {
  current(): Secret;
  /** Reads it again where it came from; whether it changed. One that comes from the environment never does. */
  reload(): Promise<boolean>;
}

export const isCredentialValue = (value: unknown): value is Credential =>
  typeof value === 'object' && value !== null && 'reload' in value;
