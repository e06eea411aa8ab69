// The audit of fan-outs: what an entry says about each target, and the entry of a fan-out that another process ended.
import { createHash } from 'node:crypto';
import type { AuditRecord, AuditTarget, SecretChange } from '../../domain/audit-entry.ts';
import { secretsSetBy } from '../audit/secret-changes.ts';
import type { StoredOperation, StoredTarget } from '../operations/operation-store.ts';
import { findInstance, type Registry } from '../registry.ts';
import { fanOutStatusOf, type FanOut, type FanOutOutcome } from './fan-out-outcome.ts';
import { outcomeOfTarget } from './stored-target.ts';

/** Returns the part of an entry about one target. */
const toTarget = ({ instance, status, result, compensation }: FanOutOutcome): AuditTarget => ({
  instance: instance.key,
  connection: result && 'connection' in result ? result.connection.id : null,
  status,
  ...(compensation && { compensation: compensation.status }),
});

/** Returns whether a path leads to the options of another target. */
const ofOtherTarget = (path: string, position: number): boolean =>
  path.startsWith('input.targets.') && !path.startsWith(`input.targets.${position}.`);

/** Returns the secrets that were set at one target: none when the connection was deleted again. */
function secretChangeAt(
  { result, compensation }: FanOutOutcome,
  sent: readonly string[],
  position: number,
): SecretChange[] {
  if (!result || !('connection' in result)) return [];
  if (compensation?.status === 'DELETED') return [{ connection: result.connection.id, set: [], isFresh: true }];
  const paths = sent.filter((path) => !ofOtherTarget(path, position));
  return [secretsSetBy(result, paths, true)];
}

/** Returns the parts of an entry about a fan-out. @param sent the paths of the secrets in its input. */
export const describeFanOut = ({ status, outcomes }: Pick<FanOut, 'status' | 'outcomes'>, sent: readonly string[]) => ({
  status,
  targets: outcomes.map(toTarget),
  secretChanges: outcomes.flatMap((outcome, position) => secretChangeAt(outcome, sent, position)),
});

/** Returns the id of the entry about an operation whose targets are in these states. Two processes get the same id, and the store keeps one entry. */
const idOfEnd = (operation: string, targets: readonly StoredTarget[]): string =>
  createHash('sha256')
    .update([operation, ...targets.map(({ state }) => state)].join())
    .digest('hex')
    .slice(0, 32);

/**
 * Returns the entry of a fan-out that ended after its process: it has the request and the caller of that time.
 * @param targets its targets as they are now.
 * @returns null when the process that began it stored no origin.
 */
export async function recordOfEnd(
  registry: Registry,
  { id, mutation, origin, startedAt }: StoredOperation,
  targets: readonly StoredTarget[],
): Promise<AuditRecord | null> {
  if (!origin) return null;
  const ends = targets.flatMap((_, position) => {
    const instance = findInstance(registry, targets[position]?.instance ?? '');
    return instance ? [outcomeOfTarget(registry, instance, targets, position)] : [];
  });
  const outcomes = await Promise.all(ends);
  const sent = origin.secrets.map(({ path }) => path);
  const changedAt = Math.max(...targets.map((target) => target.changedAt.getTime()));
  return {
    id: idOfEnd(id, targets),
    endedAt: performance.now(),
    ...origin,
    mutation,
    instances: [...new Set(targets.map(({ instance }) => instance))],
    connections: targets.flatMap(({ connection }) => connection ?? []),
    outcome: 'CreateConnectionsSuccess',
    ...describeFanOut({ status: fanOutStatusOf(outcomes), outcomes }, sent),
    isReplay: false,
    durationMs: Math.max(changedAt - startedAt.getTime(), 0),
  };
}
