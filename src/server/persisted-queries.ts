// Persisted queries: a request names its document by a hash instead of sending the text. The documents are those of the manifest
// in the configuration; a client cannot add one. With trusted documents, no other document is executed.
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { requestError } from './request-errors.ts';

export interface DocumentOptions {
  /** The texts of the manifest by their hashes; null without a manifest. */
  readonly manifest: ReadonlyMap<string, string> | null;
  /** Whether only the documents of the manifest are executed. */
  readonly trustedOnly: boolean;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/**
 * Returns parameters that name their document by `documentId`, from the appendix of GraphQL over HTTP, in the spelling of Apollo's
 * clients: `extensions.persistedQuery`.
 */
export function withPersistedQuery(params: GraphQLParams, documentId: unknown): GraphQLParams {
  const sha256Hash = typeof documentId === 'string' ? documentId.replace(/^sha256:/, '') : null;
  return { ...params, extensions: { ...params.extensions, persistedQuery: { version: 1, sha256Hash } } };
}

/** Returns the text of a request that holds only a hash. */
function textByHash({ extensions }: GraphQLParams, { manifest, trustedOnly }: DocumentOptions): string {
  const persisted: unknown = isObject(extensions) ? extensions['persistedQuery'] : undefined;
  if (!isObject(persisted)) {
    const what = trustedOnly ? '`documentId`' : '`query`';
    throw requestError(`The request has no ${what}.`, 'BAD_REQUEST');
  }
  // The messages and codes that Apollo's clients expect. They send the text of the document then.
  if (!manifest) throw requestError('PersistedQueryNotSupported', 'PERSISTED_QUERY_NOT_SUPPORTED');
  const { sha256Hash } = persisted;
  const text = typeof sha256Hash === 'string' ? manifest.get(sha256Hash) : undefined;
  if (text === undefined) throw requestError('PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND');
  return text;
}

/** Replaces a hash by the text of its document, and refuses a document that may not be executed. */
export function usePersistedQueries(options: DocumentOptions): Plugin {
  const trusted = options.trustedOnly ? new Set(options.manifest?.values()) : null;
  return {
    onParams: ({ params, setParams }) => {
      const { query } = params;
      if (query === undefined || query === null || query === '') {
        setParams({ ...params, query: textByHash(params, options) });
      } else if (trusted && !trusted.has(query)) {
        throw requestError(
          'This gateway executes only the documents of its manifest. Send the id of one of them as `documentId`.',
          'PERSISTED_QUERY_ONLY',
        );
      }
    },
  };
}
