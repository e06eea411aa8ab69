// Takes a POST only as JSON, and says what is wrong with a request without quoting it. Forms and multipart, which a web page may
// send across sites without asking, are refused.
import { GraphQLError } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';

const FIELDS = new Set(['query', 'variables', 'operationName', 'extensions']);

const bad = (message: string, status: number): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status } } });

const isJson = (contentType: string | null): boolean =>
  /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType ?? '');

async function parse(request: Request): Promise<GraphQLParams> {
  // Read apart from parsing: what the body limit throws here must come through.
  const bytes = await request.arrayBuffer();
  let body: unknown;
  try {
    // Leniently read, a secret with a byte that is no UTF-8 would be stored as another.
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw bad('The body is not valid JSON in UTF-8.', 400); // the parser's own message quotes it
  }
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw bad('The body must be one JSON object with a query.', 400);
  }
  if (Object.keys(body).some((key) => !FIELDS.has(key))) {
    throw bad('The body may hold query, variables, operationName and extensions alone.', 400);
  }
  return body;
}

const quietly =
  <T>(parser: (request: Request) => T | Promise<T>) =>
  async (request: Request): Promise<T> => {
    try {
      return await parser(request);
    } catch {
      throw bad('`variables` and `extensions` in the address must be JSON.', 400);
    }
  };

export const useStrictJson = (): Plugin => ({
  onRequestParse: ({ request, requestParser, setRequestParser }) => {
    if (request.method === 'GET' && requestParser) return setRequestParser(quietly(requestParser));
    if (request.method !== 'POST') return;
    setRequestParser((posted) => {
      if (!isJson(posted.headers.get('content-type'))) {
        throw bad('Send the request as application/json.', 415);
      }
      return parse(posted);
    });
  },
});
