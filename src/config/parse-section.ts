// Parses a section of the configuration by its schema: resolves its references, and reports problems by path and without values.
import type * as z from 'zod';
import { isCredential } from '../vendors/define-vendor.ts';
import { createCredential, resolveReferences, variablesOf, type Environment } from './references.ts';

/** The problems of a configuration. Each problem has a path and a message. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

export type Path = readonly (string | number)[];

/** Returns a path as text, such as `instances[0].baseUrl`. */
export const formatPath = (path: Path): string =>
  path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('') ||
  '(file)';

/** Names of types for people who write a configuration. */
const TYPES: Readonly<Record<string, string>> = { object: 'mapping', array: 'list', int: 'whole number' };

const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

/** Returns what a value must be: the schema's message, or one by the kind of the issue. */
function requirementOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `must be ${withArticle(TYPES[issue.expected] ?? issue.expected)}`;
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  return issue.message;
}

function formatIssue(issue: z.core.$ZodIssue, path: Path, isMissing: boolean): string[] {
  const at = [...path, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${formatPath([...at, key])}: unknown key`);
  const what = requirementOf(issue);
  return [
    `${formatPath(at)}: ${isMissing ? `is missing${issue.code === 'invalid_type' ? `; it ${what}` : ''}` : what}`,
  ];
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Replaces a text whose references could not be resolved. It prevents a second report by the schema. */
const UNRESOLVED = Symbol('unresolved');

/** The inputs and the collected results of parsing a configuration. */
export interface ParseContext {
  readonly environment: Environment;
  /** Parsing appends every problem. */
  readonly problems: string[];
  /** Parsing appends every possible mistake. */
  readonly warnings: string[];
  /** Parsing adds the name of every referenced environment variable. */
  readonly variables: Set<string>;
}

/** Returns a section with its references resolved. Texts that are credentials in the schema become Credential objects. */
export function resolveSection(
  schema: z.ZodObject,
  raw: Record<string, unknown>,
  path: Path,
  { environment, problems, variables }: ParseContext,
) {
  const walk = (value: unknown, at: Path, field?: z.core.$ZodType): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => walk(item, [...at, index]));
    if (isRecord(value)) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, [...at, key])]));
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

/** Returns the parsed section; null after it reports the problems to the context. */
export function parseSection<S extends z.ZodObject>(
  schema: S,
  section: Record<string, unknown>,
  path: Path,
  { problems }: ParseContext,
): z.output<S> | null {
  const result = schema.safeParse(section);
  if (result.success) return result.data;
  const at = (steps: readonly PropertyKey[]) =>
    steps.reduce<unknown>(
      (value, step) => (isRecord(value) || Array.isArray(value) ? Reflect.get(value, step) : undefined),
      section,
    );
  const issues = result.error.issues.filter((issue) => at(issue.path) !== UNRESOLVED);
  problems.push(...issues.flatMap((issue) => formatIssue(issue, path, at(issue.path) === undefined)));
  return null;
}

/** Parses an optional section. Returns null after it reports the problems to the context. */
export function parseOptional<S extends z.ZodObject>(schema: S, raw: unknown, key: string, reading: ParseContext) {
  const isSection = raw === undefined || raw === null || isRecord(raw);
  if (!isSection) reading.problems.push(`${key}: must be a mapping`);
  const filled = resolveSection(schema, isRecord(raw) ? raw : {}, [key], reading);
  return parseSection(schema, filled, [key], reading);
}
