// Errors about a request as a whole. Nothing of the request was executed.
import { GraphQLError, type ASTNode } from 'graphql';

/** The limit in bytes for a body, encoded and decoded: three certificates of 1 MiB and the overhead of JSON. */
export const MAX_BODY_BYTES = 4_000_000;

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

/** Returns the error for a malformed HTTP request. */
export const httpError = (message: string, status: number, headers: Readonly<Record<string, string>> = {}) =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status, headers } } });

/** Returns the error for a body above the limit. */
export const bodyTooLarge = () =>
  new GraphQLError(`The body is larger than ${MAX_BODY_BYTES.toLocaleString('en')} bytes.`, {
    extensions: { code: 'REQUEST_ENTITY_TOO_LARGE', http: { status: 413 } },
  });
