// Looker's tests of a connection, saved or not: which to ask for, and what they came to. It reveals nothing and never reads
// the connection string that Looker answers with; of a saved one it quotes nothing, for Looker may quote what is stored.
import type { Connection, Draft, TestCheck } from '../../domain/connection.ts';
import { valueAt } from '../../fields/fields.ts';
import type { Call } from '../../domain/vendor.ts';
import { askOrNull, askWithQuote } from '../ask.ts';
import type { VendorReply } from '../auth.ts';
import type { VendorClient } from '../client.ts';
import { check, reasonOfText, skipped, wordOf } from '../test-results.ts';
import { refusal } from './errors.ts';
import { testPath, UNSAVED_TEST } from './paths.ts';
import { toWire } from './to-wire.ts';
import { lookerTestsWire, type LookerTestWire } from './wire.ts';

/** Looker's own connections, which it does not test. */
const INTERNAL: ReadonlySet<string> = new Set(['looker', 'looker__internal__analytics']);

const NO_SUCH_TEST = 'Looker has no test of this name for the connection.';

function toCheck({ name, status, message }: LookerTestWire, quote: VendorReply['quote']): TestCheck {
  const named = wordOf(name) ?? 'test';
  const vendorText = quote?.(message);
  if (status === 'success') return check(named, 'PASSED', { code: status, vendorText });
  if (status === 'error') {
    const unknown = { code: status, message: 'Looker gives no reason that can be told.' };
    return check(named, 'FAILED', { ...(reasonOfText(message ?? '') ?? unknown), vendorText });
  }
  return check(named, 'WARNED', {
    code: wordOf(status),
    message: 'Looker says neither that it went well nor that it failed.',
    vendorText,
  });
}

/** What was asked for: the names to send, null for none; and those of which it is known that there is no such test. */
function sort(tests: readonly string[] | null, known: readonly string[] | null) {
  if (tests === null || tests.length === 0) return { sent: null, unknown: [] };
  const names = [...new Set(tests)];
  const isTest = (name: string) => (known ? known.includes(name) : wordOf(name) !== null);
  return { sent: names.filter(isTest), unknown: names.filter((name) => !isTest(name)) };
}

function toChecks(
  rows: readonly LookerTestWire[],
  { sent, unknown }: ReturnType<typeof sort>,
  quote?: VendorReply['quote'],
): TestCheck[] {
  // Looker passes over names that it does not know.
  const unanswered = (sent ?? []).filter((name) => !rows.some((row) => row.name === name));
  const checks = [...rows.map((row) => toCheck(row, quote)), ...skipped([...unanswered, ...unknown], NO_SUCH_TEST)];
  return checks.length > 0 ? checks : [check('connect', 'WARNED', { message: 'Looker tells of no test.' })];
}

const queryOf = (sent: readonly string[] | null) => (sent ? { tests: sent.join(',') } : undefined);

export async function testSaved(
  client: VendorClient,
  { vendorId, details }: Connection,
  tests: readonly string[] | null,
  { deadline }: Call,
): Promise<TestCheck[] | null> {
  if (INTERNAL.has(vendorId) || details['managed'] === true) {
    return [check('connect', 'SKIPPED', { message: 'Looker does not test the connections that it manages itself.' })];
  }
  const known = valueAt(details, 'dialectDetails.connectionTests') as readonly string[] | null | undefined;
  const asked = sort(tests, known ?? null);
  if (asked.sent?.length === 0) return toChecks([], asked);
  const rows = await askOrNull(client, {
    request: { kind: 'test', method: 'PUT', path: testPath(vendorId), query: queryOf(asked.sent), deadline },
    wire: lookerTestsWire,
  });
  return rows && toChecks(rows, asked);
}

export async function testUnsaved(
  client: VendorClient,
  draft: Draft,
  tests: readonly string[] | null,
  { deadline }: Call,
): Promise<TestCheck[]> {
  const { name, ...settings } = toWire(draft);
  const body = name === '' ? settings : { name, ...settings };
  const asked = sort(tests, null);
  if (asked.sent?.length === 0) return toChecks([], asked);
  const { body: rows, quote } = await askWithQuote(client, {
    request: {
      kind: 'test',
      method: 'PUT',
      path: UNSAVED_TEST,
      query: queryOf(asked.sent),
      body: { json: body },
      deadline,
    },
    wire: lookerTestsWire,
    refusal: (answer, question) => refusal(answer, question, draft),
  });
  return toChecks(rows, asked, quote);
}
