// The audit log: one line for each mutation, with a keyed tag (HMAC) instead of each secret. With the value and the key, an operator
// can find where a secret was set. The log alone reveals nothing about a secret.
import { randomBytes } from 'node:crypto';
import type { Audit } from '../domain/audit-entry.ts';
import { Secret } from '../secrets/secret.ts';
import type { Log } from './log.ts';
import type { RequestIds } from './telemetry.ts';

const tagOf = (secret: Secret, key: AuditKey): string => `hmac-sha256:${secret.hmac(key)}`;

/** Returns the tag of a text, for finding it in the log. */
export const tagOfText = (text: string, key: Secret): string => tagOf(new Secret(text), key);

/** The request and the caller of a mutation. */
export interface AuditContext extends RequestIds {
  readonly caller: string;
  /** The address of the client; null for a request that did not come through a socket. */
  readonly address: string | null;
}

/** The key of the tags. */
export type AuditKey = Buffer | Secret;

/** Returns a random key. Tags that are made with it can be compared only within this process. */
export const createAuditKey = (): AuditKey => randomBytes(32);

/** Creates the audit log. */
export const createAuditLog =
  (log: Log, key: AuditKey) =>
  ({ requestId, traceId, caller, address }: AuditContext): Audit =>
  // Copies field by field, so that no other property of an entry is logged.
  ({ mutation, instances, connections, outcome, status, targets, isReplay, durationMs, secrets }) =>
    log.audit({
      requestId,
      ...(traceId !== undefined && { traceId }),
      caller,
      address,
      mutation,
      instances,
      connections,
      outcome,
      ...(status !== undefined && { status }),
      ...(targets && {
        targets: targets.map(({ instance, connection, status: targetStatus, compensation }) => ({
          instance,
          connection,
          status: targetStatus,
          ...(compensation !== undefined && { compensation }),
        })),
      }),
      ...(isReplay && { replayed: true }),
      durationMs,
      secrets: secrets.map(({ path, secret }) => ({ path, tag: tagOf(secret, key) })),
    });

export type AuditLog = ReturnType<typeof createAuditLog>;
