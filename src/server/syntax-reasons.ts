// The reasons of syntax errors: the expected token and the kind of the token that was found. The messages of graphql-js quote the
// token's text; these hold only words of GraphQL's grammar.
import { Lexer, TokenKind, type GraphQLError, type Source, type Token } from 'graphql';

/** Nouns for the kinds of tokens that are not punctuators. */
const NOUNS: Readonly<Record<string, string>> = {
  '<EOF>': 'the end of the document',
  Name: 'a name',
  Int: 'a whole number',
  Float: 'a number',
  String: 'a string',
  BlockString: 'a block string',
};

const KIND = String.raw`"(?:[!?$&()=@[\]{}|:]|\.\.\.)"|Name|Int|Float|String|BlockString|<EOF>`;
/** The expected part may be a keyword such as `"on"`. */
const EXPECTED = new RegExp(`^Syntax Error: Expected (${KIND}|"[a-z]+"), found (${KIND})`);
const UNEXPECTED = new RegExp(`^Syntax Error: Unexpected (${KIND})`);

/** The beginnings of other messages of the lexer and the parser, each with its reason. */
const OTHER_MESSAGES: readonly (readonly [start: string, reason: string])[] = [
  ['Unterminated string', 'a string is not closed'],
  ['Unexpected single quote', 'a string is written in double quotes, not in single quotes'],
  ['Unexpected variable', 'a variable is not allowed in a constant value'],
  ['Unexpected description', 'a description is not allowed here'],
  ['Unexpected character', 'this character is not allowed here'],
  ['Invalid character escape', 'a string has an escape sequence that does not exist'],
  ['Invalid Unicode escape', 'a string has a Unicode escape sequence that is not valid'],
  ['Invalid character within String', 'a string has a character that must be escaped'],
  ['Invalid character', 'this character is not allowed in a document'],
  ['Invalid number', 'a number is not well formed'],
];

const nounOf = (kind: string): string => NOUNS[kind] ?? kind;

const OPENING = new Set<string>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING = new Set<string>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/**
 * Returns what the grammar expects at a position where graphql-js reports only an unexpected token: a value inside brackets, a
 * definition outside; null when it cannot be said.
 */
function expectedAt(source: Source, position: number): string | null {
  const lexer = new Lexer(source);
  let depth = 0;
  let before: Token | null = null;
  for (let token = lexer.advance(); token.start < position; token = lexer.advance()) {
    if (OPENING.has(token.kind)) depth += 1;
    if (CLOSING.has(token.kind)) depth -= 1;
    before = token;
  }
  if (depth > 0) return 'a value';
  return before?.kind === TokenKind.NAME ? null : 'a query, mutation or fragment';
}

/** Returns the reason of a syntax error, without any text of the document; null when there is none. */
export function syntaxReason({ message, source, positions }: GraphQLError): string | null {
  const [, expected, found] = EXPECTED.exec(message) ?? [];
  if (expected !== undefined && found !== undefined) return `expected ${nounOf(expected)}, found ${nounOf(found)}`;
  const [, unexpected] = UNEXPECTED.exec(message) ?? [];
  if (unexpected !== undefined) {
    const [position] = positions ?? [];
    const expectedHere = source && position !== undefined ? expectedAt(source, position) : null;
    return expectedHere === null
      ? `${nounOf(unexpected)} is not allowed here`
      : `expected ${expectedHere}, found ${nounOf(unexpected)}`;
  }
  return OTHER_MESSAGES.find(([start]) => message.startsWith(`Syntax Error: ${start}`))?.[1] ?? null;
}
