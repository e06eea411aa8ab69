// Reads what a test's answer says: whether the test passed, failed, or did not run.
import { VendorUnavailableError } from '../../../domain/errors.ts';
import type { HttpAnswer } from '../../../http/request.ts';
import type { Send } from '../../auth.ts';
import { check } from '../../test-results.ts';
import { failureOf } from './failed-answers.ts';
import type { Proof } from './passed-answers.ts';

/** The name of Chartbrew's one test. */
export const TEST_NAME = 'connect';

/** Checks whether a 400 says that the user of the API key no longer exists. Other 400s of a test are about the database. */
export const isAboutApiKey = ({ status, text = '' }: HttpAnswer): boolean =>
  status === 400 && text.startsWith('Could not process the request.');

/**
 * Returns a `Send` for tests. The answer of a test that ran becomes a success with a `TestCheck` as its JSON, passed or failed.
 * The answer of a test that did not run stays as it is.
 * @param provesPass checks whether the body of a success proves that the test passed.
 * @throws VendorUnavailableError for a success without that proof.
 */
export const readTestAnswers =
  (send: Send, label: string, provesPass: Proof): Send =>
  async (request) => {
    const answer = await send(request);
    const { status } = answer;
    if (status >= 200 && status <= 299) {
      if (provesPass(answer)) return { ...answer, json: check(TEST_NAME, 'PASSED') };
      const message = `${label} answered the test without a result. The answer may come from a proxy or a sign-in page in front of it.`;
      throw new VendorUnavailableError(message, 'BAD_RESPONSE', { status });
    }
    const failed = status === 400 && !isAboutApiKey(answer) ? failureOf(answer) : null;
    return failed ? { ...answer, status: 200, json: failed } : answer;
  };
