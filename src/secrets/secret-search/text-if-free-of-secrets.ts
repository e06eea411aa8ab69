// Decides whether a vendor's message may be shown to the caller. The message is shown as a whole or not at all: a message with blanked
// parts would show where the secret was. docs/secrets.md says why vendor messages are shown.
import type { Secret } from '../secret.ts';
import { decodeRepeatedly, ESCAPE_DECODERS } from './decodings.ts';
import { SearchableText } from './secret-search.ts';

/** In characters. The rest of a longer message is not shown. */
const MAX_SHOWN = 500;
/** In characters. The limit of all texts that are decoded from the message to look for `SECRET_SHAPES`. */
const MAX_DECODED = 100_000;

const UUIDS = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;

/** Texts that look like a secret of anybody. A message with one of them is not shown. */
const SECRET_SHAPES: readonly RegExp[] = [
  // The user info of a URL.
  /:\/\/[^\s:]*:[^\s]*@/,
  // An assignment in JSON, YAML, a URL or a command. `password: YES` (MySQL) and `password: Required` (Omni) are allowed.
  /(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|credentials?|authorization|(?:api|access|private|account)[_-]?key)\w*["'\\\]]*\s*[:=]+\s*(?!(?:yes|no|required)\b)\S/i,
  /\bbearer\s+\S/i,
  /-----(?:BEGIN|END)\b/,
  // A key in base64, base64url or hex.
  /[A-Za-z0-9+/]{32}|[A-Za-z0-9_-]{32}/,
];

const looksSecret = (text: string): boolean => SECRET_SHAPES.some((pattern) => pattern.test(text.replace(UUIDS, ' ')));

/** Returns the text without control characters, direction marks and zero-width characters. */
const visibleText = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\p{C}]+/gu, '')
    .trim();

/**
 * Returns the first 500 characters of a vendor's message, or null if it may contain a piece of a secret.
 * @param secrets all secrets that the message could quote. A secret that is missing here is not found.
 */
export function textIfFreeOfSecrets(text: string, secrets: readonly Secret[]): string | null {
  const shown = visibleText(text);
  if (shown === '') return null;
  const decoded = decodeRepeatedly([text, shown], ESCAPE_DECODERS, { depth: 3, maxCharacters: MAX_DECODED });
  if (decoded === null || decoded.some(looksSecret)) return null;
  const searchable = SearchableText.of([text, shown]);
  if (searchable === null || secrets.some((secret) => secret.isFoundIn(searchable))) return null;
  return Array.from(shown).slice(0, MAX_SHOWN).join('');
}
