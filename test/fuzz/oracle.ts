// What must hold of every answer, whatever was asked: well-formed, no bug of ours, no secret, and paths that exist.
import { getNamedType, isInputObjectType, isListType, isNonNullType, type GraphQLInputType } from 'graphql';
import type { GraphQLSchema } from 'graphql';

/** Every secret that a fuzz sends holds `secret-` and a digit: here plain, in base64 by its three alignments, and in hex. */
const SPELLINGS = [/secret-\d/i, /c2VjcmV0L[Q-T]/, /NlY3JldC0[0-9w-z]/, /zZWNyZXQt[MN]/, /7365637265742d3\d/i];

export const secretIn = (text: string): string | null =>
  SPELLINGS.some((spelling) => spelling.test(text)) ? 'a secret came out' : null;

interface Told {
  readonly data?: unknown;
  readonly errors?: unknown;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Codes that an answer may carry; a bug of ours has another. */
const CODES = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERMISSION_DENIED',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'RATE_LIMITED',
  'REQUEST_ENTITY_TOO_LARGE',
  'VENDOR_UNAVAILABLE',
]);

function wrongError(error: unknown): string | null {
  if (!isObject(error) || typeof error['message'] !== 'string') return 'an error has no message';
  const { extensions } = error;
  const code = isObject(extensions) ? extensions['code'] : undefined;
  return CODES.has(String(code)) ? null : `an error has the code ${String(code)}`;
}

/** Null for a well-formed answer of GraphQL over HTTP. */
export function wrongAnswer(text: string): string | null {
  let told: Told;
  try {
    told = JSON.parse(text) as Told;
  } catch {
    return 'the answer is no JSON';
  }
  if (!isObject(told) || Object.keys(told).some((key) => key !== 'data' && key !== 'errors')) {
    return 'the answer has keys of its own';
  }
  const { errors } = told;
  if (errors === undefined) return isObject(told.data) ? null : 'neither data nor errors';
  if (!Array.isArray(errors) || errors.length === 0) return 'errors is no list, or is empty';
  return errors.map(wrongError).find((wrong) => wrong !== null) ?? null;
}

function fieldType(type: GraphQLInputType, step: string): GraphQLInputType | null {
  const plain = isNonNullType(type) ? type.ofType : type;
  if (isListType(plain)) return /^\d+$/.test(step) ? plain.ofType : null;
  const named = getNamedType(plain);
  return isInputObjectType(named) ? (named.getFields()[step]?.type ?? null) : null;
}

function pathExists(schema: GraphQLSchema, mutation: string, path: readonly string[]): boolean {
  const [first = '', ...steps] = path;
  const fields = schema.getMutationType()?.getFields() ?? {};
  const argument = fields[mutation]?.args.find(({ name }) => name === first);
  let type: GraphQLInputType | null = argument?.type ?? null;
  for (const step of steps) type = type && fieldType(type, step);
  return type !== null;
}

const issuesIn = (value: unknown): { path: string[] }[] => {
  if (Array.isArray(value)) return value.flatMap(issuesIn);
  if (!isObject(value)) return [];
  const own = Array.isArray(value['issues']) ? (value['issues'] as { path: string[] }[]) : [];
  return [...own, ...Object.values(value).flatMap(issuesIn)];
};

/** Null when every issue of an answer to a mutation is about a place that the mutation's input has. */
export function wrongPath(schema: GraphQLSchema, mutation: string, data: unknown): string | null {
  const lost = issuesIn(data).find(({ path }) => path.length === 0 || !pathExists(schema, mutation, path));
  return lost ? `no such place in the schema: ${lost.path.join('.')}` : null;
}
