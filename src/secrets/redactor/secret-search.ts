// Whether a secret has left a trace in a text: a piece of six characters, in any spelling that the text can be unfolded to.
// It says yes or no and gives nothing of either back.
import { ALL_DECODERS, CODE_DECODERS, ESCAPE_DECODERS, lettersAndDigitsOf, decodeRepeatedly } from './decodings.ts';

const PIECE = 6;
/** What is shorter is found by chance in any text: of such a secret nobody can say that it is not there. */
const SHORTEST = 3;
/** Three spellings one inside another, and the blanks that were put between. */
const DEEPEST = 4;
/** Texts of this size unfold in a tenth of a second; what comes to more is not shown. */
const MOST_CHARACTERS = 500_000;
/** A secret of 64 KiB with all that is decoded from it. */
const MOST_OF_A_SECRET = 1_000_000;
const MOST_SPELLED = 1000;

/** Capitals, widths and ways to write an accent make no difference. */
const folded = (text: string): string => text.normalize('NFKC').toUpperCase().toLowerCase();

/** All that a text can be read as. */
export class SearchableText {
  readonly #texts: readonly string[];
  #pieces: Set<string> | null = null;

  private constructor(texts: readonly string[]) {
    this.#texts = texts;
  }

  /** Null where that would be too much work. */
  static of(texts: readonly string[]): SearchableText | null {
    const all = decodeRepeatedly(texts, ALL_DECODERS, DEEPEST, MOST_CHARACTERS);
    return all && new SearchableText([...new Set(all.map(folded))]);
  }

  #hasPiece(piece: string): boolean {
    if (!this.#pieces) {
      this.#pieces = new Set();
      for (const text of this.#texts) {
        for (let at = 0; at + PIECE <= text.length; at += 1) this.#pieces.add(text.slice(at, at + PIECE));
      }
    }
    return this.#pieces.has(piece);
  }

  /** Whether they hold any six characters of it, one after another. */
  sharePiece(text: string): boolean {
    for (let at = 0; at + PIECE <= text.length; at += 1) {
      if (this.#hasPiece(text.slice(at, at + PIECE))) return true;
    }
    return false;
  }

  hold(text: string): boolean {
    return this.#texts.some((one) => one.includes(text));
  }
}

function textsIn(document: unknown): string[] {
  if (typeof document === 'string') return [document];
  if (typeof document !== 'object' || document === null) return [];
  return Object.values(document).flatMap(textsIn);
}

/** The texts of a JSON document. */
function textsOfJson(value: string): string[] {
  try {
    return textsIn(JSON.parse(value));
  } catch {
    return []; // the parser's own message quotes the text
  }
}

/** User and password of a URL, as they are written and as they are meant; the last @ ends them, whatever is inside. */
function userInfoOf(value: string): string[] {
  const written = value.split(/\s+/).flatMap((word) => {
    const start = word.indexOf('://');
    const end = word.lastIndexOf('@');
    if (start < 0 || end < start) return [];
    const info = word.slice(start + 3, end);
    const colon = info.indexOf(':');
    return colon < 0 ? [info] : [info.slice(0, colon), info.slice(colon + 1)];
  });
  return [...written, ...(decodeRepeatedly(written, ESCAPE_DECODERS, 1, MOST_OF_A_SECRET) ?? [])];
}

/** The first and last line of a PEM text are in every other and no secret. */
const withoutArmour = (value: string): string => value.replace(/-----(?:BEGIN|END) [A-Z0-9 ]+-----/g, ' ');

/** What it looks like in base64 behind each number of bytes: in capitals alone it could not be decoded any more. */
const asBase64 = (value: string): string[] =>
  // Of a long one so many pieces are in no case of letters that some are found in any text.
  value.length > MOST_SPELLED
    ? []
    : [0, 1, 2].map((before) =>
        lettersAndDigitsOf(Buffer.from(' '.repeat(before) + value).toString('base64')).slice(before && 4),
      );

/**
 * Whether there is a trace of a secret.
 * @param value the secret's text.
 */
export function containsPieceOf(value: string, readings: SearchableText): boolean {
  const text = withoutArmour(value);
  const parts = [...textsOfJson(value).map(withoutArmour), ...userInfoOf(text)];
  // A secret that is a code of something: what it stands for is one too.
  const meant = decodeRepeatedly([text, ...parts], CODE_DECODERS, 2, MOST_OF_A_SECRET);
  if (meant === null || value.length < SHORTEST) return true;
  const whole = [text, ...parts].flatMap((one) => [one, lettersAndDigitsOf(one)]).map(folded);
  if (whole.some((one) => one.length >= SHORTEST && one.length < PIECE && readings.hold(one))) return true;
  const forms = [...meant.flatMap((one) => [one, one.replace(/\s+/g, ''), lettersAndDigitsOf(one)]), ...asBase64(text)];
  return [...new Set(forms.map(folded))].some((one) => readings.sharePiece(one));
}
