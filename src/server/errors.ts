// Errors about a request as a whole: nothing of it was executed.
import { GraphQLError, type ASTNode } from 'graphql';

/** The most bytes of a body, before and after its encoding is undone: three certificates of 1 MiB, with what JSON adds. */
export const MAX_BODY_BYTES = 4_000_000;

interface RequestErrorOptions {
  readonly nodes?: readonly ASTNode[] | ASTNode | null | undefined;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/**
 * A well-formed request that GraphQL refuses. `http.spec` makes the status 200 for a client that asks for application/json
 * and 400 for one that knows GraphQL over HTTP.
 */
export const requestError = (message: string, code: string, { nodes, extensions }: RequestErrorOptions = {}) =>
  new GraphQLError(message, {
    nodes: nodes ?? null,
    extensions: { code, ...extensions, http: { spec: true, status: 400 } },
  });

/** A request that is wrong as HTTP. */
export const httpError = (message: string, status: number, headers: Readonly<Record<string, string>> = {}) =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status, headers } } });

export const bodyTooLarge = () =>
  new GraphQLError(`The body is larger than ${MAX_BODY_BYTES.toLocaleString('en')} bytes.`, {
    extensions: { code: 'REQUEST_ENTITY_TOO_LARGE', http: { status: 413 } },
  });
