// Turns Looker's refusals into errors: 409 for a name in use, 422 or 400 with the wrong fields, other answers by their status.
import type { Draft, Patch } from '../../domain/connection.ts';
import { ConflictError, ValidationError } from '../../domain/errors.ts';
import type { ValidationCode, ValidationIssue } from '../../domain/issue.ts';
import { statusToError, type RequestContext } from '../send-and-parse.ts';
import type { VendorReply, VendorTextIn } from '../auth.ts';
import { isObject } from '../read-values.ts';
import { pathOfWireName } from '../refused-field-path.ts';
import { lookerOptionsWire } from './fields.ts';
import { lookerErrorWire } from './wire.ts';

/** Looker's codes for a field. An unknown code becomes INVALID and is not shown, since it might quote the request. */
const CODES: Readonly<Record<string, readonly [ValidationCode, string]>> = {
  missing_field: ['REQUIRED', 'Looker requires it.'],
  missing: ['INVALID', 'Looker has no object with this name.'],
  invalid: ['INVALID', 'Looker does not accept this value.'],
};

/** Returns the vendor text in the JSON of a refusal. */
export const vendorTextIn: VendorTextIn = (json) => (isObject(json) ? json['message'] : null);

/** Returns the error of a refused test of a draft. */
export function testRefusal(answer: VendorReply, context: RequestContext, draft: Draft): Error {
  if (answer.status !== 422 && answer.status !== 400) return statusToError(answer, context);
  const body = lookerErrorWire.safeParse(answer.json);
  const errors = (body.success ? body.data.errors : null) ?? [];
  const issues = errors.map(({ field, code, message }): ValidationIssue => {
    const known = code && Object.hasOwn(CODES, code) ? CODES[code] : undefined;
    return {
      path: pathOfWireName(field ?? '', draft, 'looker', lookerOptionsWire),
      code: known?.[0] ?? 'INVALID',
      message: known?.[1] ?? 'Looker does not accept this value.',
      source: 'VENDOR',
      vendorCode: known ? (code ?? undefined) : undefined,
      vendorText: answer.toVendorText?.(message) ?? answer.vendorText,
    };
  });
  const general: ValidationIssue = {
    path: ['input'],
    code: 'INVALID',
    message: 'Looker does not accept this connection and does not say which field is wrong.',
    source: 'VENDOR',
    vendorText: answer.vendorText,
  };
  return new ValidationError(issues.length > 0 ? issues : [general]);
}

/** Returns the error of a refused create. */
export function createRefusal(answer: VendorReply, context: RequestContext, draft: Draft): Error {
  if (answer.status !== 409) return testRefusal(answer, context, draft);
  const existingName = draft.name.toLowerCase();
  return new ConflictError('Looker already has a connection with this name. Choose another name.', existingName);
}

/** Returns the error of a refused update. Paths in the input of an update are those of a create. */
export const updateRefusal = (
  answer: VendorReply,
  context: RequestContext,
  { current: { name, dialect }, support, config, options }: Patch,
): Error => testRefusal(answer, context, { name, dialect, support, config, options });
