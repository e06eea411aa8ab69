// Reads why a test failed. For a saved connection Chartbrew answers with the driver's error object, which may contain queries,
// headers and passwords. For an unsaved connection Chartbrew answers with the driver's text. Only known codes, names and phrases are read.
import type { TestCheck } from '../../../domain/connection.ts';
import { valueAt } from '../../../fields/values-by-key.ts';
import type { HttpAnswer } from '../../../http/request.ts';
import { check, failedConnect, reasonOfCode, reasonOfText, type Reason } from '../../test-results.ts';
import { isObject, textOf } from '../../read-values.ts';

const NO_URL = 'Chartbrew cannot use this connection string. It needs the form scheme://user:password@host/database.';

/** Messages for the reasons of Chartbrew's policy against server-side request forgery (SSRF). */
const BLOCKED: Readonly<Record<string, string>> = {
  invalid_url:
    'The base URL is missing or is not a URL, or this Chartbrew server does not know the type of the connection.',
  invalid_scheme: 'Chartbrew calls only http and https addresses.',
  metadata_endpoint: 'Chartbrew does not call the metadata service of a cloud.',
  private_network: 'Chartbrew is not allowed to call private addresses. Its operator can allow it.',
};

const CODES: Readonly<Record<string, string>> = {
  SSRF_BLOCKED: 'Chartbrew refuses to connect to this address.',
  SOURCE_DISABLED: 'An operator of this Chartbrew server has disabled this type of connection.',
  ERR_INVALID_URL: NO_URL,
};

/** Names of driver errors, each with the code of the same meaning; null where there is none. */
const ERROR_NAMES: Readonly<Record<string, string | null>> = {
  SequelizeConnectionError: null,
  SequelizeConnectionRefusedError: 'ECONNREFUSED',
  SequelizeConnectionTimedOutError: 'ETIMEDOUT',
  SequelizeHostNotFoundError: 'ENOTFOUND',
  SequelizeHostNotReachableError: 'EHOSTUNREACH',
  SequelizeAccessDeniedError: 'ER_ACCESS_DENIED_ERROR',
  RequestError: null,
};

/** Where a driver's error may have its code. */
const CODE_PATHS = ['parent.code', 'original.code', 'code', 'codeName', 'cause.code'];

/** Phrases of Chartbrew itself, with the message for each. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/^No request type specified/, 'This Chartbrew server does not know the type of the connection. It may be too old.'],
  [
    /^(No oauth token|.{0,60}refresh token is missing)/,
    "The Google grant is missing. A user must give it on Chartbrew's web page.",
  ],
  [/^OAuth is not registered/, "Chartbrew has no such Google grant. A user must give it on Chartbrew's web page."],
  [/^(Invalid URL|Unable to parse)/, NO_URL],
];

const NO_REASON = failedConnect(null, 'Chartbrew');

const messageIn = (table: Readonly<Record<string, string>>, key: string): string | null =>
  Object.hasOwn(table, key) ? (table[key] ?? null) : null;

/** Returns the failure of an HTTP API that answered with an error status; null for a value that is no status. */
const apiFailure = (status: unknown): TestCheck | null =>
  Number.isInteger(status) && (status as number) >= 100 && (status as number) <= 599
    ? check('connect', 'FAILED', { code: 'StatusCodeError', message: `The API answered with ${status as number}.` })
    : null;

function failureOfText(text: string): TestCheck | null {
  const apiStatus = /^(\d{3}) - /.exec(text)?.[1];
  if (apiStatus) return apiFailure(Number(apiStatus));
  const message = PHRASES.find(([phrase]) => phrase.test(text))?.[1];
  if (message) return check('connect', 'FAILED', { message });
  const reason = reasonOfText(text);
  return reason && check('connect', 'FAILED', reason);
}

const reasonIn = (json: Readonly<Record<string, unknown>>): Reason | null =>
  CODE_PATHS.map((path) => reasonOfCode(valueAt(json, path))).find((reason) => reason !== null) ?? null;

function failureOfJson(json: Readonly<Record<string, unknown>>): TestCheck {
  const code = textOf(json['code']);
  const name = textOf(json['name']);
  const policy = (code === 'SSRF_BLOCKED' && messageIn(BLOCKED, textOf(json['reason']))) || messageIn(CODES, code);
  if (policy) return check('connect', 'FAILED', { code, message: policy });
  if (name === 'StatusCodeError') return apiFailure(json['statusCode']) ?? NO_REASON;
  const reason = reasonIn(json);
  if (reason) return check('connect', 'FAILED', reason);
  const failure = failureOfText(textOf(json['message']) || textOf(json['error']));
  if (failure || !Object.hasOwn(ERROR_NAMES, name)) return failure ?? NO_REASON;
  const { message } = reasonOfCode(ERROR_NAMES[name]) ?? NO_REASON;
  return check('connect', 'FAILED', { code: name, message });
}

/** Returns the failed check. Returns null for the answer of a proxy, or of a server that ran no test. */
export function failureOf({ json, text }: HttpAnswer): TestCheck | null {
  if (isObject(json)) return failureOfJson(json);
  // HTML comes from a proxy, or from a server that failed before the test.
  if (text === undefined || text === '' || text.trimStart().startsWith('<')) return null;
  return failureOfText(text) ?? NO_REASON;
}
