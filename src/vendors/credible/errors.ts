// Turns Credible's refusals into errors. A refusal has a code and a message. The message may quote the request, so only names of
// fields and known phrases of drivers are read from it.
import type { Draft, Patch } from '../../domain/connection.ts';
import { ConflictError, ValidationError } from '../../domain/errors.ts';
import { configPath, optionPath } from '../../domain/input-paths.ts';
import { wireFieldOf, type DialectSupport } from '../../domain/dialect-support.ts';
import type { HttpAnswer } from '../../http/request.ts';
import { statusToError, type RequestContext } from '../send-and-parse.ts';
import type { VendorReply, VendorTextIn } from '../auth.ts';
import { reasonOfText } from '../test-results.ts';
import { isObject } from '../read-values.ts';
import { credibleOptionsWire } from './fields.ts';
import { credibleErrorWire } from './wire.ts';

/** Codes that may be shown: those in Credible's documentation and the usual codes of Google APIs, whose style Credible follows. */
const KNOWN_CODES = new Set([
  'INVALID_ARGUMENT',
  'FAILED_PRECONDITION',
  'ALREADY_EXISTS',
  'NOT_FOUND',
  'PERMISSION_DENIED',
  'UNAUTHENTICATED',
]);

/** The code for an invalid request. Other codes say that a valid request failed. */
const INVALID_REQUEST = 'INVALID_ARGUMENT';

/** The parts of a refusal. */
interface Refusal {
  /** One of KNOWN_CODES; undefined for any other. */
  readonly code: string | undefined;
  readonly message: string;
}

/** Returns the vendor text in the JSON of a refusal; null when there is none. */
export const vendorTextIn: VendorTextIn = (json) => (isObject(json) ? json['message'] : null);

function readRefusal({ json }: HttpAnswer): Refusal {
  const body = credibleErrorWire.safeParse(json);
  const { code = null, message = null } = body.success ? body.data : {};
  return { code: typeof code === 'string' && KNOWN_CODES.has(code) ? code : undefined, message: message ?? '' };
}

/** Returns the input path of the field that a message names; null when it names none or several. */
function pathOfNamedField(message: string, { dialect, fields }: DialectSupport): string[] | null {
  if (/\bconnection name\b|\bname\b.*\b(required|reserved)\b/i.test(message)) return ['input', 'name'];
  const words = new Set(message.match(/\w+/g));
  const option = Object.entries(credibleOptionsWire).find(([, wire]) => words.has(wire));
  if (option) return optionPath('credible', option[0]);
  const named = Object.entries(fields).filter(([, entry]) =>
    words.has(wireFieldOf(entry).wire.split('.').at(-1) ?? ''),
  );
  const [only] = named;
  // Trino's `server` holds two of our fields. The path is that of the first, `host`.
  const wires = new Set(named.map(([, entry]) => wireFieldOf(entry).wire));
  return only && wires.size === 1 ? configPath(dialect.key, only[0]) : null;
}

const refused = (
  { vendorText }: VendorReply,
  path: readonly string[],
  message: string,
  vendorCode: string | undefined,
): ValidationError =>
  new ValidationError([{ path, code: 'INVALID', message, source: 'VENDOR', vendorCode, vendorText }]);

const nameIsTaken = ({ status }: HttpAnswer, { message }: Refusal): boolean =>
  // The documentation says 409. The engine answers 500 with this phrase.
  status === 409 || (status === 500 && /already exists/.test(message));

/** Returns the error for a refused create. */
export function createRefusal(answer: VendorReply, context: RequestContext, { name, support }: Draft): Error {
  const refusal = readRefusal(answer);
  if (nameIsTaken(answer, refusal)) {
    return new ConflictError('Credible already has a connection with this name. Choose another name.', name);
  }
  if (answer.status !== 400 && answer.status !== 422) return statusToError(answer, context, refusal.code);
  const path = pathOfNamedField(refusal.message, support) ?? ['input', 'config', support.dialect.key];
  return refused(answer, path, 'Credible does not accept this value.', refusal.code);
}

const TRIED_FIRST = 'Nothing was changed. Credible tests a connection before it saves it, and could not connect.';

/** Returns the error for a refused update. */
export function updateRefusal(answer: VendorReply, context: RequestContext, { support, config }: Patch): Error {
  const { code, message } = readRefusal(answer);
  if (![400, 422, 424].includes(answer.status)) return statusToError(answer, context, code);
  // Credible refuses any change while it cannot reach the database, even a change of the indexed tables.
  const path = Object.keys(config).length > 0 ? ['input', 'config', support.dialect.key] : ['input'];
  const reason = reasonOfText(message);
  if (reason) return refused(answer, path, `${TRIED_FIRST} ${reason.message}`, code);
  const field = pathOfNamedField(message, support);
  if (field || code === INVALID_REQUEST)
    return refused(answer, field ?? path, 'Credible does not accept this value.', code);
  return refused(
    answer,
    path,
    'Credible does not accept this value. It tests the connection before it saves the change.',
    code,
  );
}

/**
 * Returns the vendor's message when a refused test reports a failure of the database; null when it is about something else. The
 * documentation does not say how Credible answers a failed test.
 */
export function failureIn(answer: HttpAnswer, { support }: Draft): string | null {
  const { code, message } = readRefusal(answer);
  const isRefused = [400, 422, 424].includes(answer.status);
  if (!isRefused && answer.status !== 500) return null;
  if (reasonOfText(message)) return message;
  const isAboutTheRequest = message === '' || code === INVALID_REQUEST || pathOfNamedField(message, support) !== null;
  return isRefused && !isAboutTheRequest ? message : null;
}

/** Returns the error for a test that did not run. */
export function testRefusal(answer: VendorReply, context: RequestContext, draft: Draft): Error {
  const refusal = readRefusal(answer);
  if (nameIsTaken(answer, refusal)) {
    return refused(
      answer,
      ['input', 'name'],
      'Credible already has a connection with this name. Leave the name out.',
      refusal.code,
    );
  }
  return createRefusal(answer, context, draft);
}
