// Tests connections at Credible that are not saved. Credible has no test of a saved connection.
import type { Draft, TestCheck } from '../../domain/connection.ts';
import type { Call } from '../../domain/instance.ts';
import { sendAndParseWithVendorText } from '../send-and-parse.ts';
import type { Send } from '../auth.ts';
import type { VendorClient } from '../instance-api.ts';
import { check, failedConnect, reasonOfText, skipped } from '../test-results.ts';
import { failureIn, testRefusal } from './errors.ts';
import { toWire } from './to-wire.ts';
import { credibleTestWire } from './wire.ts';

/** The name that is sent for a draft without a name. A test saves nothing, but Credible refuses a body without a name. */
const TEST_NAME = 'patchbay_test';

/** Returns a `Send` that turns a refusal which reports a failed test into the answer of a failed test. */
const readFailures =
  (send: Send, draft: Draft): Send =>
  async (request) => {
    const answer = await send(request);
    const errorMessage = failureIn(answer, draft);
    return errorMessage === null ? answer : { ...answer, status: 200, json: { status: 'failed', errorMessage } };
  };

/**
 * Tests the connection that the draft describes and returns the one check of Credible.
 * @param tests names of tests. Credible's test has no name, so each of them is reported as skipped.
 * @throws ValidationError, VendorError
 */
export async function testUnsaved(
  client: VendorClient,
  unnamedDraft: Draft,
  tests: readonly string[] | null,
  { deadline }: Call,
): Promise<TestCheck[]> {
  const draft = { ...unnamedDraft, name: unnamedDraft.name || TEST_NAME };
  const body = { json: toWire(draft) };
  const testClient = { ...client, send: readFailures(client.send, draft) };
  const { body: result, toVendorText } = await sendAndParseWithVendorText(testClient, {
    request: { kind: 'test', method: 'POST', path: client.path, query: { dryRun: 'true' }, body, deadline },
    wire: credibleTestWire(draft),
    refusal: (answer, context) => testRefusal(answer, context, draft),
  });
  const { status, errorMessage } = result;
  const failed = () => failedConnect(reasonOfText(errorMessage ?? ''), 'Credible', toVendorText?.(errorMessage));
  return [
    status === 'failed' ? failed() : check('connect', 'PASSED'),
    ...skipped(tests, 'Credible has only one test, and it has no name.'),
  ];
}
