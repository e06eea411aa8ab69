// Tests of connections: which answers are a test that ran, and what came of it. It must not know how Chartbrew is asked.
import * as z from 'zod';
import type { Draft, TestCheck } from '../../domain/connection.ts';
import { credentialsRejected, statusToError, type RequestContext } from '../ask.ts';
import type { VendorReply } from '../auth.ts';
import { check, skipped } from '../test-results.ts';
import { writeRefusal } from './errors.ts';
import { failureOf } from './test-failure.ts';

const NAME = 'connect';
const ONE_TEST = `Chartbrew has one test, ${NAME}.`;

/** A success whose proof was seen. */
export const TRIED = z.literal(true);

/** Carries what failed past the reading of answers; it holds our words alone. */
class TestFailed extends Error {
  readonly failed: TestCheck;

  constructor(failed: TestCheck) {
    super('failed');
    this.failed = failed;
  }
}

/**
 * A test that ran and failed; else why it could not be run.
 * @param draft what was sent; null when nothing was.
 */
export const testRefusal =
  (draft: Draft | null) =>
  (answer: VendorReply, asked: RequestContext): Error => {
    const { status, text = '' } = answer;
    if (status !== 400) return draft ? writeRefusal(answer, asked, draft) : statusToError(answer, asked);
    // The user whose key it is is gone: a 400 that is about the caller.
    if (text.startsWith('Could not process the request.')) return credentialsRejected(asked.label, { status });
    const failed = failureOf(answer);
    return failed ? new TestFailed(failed) : statusToError(answer, asked);
  };

/**
 * The one check there is, and what of the names that were asked for it does not know.
 * @param tried null when the connection is gone.
 */
export async function checksOf(
  tried: Promise<true | null>,
  tests: readonly string[] | null,
): Promise<TestCheck[] | null> {
  const others = skipped(tests?.filter((name) => name !== NAME) ?? null, ONE_TEST);
  try {
    return (await tried) && [check(NAME, 'PASSED'), ...others];
  } catch (error) {
    if (!(error instanceof TestFailed)) throw error;
    return [error.failed, ...others];
  }
}
