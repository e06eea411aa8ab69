// Credible's refusals: a code and a message that may quote the request, so only the names of fields, and what drivers are
// known to say, are taken from it.
import type { Draft, Patch } from '../../domain/connection.ts';
import { ConflictError, ValidationError } from '../../domain/errors.ts';
import { configPath, optionPath } from '../../domain/input-paths.ts';
import { wireFieldOf, type DialectSupport } from '../../domain/vendor.ts';
import type { HttpAnswer } from '../../http/request.ts';
import { statusToError, type RequestContext } from '../ask.ts';
import type { VendorReply, WordsIn } from '../auth.ts';
import { reasonOfText } from '../test-results.ts';
import { isObject } from '../wire-fields.ts';
import { credibleOptionsWire } from './fields.ts';
import { credibleErrorWire } from './wire.ts';

// Words of the documents and of Google's list of codes, in whose style Credible's are; any other is not shown.
const CODES = new Set([
  'INVALID_ARGUMENT',
  'FAILED_PRECONDITION',
  'ALREADY_EXISTS',
  'NOT_FOUND',
  'PERMISSION_DENIED',
  'UNAUTHENTICATED',
]);

/** Says that something sent cannot be taken, rather than that it did not work. */
const ABOUT_THE_REQUEST = 'INVALID_ARGUMENT';

interface Told {
  /** A known one. */
  readonly code: string | undefined;
  readonly message: string;
}

export const wordsIn: WordsIn = (json) => (isObject(json) ? json['message'] : null);

function toldIn({ json }: HttpAnswer): Told {
  const body = credibleErrorWire.safeParse(json);
  const { code = null, message = null } = body.success ? body.data : {};
  return { code: typeof code === 'string' && CODES.has(code) ? code : undefined, message: message ?? '' };
}

/** The field that a message speaks of, when it names just one of those that were sent or are missing. */
function fieldIn(message: string, { dialect, fields }: DialectSupport): string[] | null {
  if (/\bconnection name\b|\bname\b.*\b(required|reserved)\b/i.test(message)) return ['input', 'name'];
  const words = new Set(message.match(/\w+/g));
  const option = Object.entries(credibleOptionsWire).find(([, wire]) => words.has(wire));
  if (option) return optionPath('credible', option[0]);
  const named = Object.entries(fields).filter(([, entry]) =>
    words.has(wireFieldOf(entry).wire.split('.').at(-1) ?? ''),
  );
  const [only] = named;
  // Trino's `server` is two of our fields: the first, its host, stands for both.
  const wires = new Set(named.map(([, entry]) => wireFieldOf(entry).wire));
  return only && wires.size === 1 ? configPath(dialect.key, only[0]) : null;
}

const refused = (
  { words: vendorText }: VendorReply,
  path: readonly string[],
  message: string,
  vendorCode: string | undefined,
): ValidationError =>
  new ValidationError([{ path, code: 'INVALID', message, source: 'VENDOR', vendorCode, vendorText }]);

const isAlreadyThere = ({ status }: HttpAnswer, { message }: Told): boolean =>
  // The documents say 409; the engine answers 500 with these words.
  status === 409 || (status === 500 && /already exists/.test(message));

export function createRefusal(answer: VendorReply, asked: RequestContext, { name, support }: Draft): Error {
  const told = toldIn(answer);
  if (isAlreadyThere(answer, told)) {
    return new ConflictError('Credible has a connection of this name already; choose another.', name);
  }
  if (answer.status !== 400 && answer.status !== 422) return statusToError(answer, asked, told.code);
  const path = fieldIn(told.message, support) ?? ['input', 'config', support.dialect.key];
  return refused(answer, path, 'Credible does not take this.', told.code);
}

const TRIED_FIRST = 'Nothing was changed: Credible tries the connection before it saves it, and could not connect.';

export function updateRefusal(answer: VendorReply, asked: RequestContext, { support, config }: Patch): Error {
  const { code, message } = toldIn(answer);
  if (![400, 422, 424].includes(answer.status)) return statusToError(answer, asked, code);
  // Even a change of what is indexed is refused while the database cannot be reached.
  const whole = Object.keys(config).length > 0 ? ['input', 'config', support.dialect.key] : ['input'];
  const reason = reasonOfText(message);
  if (reason) return refused(answer, whole, `${TRIED_FIRST} ${reason.message}`, code);
  const field = fieldIn(message, support);
  if (field || code === ABOUT_THE_REQUEST) return refused(answer, field ?? whole, 'Credible does not take this.', code);
  return refused(answer, whole, 'Credible does not take this; it tries the connection before it saves it.', code);
}

/**
 * What a refusal of a test tells of the database, in the vendor's words; null where it is about something else.
 * The documents do not say how a failed test is answered.
 */
export function failureIn(answer: HttpAnswer, { support }: Draft): string | null {
  const { code, message } = toldIn(answer);
  const isRefused = [400, 422, 424].includes(answer.status);
  if (!isRefused && answer.status !== 500) return null;
  if (reasonOfText(message)) return message;
  const isAboutTheRequest = message === '' || code === ABOUT_THE_REQUEST || fieldIn(message, support) !== null;
  return isRefused && !isAboutTheRequest ? message : null;
}

export function testRefusal(answer: VendorReply, asked: RequestContext, draft: Draft): Error {
  const told = toldIn(answer);
  if (isAlreadyThere(answer, told)) {
    return refused(
      answer,
      ['input', 'name'],
      'Credible has a connection of this name already; leave it out.',
      told.code,
    );
  }
  return createRefusal(answer, asked, draft);
}
