// What a test of a connection came to, in our words. A vendor's own text may quote secrets, stored ones too, which nobody
// here could know of: so of a text only what is known to be in it is told; the text itself goes up wrapped, or not at all.
import type { TestCheck, TestOutcome } from '../domain/connection.ts';
import type { VendorText } from '../secrets/vendor-text.ts';
import { REASON_CODES, type ReasonCode } from './reason-codes.ts';
import { REASON_PHRASES } from './reason-phrases.ts';

export interface Reason {
  /** The code by which drivers and the vendor name it. */
  readonly code: string;
  readonly message: string;
}

const isKnown = (code: string): code is ReasonCode => Object.hasOwn(REASON_CODES, code);

/** What a code says; null for one that is not known. */
export const reasonOfCode = (code: unknown): Reason | null => {
  if (typeof code !== 'string' && typeof code !== 'number') return null;
  const key = String(code);
  return isKnown(key) ? { code: key, message: REASON_CODES[key] } : null;
};

/** What is known to be in a text; null when nothing is. */
export const reasonOfText = (text: string): Reason | null => {
  const found = REASON_PHRASES.find(([phrase]) => phrase.test(text));
  if (!found) return null;
  const [, code, message = REASON_CODES[code]] = found;
  return { code, message };
};

/** The vendor's name of a check, or its word for how it went: a short word, which can hold nothing else. */
export const wordOf = (raw: unknown): string | null =>
  typeof raw === 'string' && /^[A-Za-z][A-Za-z_]{0,40}$/.test(raw) ? raw : null;

interface Told {
  readonly code?: string | null;
  readonly message?: string | null;
  readonly vendorText?: VendorText | null | undefined;
}

export const check = (
  name: string,
  outcome: TestOutcome,
  { code = null, message = null, vendorText }: Told = {},
): TestCheck => ({ name, outcome, vendorOutcome: code, message, vendorText });

/** The one check of a vendor that tells no more than whether it went well. */
export const connects = (reason: Reason | null, label: string, vendorText?: VendorText | null): TestCheck =>
  check('connect', 'FAILED', {
    ...(reason ?? { message: `${label} could not connect, and gives no reason that can be told.` }),
    vendorText,
  });

/** Names of tests that were asked for where they have no meaning: said, not passed over. */
export const skipped = (tests: readonly string[] | null, why: string): TestCheck[] =>
  (tests ?? []).map((name) => check(name, 'SKIPPED', { message: why }));
