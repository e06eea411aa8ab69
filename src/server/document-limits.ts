// Limits the nesting and the number of definitions of a document. The parser and the validation are recursive, so a few kilobytes
// of brackets would exhaust the stack. The limit of the size of a body is MAX_BODY_BYTES in request-errors.ts.
import { GraphQLError, Lexer, Source, TokenKind, type DocumentNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** GraphiQL's introspection query has a depth of 15. */
const MAX_DEPTH = 100;
/** Operations and fragments. Each fragment may spread the next, so a chain of them is nested as well. */
const MAX_DEFINITIONS = 200;

const OPENING = new Set<string>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING = new Set<string>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

const limitError = (message: string): GraphQLError =>
  new GraphQLError(message, {
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { spec: true, status: 400 } },
  });

function isTooDeep(text: string): boolean {
  if ((text.match(/[[{(]/g)?.length ?? 0) <= MAX_DEPTH) return false;
  const lexer = new Lexer(new Source(text));
  let depth = 0;
  try {
    for (let { kind } = lexer.advance(); kind !== TokenKind.EOF; { kind } = lexer.advance()) {
      if (OPENING.has(kind)) depth += 1;
      if (CLOSING.has(kind)) depth -= 1;
      if (depth > MAX_DEPTH) return true;
    }
  } catch {
    // A syntax error. The parser reports it.
  }
  return false;
}

/** Refuses documents that exceed the limits. */
export const useDocumentLimits = (): Plugin => ({
  onParse: ({ params: { source } }) => {
    if (isTooDeep(typeof source === 'string' ? source : source.body)) {
      throw limitError(`The document is nested deeper than ${MAX_DEPTH} levels.`);
    }
    return ({ result }) => {
      const { definitions = [] } = (result ?? {}) as Partial<DocumentNode>;
      if (definitions.length > MAX_DEFINITIONS) {
        throw limitError(`The document has more than ${MAX_DEFINITIONS} operations and fragments.`);
      }
    };
  },
});
