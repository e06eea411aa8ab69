// Builds the checks of a connection test. A vendor's text may quote secrets, even stored ones that Patchbay does not know. So only
// known phrases are read from it, and the text itself is wrapped as a `VendorText` or dropped.
import type { TestCheck, TestOutcome } from '../domain/connection.ts';
import type { VendorText } from '../secrets/vendor-text.ts';
import { REASON_CODES, type ReasonCode } from './reason-codes.ts';
import { REASON_PHRASES } from './reason-phrases.ts';

/** Why a test failed. */
export interface Reason {
  /** The code of the driver or the vendor. */
  readonly code: string;
  readonly message: string;
}

const isKnown = (code: string): code is ReasonCode => Object.hasOwn(REASON_CODES, code);

/** Returns the reason for a code; null for an unknown code. */
export const reasonOfCode = (code: unknown): Reason | null => {
  if (typeof code !== 'string' && typeof code !== 'number') return null;
  const key = String(code);
  return isKnown(key) ? { code: key, message: REASON_CODES[key] } : null;
};

/** Returns the reason for the first known phrase in a text; null when there is none. */
export const reasonOfText = (text: string): Reason | null => {
  const found = REASON_PHRASES.find(([phrase]) => phrase.test(text));
  if (!found) return null;
  const [, code, message = REASON_CODES[code]] = found;
  return { code, message };
};

/** Returns a vendor's name of a check or of an outcome; null for a text that is not one short word and might contain a secret. */
export const wordOf = (raw: unknown): string | null =>
  typeof raw === 'string' && /^[A-Za-z][A-Za-z_]{0,40}$/.test(raw) ? raw : null;

interface CheckDetails {
  readonly code?: string | null;
  readonly message?: string | null;
  readonly vendorText?: VendorText | null | undefined;
}

/** Returns one check of a test. `code` is the vendor's word for the outcome. */
export const check = (
  name: string,
  outcome: TestOutcome,
  { code = null, message = null, vendorText }: CheckDetails = {},
): TestCheck => ({ name, outcome, vendorOutcome: code, message, vendorText });

/** Returns the failed check of a vendor that has only one test. */
export const failedConnect = (reason: Reason | null, label: string, vendorText?: VendorText | null): TestCheck =>
  check('connect', 'FAILED', {
    ...(reason ?? { message: `${label} could not connect, and gives no reason that can be shown.` }),
    vendorText,
  });

/** Returns a skipped check for each requested test that the vendor does not have. */
export const skipped = (tests: readonly string[] | null, why: string): TestCheck[] =>
  (tests ?? []).map((name) => check(name, 'SKIPPED', { message: why }));
