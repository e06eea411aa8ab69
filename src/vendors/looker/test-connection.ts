// Tests a connection at Looker, saved or not. The connection string in Looker's answer is never read. The messages about a saved
// connection are not quoted, since Looker may quote stored secrets in them.
import type { Connection, Draft, TestCheck } from '../../domain/connection.ts';
import type { Call } from '../../domain/instance.ts';
import { valueAt } from '../../fields/values-by-key.ts';
import { sendAndParseOrNull, sendAndParseWithVendorText } from '../send-and-parse.ts';
import type { VendorReply } from '../auth.ts';
import { connectionPath, type VendorClient } from '../instance-api.ts';
import { check, reasonOfText, skipped, wordOf } from '../test-results.ts';
import { testRefusal } from './errors.ts';
import { toWire } from './to-wire.ts';
import { lookerTestsWire, type LookerTestWire } from './wire.ts';

/** Connections of Looker itself, which it does not test. */
const INTERNAL: ReadonlySet<string> = new Set(['looker', 'looker__internal__analytics']);

const NO_SUCH_TEST = 'Looker has no test of this name for the connection.';

type ToVendorText = VendorReply['toVendorText'];

function toCheck({ name, status, message }: LookerTestWire, toVendorText: ToVendorText): TestCheck {
  const checkName = wordOf(name) ?? 'test';
  const vendorText = toVendorText?.(message);
  if (status === 'success') return check(checkName, 'PASSED', { code: status, vendorText });
  if (status === 'error') {
    const noReason = { code: status, message: 'Looker gives no reason that can be shown.' };
    return check(checkName, 'FAILED', { ...(reasonOfText(message ?? '') ?? noReason), vendorText });
  }
  return check(checkName, 'WARNED', {
    code: wordOf(status),
    message: 'Looker reports neither a success nor a failure.',
    vendorText,
  });
}

/** The requested tests. */
interface Selection {
  /** Names that are sent; null for the tests that Looker runs by default. */
  readonly sent: readonly string[] | null;
  /** Names of tests that Looker does not have. */
  readonly unknown: readonly string[];
}

/** @param available names of the tests that Looker has for the connection; null where Looker did not report them. */
function select(tests: readonly string[] | null, available: readonly string[] | null): Selection {
  if (tests === null || tests.length === 0) return { sent: null, unknown: [] };
  const names = [...new Set(tests)];
  const isTest = (name: string) => (available ? available.includes(name) : wordOf(name) !== null);
  return { sent: names.filter(isTest), unknown: names.filter((name) => !isTest(name)) };
}

function toChecks(
  rows: readonly LookerTestWire[],
  { sent, unknown }: Selection,
  toVendorText?: ToVendorText,
): TestCheck[] {
  // Looker ignores names that it does not know.
  const unanswered = (sent ?? []).filter((name) => !rows.some((row) => row.name === name));
  const checks = [
    ...rows.map((row) => toCheck(row, toVendorText)),
    ...skipped([...unanswered, ...unknown], NO_SUCH_TEST),
  ];
  return checks.length > 0 ? checks : [check('connect', 'WARNED', { message: 'Looker reports no test.' })];
}

const queryOf = ({ sent }: Selection) => (sent ? { tests: sent.join(',') } : undefined);

/**
 * Tests a saved connection; returns null where it no longer exists.
 * @param tests names of the tests to run; null for the tests that Looker runs by default.
 * @throws VendorError
 */
export async function testSaved(
  client: VendorClient,
  { vendorId, details }: Connection,
  tests: readonly string[] | null,
  { deadline }: Call,
): Promise<TestCheck[] | null> {
  if (INTERNAL.has(vendorId) || details()['managed'] === true) {
    return [check('connect', 'SKIPPED', { message: 'Looker does not test the connections that it manages itself.' })];
  }
  const available = valueAt(details(), 'dialectDetails.connectionTests') as readonly string[] | null | undefined;
  const selection = select(tests, available ?? null);
  if (selection.sent?.length === 0) return toChecks([], selection);
  const path = `${connectionPath(client, vendorId)}/test`;
  const rows = await sendAndParseOrNull(client, {
    request: { kind: 'test', method: 'PUT', path, query: queryOf(selection), deadline },
    wire: lookerTestsWire,
  });
  return rows && toChecks(rows, selection);
}

/**
 * Tests a draft without saving it.
 * @param tests names of the tests to run; null for the tests that Looker runs by default.
 * @throws ValidationError, VendorError
 */
export async function testUnsaved(
  client: VendorClient,
  draft: Draft,
  tests: readonly string[] | null,
  { deadline }: Call,
): Promise<TestCheck[]> {
  const { name, ...settings } = toWire(draft);
  const json = name === '' ? settings : { name, ...settings };
  const selection = select(tests, null);
  if (selection.sent?.length === 0) return toChecks([], selection);
  const path = `${client.path}/test`;
  const { body: rows, toVendorText } = await sendAndParseWithVendorText(client, {
    request: { kind: 'test', method: 'PUT', path, query: queryOf(selection), body: { json }, deadline },
    wire: lookerTestsWire,
    refusal: (answer, context) => testRefusal(answer, context, draft),
  });
  return toChecks(rows, selection, toVendorText);
}
