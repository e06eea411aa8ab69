// Rules for every answer: it is well-formed, has no internal error and no secret, and its paths exist.
import { getNamedType, isInputObjectType, isListType, isNonNullType, type GraphQLInputType } from 'graphql';
import type { GraphQLSchema } from 'graphql';

/** Matches the secrets of the fuzz tests (`secret-` and a digit): plain, in base64 at its three alignments, and in hex. */
const SPELLINGS = [/secret-\d/i, /c2VjcmV0L[Q-T]/, /NlY3JldC0[0-9w-z]/, /zZWNyZXQt[MN]/, /7365637265742d3\d/i];

export const secretIn = (text: string): string | null =>
  SPELLINGS.some((spelling) => spelling.test(text)) ? 'a secret came out' : null;

interface Told {
  readonly data?: unknown;
  readonly errors?: unknown;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** The error codes that an answer may have. An internal error has another code. */
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

/** Returns the problem of an answer, or null when it is well-formed by GraphQL over HTTP. */
export function wrongAnswer(text: string): string | null {
  let body: Told;
  try {
    body = JSON.parse(text) as Told;
  } catch {
    return 'the answer is no JSON';
  }
  if (!isObject(body) || Object.keys(body).some((key) => key !== 'data' && key !== 'errors')) {
    return 'the answer has keys of its own';
  }
  const { errors } = body;
  if (errors === undefined) return isObject(body.data) ? null : 'neither data nor errors';
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

/** Returns the first issue path that the mutation's input type does not have, or null. */
export function wrongPath(schema: GraphQLSchema, mutation: string, data: unknown): string | null {
  const lost = issuesIn(data).find(({ path }) => path.length === 0 || !pathExists(schema, mutation, path));
  return lost ? `no such place in the schema: ${lost.path.join('.')}` : null;
}
