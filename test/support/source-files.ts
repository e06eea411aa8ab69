// Reads the files of src/ as text, for tests of rules that types cannot express: import directions, and where a word may occur.
import { readdir, readFile } from 'node:fs/promises';
import { posix } from 'node:path';

export interface SourceFile {
  /** Relative to src/, such as `vendors/omni/index.ts`. */
  readonly path: string;
  readonly text: string;
}

export interface Import {
  readonly from: string;
  /** A path relative to src/, or the name of a package. */
  readonly to: string;
  readonly isPackage: boolean;
  readonly isTypeOnly: boolean;
}

const SRC = new URL('../../src/', import.meta.url);

export async function readSource(): Promise<SourceFile[]> {
  const names = (await readdir(SRC, { recursive: true })).map((name) => name.replaceAll('\\', '/'));
  return Promise.all(
    names
      .filter((name) => name.endsWith('.ts'))
      .toSorted()
      .map(async (path) => ({ path, text: await readFile(new URL(path, SRC), 'utf8') })),
  );
}

// A regular expression literal comes first, so that a quote inside it does not start a string.
const TOKEN =
  /(?<=(?:[=(,:!&|?{;>]|\breturn)\s*)\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/|\/\/.*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/y;

const newlinesOf = (text: string): string => text.replace(/[^\n]/g, '');

function keep(token: string): string {
  if (token.startsWith('//') || token.startsWith('/*')) return newlinesOf(token);
  return token.startsWith('/') || !token.includes(' ') ? token : "''";
}

interface Scan {
  readonly code: string;
  /** The index at which scanning continues. */
  readonly at: number;
}

/** Scans a template literal from its first backtick. Keeps the code inside, and drops text that contains a blank. */
function scanTemplate(text: string, start: number): Scan {
  let code = '`';
  let part = '';
  const close = (): string => (/\s/.test(part) ? newlinesOf(part) : part);
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '`') return { code: `${code}${close()}\``, at: at + 1 };
    if (text.startsWith('${', at)) {
      const inside = scanCode(text, at + 2);
      code += `${close()}\${${inside.code}}`;
      part = '';
      at = inside.at;
    } else if (text[at] === '\\') {
      part += text.slice(at, at + 2);
      at += 1;
    } else {
      part += text[at];
    }
  }
  return { code, at: text.length };
}

/** Scans code up to its closing brace, or to the end. */
function scanCode(text: string, start: number): Scan {
  let code = '';
  let depth = 0;
  for (let at = start; at < text.length;) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[0];
    const next = text[at] ?? '';
    if (next === '`') {
      const template = scanTemplate(text, at);
      code += template.code;
      at = template.at;
      continue;
    }
    if (next === '{') depth += 1;
    if (next === '}') depth -= 1;
    if (depth < 0) return { code, at };
    code += token === undefined ? next : keep(token);
    at += token?.length ?? 1;
  }
  return { code, at: text.length };
}

/** Returns the code without comments and without strings that contain a blank. Line numbers stay the same. */
export const codeOf = ({ text }: SourceFile): string => scanCode(text, 0).code;

const IMPORT =
  /\b(?:import|export)\b(?<names>[^;'"]*?)\bfrom\s*(['"])(?<named>[^'"]+)\2|\bimport\s*\(?\s*(['"])(?<bare>[^'"]+)\4/g;

export const importsOf = (file: SourceFile): Import[] =>
  [...codeOf(file).matchAll(IMPORT)].map(({ groups }) => {
    const target = groups?.['named'] ?? groups?.['bare'] ?? '';
    const isPackage = !target.startsWith('.');
    return {
      from: file.path,
      to: isPackage ? target : posix.join(posix.dirname(file.path), target),
      isPackage,
      isTypeOnly: /^\s*type\b/.test(groups?.['names'] ?? ''),
    };
  });

/** Returns each match of a pattern in the code, as `path:line match`. */
export const placesOf = (file: SourceFile, pattern: RegExp): string[] =>
  codeOf(file)
    .split('\n')
    .flatMap((line, at) => (line.match(pattern) ?? []).map((found) => `${file.path}:${at + 1} ${found}`));
