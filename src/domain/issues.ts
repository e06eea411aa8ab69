// Makes and filters validation issues.
import type { ValidationCode, ValidationIssue } from './issue.ts';

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
