// The files of src/ as text, for tests that hold what no type can: who imports whom, and where a word may stand.
import { readdir, readFile } from 'node:fs/promises';
import { posix } from 'node:path';

export interface SourceFile {
  /** From src/ on, as `vendors/omni/index.ts`. */
  readonly path: string;
  readonly text: string;
}

export interface Import {
  readonly from: string;
  /** A path from src/ on, or the name of a package. */
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

// A regular expression literal comes first, so that a quote inside it opens no string.
const TOKEN =
  /(?<=(?:[=(,:!&|?{;>]|\breturn)\s*)\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/|\/\/.*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/y;

const newlinesOf = (text: string): string => text.replace(/[^\n]/g, '');

function keep(token: string): string {
  if (token.startsWith('//') || token.startsWith('/*')) return newlinesOf(token);
  return token.startsWith('/') || !token.includes(' ') ? token : "''";
}

interface Scan {
  readonly code: string;
  /** Where to go on. */
  readonly at: number;
}

/** A template from its first backtick on: the code inside stays, a part with a blank goes. */
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

/** Code up to the brace that closes it, or to the end. */
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

/** The code without comments and without texts for people (strings with a blank); lines keep their numbers. */
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

/** Each place in the code where the pattern is found, as `path:line found`. */
export const placesOf = (file: SourceFile, pattern: RegExp): string[] =>
  codeOf(file)
    .split('\n')
    .flatMap((line, at) => (line.match(pattern) ?? []).map((found) => `${file.path}:${at + 1} ${found}`));
