// Parses the section `store`: where idempotency keys and limits are kept.
import type { Credential } from '../secrets/credential.ts';
import { storeSchema } from './config-schema.ts';
import { parseOptional, type ParseContext } from './parse-section.ts';

export interface StoreConfig {
  /** Where the store is; null for the memory of the process. */
  readonly address: { readonly url: Credential; readonly password: Credential | undefined } | null;
  /** Whether mutations without an idempotency key run while the store does not answer. */
  readonly runsWithoutStore: boolean;
}

const MEMORY = /^memory:$/;
const FILE = /^file:.+$/;
const POSTGRES = /^postgres(?:ql)?:\/\/\S+$/;

/**
 * Returns the parsed section; null after it reports the problems to the context.
 * @param hasAuditKey whether `audit.key` is configured. Only with it all replicas and the next start make the same fingerprints.
 */
export function parseStore(raw: unknown, hasAuditKey: boolean, reading: ParseContext): StoreConfig | null {
  const { problems } = reading;
  const parsed = parseOptional(storeSchema, raw, 'store', reading);
  if (!parsed) return null;
  const { url, password, onFailure } = parsed;
  const isOneOf = (...kinds: readonly RegExp[]) =>
    url !== undefined && kinds.some((kind) => url.current().matches(kind));
  if (url && !isOneOf(MEMORY, FILE, POSTGRES)) {
    problems.push('store.url: must be memory:, file:<path> or postgres://<host>/<database>');
  }
  if (password && !isOneOf(POSTGRES)) problems.push('store.password: has no use without a `store.url` of postgres://');
  const isStored = isOneOf(FILE, POSTGRES);
  if (isStored && !hasAuditKey) {
    problems.push(
      'audit.key: is missing; a store needs it, and all replicas need the same. Create one with `openssl rand -base64 32`',
    );
  }
  return { address: url && isStored ? { url, password } : null, runsWithoutStore: onFailure === 'allow' };
}
