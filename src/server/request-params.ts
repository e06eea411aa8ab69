// Parses the GraphQL parameters of a request: of a POST from JSON only, of a GET from the URL. No error quotes the request.
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { codingOf, decodeBody } from './content-encoding.ts';
import { bodyTooLarge, BYTES_PER_KB, httpError } from './request-errors.ts';
import { contentTypeProblem } from './media-type.ts';
import { withPersistedQuery } from './persisted-queries.ts';

const FIELDS = new Set(['query', 'variables', 'operationName', 'extensions']);
/** The parameter for a persisted document, from the appendix of GraphQL over HTTP. */
const DOCUMENT_ID = 'documentId';

const EMPTY = 'The body is empty. Send a JSON object with a `query`.';

/** Returns the reason why bytes are not UTF-8, if the first two bytes show it. */
function otherFormatProblem([first, second]: Uint8Array, coding: string | null): string | null {
  if (coding === null && first === 0x1f && second === 0x8b)
    return 'The body is gzip, but the request has no `Content-Encoding: gzip`.';
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return isUtf16 || first === 0 || second === 0 ? 'The body is UTF-16. Send it as UTF-8.' : null;
}

/**
 * Returns the text of a body, without a byte order mark.
 * @throws GraphQLError for bytes that are not UTF-8. Decoding them leniently would change a secret.
 */
function decodeText(bytes: Uint8Array, coding: string | null): string {
  const problem = otherFormatProblem(bytes, coding);
  if (problem !== null) throw httpError(problem, 400);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw httpError('The body is not valid UTF-8.', 400);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw httpError('The body is not valid JSON.', 400); // the parser's own message quotes it
  }
}

function toParams(body: unknown): GraphQLParams {
  if (Array.isArray(body)) {
    throw httpError('The body is a list. Batches are not supported: send one JSON object in each request.', 400);
  }
  if (body === null || typeof body !== 'object') {
    throw httpError('The body must be a JSON object with a `query`.', 400);
  }
  if (DOCUMENT_ID in body && !('query' in body)) {
    const { [DOCUMENT_ID]: documentId, ...params } = body;
    return withPersistedQuery(toParams(params), documentId);
  }
  if (Object.keys(body).some((key) => !FIELDS.has(key))) {
    throw httpError('The body may only hold `query`, `variables`, `operationName` and `extensions`.', 400);
  }
  return body;
}

/**
 * Reads the body by its stream. The other methods of a request keep the bytes in it, and with them the secrets of the body.
 * @throws GraphQLError with status 413 as soon as the body is too large.
 */
async function readBody({ headers, body }: Request, bodyKb: number): Promise<Uint8Array> {
  const maxBytes = bodyKb * BYTES_PER_KB;
  if (Number(headers.get('content-length')) > maxBytes) throw bodyTooLarge(bodyKb);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.byteLength;
    if (length > maxBytes) throw bodyTooLarge(bodyKb);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function readPost(request: Request, bodyKb: number): Promise<GraphQLParams> {
  const problem = contentTypeProblem(request.headers.get('content-type'));
  if (problem !== null) throw httpError(problem, 415, { accept: 'application/json' });
  const coding = codingOf(request.headers.get('content-encoding'));
  const bytes = await readBody(request, bodyKb);
  if (bytes.byteLength === 0) throw httpError(EMPTY, 400);
  const text = decodeText(await decodeBody(bytes, coding, bodyKb), coding);
  if (text.trim() === '') throw httpError(EMPTY, 400);
  return toParams(parseJson(text));
}

type Parser = (request: Request) => GraphQLParams | Promise<GraphQLParams>;

async function readGet(request: Request, parser: Parser): Promise<GraphQLParams> {
  let params: GraphQLParams;
  try {
    params = await parser(request);
  } catch {
    throw httpError('`variables` and `extensions` in the URL must be JSON.', 400);
  }
  const documentId = new URL(request.url, 'http://localhost').searchParams.get(DOCUMENT_ID);
  return documentId !== null && params.query === undefined ? withPersistedQuery(params, documentId) : params;
}

/**
 * Replaces Yoga's request parsers.
 * @param options.get whether GET executes queries.
 * @param options.bodyKb the limit of a body, encoded and decoded, in units of 1000 bytes.
 */
export const useRequestParams = ({
  get: allowsGet,
  bodyKb,
}: {
  readonly get: boolean;
  readonly bodyKb: number;
}): Plugin => ({
  onRequestParse: ({ request, requestParser, setRequestParser }) => {
    if (request.method !== 'POST' && !allowsGet) {
      const message = 'This gateway accepts POST requests only. Send the operation as JSON in the body of a POST.';
      throw httpError(message, 405, { allow: 'POST' });
    }
    if (request.method === 'POST') return setRequestParser(async (post) => readPost(post, bodyKb));
    if (request.method === 'GET' && requestParser) {
      return setRequestParser(async (get) => readGet(get, requestParser as Parser));
    }
    return undefined;
  },
});
