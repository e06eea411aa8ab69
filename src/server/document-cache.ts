// Documents that were parsed, so that a query that comes again is not parsed again. What validation refuses is not kept: somebody
// may have written a secret into it.
import type { DocumentNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';

const MOST_DOCUMENTS = 1024;
/** Of text in all: a document may have megabytes. */
const MOST_CHARACTERS = 16_000_000;
const ONE_HOUR_MS = 3_600_000;

export function createDocumentCache() {
  const documentCache = new LRUCache<string, DocumentNode>({
    max: MOST_DOCUMENTS,
    maxSize: MOST_CHARACTERS,
    sizeCalculation: (_document, text) => text.length,
    ttl: ONE_HOUR_MS,
  });
  const useForgottenDocuments = (): Plugin => ({
    onValidate:
      ({ params: { documentAST } }) =>
      ({ valid }) => {
        const text = (documentAST as DocumentNode).loc?.source.body;
        if (!valid && text !== undefined) documentCache.delete(text);
      },
  });
  return { documentCache, useForgottenDocuments };
}
