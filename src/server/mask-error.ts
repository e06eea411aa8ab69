// The last gate for errors outside the results: expected ones get their code, all others are a bug of ours, of which the
// caller learns a request id and the log a class.
import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import {
  BadInputError,
  PermissionError,
  RateLimitedError,
  ValidationError,
  VendorError,
  VendorUnavailableError,
} from '../domain/errors.ts';
import { classOf, type Log } from '../observability/log.ts';
import type { ServerContext } from './request-id.ts';
import { isArgumentError } from './safe-errors.ts';

function extensionsOf(error: unknown): Record<string, unknown> | null {
  if (error instanceof BadInputError) return { code: 'BAD_USER_INPUT' };
  if (error instanceof ValidationError) return { code: 'BAD_USER_INPUT', issues: error.issues };
  if (!(error instanceof VendorError)) return null;
  const common = { instance: error.instance?.key ?? null };
  if (error instanceof PermissionError) return { code: 'PERMISSION_DENIED', ...common };
  if (error instanceof RateLimitedError) return { code: 'RATE_LIMITED', ...common, retryAfterMs: error.retryAfterMs };
  const unavailable = error instanceof VendorUnavailableError ? error.unavailable : null;
  return { code: 'VENDOR_UNAVAILABLE', ...common, unavailable };
}

/** Outside a result union the message alone must say what is wrong. */
const messageOf = (error: Error): string =>
  error instanceof ValidationError
    ? error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join(' ')
    : error.message;

const unwrap = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError ? unwrap(error.originalError) : error;

/** A bug of ours, as its caller is told of it. */
class UnexpectedError extends GraphQLError {
  /** For the log alone: class of what was thrown. */
  readonly errorClass: string;

  constructor(thrown: unknown, place: GraphQLErrorOptions) {
    super('Unexpected error; tell an operator the request id.', {
      ...place,
      extensions: { code: 'INTERNAL_SERVER_ERROR', unexpected: true },
    });
    this.errorClass = classOf(thrown);
  }
}

export function maskError(error: unknown): Error {
  const thrown = unwrap(error);
  const place = error instanceof GraphQLError ? { nodes: error.nodes ?? null, path: error.path ?? null } : {};
  const extensions = extensionsOf(thrown);
  if (extensions && thrown instanceof Error) return new GraphQLError(messageOf(thrown), { ...place, extensions });
  if (!(thrown instanceof GraphQLError)) return new UnexpectedError(thrown, place);
  if (!isArgumentError(thrown.message)) return thrown;
  const message = 'An argument is not valid; send it as a variable.';
  return new GraphQLError(message, { ...place, extensions: { code: 'BAD_USER_INPUT' } });
}

/** Logs each bug under the id of its request; must stand before `useRequestId`, which makes the errors anew. */
export const useBugLog = (log: Log): Plugin<ServerContext, ServerContext> => ({
  onResultProcess: ({ result, serverContext }) => {
    if (Array.isArray(result) || !('errors' in result)) return;
    for (const error of result.errors ?? []) {
      if (!(error instanceof UnexpectedError)) continue;
      const { errorClass, path = [] } = error;
      log.error('unexpected error', { requestId: serverContext.requestId, errorClass, path: path.join('.') });
    }
  },
});
