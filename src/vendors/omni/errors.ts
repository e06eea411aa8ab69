// Omni's refusals: a detail text of the form `Bad Request: field: words`. Of the words only known ones become ours, since any
// other might quote the request; the text goes up wrapped.
import type { Draft, Patch } from '../../domain/connection.ts';
import {
  PermissionError,
  UnsupportedError,
  ValidationError,
  type ValidationCode,
  type ValidationIssue,
} from '../../domain/errors.ts';
import type { HttpAnswer } from '../../http/request.ts';
import { credentialsRejected, statusToError, type RequestContext } from '../ask.ts';
import type { VendorReply, WordsIn } from '../auth.ts';
import { pathOfWireName, textOf } from '../wire-fields.ts';
import { omniChangesWire, omniOptionsWire } from './fields.ts';
import { omniErrorWire } from './wire.ts';

const WORDS: readonly (readonly [RegExp, ValidationCode, string])[] = [
  [/^Required$/, 'REQUIRED', 'Omni requires it.'],
  [/^Please only include your Snowflake account identifier/, 'INVALID', 'Give the account identifier alone.'],
  [/^Invalid enum value/, 'INVALID', 'It is none of the values that Omni knows.'],
  [/^Number must be less than or equal to/, 'OUT_OF_RANGE', 'It is more than Omni takes.'],
  [/^Number must be greater than/, 'OUT_OF_RANGE', 'It is less than Omni takes.'],
  [/^Expected \w+, received \w+$/, 'INVALID', 'Omni expects another type of value.'],
];

/** Words of an update alone. */
const UPDATE_WORDS: typeof WORDS = [
  ...WORDS,
  [
    /^Must be a PEM-encoded/,
    'INVALID',
    'For a change the key must be whole PEM text (PKCS#8), its first and last line too.',
  ],
  [/^Invalid service account JSON/, 'INVALID', 'It is no key of a service account.'],
  [/^Unrecognized key/, 'NOT_ALLOWED', 'This Omni cannot change it; a newer version can.'],
  [/^User attribute value .* is already in use$/s, 'INVALID', 'Another connection has one of these values already.'],
];

export const wordsIn: WordsIn = (json) => {
  const body = omniErrorWire.safeParse(json);
  return body.success ? (body.data.detail ?? body.data.message ?? body.data.error) : null;
};

const detailOf = ({ json }: HttpAnswer): string => textOf(wordsIn(json));

/** A key that is not accepted: 401 by the documents, 403 with words about the token on a live server. */
export const isCredentialRefusal = (answer: HttpAnswer): boolean =>
  answer.status === 401 || (answer.status === 403 && /token/i.test(detailOf(answer)));

/** The field that a 400 names, and what Omni says of it. */
export function namedField(answer: HttpAnswer): { readonly field: string; readonly words: string } | null {
  const match = /^Bad Request: ([\w.]+): (.*)$/s.exec(detailOf(answer));
  return answer.status === 400 && match ? { field: match[1] ?? '', words: match[2] ?? '' } : null;
}

/** How a server that knows no reading of one connection answers to it. */
export const isUnknownMethod = (answer: HttpAnswer): boolean =>
  answer.status === 405 || (answer.status === 400 && detailOf(answer) === 'Invalid method');

/** How a server answers to a dialect that came after it, as SAP HANA did. */
const isUnknownDialect = (answer: HttpAnswer): boolean => detailOf(answer) === 'Invalid connection dialect';

export const readRefusal = (answer: VendorReply, asked: RequestContext): Error => {
  if (isCredentialRefusal(answer))
    return credentialsRejected(asked.label, { status: answer.status, text: answer.words });
  if (answer.status === 403) {
    const message = `${asked.label} does not let the gateway do this; its key must be an Organization Admin's.`;
    return new PermissionError(message, { status: 403, text: answer.words });
  }
  return statusToError(answer, asked);
};

export function createRefusal(answer: VendorReply, asked: RequestContext, draft: Draft): Error {
  if (answer.status !== 400 && answer.status !== 422) return readRefusal(answer, asked);
  const named = namedField(answer);
  const { label } = draft.support.dialect;
  const unnamed = isUnknownDialect(answer)
    ? `This Omni takes no ${label} connections; a newer version may.`
    : 'Omni does not take this connection.';
  const known = WORDS.find(([pattern]) => named && pattern.test(named.words));
  const issue: ValidationIssue = {
    path: named ? pathOfWireName(named.field, draft, 'omni', omniOptionsWire) : ['input', 'config', draft.dialect],
    code: known?.[1] ?? 'INVALID',
    message: known?.[2] ?? (named ? 'Omni does not take this value.' : unnamed),
    source: 'VENDOR',
    vendorText: answer.words,
  };
  return new ValidationError([issue]);
}

/** The field of a refused update, by the words in which Omni speaks of it, and those words. */
function namedInUpdate(answer: HttpAnswer): { readonly field: string; readonly words: string } | null {
  const detail = detailOf(answer);
  if (detail.startsWith('User attribute value '))
    return { field: 'environmentUserAttribute.defaultValues', words: detail };
  const named = namedField(answer);
  // Servers that came before the change of credentials.
  const stranger = /^Unrecognized key\(s\) in object: '(\w+)'/.exec(named?.words ?? '')?.[1];
  return named && stranger ? { field: stranger, words: named.words } : named;
}

export function updateRefusal(
  answer: VendorReply,
  asked: RequestContext,
  { current, support, config, options }: Patch,
): Error {
  if (answer.status !== 400 && answer.status !== 422) return readRefusal(answer, asked);
  const named = namedInUpdate(answer);
  const known = UPDATE_WORDS.find(([pattern]) => named && pattern.test(named.words));
  const draft = { name: current.name, dialect: current.dialect, support, config, options };
  const path = pathOfWireName(named?.field ?? '', draft, 'omni', omniChangesWire);
  const isAboutSettings = path.length > 3 || Object.keys(config).length > 0;
  return new ValidationError([
    {
      path: isAboutSettings ? path : ['input', 'options', 'omni'],
      code: known?.[1] ?? 'INVALID',
      message: known?.[2] ?? (named ? 'Omni does not take this value.' : 'Omni does not take this change.'),
      source: 'VENDOR',
    },
  ]);
}

/** Servers of early 2026 and before have no delete. */
export const removeRefusal = (answer: VendorReply, asked: RequestContext): Error =>
  isUnknownMethod(answer)
    ? new UnsupportedError(`${asked.label} is too old to delete by its API; delete it in Omni's own web page.`, {
        vendor: 'omni',
        dialect: null,
        capability: 'DELETE',
        alternatives: [],
      })
    : readRefusal(answer, asked);
