// The redactor, the one gate through which a text of a vendor's comes out: whole, when it holds no trace of any secret and
// nothing that looks like one, else not at all. A text that is blanked in part would tell where the secret was.
import type { Secret } from '../secret.ts';
import { SearchableText } from './secret-search.ts';
import { ESCAPE_DECODERS, decodeRepeatedly } from './decodings.ts';

/** Characters of a text that are shown. */
const MOST_SHOWN = 500;
const MOST_CHARACTERS = 100_000;

const UUIDS = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;

/** What looks like a secret, whoever's it may be. */
const SHAPES: readonly RegExp[] = [
  // User info in a URL.
  /:\/\/[^\s:]*:[^\s]*@/,
  // An assignment, in JSON, in YAML, in a URL, in a command; but that one was given (MySQL) or is required (Omni) is none.
  /(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|credentials?|authorization|(?:api|access|private|account)[_-]?key)\w*["'\\\]]*\s*[:=]+\s*(?!(?:yes|no|required)\b)\S/i,
  /\bbearer\s+\S/i,
  /-----(?:BEGIN|END)\b/,
  // A key in base64 of either alphabet, or in hex.
  /[A-Za-z0-9+/]{32}|[A-Za-z0-9_-]{32}/,
];

const looksSecret = (text: string): boolean => SHAPES.some((shape) => shape.test(text.replace(UUIDS, ' ')));

/** Without what cannot be seen: controls, marks of direction, characters of no width. */
const visible = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\p{C}]+/gu, '')
    .trim();

/**
 * The beginning of a text, when it may be shown to one who knows these secrets; else null.
 * @param secrets all that the text could quote: one that is missing here is not looked for.
 */
export function redactVendorText(text: string, secrets: readonly Secret[]): string | null {
  const shown = visible(text);
  if (shown === '') return null;
  const plain = decodeRepeatedly([text, shown], ESCAPE_DECODERS, 3, MOST_CHARACTERS);
  if (plain === null || plain.some(looksSecret)) return null;
  const readings = SearchableText.of([text, shown]);
  if (readings === null || secrets.some((secret) => secret.isFoundIn(readings))) return null;
  return Array.from(shown).slice(0, MOST_SHOWN).join('');
}
