// Answers requests that hold only the hash of a persisted query. The gateway persists no queries. The error code makes Apollo's
// clients send the text of the query.
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { requestError } from './request-errors.ts';

/** Returns the error with the message and the code that Apollo's clients expect. */
export const persistedQueryNotSupported = () =>
  requestError('PersistedQueryNotSupported', 'PERSISTED_QUERY_NOT_SUPPORTED');

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isPersisted = ({ extensions }: GraphQLParams): boolean =>
  isObject(extensions) && isObject(extensions['persistedQuery']);

/** Refuses a request without `query`. */
export const useRequiredQuery = (): Plugin => ({
  onParams: ({ params }) => {
    if (params.query !== undefined && params.query !== null && params.query !== '') return;
    if (isPersisted(params)) throw persistedQueryNotSupported();
    throw requestError('The request has no `query`.', 'BAD_REQUEST');
  },
});
