// Reads a configuration file: YAML, of which JSON is a part. What is wrong is told by line and column; the parser's own messages
// quote the file, and nothing of them is kept but their codes.
import { readFile } from 'node:fs/promises';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml';
import { ConfigError } from './sections.ts';
import { decodeText } from './text-file.ts';

/** How often one alias may repeat something, times what is repeated inside it: far more than a configuration needs, and no bomb. */
const MAX_ALIASES = 10_000;

/** What the parser's codes mean for somebody who writes a configuration; the others are told by their code. */
const MISTAKES: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'has a * or & without a name; put a text that begins with one in quotes',
  BAD_DQ_ESCAPE: 'has an escape that YAML does not know; write \\\\ for a backslash, or use single quotes',
  BAD_INDENT: 'is not indented as deep as it should be, or too deep',
  BAD_SCALAR_START: 'has a text that begins with a reserved character; put it in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'has a colon inside a text; put the text in quotes',
  DUPLICATE_KEY: 'has a key that this mapping has already',
  MISSING_CHAR: 'lacks a quote, bracket, comma or colon, here or before',
  MULTILINE_IMPLICIT_KEY: 'has a key that goes over several lines, or lacks a colon',
  MULTIPLE_DOCS: 'begins a second document; a configuration is one document',
  TAB_AS_INDENT: 'is indented by a tab; use spaces',
  TAG_RESOLVE_FAILED: 'has a tag that is not known here; ${NAME} and ${file:path} stand for values from elsewhere',
};

const mistakeOf = (code: string): string => MISTAKES[code] ?? `is not valid YAML (${code})`;

const UNKNOWN_ALIAS = 'has an alias that leads nowhere; put a text that begins with * in quotes';
const CIRCULAR_ALIAS = 'has an alias inside what it stands for';
const BAD_MERGE = 'has a merge key (<<) whose value is not a mapping';

type Anchors = ReadonlyMap<string, Node>;

function isMergeable(value: unknown, anchors: Anchors): boolean {
  const target = isAlias(value) ? anchors.get(value.source) : value;
  if (isSeq(target)) return target.items.every((item) => isMergeable(item, anchors));
  // An alias that leads nowhere is told of as such.
  return isMap(target) || (isAlias(value) && target === undefined);
}

/** What the parser finds only while it makes values, and then the first of it alone. */
function referenceProblems(document: Document.Parsed, lines: LineCounter): string[] {
  const problems: string[] = [];
  const anchors = new Map<string, Node>();
  const tell = ({ range }: Node, what: string) => void problems.push(`${locationOf(lines, range?.[0] ?? 0)}: ${what}`);
  visit(document, {
    Node: (_key, node, path) => {
      if (!isAlias(node)) return void (node.anchor !== undefined && anchors.set(node.anchor, node));
      const target = anchors.get(node.source);
      if (!target) tell(node, UNKNOWN_ALIAS);
      else if (path.includes(target)) tell(node, CIRCULAR_ALIAS);
      return undefined;
    },
    Pair: (_key, { key, value }) => {
      // The parser makes a symbol of a key that merges.
      if (isScalar(key) && typeof key.value === 'symbol' && !isMergeable(value, anchors)) tell(key, BAD_MERGE);
    },
  });
  return problems;
}

const locationOf = (lines: LineCounter, position: number): string => {
  const { line, col } = lines.linePos(position);
  return `(file) line ${line}, column ${col}`;
};

function toValue(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw new ConfigError(['(file): cannot be read as YAML']);
    const limit = MAX_ALIASES.toLocaleString('en');
    throw new ConfigError([`(file): uses aliases too often: one of them stands for more than ${limit} values`]);
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch {
    throw new ConfigError(['(file): cannot be read']);
  }
}

/** What a YAML or JSON file holds. @throws ConfigError */
export async function readConfigFile(path: string): Promise<unknown> {
  const text = decodeText(await readBytes(path));
  if (text === null) throw new ConfigError(['(file): is not UTF-8 text']);
  const lines = new LineCounter();
  // The parser would print a warning that quotes keys.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true, logLevel: 'error' });
  // For the parser an unknown tag is a warning, and its value is taken as if there were no tag.
  const unknownTags = document.warnings.filter(({ code }) => code === 'TAG_RESOLVE_FAILED');
  const problems = [...document.errors, ...unknownTags].map(
    ({ code, pos }) => `${locationOf(lines, pos[0])}: ${mistakeOf(code)}`,
  );
  if (problems.length === 0) problems.push(...referenceProblems(document, lines));
  if (problems.length > 0) throw new ConfigError(problems);
  return toValue(document);
}
