// Tests connections at Chartbrew, saved or not. A vendor may have several named tests; Chartbrew has one test, and reports only whether it
// passed.
import * as z from 'zod';
import type { Connection, Draft, TestCheck } from '../../domain/connection.ts';
import type { Call } from '../../domain/instance.ts';
import { sendAndParse, sendAndParseOrNull } from '../send-and-parse.ts';
import { connectionPath, type VendorClient } from '../instance-api.ts';
import { skipped } from '../test-results.ts';
import { testRefusal } from './errors.ts';
import { savedProof, unsavedProof, type Proof } from './test-answers/passed-answers.ts';
import { readTestAnswers, TEST_NAME } from './test-answers/read-test-answer.ts';
import { testToWire } from './to-wire.ts';

/** The body of a test's answer after `readTestAnswers`. */
const testCheckWire = z.custom<TestCheck>();

const withTestAnswers = (client: VendorClient, provesPass: Proof): VendorClient => ({
  ...client,
  send: readTestAnswers(client.send, client.label, provesPass),
});

/** Returns a skipped check for each name that is not the name of Chartbrew's one test. */
const unknownTests = (tests: readonly string[] | null): TestCheck[] =>
  skipped(tests?.filter((name) => name !== TEST_NAME) ?? null, `Chartbrew has one test, ${TEST_NAME}.`);

/**
 * Tests a saved connection with the secrets that Chartbrew stores; null when the connection does not exist.
 * @param tests names of tests. A name that Chartbrew does not have is reported as skipped; null for all.
 * @throws VendorError
 */
export async function testSaved(
  client: VendorClient,
  connection: Connection,
  tests: readonly string[] | null,
  { deadline }: Call,
): Promise<TestCheck[] | null> {
  const path = `${connectionPath(client, connection.vendorId)}/test`;
  // With a body: the server was seen to survive a caller who disconnects during this call only when the call has a body.
  const request = { kind: 'test', method: 'GET', path, body: { json: {} }, deadline, atDeadline: 'continue' } as const;
  const result = await sendAndParseOrNull(withTestAnswers(client, savedProof(connection)), {
    request,
    wire: testCheckWire,
    refusal: (answer, context) => testRefusal(answer, context, null),
  });
  return result && [result, ...unknownTests(tests)];
}

/**
 * Tests the connection that a draft describes.
 * @param tests names of tests. A name that Chartbrew does not have is reported as skipped; null for all.
 * @throws ValidationError, VendorError
 */
export async function testUnsaved(
  client: VendorClient,
  draft: Draft,
  tests: readonly string[] | null,
  { deadline }: Call,
): Promise<TestCheck[]> {
  const body = testToWire(draft);
  const path = `${client.path}/${draft.support.vendorDialect}/${'files' in body ? 'test/files' : 'test'}`;
  const result = await sendAndParse(withTestAnswers(client, unsavedProof(draft)), {
    request: { kind: 'test', method: 'POST', path, body, deadline },
    wire: testCheckWire,
    refusal: (answer, context) => testRefusal(answer, context, draft),
  });
  return [result, ...unknownTests(tests)];
}
