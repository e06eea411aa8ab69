// Credible's refusals: a code and a message that may quote the request, so only the names of fields are taken from it.
import type { Draft } from '../../domain/connection.ts';
import { ConflictError, ValidationError } from '../../domain/errors.ts';
import { configPath } from '../../domain/support.ts';
import { wireFieldOf } from '../../domain/vendor.ts';
import type { HttpAnswer } from '../../http/client.ts';
import { statusToError, type Asked } from '../ask.ts';
import { credibleErrorWire } from './wire.ts';

// Words of the documents and of Google's list of codes, in whose style Credible's are; any other is not shown.
const CODES = new Set(['INVALID_ARGUMENT', 'ALREADY_EXISTS', 'NOT_FOUND', 'PERMISSION_DENIED', 'UNAUTHENTICATED']);

/** The field that a message speaks of, when it names just one of those that were sent or are missing. */
function pathOf(message: string, draft: Draft): string[] {
  if (/\bconnection name\b|\bname\b.*\b(required|reserved)\b/i.test(message)) return ['input', 'name'];
  const words = new Set(message.match(/\w+/g));
  const named = Object.entries(draft.support.fields).filter(([, entry]) =>
    words.has(wireFieldOf(entry).wire.split('.').at(-1) ?? ''),
  );
  const [only] = named;
  // Trino's `server` is two of our fields: the first, its host, stands for both.
  const wires = new Set(named.map(([, entry]) => wireFieldOf(entry).wire));
  return only && wires.size === 1 ? configPath(draft.dialect, only[0]) : ['input', 'config', draft.dialect];
}

export function createRefusal(answer: HttpAnswer, asked: Asked, draft: Draft): Error {
  const body = credibleErrorWire.safeParse(answer.json);
  const { code = null, message = null } = body.success ? body.data : {};
  const vendorCode = typeof code === 'string' && CODES.has(code) ? code : undefined;
  // The documents say 409; the engine answers 500 with these words.
  if (answer.status === 409 || (answer.status === 500 && /already exists/.test(message ?? ''))) {
    return new ConflictError('Credible has a connection of this name already; choose another.', draft.name);
  }
  if (answer.status !== 400 && answer.status !== 422) return statusToError(answer, asked, vendorCode);
  return new ValidationError([
    {
      path: pathOf(message ?? '', draft),
      code: 'INVALID',
      message: 'Credible does not take this.',
      source: 'VENDOR',
      vendorCode,
    },
  ]);
}
