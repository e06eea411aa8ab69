// Characters that nobody sees in a text, and blanks that no keyboard's space bar makes. They come along when a value is copied
// from a web page or a document, and a host, a user or a password with one of them in it is another one.

/** Control and format characters, line separators, and everything else that a font draws as nothing; half a character too. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]/u;

/** Every blank but the usual one. */
const UNUSUAL_BLANK = /(?! )\p{Zs}/u;

const SUSPECT = new RegExp(`${HIDDEN.source}|${UNUSUAL_BLANK.source}`, 'u');

/** The name of each kind; the first that fits counts. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/\t/, 'a tab'],
  [/[\n\r\v\f\u0085\u2028\u2029]/, 'a line break'],
  [/\ufeff/, 'a byte-order mark'],
  [/[\u200b-\u200d\u2060]/, 'a zero-width character'],
  [/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/, 'a mark of text direction'],
  [/\u00ad/, 'a soft hyphen'],
  [/[\u00a0\u202f]/, 'a no-break space'],
  [/\p{Zs}/u, 'an unusual blank'],
  [/\p{Cs}/u, 'half a character'],
  [/\p{Cc}/u, 'a control character'],
];

export interface InvisibleCharacter {
  /** The kind of the character, with its article: `a tab`. */
  readonly what: string;
  /** Its place in the text, counted in characters from 1. */
  readonly at: number;
}

const kindOf = (character: string): string =>
  KINDS.find(([kind]) => kind.test(character))?.[1] ?? 'an invisible character';

/** The first character that cannot be seen, or is an unusual blank; null when there is none. */
export function findInvisible(text: string): InvisibleCharacter | null {
  const found = SUSPECT.exec(text);
  if (!found) return null;
  return { what: kindOf(found[0]), at: Array.from(text.slice(0, found.index)).length + 1 };
}

/** Joiners between letters and the selectors of emoji: part of how a word is written. A name for people may hold them. */
const OF_WRITING = /(?<=[^\p{ASCII}])[\u200c\u200d]|[\ufe0e\ufe0f]/gu;

/** The same for a text that is only shown to people, as the name of a connection is. */
export const findInvisibleInLabel = (text: string): InvisibleCharacter | null =>
  findInvisible(text.replace(OF_WRITING, '_'));

export const invisibleMessage = ({ what, at }: InvisibleCharacter): string =>
  `Must not hold ${what} (character ${at}): it cannot be seen, and makes another value of it.`;

/** The same characters for the `pattern` of a JSON Schema, which knows no classes by name. */
export const INVISIBLE_RANGES = String.raw`\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb`;

// Half of a pair belongs to a character that can be seen.
const isAroundText = (unit: string): boolean =>
  /\s/.test(unit) || (SUSPECT.test(unit) && !/[\ud800-\udfff]/.test(unit));

/** The text without blanks and invisible characters at its ends. It takes time in proportion to the text. */
export function trimInvisible(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isAroundText(text[start] as string)) start += 1;
  while (end > start && isAroundText(text[end - 1] as string)) end -= 1;
  return text.slice(start, end);
}

export const hasInvisibleEnds = (text: string): boolean => text !== trimInvisible(text);
