// Writes the secret to one connection. A refusal of the vendor is an outcome and not an error.
import { NotFoundError } from '../../domain/errors.ts';
import type { WrittenConnection } from '../create-connection.ts';
import { readConnection } from '../call-instance.ts';
import { writeUpdate } from '../update-connection.ts';
import { toRotationWarning, type RotationInput } from './rotation-input.ts';
import {
  beforeWrite,
  notAttempted,
  outcomeOfError,
  TIME_IS_OVER,
  withRotationPaths,
  type RotationOutcome,
} from './rotation-outcome.ts';
import { planRotation } from './plan-rotation.ts';
import type { RotationContext } from './select-connections.ts';
import type { WritableConnection } from './test-new-secret.ts';
import { routeKeyOf } from './special-route.ts';

const CHANGED = 'It was changed during the rotation and may lead to another server than before; rotate it again.';

async function write(
  { registry, reads }: RotationContext,
  input: RotationInput,
  { connection, paths, ...planned }: WritableConnection,
): Promise<WrittenConnection> {
  const { id, instance } = connection;
  const call = { deadline: instance.deadline('write') };
  let { plan } = planned;
  // The write of such a vendor would undo a change that somebody made since the connection was read.
  if (instance.vendor.update?.replacesAll) {
    const now = await beforeWrite(readConnection(connection, call));
    if (routeKeyOf(now) !== routeKeyOf(connection)) notAttempted(CHANGED);
    plan = planRotation(registry, input, now, paths);
  }
  const written = await withRotationPaths(writeUpdate(reads, instance, plan.patch, call), paths);
  if (!written) throw new NotFoundError(id);
  const warnings = [...written.warnings, ...plan.warnings].map((warning) => toRotationWarning(warning, paths));
  return { ...written, warnings };
}

/**
 * Writes the secret to a connection.
 * @param reason why the secret is written although no test of this connection proves it; null when a test does or `verification` is
 * NONE.
 * @returns the outcome, also when the vendor fails.
 * @throws only for a bug.
 */
export async function writeSecret(
  context: RotationContext,
  input: RotationInput,
  writable: WritableConnection,
  reason: string | null,
): Promise<RotationOutcome> {
  const { outcome } = writable;
  try {
    if (context.isOver()) notAttempted(TIME_IS_OVER);
    const result = await write(context, input, writable);
    return { ...outcome, status: 'DONE', connection: result.connection, result, reason };
  } catch (error) {
    return outcomeOfError(context, outcome, error);
  }
}
