// What is wrong with the syntax of a document: what was expected and which kind of token was found. graphql-js shows the token's
// text in its message; here only words of its grammar are kept.
import { Lexer, TokenKind, type GraphQLError, type Source, type Token } from 'graphql';

/** A token that is more than one sign, by graphql-js's name for its kind. */
const NOUNS: Readonly<Record<string, string>> = {
  '<EOF>': 'the end of the document',
  Name: 'a name',
  Int: 'a whole number',
  Float: 'a number',
  String: 'a string',
  BlockString: 'a block string',
};

const KIND = String.raw`"(?:[!?$&()=@[\]{}|:]|\.\.\.)"|Name|Int|Float|String|BlockString|<EOF>`;
/** `"on"` and the like are words of the grammar. */
const EXPECTED = new RegExp(`^Syntax Error: Expected (${KIND}|"[a-z]+"), found (${KIND})`);
const UNEXPECTED = new RegExp(`^Syntax Error: Unexpected (${KIND})`);

/** How the messages of the lexer and of two rules begin, with what each means. */
const OTHERS: readonly (readonly [start: string, reason: string])[] = [
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

/** What the grammar has where graphql-js only says that a token is unexpected: a definition, or inside brackets a value. */
function wantedAt(source: Source, position: number): string | null {
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

/** Made of words of the grammar, whatever the document holds; null where nothing more is known. */
export function syntaxReason({ message, source, positions }: GraphQLError): string | null {
  const [, wanted, found] = EXPECTED.exec(message) ?? [];
  if (wanted !== undefined && found !== undefined) return `expected ${nounOf(wanted)}, found ${nounOf(found)}`;
  const [, unexpected] = UNEXPECTED.exec(message) ?? [];
  if (unexpected !== undefined) {
    const [position] = positions ?? [];
    const other = source && position !== undefined ? wantedAt(source, position) : null;
    return other === null
      ? `${nounOf(unexpected)} is not allowed here`
      : `expected ${other}, found ${nounOf(unexpected)}`;
  }
  return OTHERS.find(([start]) => message.startsWith(`Syntax Error: ${start}`))?.[1] ?? null;
}
