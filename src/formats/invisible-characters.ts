// Finds characters that a reader cannot see: control and format characters, and spaces that the space bar does not produce.
// They are copied from web pages and documents by accident, and they turn a host, a user or a password into a different value.

/** Control and format characters, line separators, unpaired surrogates, and all other characters that a font does not draw. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]/u;

/** Every space character except U+0020. */
const UNUSUAL_SPACE = /(?! )\p{Zs}/u;

const INVISIBLE_OR_SPACE = new RegExp(`${INVISIBLE.source}|${UNUSUAL_SPACE.source}`, 'u');

/** The name of each kind of character. The first pattern that matches decides. */
const KINDS: readonly (readonly [pattern: RegExp, kind: string])[] = [
  [/\t/, 'a tab'],
  [/[\n\r\v\f\u0085\u2028\u2029]/, 'a line break'],
  [/\ufeff/, 'a byte-order mark'],
  [/[\u200b-\u200d\u2060]/, 'a zero-width character'],
  [/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/, 'a text direction mark'],
  [/\u00ad/, 'a soft hyphen'],
  [/[\u00a0\u202f]/, 'a no-break space'],
  [/\p{Zs}/u, 'an unusual space'],
  [/\p{Cs}/u, 'half a character'],
  [/\p{Cc}/u, 'a control character'],
];

export interface InvisibleCharacter {
  /** The kind of the character with its article, such as `a tab`. */
  readonly kind: string;
  /** The position in the text, counted in characters from 1. */
  readonly position: number;
}

const kindOf = (character: string): string =>
  KINDS.find(([pattern]) => pattern.test(character))?.[1] ?? 'an invisible character';

/** Returns the first character of the text that is invisible or an unusual space, or null if there is none. */
export function findInvisible(text: string): InvisibleCharacter | null {
  const match = INVISIBLE_OR_SPACE.exec(text);
  if (!match) return null;
  return { kind: kindOf(match[0]), position: Array.from(text.slice(0, match.index)).length + 1 };
}

/** Joiners between letters and the variation selectors of emoji. They are part of how words are written. */
const USED_IN_WORDS = /(?<=[^\p{ASCII}])[\u200c\u200d]|[\ufe0e\ufe0f]/gu;

/** Returns the same as `findInvisible` for a text that people read, such as a connection's name: joiners and emoji are allowed. */
export const findInvisibleInLabel = (text: string): InvisibleCharacter | null =>
  findInvisible(text.replace(USED_IN_WORDS, '_'));

/** Returns the message of the issue for an invisible character. */
export const invisibleMessage = ({ kind, position }: InvisibleCharacter): string =>
  `Must not contain ${kind} (character ${position}): it is invisible and changes the value.`;

/** The same characters as ranges for the `pattern` of a JSON Schema, where Unicode classes are not available. */
export const INVISIBLE_RANGES = String.raw`\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb`;

// A single code unit of a surrogate pair belongs to a visible character.
const isTrimmable = (unit: string): boolean =>
  /\s/.test(unit) || (INVISIBLE_OR_SPACE.test(unit) && !/[\ud800-\udfff]/.test(unit));

/** Returns the text without white space and invisible characters at its ends, in linear time. */
export function trimInvisible(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isTrimmable(text[start] as string)) start += 1;
  while (end > start && isTrimmable(text[end - 1] as string)) end -= 1;
  return text.slice(start, end);
}

/** Returns whether the text begins or ends with white space or an invisible character. */
export const hasInvisibleEnds = (text: string): boolean => text !== trimInvisible(text);
