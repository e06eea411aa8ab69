// Looker's refusals: 409 for a name, 422 with the fields that are wrong, the rest by status. It knows no requests.
import type { Draft, Patch } from '../../domain/connection.ts';
import { ConflictError, ValidationError, type ValidationCode, type ValidationIssue } from '../../domain/errors.ts';
import { statusToError, type RequestContext } from '../ask.ts';
import type { VendorReply, WordsIn } from '../auth.ts';
import { isObject, pathOfWireName } from '../wire-fields.ts';
import { lookerOptionsWire } from './fields.ts';
import { lookerErrorWire } from './wire.ts';

// Codes seen in documents and on servers; any other is INVALID and is not shown, since it might quote the request.
const CODES: Readonly<Record<string, readonly [ValidationCode, string]>> = {
  missing_field: ['REQUIRED', 'Looker requires it.'],
  missing: ['INVALID', 'Looker knows nothing by that name.'],
  invalid: ['INVALID', 'Looker does not take this value.'],
};

export const wordsIn: WordsIn = (json) => (isObject(json) ? json['message'] : null);

/**
 * The error for what Looker does not take.
 * @param sent where in the input each field was given: a draft, or the changes of a patch.
 */
export function refusal(answer: VendorReply, asked: RequestContext, sent: Draft): Error {
  if (answer.status !== 422 && answer.status !== 400) return statusToError(answer, asked);
  const body = lookerErrorWire.safeParse(answer.json);
  const errors = (body.success ? body.data.errors : null) ?? [];
  const issues = errors.map(({ field, code, message }): ValidationIssue => {
    const known = code && Object.hasOwn(CODES, code) ? CODES[code] : undefined;
    return {
      path: pathOfWireName(field ?? '', sent, 'looker', lookerOptionsWire),
      code: known?.[0] ?? 'INVALID',
      message: known?.[1] ?? 'Looker does not take this value.',
      source: 'VENDOR',
      vendorCode: known ? (code ?? undefined) : undefined,
      vendorText: answer.quote?.(message) ?? answer.words,
    };
  });
  const whole: ValidationIssue = {
    path: ['input'],
    code: 'INVALID',
    message: 'Looker does not take this connection and does not say which field is wrong.',
    source: 'VENDOR',
    vendorText: answer.words,
  };
  return new ValidationError(issues.length > 0 ? issues : [whole]);
}

export function createRefusal(answer: VendorReply, asked: RequestContext, draft: Draft): Error {
  if (answer.status !== 409) return refusal(answer, asked, draft);
  const existing = draft.name.toLowerCase();
  return new ConflictError('Looker has a connection of this name already; choose another.', existing);
}

/** The changes of a patch as a draft: paths in an update's input are those of a create. */
export const updateRefusal = (
  answer: VendorReply,
  asked: RequestContext,
  { current: { name, dialect }, support, config, options }: Patch,
): Error => refusal(answer, asked, { name, dialect, support, config, options });
