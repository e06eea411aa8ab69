// What zod finds becomes issues in the caller's terms. Values are in none of them: zod keeps none, and neither do we.
import type { ZodError, core } from 'zod';
import { ValidationError, type ValidationCode, type ValidationIssue } from '../domain/errors.ts';

/** What a check of our own says of itself. */
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

const fromZod = (problem: core.$ZodIssue): ValidationIssue => ({
  path: problem.path.map(String),
  code: codeOf(problem),
  message: problem.message,
  source: 'GATEWAY',
});

/** @param others what else stands against the same input; a field that zod refused is told of once. */
export function toValidationError(error: ZodError, others: readonly ValidationIssue[]): ValidationError {
  const found = error.issues.map(fromZod);
  const seen = new Set(found.map(({ path }) => path.join('.')));
  return new ValidationError([...found, ...others.filter(({ path }) => !seen.has(path.join('.')))]);
}
