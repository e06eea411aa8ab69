// The write of a rotation at one connection. What its vendor makes of it is data.
import { NotFoundError } from '../../domain/errors.ts';
import type { WrittenConnection } from '../create-connection.ts';
import { readNow } from '../registry.ts';
import { writeUpdate } from '../update-connection.ts';
import { toRotationWarning, type RotationInput } from './input.ts';
import {
  beforeWrite,
  inOwnTerms,
  notAttempted,
  outcomeOfThrown,
  TIME_IS_OVER,
  type RotationOutcome,
} from './outcome.ts';
import { planRotation } from './plan-rotation.ts';
import type { Means } from './select.ts';
import type { Ready } from './trial.ts';
import { routeKeyOf } from './route.ts';

const MOVED = 'It was changed meanwhile, and may lead to another place than before; rotate it again.';

async function write(
  { registry, reads }: Means,
  input: RotationInput,
  { connection, paths, ...planned }: Ready,
): Promise<WrittenConnection> {
  const { instance, vendorId, id } = connection;
  const call = { deadline: instance.deadline('write') };
  let { plan } = planned;
  // What was changed meanwhile, during a test or while others had their turn, would be put back as it was.
  if (instance.vendor.update?.replacesAll) {
    const now = await beforeWrite(readNow({ instance, vendorId }, id, call));
    if (routeKeyOf(now) !== routeKeyOf(connection)) notAttempted(MOVED);
    plan = planRotation(registry, input, now, paths);
  }
  const written = await inOwnTerms(writeUpdate(reads, instance, plan.patch, call), paths);
  if (!written) throw new NotFoundError(id);
  const warnings = [...written.warnings, ...plan.warnings].map((one) => toRotationWarning(one, paths));
  return { ...written, warnings };
}

/** @param reason why it has no test of its own. An error of it is a bug. */
export async function writeOne(
  means: Means,
  input: RotationInput,
  ready: Ready,
  reason: string | null,
): Promise<RotationOutcome> {
  const { outcome } = ready;
  try {
    if (means.isOver()) notAttempted(TIME_IS_OVER);
    const result = await write(means, input, ready);
    return { ...outcome, status: 'DONE', connection: result.connection, result, reason };
  } catch (thrown) {
    return outcomeOfThrown(means, outcome, thrown);
  }
}
