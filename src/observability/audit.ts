// The audit line: one for each mutation, with a keyed tag in place of each secret. One who has the value and the key can find
// where it was set; one who has the log alone learns nothing of it.
import { randomBytes } from 'node:crypto';
import type { Audit } from '../domain/audit-entry.ts';
import { Secret } from '../secrets/secret.ts';
import type { Log } from './log.ts';

const tagOf = (secret: Secret, key: Buffer | Secret): string => `hmac-sha256:${secret.hmac(key)}`;

/** The tag of a value that somebody has, to be looked for in the log. */
export const tagOfText = (text: string, key: Secret): string => tagOf(new Secret(text), key);

/** Who asked, under which id. */
export interface AuditContext {
  readonly requestId: string;
  readonly caller: string;
}

/** @param key by which secrets are tagged; when left out a random one, under which tags compare within this process alone. */
export const createAuditLog =
  (log: Log, key: Buffer | Secret = randomBytes(32)) =>
  ({ requestId, caller }: AuditContext): Audit =>
  // Field by field: what an entry may hold beyond these gets into no log.
  ({ mutation, instances, connections, outcome, status, targets, isReplay, durationMs, secrets }) =>
    log.info('audit', {
      requestId,
      caller,
      mutation,
      instances,
      connections,
      outcome,
      ...(status !== undefined && { status }),
      ...(targets && {
        targets: targets.map(({ instance, connection, status: came, compensation }) => ({
          instance,
          connection,
          status: came,
          ...(compensation !== undefined && { compensation }),
        })),
      }),
      ...(isReplay && { replayed: true }),
      durationMs,
      secrets: secrets.map(({ path, secret }) => ({ path, tag: tagOf(secret, key) })),
    });

export type AuditLog = ReturnType<typeof createAuditLog>;
