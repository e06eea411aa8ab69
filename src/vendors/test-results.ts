// What a test of a connection came to, in our words. A vendor's own text may quote secrets, stored ones too, which nobody
// here could know of: so of a text only what is known to be in it is told; the text itself goes up wrapped, or not at all.
import type { TestCheck, TestOutcome } from '../domain/connection.ts';
import type { VendorText } from '../domain/vendor-text.ts';

export interface Reason {
  /** The code by which drivers and the vendor name it. */
  readonly code: string;
  readonly message: string;
}

const REFUSED_USER = 'The database refuses this user or password.';
const NO_HOST = 'No server has this host name, as the vendor sees it.';
const NO_LISTENER = 'Nothing listens at this host and port, or a firewall is in the way.';
const NO_ANSWER = 'The server did not answer in time; often a firewall is in the way.';
const NO_DATABASE = 'The server has no database of this name.';
const NO_TRUST = "The server's certificate cannot be trusted, or it speaks no TLS.";
const NOT_ALLOWED = 'The user may not do what the test needs.';

/** Codes of drivers, of Node and of the vendors; any other is not shown. */
const BY_CODE: Readonly<Record<string, string>> = {
  '28P01': REFUSED_USER,
  '28000': REFUSED_USER,
  '3D000': NO_DATABASE,
  '42501': NOT_ALLOWED,
  '53300': 'The server takes no more connections for now.',
  '57P03': 'The server is starting and takes no connections yet.',
  ER_ACCESS_DENIED_ERROR: REFUSED_USER,
  ER_DBACCESS_DENIED_ERROR: NOT_ALLOWED,
  ER_BAD_DB_ERROR: NO_DATABASE,
  ER_CON_COUNT_ERROR: 'The server takes no more connections for now.',
  HANDSHAKE_NO_SSL_SUPPORT: NO_TRUST,
  AuthenticationFailed: REFUSED_USER,
  ECONNREFUSED: NO_LISTENER,
  ECONNRESET: 'The server broke off the connection.',
  ENOTFOUND: NO_HOST,
  EAI_AGAIN: NO_HOST,
  EHOSTUNREACH: NO_LISTENER,
  ENETUNREACH: NO_LISTENER,
  ETIMEDOUT: NO_ANSWER,
  ESOCKETTIMEDOUT: NO_ANSWER,
  DEPTH_ZERO_SELF_SIGNED_CERT: NO_TRUST,
  SELF_SIGNED_CERT_IN_CHAIN: NO_TRUST,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: NO_TRUST,
  CERT_HAS_EXPIRED: NO_TRUST,
};

/** Phrases of drivers, which stand in the vendors' texts. */
const BY_PHRASE: readonly (readonly [RegExp, Reason])[] = [
  [/password authentication failed/i, { code: '28P01', message: REFUSED_USER }],
  [/access denied for user/i, { code: 'ER_ACCESS_DENIED_ERROR', message: REFUSED_USER }],
  [/authentication failed|incorrect username or password/i, { code: 'AuthenticationFailed', message: REFUSED_USER }],
  [
    /ENOTFOUND|unknown host|could not (be )?resolved?|name or service not known/i,
    { code: 'ENOTFOUND', message: NO_HOST },
  ],
  [/ECONNREFUSED|connection refused/i, { code: 'ECONNREFUSED', message: NO_LISTENER }],
  [/ETIMEDOUT|timed? ?out/i, { code: 'ETIMEDOUT', message: NO_ANSWER }],
  [/(database|schema) .{0,300}does not exist|unknown database/is, { code: '3D000', message: NO_DATABASE }],
  [/self.signed|certificate|does not support (ssl|tls)/i, { code: 'CERT_HAS_EXPIRED', message: NO_TRUST }],
];

/** What a code says; null for one that is not known. */
export const reasonOfCode = (code: unknown): Reason | null => {
  if (typeof code !== 'string' && typeof code !== 'number') return null;
  const key = String(code);
  const message = Object.hasOwn(BY_CODE, key) ? BY_CODE[key] : undefined;
  return message === undefined ? null : { code: key, message };
};

/** What is known to be in a text; null when nothing is. */
export const reasonOfText = (text: string): Reason | null =>
  BY_PHRASE.find(([phrase]) => phrase.test(text))?.[1] ?? null;

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
