// The last gate for errors outside the results: expected ones get their code, all others are a bug of ours, of which the
// caller learns a request id and the log a class.
import { GraphQLError } from 'graphql';
import {
  BadInputError,
  PermissionError,
  RateLimitedError,
  ValidationError,
  VendorError,
  VendorUnavailableError,
} from '../domain/errors.ts';
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

const unwrap = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError ? unwrap(error.originalError) : error;

/** @param onBug is told what was thrown that nobody expected. */
export const createMaskError =
  (onBug: (thrown: unknown, path: string) => void) =>
  (error: unknown): Error => {
    const thrown = unwrap(error);
    const place = error instanceof GraphQLError ? { nodes: error.nodes ?? null, path: error.path ?? null } : {};
    const extensions = extensionsOf(thrown);
    if (extensions && thrown instanceof Error) return new GraphQLError(thrown.message, { ...place, extensions });
    if (thrown instanceof GraphQLError) {
      if (!isArgumentError(thrown.message)) return thrown;
      const message = 'An argument is not valid; send it as a variable.';
      return new GraphQLError(message, { ...place, extensions: { code: 'BAD_USER_INPUT' } });
    }
    onBug(thrown, (place.path ?? []).join('.'));
    return new GraphQLError('Unexpected error; tell an operator the request id.', {
      ...place,
      extensions: { code: 'INTERNAL_SERVER_ERROR', unexpected: true },
    });
  };
