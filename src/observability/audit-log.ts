// The audit log: one line for each mutation, with a keyed tag (HMAC) instead of each secret. With the value and the key, an operator
// can find where a secret was set. The log alone reveals nothing about a secret.
import { randomBytes } from 'node:crypto';
import type { Audit, AuditOrigin, AuditRecord, AuditTarget, SentSecret } from '../domain/audit-entry.ts';
import { Secret } from '../secrets/secret.ts';
import type { Log } from './log.ts';
import type { RequestIds } from './telemetry.ts';

/** Returns the tag of a secret. */
export const tagOf = (secret: Secret, key: AuditKey): string => `hmac-sha256:${secret.hmac(key)}`;

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

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

let count = 0;

/** Returns the id of a new entry: the time, a count and random digits. */
function newId(): string {
  count = (count + 1) % 0x1_00_00;
  return hex(Date.now(), 12) + hex(count, 4) + randomBytes(8).toString('hex');
}

/** Writes the line of a record. It copies field by field, so that no other property is logged. */
export const writeAuditLine = (log: Log, record: AuditRecord): void =>
  log.audit({
    requestId: record.requestId,
    ...(record.traceId !== undefined && { traceId: record.traceId }),
    caller: record.caller,
    address: record.address,
    mutation: record.mutation,
    instances: record.instances,
    connections: record.connections,
    outcome: record.outcome,
    ...(record.status !== undefined && { status: record.status }),
    ...(record.targets && { targets: record.targets }),
    ...(record.isReplay && { replayed: true }),
    durationMs: record.durationMs,
    secrets: record.secrets,
  });

/** Copies what is known of a target field by field. */
const recordedTarget = ({ instance, connection, status, compensation }: AuditTarget): AuditTarget => ({
  instance,
  connection,
  status,
  ...(compensation !== undefined && { compensation }),
});

/** The audit of one request. */
export interface RequestAudit {
  readonly audit: Audit;
  /** Returns what is known of a mutation before it has an outcome. @param secrets the secrets in its input. */
  readonly auditOrigin: (secrets: readonly SentSecret[]) => AuditOrigin;
}

/** Creates the audit log. */
export const createAuditLog =
  (log: Log, key: AuditKey) =>
  ({ requestId, traceId, caller, address }: AuditContext): RequestAudit => {
    const auditOrigin: RequestAudit['auditOrigin'] = (secrets) => ({
      requestId,
      ...(traceId !== undefined && { traceId }),
      caller,
      address,
      secrets: secrets.map(({ path, secret }) => ({ path, tag: tagOf(secret, key) })),
    });
    const audit: Audit = ({ secrets, targets, status, ...facts }) => {
      const record: AuditRecord = {
        id: newId(),
        endedAt: performance.now(),
        ...auditOrigin(secrets),
        mutation: facts.mutation,
        instances: facts.instances,
        connections: facts.connections,
        outcome: facts.outcome,
        ...(status !== undefined && { status }),
        ...(targets && { targets: targets.map(recordedTarget) }),
        isReplay: facts.isReplay,
        durationMs: facts.durationMs,
        secretChanges: facts.secretChanges,
      };
      writeAuditLine(log, record);
      return record;
    };
    return { audit, auditOrigin };
  };

export type AuditLog = ReturnType<typeof createAuditLog>;
