// What a failed test came to. Chartbrew answers a saved one with the driver's error, queries, headers and passwords in it,
// and an unsaved one with the driver's text: of both only known codes, names and phrases are taken.
import type { TestCheck } from '../../domain/connection.ts';
import { valueAt } from '../../fields/fields.ts';
import type { HttpAnswer } from '../../http/request.ts';
import { check, connects, reasonOfCode, reasonOfText, type Reason } from '../test-results.ts';
import { isObject, textOf } from '../wire-fields.ts';

const NO_URL = 'The connection string is none that Chartbrew can use: it needs scheme://user:password@host/database.';

/** Why an address was not called, by the policy's word for it. */
const BLOCKED: Readonly<Record<string, string>> = {
  invalid_url: 'The base URL is missing or is none, or this Chartbrew does not know the type of the connection.',
  invalid_scheme: 'Chartbrew calls http and https addresses alone.',
  metadata_endpoint: 'Chartbrew does not call the metadata service of a cloud.',
  private_network: 'Chartbrew may not call private addresses; its operator can let it.',
};

const CODES: Readonly<Record<string, string>> = {
  SSRF_BLOCKED: 'Chartbrew does not let itself be sent to this address.',
  SOURCE_DISABLED: 'An operator of this Chartbrew has switched this type off.',
  ERR_INVALID_URL: NO_URL,
};

/** Classes of drivers' errors, with the code that says the same. */
const NAMES: Readonly<Record<string, string | null>> = {
  SequelizeConnectionError: null,
  SequelizeConnectionRefusedError: 'ECONNREFUSED',
  SequelizeConnectionTimedOutError: 'ETIMEDOUT',
  SequelizeHostNotFoundError: 'ENOTFOUND',
  SequelizeHostNotReachableError: 'EHOSTUNREACH',
  SequelizeAccessDeniedError: 'ER_ACCESS_DENIED_ERROR',
  RequestError: null,
};

const CODE_PLACES = ['parent.code', 'original.code', 'code', 'codeName', 'cause.code'];

/** What only Chartbrew says, in texts. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/^No request type specified/, 'This Chartbrew does not know the type of the connection; it may be too old for it.'],
  [
    /^(No oauth token|.{0,60}refresh token is missing)/,
    "The Google grant is missing: it is made in Chartbrew's own web page.",
  ],
  [/^OAuth is not registered/, "Chartbrew has no such Google grant: it is made in Chartbrew's own web page."],
  [/^(Invalid URL|Unable to parse)/, NO_URL],
];

const NO_REASON = connects(null, 'Chartbrew');

const own = (table: Readonly<Record<string, string>>, key: string): string | null =>
  Object.hasOwn(table, key) ? (table[key] ?? null) : null;

/** An HTTP API that was reached, and refused. */
const answered = (status: unknown): TestCheck | null =>
  Number.isInteger(status) && (status as number) >= 100 && (status as number) <= 599
    ? check('connect', 'FAILED', { code: 'StatusCodeError', message: `The API answered with ${status as number}.` })
    : null;

function failureOfText(text: string): TestCheck | null {
  const target = /^(\d{3}) - /.exec(text)?.[1];
  if (target) return answered(Number(target));
  const message = PHRASES.find(([phrase]) => phrase.test(text))?.[1];
  if (message) return check('connect', 'FAILED', { message });
  const reason = reasonOfText(text);
  return reason && check('connect', 'FAILED', reason);
}

const reasonIn = (json: Readonly<Record<string, unknown>>): Reason | null =>
  CODE_PLACES.map((place) => reasonOfCode(valueAt(json, place))).find((reason) => reason !== null) ?? null;

function failureOfJson(json: Readonly<Record<string, unknown>>): TestCheck {
  const code = textOf(json['code']);
  const name = textOf(json['name']);
  const policy = (code === 'SSRF_BLOCKED' && own(BLOCKED, textOf(json['reason']))) || own(CODES, code);
  if (policy) return check('connect', 'FAILED', { code, message: policy });
  if (name === 'StatusCodeError') return answered(json['statusCode']) ?? NO_REASON;
  const reason = reasonIn(json);
  if (reason) return check('connect', 'FAILED', reason);
  const told = failureOfText(textOf(json['message']) || textOf(json['error']));
  if (told || !Object.hasOwn(NAMES, name)) return told ?? NO_REASON;
  const { message } = reasonOfCode(NAMES[name]) ?? NO_REASON;
  return check('connect', 'FAILED', { code: name, message });
}

/** The check that failed; null for an answer that is not about the database, but of something on the way to it. */
export function failureOf({ json, text }: HttpAnswer): TestCheck | null {
  if (isObject(json)) return failureOfJson(json);
  // A page is of a proxy, or of a server that did not get so far as to try.
  if (text === undefined || text === '' || text.trimStart().startsWith('<')) return null;
  return failureOfText(text) ?? NO_REASON;
}
