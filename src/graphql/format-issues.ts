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

const placeOf = ({ path }: ValidationIssue): string => path.join('.');

/**
 * @param others what else stands against the same input. A field is told of once: that its vendor has no place for it, or else
 * what is wrong with its value.
 */
export function toValidationError(error: ZodError, others: readonly ValidationIssue[]): ValidationError {
  const homeless = new Set(others.filter(({ code }) => code === 'NOT_ALLOWED').map(placeOf));
  const found = error.issues.map(fromZod).filter((one) => !homeless.has(placeOf(one)));
  const seen = new Set(found.map(placeOf));
  return new ValidationError([...found, ...others.filter((one) => !seen.has(placeOf(one)))]);
}
