// A query that meets all limits of documents at once, by default.
import { Lexer, Source, TokenKind } from 'graphql';

/** The limits; with this page size the complexity is between 90 % and 100 % of its limit. */
export const AT_ALL_LIMITS = {
  tokens: 4000,
  depth: 15,
  aliases: 60,
  directives: 50,
  rootFields: 60,
  listItems: 100,
  first: 88,
};

/** The root fields with an alias and a directive. They hold the fields that fill the document up to its number of tokens. */
const FILLED = 40;
/** The root fields that are written out. */
const OTHERS = 3;

const times = (count, text) => Array.from({ length: count }, (_, at) => text(at)).join(' ');

function countTokens(text) {
  const lexer = new Lexer(new Source(text));
  let tokens = 0;
  while (lexer.advance().kind !== TokenKind.EOF) tokens += 1;
  return tokens;
}

/** @param names the number of fields that fill the document. */
function write({ depth, aliases, directives, rootFields, listItems, first }, names) {
  const perField = Math.floor(names / FILLED);
  const filled = times(
    FILLED,
    (at) => `a${at}: viewer @include(if: true) { ${'name '.repeat(perField + (at < names % FILLED ? 1 : 0))} }`,
  );
  const directive = (at) => (at < directives - FILLED ? ' @skip(if: false)' : '');
  const aliased = times(aliases - FILLED, (at) => `b${at}: name${directive(at)}`);
  const levels = depth - 5;
  const deep = `__schema { types { fields { type ${'{ ofType '.repeat(levels)} { name } ${'}'.repeat(levels)} } } }`;
  const values = times(listItems, (at) => `"connection_${String(at).padStart(5, '0')}"`);
  const list = `connections(first: 200, filter: { name: { in: [${values}] } }) {
    nodes { instance { connections(first: ${first}) { nodes { id name } } } }
  }`;
  return `{ ${filled} viewer { ${aliased} } ${deep} ${list} ${'__typename '.repeat(rootFields - FILLED - OTHERS)} }`;
}

/** Returns a query with these amounts. */
export function documentOf(amounts) {
  const withoutNames = write(amounts, 0);
  return write(amounts, amounts.tokens - countTokens(withoutNames));
}
