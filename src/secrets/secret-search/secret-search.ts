// Searches a text for pieces of a secret: any six consecutive characters, in any encoding that decodings.ts can undo.
import { ALL_DECODERS, CODE_DECODERS, decodeRepeatedly, ESCAPE_DECODERS, lettersAndDigitsOf } from './decodings.ts';

/** In characters. A shared piece of this length counts as a leak. */
const PIECE_LENGTH = 6;
/** In characters. A shorter secret occurs in many texts by chance, so its absence cannot be proved. */
const MIN_SECRET_LENGTH = 3;
/** Three nested encodings, and spaces that were inserted. */
const MAX_DEPTH = 4;
/** In characters. A text of this size is decoded in about 100 ms. A larger one is not shown. */
const MAX_TEXT_CHARACTERS = 500_000;
/** In characters. Enough for a secret of 64 KiB and everything that is decoded from it. */
const MAX_SECRET_CHARACTERS = 1_000_000;
/** In characters. The base64 of a longer secret is not searched for. */
const MAX_BASE64_INPUT = 1000;

/** Returns one text for all spellings that differ only in case, width or the form of an accent. */
const foldCase = (text: string): string => text.normalize('NFKC').toUpperCase().toLowerCase();

/** A text with everything that can be decoded from it. */
export class SearchableText {
  readonly #texts: readonly string[];
  #pieces: Set<string> | null = null;

  private constructor(texts: readonly string[]) {
    this.#texts = texts;
  }

  /** Decodes the texts. Returns null if that would take too long. */
  static of(texts: readonly string[]): SearchableText | null {
    const decoded = decodeRepeatedly(texts, ALL_DECODERS, { depth: MAX_DEPTH, maxCharacters: MAX_TEXT_CHARACTERS });
    return decoded && new SearchableText([...new Set(decoded.map(foldCase))]);
  }

  #hasPiece(piece: string): boolean {
    if (!this.#pieces) {
      this.#pieces = new Set();
      for (const text of this.#texts) {
        for (let at = 0; at + PIECE_LENGTH <= text.length; at += 1) this.#pieces.add(text.slice(at, at + PIECE_LENGTH));
      }
    }
    return this.#pieces.has(piece);
  }

  /** Returns whether it contains any six consecutive characters of the other text. */
  hasPieceOf(other: string): boolean {
    for (let at = 0; at + PIECE_LENGTH <= other.length; at += 1) {
      if (this.#hasPiece(other.slice(at, at + PIECE_LENGTH))) return true;
    }
    return false;
  }

  /** Returns whether it contains the whole other text. */
  includes(other: string): boolean {
    return this.#texts.some((text) => text.includes(other));
  }
}

function stringsIn(document: unknown): string[] {
  if (typeof document === 'string') return [document];
  if (typeof document !== 'object' || document === null) return [];
  return Object.values(document).flatMap(stringsIn);
}

/** Returns the strings in a JSON document, or none if the text is not JSON. */
function stringsInJson(text: string): string[] {
  try {
    return stringsIn(JSON.parse(text));
  } catch {
    return []; // the parser's message quotes the text
  }
}

/** Returns the users and passwords in URLs, encoded and decoded. The last `@` of a URL ends its user info. */
function userInfoIn(text: string): string[] {
  const encoded = text.split(/\s+/).flatMap((word) => {
    const start = word.indexOf('://');
    const end = word.lastIndexOf('@');
    if (start < 0 || end < start) return [];
    const userInfo = word.slice(start + 3, end);
    const colon = userInfo.indexOf(':');
    return colon < 0 ? [userInfo] : [userInfo.slice(0, colon), userInfo.slice(colon + 1)];
  });
  const limits = { depth: 1, maxCharacters: MAX_SECRET_CHARACTERS };
  return [...encoded, ...(decodeRepeatedly(encoded, ESCAPE_DECODERS, limits) ?? [])];
}

/** Returns the text without the BEGIN and END lines of PEM, which every key has and which are no secret. */
const withoutPemLines = (text: string): string => text.replace(/-----(?:BEGIN|END) [A-Z0-9 ]+-----/g, ' ');

/**
 * Returns the base64 of the secret at each of the three byte offsets. Base64 in one case cannot be decoded, so the encoded secret
 * itself is searched for.
 */
const base64Of = (secret: string): string[] =>
  // A longer secret has so many pieces that, ignoring case, some occur in any text.
  secret.length > MAX_BASE64_INPUT
    ? []
    : [0, 1, 2].map((offset) =>
        lettersAndDigitsOf(Buffer.from(' '.repeat(offset) + secret).toString('base64')).slice(offset && 4),
      );

/** Returns whether a text contains any piece of a secret. It returns true if this cannot be decided. */
export function containsPieceOf(secret: string, text: SearchableText): boolean {
  const body = withoutPemLines(secret);
  const parts = [...stringsInJson(secret).map(withoutPemLines), ...userInfoIn(body)];
  // If the secret itself is an encoded text, its decoded text is secret too.
  const decoded = decodeRepeatedly([body, ...parts], CODE_DECODERS, { depth: 2, maxCharacters: MAX_SECRET_CHARACTERS });
  if (decoded === null || secret.length < MIN_SECRET_LENGTH) return true;
  const wholeParts = [body, ...parts].flatMap((part) => [part, lettersAndDigitsOf(part)]).map(foldCase);
  const shortParts = wholeParts.filter(({ length }) => length >= MIN_SECRET_LENGTH && length < PIECE_LENGTH);
  if (shortParts.some((part) => text.includes(part))) return true;
  const spellings = decoded.flatMap((part) => [part, part.replace(/\s+/g, ''), lettersAndDigitsOf(part)]);
  return [...new Set([...spellings, ...base64Of(body)].map(foldCase))].some((spelling) => text.hasPieceOf(spelling));
}
