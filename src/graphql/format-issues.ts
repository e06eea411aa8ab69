// Turns the issues that zod finds into Patchbay's. No value is in any of them: zod's issues hold none.
import type { ZodError, core } from 'zod';
import type { ValidationCode, ValidationIssue } from '../domain/issue.ts';

/** The codes that Patchbay's own zod checks set as `params.code`. */
const CUSTOM: readonly unknown[] = ['TOO_SHORT', 'TOO_LONG'] satisfies ValidationCode[];

function codeOf(problem: core.$ZodIssue): ValidationCode {
  if (problem.code === 'custom') {
    const code: unknown = problem.params?.['code'];
    return CUSTOM.includes(code) ? (code as ValidationCode) : 'INVALID';
  }
  if (problem.code !== 'too_small' && problem.code !== 'too_big') return 'INVALID';
  if (problem.origin === 'int' || problem.origin === 'number') return 'OUT_OF_RANGE';
  return problem.code === 'too_small' ? 'TOO_SHORT' : 'TOO_LONG';
}

/** Returns the issues of the formats of single fields. */
export const formatIssues = ({ issues }: ZodError): ValidationIssue[] =>
  issues.map((problem) => ({
    path: problem.path.map(String),
    code: codeOf(problem),
    message: problem.message,
    source: 'GATEWAY',
  }));

const pathOf = ({ path }: ValidationIssue): string => path.join('.');

/** Steps of a path into the patch of a secret or of a one-of group. The paths of a plan do not have them. */
const PATCH_STEPS: ReadonlySet<string> = new Set(['replace', 'clear']);

/** Returns the paths at which an issue of the plan would repeat this issue: its path, and the path of the patched field. */
const coveredPaths = ({ path }: ValidationIssue): string[] => [
  path.join('.'),
  path.filter((step) => !PATCH_STEPS.has(step)).join('.'),
];

/**
 * Returns both lists as one, with one issue for each field: NOT_ALLOWED of the plan, or else the issue of the format, or else
 * the issue of the plan.
 */
export function mergeIssues(
  formats: readonly ValidationIssue[],
  plan: readonly ValidationIssue[],
): readonly ValidationIssue[] {
  const notAllowed = new Set(plan.filter(({ code }) => code === 'NOT_ALLOWED').map(pathOf));
  const found = formats.filter((format) => !coveredPaths(format).some((path) => notAllowed.has(path)));
  const covered = new Set(found.flatMap(coveredPaths));
  return [...found, ...plan.filter((planned) => !covered.has(pathOf(planned)))];
}
