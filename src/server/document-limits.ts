// Refuses documents that no client means: parser and validation call themselves for each level of nesting, and some
// kilobytes of brackets would exhaust the stack. It must not know the schema.
import { GraphQLError, Lexer, Source, TokenKind, type DocumentNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** GraphiQL's own introspection, the deepest in use, has 15. */
const MAX_DEPTH = 100;
/** Operations and fragments; each fragment may spread the next. */
const MAX_DEFINITIONS = 200;

const OPENING = new Set<string>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING = new Set<string>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

const bad = (message: string): GraphQLError =>
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
    // No GraphQL from there on: the parser stops at the same place, and says so.
  }
  return false;
}

export const useDocumentLimits = (): Plugin => ({
  onParse: ({ params: { source } }) => {
    if (isTooDeep(typeof source === 'string' ? source : source.body)) {
      throw bad(`The document is nested deeper than ${MAX_DEPTH} levels.`);
    }
    return ({ result }) => {
      const { definitions = [] } = (result ?? {}) as Partial<DocumentNode>;
      if (definitions.length > MAX_DEFINITIONS) {
        throw bad(`The document has more than ${MAX_DEFINITIONS} operations and fragments.`);
      }
    };
  },
});
