// The cache of parsed documents. Invalid documents are removed from it, because an invalid document may contain a secret.
import type { DocumentNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';

const MAX_DOCUMENTS = 1024;
/** The limit for the total length of the cached documents. */
const MAX_CHARACTERS = 16_000_000;
const ONE_HOUR_MS = 3_600_000;

/** Returns the cache, and the plugin that removes invalid documents from it. */
export function createDocumentCache() {
  const documentCache = new LRUCache<string, DocumentNode>({
    max: MAX_DOCUMENTS,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (_document, text) => text.length,
    ttl: ONE_HOUR_MS,
  });
  const useInvalidDocumentRemoval = (): Plugin => ({
    onValidate:
      ({ params: { documentAST } }) =>
      ({ valid }) => {
        const text = (documentAST as DocumentNode).loc?.source.body;
        if (!valid && text !== undefined) documentCache.delete(text);
      },
  });
  return { documentCache, useInvalidDocumentRemoval };
}
