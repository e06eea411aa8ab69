// A secret with which the gateway signs in to a vendor.
import type { Secret } from './secret.ts';

export interface Credential {
  /** Returns the credential as it was last read. */
  current(): Secret;
  /** Reads the credential again from its source and returns whether it changed. An environment variable never changes. */
  reload(): Promise<boolean>;
}

/** Returns whether a value of the configuration is a credential. */
export const isCredentialValue = (value: unknown): value is Credential =>
  typeof value === 'object' && value !== null && 'reload' in value;
