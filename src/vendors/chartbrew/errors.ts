// Chartbrew's refusals: texts, driver errors with SQL and ciphertext in them, HTML. Only column names and known codes
// are taken from them, and what it says in words goes up wrapped.
import type { Draft } from '../../domain/connection.ts';
import { ValidationError, type ValidationIssue } from '../../domain/errors.ts';
import { statusToError, type RequestContext } from '../ask.ts';
import type { VendorReply, WordsIn } from '../auth.ts';
import { pathOfWireName } from '../wire-fields.ts';
import { chartbrewOptionsWire } from './fields.ts';
import { chartbrewErrorWire, chartbrewWordsWire } from './wire.ts';

const CODES: Readonly<Record<string, string>> = {
  SOURCE_DISABLED: 'An operator of this Chartbrew has switched this type off.',
  SSRF_BLOCKED: 'Chartbrew does not let itself be sent to this address.',
};

const TOO_LONG = 'It is longer than Chartbrew can store: about 32 kB of what it encrypts, 255 characters of a name.';

export const wordsIn: WordsIn = (json) => {
  const body = chartbrewWordsWire.safeParse(json);
  return body.success ? (body.data.error ?? body.data.message) : null;
};

/** @param draft what was sent: of a change, what it sets. */
export function writeRefusal(answer: VendorReply, asked: RequestContext, draft: Draft): Error {
  const refused = (path: readonly string[], message: string, more: Partial<ValidationIssue> = {}): ValidationIssue => ({
    path,
    code: answer.status === 413 ? 'TOO_LONG' : 'INVALID',
    message,
    source: 'VENDOR',
    vendorText: answer.words,
    ...more,
  });
  if (answer.status === 413) {
    return new ValidationError([refused(['input'], 'Chartbrew takes at most 100 kB for one connection.')]);
  }
  if (answer.status !== 400) return statusToError(answer, asked);
  const body = chartbrewErrorWire.safeParse(answer.json);
  const { code = null, errors = null, parent = null } = body.success ? body.data : {};
  // A change may be of its name or options alone.
  const whole = Object.keys(draft.config).length > 0 ? ['input', 'config', draft.dialect] : ['input'];
  if (code && Object.hasOwn(CODES, code)) {
    return new ValidationError([refused(whole, CODES[code] ?? '', { vendorCode: code })]);
  }
  const column = /^Data too long for column '(\w+)'/.exec(parent?.sqlMessage ?? '')?.[1];
  if (column) {
    const path = pathOfWireName(column, draft, 'chartbrew', chartbrewOptionsWire);
    return new ValidationError([refused(path, TOO_LONG, { code: 'TOO_LONG' })]);
  }
  const issues = (errors ?? []).map(({ path, message }) =>
    refused(
      pathOfWireName(path ?? '', draft, 'chartbrew', chartbrewOptionsWire),
      'Chartbrew does not take this value.',
      { vendorText: answer.quote?.(message) ?? answer.words },
    ),
  );
  return new ValidationError(issues.length > 0 ? issues : [refused(whole, 'Chartbrew does not take this connection.')]);
}
