// Turns Omni's refusals into errors. A refusal has a text of the form `Bad Request: <field>: <reason>`. Only a known reason gets a
// message of the gateway, because another text might quote the request. The whole text is passed on as vendor text.
import type { Draft, Patch } from '../../domain/connection.ts';
import { PermissionError, UnsupportedError, ValidationError } from '../../domain/errors.ts';
import type { ValidationCode, ValidationIssue } from '../../domain/issue.ts';
import type { HttpAnswer } from '../../http/request.ts';
import { credentialsRejected, statusToError, type RequestContext } from '../send-and-parse.ts';
import type { VendorReply, VendorTextIn } from '../auth.ts';
import { textOf } from '../read-values.ts';
import { pathOfWireName } from '../refused-field-path.ts';
import { omniChangesWire, omniOptionsWire } from './fields.ts';
import { omniErrorWire } from './wire.ts';

type KnownReasons = readonly (readonly [reason: RegExp, code: ValidationCode, message: string])[];

const KNOWN_REASONS: KnownReasons = [
  [/^Required$/, 'REQUIRED', 'Omni requires it.'],
  [/^Please only include your Snowflake account identifier/, 'INVALID', 'Provide the account identifier only.'],
  [/^Invalid enum value/, 'INVALID', 'It is not one of the values that Omni accepts.'],
  [/^Number must be less than or equal to/, 'OUT_OF_RANGE', 'It is more than Omni accepts.'],
  [/^Number must be greater than/, 'OUT_OF_RANGE', 'It is less than Omni accepts.'],
  [/^Expected \w+, received \w+$/, 'INVALID', 'Omni expects another type of value.'],
];

/** The known reasons in refusals of an update. */
const KNOWN_UPDATE_REASONS: KnownReasons = [
  ...KNOWN_REASONS,
  [
    /^Must be a PEM-encoded/,
    'INVALID',
    'In an update the key must be the whole PEM text (PKCS#8) with its first and last line.',
  ],
  [/^Invalid service account JSON/, 'INVALID', 'It is not the key of a service account.'],
  [/^Unrecognized key/, 'NOT_ALLOWED', 'This version of Omni cannot change it. A newer version can.'],
  [/^User attribute value .* is already in use$/s, 'INVALID', 'Another connection has one of these values already.'],
];

/** Returns the vendor text in the JSON of a refusal. */
export const vendorTextIn: VendorTextIn = (json) => {
  const body = omniErrorWire.safeParse(json);
  return body.success ? (body.data.detail ?? body.data.message ?? body.data.error) : null;
};

const detailOf = ({ json }: HttpAnswer): string => textOf(vendorTextIn(json));

/** Checks whether Omni refuses the key: 401 by its documentation, 403 with a text about the token on a live server. */
export const isCredentialRefusal = (answer: HttpAnswer): boolean =>
  answer.status === 401 || (answer.status === 403 && /token/i.test(detailOf(answer)));

/** A field that a refusal names, and the reason. */
interface NamedField {
  readonly field: string;
  readonly reason: string;
}

/** Returns the field that a refusal (400) names; null where it names none. */
export function namedField(answer: HttpAnswer): NamedField | null {
  const match = /^Bad Request: ([\w.]+): (.*)$/s.exec(detailOf(answer));
  return answer.status === 400 && match ? { field: match[1] ?? '', reason: match[2] ?? '' } : null;
}

/** Checks whether an older Omni does not have the requested operation. */
export const isUnknownMethod = (answer: HttpAnswer): boolean =>
  answer.status === 405 || (answer.status === 400 && detailOf(answer) === 'Invalid method');

/** Checks whether an older Omni does not have the dialect. */
const isUnknownDialect = (answer: HttpAnswer): boolean => detailOf(answer) === 'Invalid connection dialect';

/** Returns the error of a refused read. */
export const readRefusal = (answer: VendorReply, context: RequestContext): Error => {
  if (isCredentialRefusal(answer)) {
    return credentialsRejected(context.label, { status: answer.status, vendorText: answer.vendorText });
  }
  if (answer.status === 403) {
    const message = `${context.label} does not allow the gateway to do this; its key must be an Organization Admin's.`;
    return new PermissionError(message, { status: 403, vendorText: answer.vendorText });
  }
  return statusToError(answer, context);
};

/** Returns the error of a refused create. */
export function createRefusal(answer: VendorReply, context: RequestContext, draft: Draft): Error {
  if (answer.status !== 400 && answer.status !== 422) return readRefusal(answer, context);
  const named = namedField(answer);
  const { label } = draft.support.dialect;
  const generalMessage = isUnknownDialect(answer)
    ? `This version of Omni has no ${label} connections. A newer version may have them.`
    : 'Omni does not accept this connection.';
  const known = KNOWN_REASONS.find(([reason]) => named && reason.test(named.reason));
  const issue: ValidationIssue = {
    path: named ? pathOfWireName(named.field, draft, 'omni', omniOptionsWire) : ['input', 'config', draft.dialect],
    code: known?.[1] ?? 'INVALID',
    message: known?.[2] ?? (named ? 'Omni does not accept this value.' : generalMessage),
    source: 'VENDOR',
    vendorText: answer.vendorText,
  };
  return new ValidationError([issue]);
}

/** Returns the field that a refused update names; null where it names none. */
function namedInUpdate(answer: HttpAnswer): NamedField | null {
  const detail = detailOf(answer);
  if (detail.startsWith('User attribute value ')) {
    return { field: 'environmentUserAttribute.defaultValues', reason: detail };
  }
  const named = namedField(answer);
  // An older Omni cannot change credentials.
  const unrecognized = /^Unrecognized key\(s\) in object: '(\w+)'/.exec(named?.reason ?? '')?.[1];
  return named && unrecognized ? { field: unrecognized, reason: named.reason } : named;
}

/** Returns the error of a refused update. */
export function updateRefusal(
  answer: VendorReply,
  context: RequestContext,
  { current, support, config, options }: Patch,
): Error {
  if (answer.status !== 400 && answer.status !== 422) return readRefusal(answer, context);
  const named = namedInUpdate(answer);
  const known = KNOWN_UPDATE_REASONS.find(([reason]) => named && reason.test(named.reason));
  const draft = { name: current.name, dialect: current.dialect, support, config, options };
  const path = pathOfWireName(named?.field ?? '', draft, 'omni', omniChangesWire);
  const isAboutSettings = path.length > 3 || Object.keys(config).length > 0;
  return new ValidationError([
    {
      path: isAboutSettings ? path : ['input', 'options', 'omni'],
      code: known?.[1] ?? 'INVALID',
      message: known?.[2] ?? (named ? 'Omni does not accept this value.' : 'Omni does not accept this change.'),
      source: 'VENDOR',
    },
  ]);
}

/** Returns the error of a refused delete. An Omni from early 2026 or before has no delete. */
export const removeRefusal = (answer: VendorReply, context: RequestContext): Error =>
  isUnknownMethod(answer)
    ? new UnsupportedError(`${context.label} is too old to delete by API. Delete the connection in Omni's web page.`, {
        vendor: 'omni',
        dialect: null,
        capability: 'DELETE',
        alternatives: [],
      })
    : readRefusal(answer, context);
