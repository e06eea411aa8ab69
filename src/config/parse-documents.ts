// Reads the manifest of documents: a JSON file that holds the text of each document by its hash. The persistedDocuments of
// graphql-codegen's client preset write such a file.
import * as z from 'zod';
import { readTextFile } from './text-file.ts';
import type { ParseContext } from './parse-section.ts';

export interface DocumentsConfig {
  /** The texts by their hashes; null without a manifest. */
  readonly manifest: ReadonlyMap<string, string> | null;
  /** Whether only the documents of the manifest are executed. */
  readonly trustedOnly: boolean;
}

const manifestSchema = z.record(z.string().regex(/^[\w:-]{1,200}$/), z.string().min(1));

function readManifest(path: string): ReadonlyMap<string, string> {
  const text = readTextFile(path);
  const problem = new Error('must name a JSON file with an object of hashes and texts of documents');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw problem; // the parser's own message quotes the file
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) throw problem;
  return new Map(Object.entries(parsed.data).map(([hash, document]) => [hash.replace(/^sha256:/, ''), document]));
}

interface DocumentSettings {
  readonly documents: 'any' | 'trusted';
  readonly documentsFile?: string | undefined;
}

/** Returns which documents are executed. Problems are reported to the context. */
export function parseDocuments(settings: DocumentSettings, { problems }: ParseContext): DocumentsConfig {
  const { documents, documentsFile } = settings;
  const trustedOnly = documents === 'trusted';
  if (documentsFile === undefined) {
    if (trustedOnly) problems.push('server.documentsFile: is missing; `documents: trusted` needs it');
    return { manifest: null, trustedOnly };
  }
  try {
    return { manifest: readManifest(documentsFile), trustedOnly };
  } catch (error) {
    problems.push(`server.documentsFile: ${(error as Error).message}`);
    return { manifest: null, trustedOnly };
  }
}
