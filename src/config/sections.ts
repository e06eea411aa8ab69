// A section of the configuration by its schema: its references are filled, what is wrong is told by path and never by value.
import type * as z from 'zod';
import { isCredential } from '../vendors/module.ts';
import { createCredential, resolveReferences, variablesOf, type Environment } from './references.ts';

/** Each problem on a line of its own: a path, and what is wrong there. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

export type Path = readonly (string | number)[];

export const formatPath = (path: Path): string =>
  path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('') || '(file)';

/** Types in the words of the configuration. */
const TYPES: Readonly<Record<string, string>> = { object: 'mapping', array: 'list', int: 'whole number' };

const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

/** What a value must be, where the schema has no words of its own for it. */
function requirementOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be ${withArticle(TYPES[issue.expected] ?? issue.expected)}`;
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  return issue.message;
}

function spellIssue(issue: z.core.$ZodIssue, path: Path, isMissing: boolean): string[] {
  const at = [...path, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${formatPath([...at, key])}: unknown key`);
  const what = requirementOf(issue);
  return [
    `${formatPath(at)}: ${isMissing ? `is missing${issue.code === 'invalid_type' ? `; it ${what}` : ''}` : what}`,
  ];
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Stands for a text that could not be filled and was told of, so that it is not told of twice. */
const UNRESOLVED = Symbol('faulty');

/** What goes with every step of the reading. */
export interface ParseContext {
  readonly environment: Environment;
  /** Grows by every problem that is found. */
  readonly problems: string[];
  /** Grows by everything that may be a mistake. */
  readonly warnings: string[];
  /** Grows by every variable of the environment that is referred to. */
  readonly variables: Set<string>;
}

/** Fills the references of a section's texts; those that the schema knows as credentials become Credentials. */
export function resolveSection(
  schema: z.ZodObject,
  raw: Record<string, unknown>,
  path: Path,
  { environment, problems, variables }: ParseContext,
) {
  const walk = (value: unknown, at: Path, field?: z.core.$ZodType): unknown => {
    if (isRecord(value)) {
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, [...at, key])]));
    }
    if (typeof value !== 'string') return value;
    for (const name of variablesOf(value)) variables.add(name);
    try {
      return field && isCredential(field)
        ? createCredential(value, environment)
        : resolveReferences(value, environment);
    } catch (error) {
      problems.push(`${formatPath(at)}: ${(error as Error).message}`);
      return UNRESOLVED;
    }
  };
  return Object.fromEntries(
    Object.entries(raw).map(([key, value]) => [key, walk(value, [...path, key], schema.shape[key])]),
  );
}

/** What the schema makes of a section; null when it refuses something. */
export function parseSection<S extends z.ZodObject>(
  schema: S,
  filled: Record<string, unknown>,
  path: Path,
  { problems }: ParseContext,
): z.output<S> | null {
  const result = schema.safeParse(filled);
  if (result.success) return result.data;
  const unfilled = result.error.issues.filter(({ path: [key] }) => filled[key as string] === UNRESOLVED);
  const issues = result.error.issues.filter((issue) => !unfilled.includes(issue));
  const at = (steps: readonly PropertyKey[]) =>
    steps.reduce<unknown>((value, step) => (isRecord(value) ? value[String(step)] : undefined), filled);
  problems.push(...issues.flatMap((issue) => spellIssue(issue, path, at(issue.path) === undefined)));
  return null;
}
