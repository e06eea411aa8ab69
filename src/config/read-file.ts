// Reads a configuration file in YAML or JSON. Problems are reported by line and column. The parser's messages quote the file, so only
// their codes are used.
import { readFile } from 'node:fs/promises';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml';
import { ConfigError } from './parse-section.ts';
import { decodeText } from './text-file.ts';

/** The maximum number of values that a YAML alias may stand for. It prevents exponential expansion. */
const MAX_ALIASES = 10_000;

/** Messages for the parser's error codes. Other codes are reported as they are. */
const MESSAGES: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'has a * or & without a name; put text that begins with one in quotes',
  BAD_DQ_ESCAPE: 'has an escape that YAML does not know; write \\\\ for a backslash, or use single quotes',
  BAD_INDENT: 'has the wrong indentation',
  BAD_SCALAR_START: 'has text that begins with a reserved character; put it in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'has a colon inside text; put the text in quotes',
  DUPLICATE_KEY: 'has a key that this mapping already has',
  MISSING_CHAR: 'lacks a quote, bracket, comma or colon here or before',
  MULTILINE_IMPLICIT_KEY: 'has a key that spans several lines, or lacks a colon',
  MULTIPLE_DOCS: 'begins a second document; a configuration is one document',
  TAB_AS_INDENT: 'is indented by a tab; use spaces',
  TAG_RESOLVE_FAILED: 'has an unknown tag; use ${NAME} or ${file:path} to reference a value',
};

const messageOf = (code: string): string => MESSAGES[code] ?? `is not valid YAML (${code})`;

const UNKNOWN_ALIAS = 'has an alias without an anchor; put text that begins with * in quotes';
const CIRCULAR_ALIAS = 'has an alias inside its own anchor';
const BAD_MERGE = 'has a merge key (<<) whose value is not a mapping';

type Anchors = ReadonlyMap<string, Node>;

function isMergeable(value: unknown, anchors: Anchors): boolean {
  const target = isAlias(value) ? anchors.get(value.source) : value;
  if (isSeq(target)) return target.items.every((item) => isMergeable(item, anchors));
  // An alias without an anchor is reported as such.
  return isMap(target) || (isAlias(value) && target === undefined);
}

/** Returns the problems of aliases and merge keys. The parser would report only the first of them. */
function referenceProblems(document: Document.Parsed, lines: LineCounter): string[] {
  const problems: string[] = [];
  const anchors = new Map<string, Node>();
  const report = ({ range }: Node, what: string) =>
    void problems.push(`${locationOf(lines, range?.[0] ?? 0)}: ${what}`);
  visit(document, {
    Node: (_key, node, path) => {
      if (!isAlias(node)) return void (node.anchor !== undefined && anchors.set(node.anchor, node));
      const target = anchors.get(node.source);
      if (!target) report(node, UNKNOWN_ALIAS);
      else if (path.includes(target)) report(node, CIRCULAR_ALIAS);
      return undefined;
    },
    Pair: (_key, { key, value }) => {
      // The parser represents a merge key as a symbol.
      if (isScalar(key) && typeof key.value === 'symbol' && !isMergeable(value, anchors)) report(key, BAD_MERGE);
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
    throw new ConfigError([`(file): has an alias that stands for more than ${limit} values`]);
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch {
    throw new ConfigError(['(file): cannot be read']);
  }
}

/** Returns the content of a YAML or JSON file. @throws ConfigError */
export async function readConfigFile(path: string): Promise<unknown> {
  const text = decodeText(await readBytes(path));
  if (text === null) throw new ConfigError(['(file): is not UTF-8 text']);
  const lines = new LineCounter();
  // Without `logLevel`, the parser would print warnings that quote keys.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true, logLevel: 'error' });
  // The parser only warns of an unknown tag, and ignores the tag.
  const unknownTags = document.warnings.filter(({ code }) => code === 'TAG_RESOLVE_FAILED');
  const problems = [...document.errors, ...unknownTags].map(
    ({ code, pos }) => `${locationOf(lines, pos[0])}: ${messageOf(code)}`,
  );
  if (problems.length === 0) problems.push(...referenceProblems(document, lines));
  if (problems.length > 0) throw new ConfigError(problems);
  return toValue(document);
}
