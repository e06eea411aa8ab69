// Clients that save on request size first send the hash of a query alone. Nothing is persisted here, and they are told so by the
// code that they know: they then send the text. A request with both is answered by its text.
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { requestError } from './errors.ts';

/** Message and code as Apollo's clients look for them. */
export const persistedQueryNotSupported = () =>
  requestError('PersistedQueryNotSupported', 'PERSISTED_QUERY_NOT_SUPPORTED');

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isPersisted = ({ extensions }: GraphQLParams): boolean =>
  isObject(extensions) && isObject(extensions['persistedQuery']);

export const useRequiredQuery = (): Plugin => ({
  onParams: ({ params }) => {
    if (params.query !== undefined && params.query !== null && params.query !== '') return;
    if (isPersisted(params)) throw persistedQueryNotSupported();
    throw requestError('The request has no `query`.', 'BAD_REQUEST');
  },
});
