// Converts the errors of the execution that are no results. An expected error gets its code. Any other error is a bug: the caller
// gets a request id, and the log the class of the error.
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
import { classNameOf, type Log } from '../observability/log.ts';
import { argumentMessage } from './argument-messages.ts';
import type { ServerContext } from './request-id.ts';

function extensionsOf(error: unknown): Record<string, unknown> | null {
  if (error instanceof BadInputError) return { code: 'BAD_USER_INPUT' };
  if (error instanceof ValidationError) return { code: 'BAD_USER_INPUT', issues: error.issues };
  if (!(error instanceof VendorError)) return null;
  const common = { instance: error.instance?.key ?? null };
  if (error instanceof PermissionError) {
    return {
      code: 'PERMISSION_DENIED',
      ...common,
      ...(error.missingScope === null ? {} : { missingScope: error.missingScope }),
    };
  }
  if (error instanceof RateLimitedError) return { code: 'RATE_LIMITED', ...common, retryAfterMs: error.retryAfterMs };
  const unavailable = error instanceof VendorUnavailableError ? error.unavailable : null;
  return { code: 'VENDOR_UNAVAILABLE', ...common, unavailable };
}

const withPath = (path: readonly string[], message: string): string =>
  path.length === 0 ? message : `${path.join('.')}: ${message}`;

/** Returns the message with the path of the input, because only a result has a field for the path. */
function messageOf(error: Error): string {
  if (error instanceof BadInputError) return withPath(error.argument, error.message);
  return error instanceof ValidationError
    ? error.issues.map(({ path, message }) => withPath(path, message)).join(' ')
    : error.message;
}

const unwrap = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError ? unwrap(error.originalError) : error;

/** A bug, as the caller sees it. */
class UnexpectedError extends GraphQLError {
  /** The class of the thrown value. For the log only. */
  readonly errorClass: string;

  constructor(thrown: unknown, place: GraphQLErrorOptions) {
    super('Unexpected error; tell an operator the request id.', {
      ...place,
      extensions: { code: 'INTERNAL_SERVER_ERROR', unexpected: true },
    });
    this.errorClass = classNameOf(thrown);
  }
}

/** Returns the error that the caller gets. */
export function maskError(error: unknown): Error {
  const thrown = unwrap(error);
  const place = error instanceof GraphQLError ? { nodes: error.nodes ?? null, path: error.path ?? null } : {};
  const extensions = extensionsOf(thrown);
  if (extensions && thrown instanceof Error) return new GraphQLError(messageOf(thrown), { ...place, extensions });
  if (!(thrown instanceof GraphQLError)) return new UnexpectedError(thrown, place);
  const message = argumentMessage(thrown.message);
  if (message === null) return thrown;
  return new GraphQLError(message, { ...place, extensions: { code: 'BAD_USER_INPUT' } });
}

/** Logs each bug with the id of its request. It must be before `useRequestId`, which creates the errors anew. */
export const useBugLog = (log: Log): Plugin<ServerContext, ServerContext> => ({
  onResultProcess: ({ result, serverContext }) => {
    if (Array.isArray(result) || !('errors' in result)) return;
    for (const error of result.errors ?? []) {
      if (!(error instanceof UnexpectedError)) continue;
      const { errorClass, path = [] } = error;
      log.error('unexpected error', { ...serverContext.observed.ids, errorClass, path: path.join('.') });
    }
  },
});
