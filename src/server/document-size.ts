// Checks the text of a document before it is parsed. The parser and the validation are recursive, so a few kilobytes of brackets
// would exhaust the stack.
import { Lexer, Source, TokenKind, type GraphQLError } from 'graphql';
import { exceeded, requestError } from './request-errors.ts';

/** Brackets of all kinds. It protects the stack, so it is no setting. */
const MAX_NESTING = 100;

const OPENING = new Set<string>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING = new Set<string>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

const canExceed = (text: string, maxTokens: number): boolean =>
  text.length > maxTokens || (text.match(/[[{(]/g)?.length ?? 0) > MAX_NESTING;

/** Returns the error for a text with too many tokens or too many nested brackets; null for any other text. */
export function sizeError(text: string, maxTokens: number): GraphQLError | null {
  if (!canExceed(text, maxTokens)) return null;
  const lexer = new Lexer(new Source(text));
  let nesting = 0;
  let tokens = 0;
  try {
    for (let { kind } = lexer.advance(); kind !== TokenKind.EOF; { kind } = lexer.advance()) {
      tokens += 1;
      if (OPENING.has(kind)) nesting += 1;
      if (CLOSING.has(kind)) nesting -= 1;
      if (tokens > maxTokens) return exceeded('tokens', maxTokens, `The document has more than ${maxTokens} tokens`);
      if (nesting > MAX_NESTING) {
        return requestError(`The document is nested deeper than ${MAX_NESTING} levels.`, 'GRAPHQL_VALIDATION_FAILED');
      }
    }
  } catch {
    // A syntax error. The parser reports it.
  }
  return null;
}
