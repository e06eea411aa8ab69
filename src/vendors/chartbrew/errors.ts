// Turns Chartbrew's refusals into errors. A refusal may be text, HTML, or a driver's error with SQL and ciphertext in it. Only
// names of columns and known codes are read from it. The vendor text is passed on as a `VendorText`.
import type { Draft, Patch } from '../../domain/connection.ts';
import { ValidationError } from '../../domain/errors.ts';
import type { ValidationIssue } from '../../domain/issue.ts';
import { credentialsRejected, statusToError, type RequestContext } from '../send-and-parse.ts';
import type { VendorReply, VendorTextIn } from '../auth.ts';
import { pathOfWireName } from '../refused-field-path.ts';
import { chartbrewOptionsWire } from './fields.ts';
import { isAboutApiKey } from './test-answers/read-test-answer.ts';
import { patchToDraft } from './to-wire.ts';
import { chartbrewErrorWire, chartbrewWordsWire } from './wire.ts';

const CODES: Readonly<Record<string, string>> = {
  SOURCE_DISABLED: 'An operator of this Chartbrew server has disabled this type of connection.',
  SSRF_BLOCKED: 'Chartbrew refuses to connect to this address.',
};

const TOO_LONG =
  'It is longer than Chartbrew can store: about 32 kB for an encrypted value, 255 characters for a name.';

/** Returns the vendor text in the JSON of a refusal; null when there is none. */
export const vendorTextIn: VendorTextIn = (json) => {
  const body = chartbrewWordsWire.safeParse(json);
  return body.success ? (body.data.error ?? body.data.message) : null;
};

const TOO_LARGE = 'Chartbrew accepts at most 100 kB for one connection.';

type IssueDetails = Pick<ValidationIssue, 'path' | 'message'> & Partial<ValidationIssue>;

const refused = ({ vendorText }: VendorReply, details: IssueDetails): ValidationIssue => ({
  code: 'INVALID',
  source: 'VENDOR',
  vendorText,
  ...details,
});

const pathOfColumn = (column: string, draft: Draft): string[] =>
  pathOfWireName(column, draft, 'chartbrew', chartbrewOptionsWire);

/** Returns the issues that a 400 reports. */
function issuesIn(answer: VendorReply, draft: Draft): ValidationIssue[] {
  const body = chartbrewErrorWire.safeParse(answer.json);
  const { code = null, errors = null, parent = null } = body.success ? body.data : {};
  // An update may change the name or the options only.
  const path = Object.keys(draft.config).length > 0 ? ['input', 'config', draft.dialect] : ['input'];
  if (code && Object.hasOwn(CODES, code))
    return [refused(answer, { path, message: CODES[code] ?? '', vendorCode: code })];
  const column = /^Data too long for column '(\w+)'/.exec(parent?.sqlMessage ?? '')?.[1];
  if (column) return [refused(answer, { path: pathOfColumn(column, draft), message: TOO_LONG, code: 'TOO_LONG' })];
  const issues = (errors ?? []).map((error) =>
    refused(answer, {
      path: pathOfColumn(error.path ?? '', draft),
      message: 'Chartbrew does not accept this value.',
      vendorText: answer.toVendorText?.(error.message) ?? answer.vendorText,
    }),
  );
  return issues.length > 0
    ? issues
    : [refused(answer, { path, message: 'Chartbrew does not accept this connection.' })];
}

/** Returns the error for a refused create. */
export function createRefusal(answer: VendorReply, context: RequestContext, draft: Draft): Error {
  if (answer.status === 413) {
    return new ValidationError([refused(answer, { path: ['input'], message: TOO_LARGE, code: 'TOO_LONG' })]);
  }
  return answer.status === 400 ? new ValidationError(issuesIn(answer, draft)) : statusToError(answer, context);
}

/** Returns the error for a refused update. */
export const updateRefusal = (answer: VendorReply, context: RequestContext, patch: Patch): Error =>
  createRefusal(answer, context, patchToDraft(patch));

/**
 * Returns the error for a test that did not run.
 * @param draft the settings that were tested; null for a saved connection.
 */
export function testRefusal(answer: VendorReply, context: RequestContext, draft: Draft | null): Error {
  const { status } = answer;
  if (isAboutApiKey(answer)) return credentialsRejected(context.label, { status });
  return draft && status !== 400 ? createRefusal(answer, context, draft) : statusToError(answer, context);
}
