// The rotation of one connection: planned, tried where its vendor can, and written. What its vendor makes of it is data.
import type { LocatedConnection } from '../../domain/connection.ts';
import { isExpected, NotFoundError, OutcomeUnknownError, ValidationError, VendorError } from '../../domain/errors.ts';
import type { WrittenConnection } from '../create-connection.ts';
import { readNow } from '../registry.ts';
import { testDraft, type ConnectionTest } from '../test-connection.ts';
import { writeUpdate } from '../update-connection.ts';
import type { UpdatePlan } from '../update/plan.ts';
import { toRotationError, toRotationWarning, type Paths, type RotationInput } from './input.ts';
import { draftToTry, planRotation } from './plan.ts';
import type { Means, Selected } from './select.ts';

export type RotationStatus = 'PLANNED' | 'DONE' | 'REFUSED' | 'VERIFICATION_FAILED' | 'NOT_ATTEMPTED' | 'UNKNOWN';

export interface RotationOutcome {
  /** As it was sent. */
  readonly id: string;
  readonly connection: LocatedConnection | null;
  readonly status: RotationStatus;
  /** What the write came to, or why there was none; null for a plan, and where it was not come to that. */
  readonly result: WrittenConnection | Error | null;
  readonly verification: ConnectionTest | null;
  /** Why it was not attempted, where its vendor could not be asked. */
  readonly error: VendorError | null;
}

/** A vendor that could not be asked before the write. */
class NotAttempted extends Error {
  readonly why: VendorError;

  constructor(why: VendorError) {
    super('not attempted');
    this.why = why;
  }
}

async function beforeWrite<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    throw error instanceof VendorError ? new NotAttempted(error) : error;
  }
}

/** What the vendor refuses, in the terms of a rotation. */
async function inOwnTerms<T>(asking: Promise<T>, paths: Paths): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    throw error instanceof ValidationError ? toRotationError(error, paths) : error;
  }
}

async function verify(connection: LocatedConnection, plan: UpdatePlan, paths: Paths): Promise<ConnectionTest | null> {
  const draft = draftToTry(connection, plan);
  return draft && inOwnTerms(beforeWrite(testDraft(connection.instance, draft, null)), paths);
}

async function write(
  { registry, reads }: Means,
  input: RotationInput,
  planned: { readonly connection: LocatedConnection; readonly plan: UpdatePlan },
  paths: Paths,
): Promise<WrittenConnection> {
  const { instance, vendorId, id } = planned.connection;
  const call = { deadline: instance.deadline('write') };
  let { plan } = planned;
  // What was changed meanwhile, during a test or while others had their turn, would be put back as it was.
  if (instance.vendor.update?.replacesAll) {
    const now = await beforeWrite(readNow({ instance, vendorId }, id, call));
    plan = planRotation(registry, input, now, paths);
  }
  const written = await inOwnTerms(writeUpdate(reads, instance, plan.patch, call), paths);
  if (!written) throw new NotFoundError(id);
  const warnings = [...written.warnings, ...plan.warnings].map((one) => toRotationWarning(one, paths));
  return { ...written, warnings };
}

export async function rotateOne(means: Means, input: RotationInput, selected: Selected): Promise<RotationOutcome> {
  const { id, connection, error, path } = selected;
  const begun = { id, connection, result: null, verification: null, error };
  if (!connection || error) return { ...begun, status: 'NOT_ATTEMPTED' };
  const paths: Paths = { dialect: connection.dialect, field: input.field, named: path };
  let verification: ConnectionTest | null = null;
  try {
    const plan = planRotation(means.registry, input, connection, paths);
    if (input.dryRun) return { ...begun, status: 'PLANNED' };
    if (means.isOver()) return { ...begun, status: 'NOT_ATTEMPTED' };
    if (input.verifyFirst) verification = await verify(connection, plan, paths);
    if (verification?.outcome === 'FAILED') return { ...begun, verification, status: 'VERIFICATION_FAILED' };
    if (means.isOver()) return { ...begun, verification, status: 'NOT_ATTEMPTED' };
    const result = await write(means, input, { connection, plan }, paths);
    return { ...begun, connection: result.connection, result, verification, status: 'DONE' };
  } catch (thrown) {
    const failure = thrown instanceof NotAttempted ? thrown.why : thrown;
    if (!isExpected(failure)) throw failure;
    means.report(failure);
    if (thrown instanceof NotAttempted) {
      return { ...begun, verification, error: thrown.why, status: 'NOT_ATTEMPTED' };
    }
    const status = failure instanceof OutcomeUnknownError ? 'UNKNOWN' : 'REFUSED';
    return { ...begun, verification, result: failure, status };
  }
}
