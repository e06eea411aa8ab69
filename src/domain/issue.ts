// A validation issue: one reason why an input is refused. Functions that make and filter issues.
import type { VendorText } from '../secrets/vendor-text.ts';

export type ValidationCode =
  | 'REQUIRED'
  | 'INVALID'
  | 'TOO_SHORT'
  | 'TOO_LONG'
  | 'OUT_OF_RANGE'
  | 'NOT_ALLOWED'
  | 'EXCLUSIVE'
  | 'MISMATCH'
  | 'SECRET_NEEDED';

/** A message that the vendor wrote: as it was received, and as it may be shown. */
export interface VendorMessage {
  /** The message as it was received. It is never stored, logged or shown. */
  readonly vendorText?: VendorText | null | undefined;
  /**
   * The message, if it contains no part of a secret. Set by services/vendor-messages.ts, which knows every secret that the text could
   * quote. Null or missing until then, and when there is nothing to show.
   */
  readonly vendorMessage?: string | null | undefined;
}

export interface ValidationIssue extends VendorMessage {
  /** Path from the argument down, in the names of the schema: input, config, postgres, port. */
  readonly path: readonly string[];
  readonly code: ValidationCode;
  readonly message: string;
  readonly source: 'GATEWAY' | 'VENDOR';
  readonly vendorCode?: string | undefined;
}

/** Returns an issue that Patchbay found itself. */
export const issue = (path: readonly string[], code: ValidationCode, message: string): ValidationIssue => ({
  path,
  code,
  message,
  source: 'GATEWAY',
});

/** Returns the first issue of each path. */
export function firstIssuePerPath(issues: readonly ValidationIssue[]): ValidationIssue[] {
  const paths = issues.map(({ path }) => path.join('.'));
  return issues.filter((_issue, at) => paths.indexOf(paths[at] as string) === at);
}
