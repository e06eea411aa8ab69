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
import { argumentMessage } from './argument-errors.ts';
import { bodyTooLarge } from './errors.ts';
import type { ServerContext } from './request-id.ts';

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

const withPath = (path: readonly string[], message: string): string =>
  path.length === 0 ? message : `${path.join('.')}: ${message}`;

/** Outside a result union the message alone must say what is wrong. */
function messageOf(error: Error): string {
  if (error instanceof BadInputError) return withPath(error.argument, error.message);
  return error instanceof ValidationError
    ? error.issues.map(({ path, message }) => withPath(path, message)).join(' ')
    : error.message;
}

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
  // Yoga's words do not say how large a body may be.
  if (thrown.extensions['code'] === 'REQUEST_ENTITY_TOO_LARGE') return bodyTooLarge();
  const message = argumentMessage(thrown.message);
  if (message === null) return thrown;
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
