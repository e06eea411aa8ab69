// Errors about a request as a whole. Nothing of the request was executed.
import { GraphQLError, type ASTNode } from 'graphql';

/** The unit of the limit of a body. */
export const BYTES_PER_KB = 1000;

interface RequestErrorOptions {
  readonly nodes?: readonly ASTNode[] | ASTNode | null | undefined;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/**
 * Returns the error for a well-formed HTTP request that GraphQL refuses. `http.spec` makes the status 200 for a client that
 * accepts application/json only, and 400 for a client that implements GraphQL over HTTP.
 */
export const requestError = (message: string, code: string, { nodes, extensions }: RequestErrorOptions = {}) =>
  new GraphQLError(message, {
    nodes: nodes ?? null,
    extensions: { code, ...extensions, http: { spec: true, status: 400 } },
  });

/**
 * Returns the error for a document above a limit.
 * @param name the key of the limit in the section `limits` of the configuration.
 * @param what what the document has, without a full stop.
 */
export const exceeded = (name: string, value: number, what: string) =>
  requestError(`${what}: the limit is \`limits.${name}\`.`, 'GRAPHQL_VALIDATION_FAILED', {
    extensions: { limit: { name, value } },
  });

/** Returns the error for a malformed HTTP request. */
export const httpError = (message: string, status: number, headers: Readonly<Record<string, string>> = {}) =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status, headers } } });

/** Returns the error for a body above the limit. */
export const bodyTooLarge = (bodyKb: number) =>
  new GraphQLError(`The body is larger than ${(bodyKb * BYTES_PER_KB).toLocaleString('en')} bytes.`, {
    extensions: {
      code: 'REQUEST_ENTITY_TOO_LARGE',
      limit: { name: 'bodyKb', value: bodyKb },
      http: { status: 413 },
    },
  });

/** Returns the response for an error before GraphQL begins, with the body and the media type that GraphQL over HTTP asks for. */
export function errorResponse(
  { headers }: Request,
  { message, extensions }: GraphQLError,
  requestId: string,
): Response {
  const type = (headers.get('accept') ?? '').includes('application/graphql-response+json')
    ? 'application/graphql-response+json'
    : 'application/json';
  const { http, ...shown } = extensions;
  return Response.json(
    { errors: [{ message, extensions: { ...shown, requestId } }] },
    { status: http?.status, headers: { ...http?.headers, 'content-type': `${type}; charset=utf-8` } },
  );
}

/** Why a request was refused, for the log. */
export interface Refusal {
  readonly code: string;
  /** The name of the limit that it exceeded, if it did. */
  readonly limit?: string;
}

/** Returns why a request was refused. An error of graphql-js itself has no code. */
export function refusalOf({ extensions }: GraphQLError): Refusal {
  const { code, limit } = extensions as { readonly code?: string; readonly limit?: { readonly name: string } };
  return { code: code ?? 'GRAPHQL_VALIDATION_FAILED', ...(limit && { limit: limit.name }) };
}
