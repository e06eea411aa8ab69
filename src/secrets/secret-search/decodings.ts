// Decodes a text in every way that a vendor's message may encode a secret: escapes, base64, hex, reversed text and others, also nested.
// It knows nothing about secrets.

/** Returns the texts that one decoding yields, or none if the text has nothing to decode. */
type Decoder = (text: string) => readonly string[];

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

const decodeBackslashes: Decoder = (text) =>
  text.includes('\\')
    ? [
        text.replace(
          /\\u([0-9a-f]{4})|\\u\{([0-9a-f]{1,5})\}|\\x([0-9a-f]{2})|\\(.)/gis,
          (_whole, four?: string, braced?: string, two?: string, character = '') => {
            const hex = four ?? braced ?? two;
            return hex === undefined
              ? (CONTROLS[character] ?? character)
              : String.fromCodePoint(Number.parseInt(hex, 16));
          },
        ),
      ]
    : [];

const fromPercent = (text: string): string =>
  text
    .replace(/%u([0-9a-f]{4})/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());

const decodePercents: Decoder = (text) =>
  // In form encoding a plus is a blank. In other encodings it is a plus.
  /[%+]/.test(text) ? [fromPercent(text), fromPercent(text.replaceAll('+', ' '))] : [];

/** HTML's names of the ASCII signs, each followed by its sign. */
const ENTITIES =
  'excl!quot"num#dollar$percnt%amp&apos\'lpar(rpar)ast*plus+comma,period.sol/colon:semi;lt<equals=gt>quest?commat@lsqb[bsol\\rsqb]Hat^lowbar_grave`lcub{verbar|rcub}nbsp ';
const SIGN_BY_ENTITY = new Map(
  [...ENTITIES.matchAll(/([A-Za-z]+)([^A-Za-z])/g)].map(([, name = '', sign = '']) => [name, sign]),
);

const MAX_CODE_POINT = 0x10_ffff;

function characterOf(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return SIGN_BY_ENTITY.get(name) ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code <= MAX_CODE_POINT ? String.fromCodePoint(code) : whole;
}

const decodeEntities: Decoder = (text) =>
  text.includes('&') ? [text.replace(/&(?:#(\d{1,8})|#x([0-9a-f]{1,6})|([a-z]{2,6}));?/gi, characterOf)] : [];

/** Returns the readable text in byte sequences. Bytes that are no text are dropped, which limits the work. */
function readableText(byteSequences: readonly Buffer[]): string[] {
  const runs = byteSequences.flatMap((bytes) =>
    bytes
      .toString()
      .replaceAll('\0', '') // UTF-16 has a zero byte beside each ASCII character.
      .split(/[^\P{Cc}\s]+|\uFFFD+/u)
      .filter(({ length }) => length >= 3),
  );
  return runs.length > 0 ? [runs.join('\n')] : [];
}

/** Returns a decoder of tokens. A token may be truncated or follow other letters, so it is decoded from several starts. */
const tokenDecoder =
  (tokens: RegExp, encoding: 'base64' | 'hex', starts: readonly number[]): Decoder =>
  (text) => {
    const found = text.match(tokens) ?? [];
    return starts.flatMap((start) => readableText(found.map((token) => Buffer.from(token.slice(start), encoding))));
  };

const decodeBase64 = tokenDecoder(/[A-Za-z0-9+/_-]{4,}/g, 'base64', [0, 1, 2, 3]);
const decodeHex = tokenDecoder(/[0-9a-f]{6,}/gi, 'hex', [0, 1]);

/** Decodes bytes in a list of numbers, as Node prints a buffer in JSON. */
const decodeByteLists: Decoder = (text) => {
  const lists = text.match(/\d{2,3}(?:[,\s]{1,3}\d{2,3}){2,}/g) ?? [];
  return readableText(lists.map((list) => Buffer.from(list.split(/[,\s]+/).map(Number))));
};

const reverse: Decoder = (text) => [Array.from(text).toReversed().join('')];
const removeSpaces: Decoder = (text) => [text.replace(/\s+/g, '')];
const keepLettersAndDigits: Decoder = (text) => [lettersAndDigitsOf(text)];

/** Removes a separator that follows every character, as in `s-e-c-r-e-t`. Other separators may be part of the text and are kept. */
const removeSeparators: Decoder = (text) => [
  text.replace(/.([^\p{L}\p{N}\s])(?:.\1){3,}.?/gsu, (run) =>
    Array.from(run)
      .filter((_, at) => at % 2 === 0)
      .join(''),
  ),
];

/** Returns only the letters and digits of a text. */
export const lettersAndDigitsOf = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '');

/** Decoders of escapes, which people can still read when they are encoded. */
export const ESCAPE_DECODERS: readonly Decoder[] = [decodeBackslashes, decodePercents, decodeEntities];

/** Decoders of escapes and of binary-to-text encodings. */
export const CODE_DECODERS: readonly Decoder[] = [...ESCAPE_DECODERS, decodeBase64, decodeHex, decodeByteLists];

export const ALL_DECODERS: readonly Decoder[] = [
  ...CODE_DECODERS,
  reverse,
  removeSpaces,
  removeSeparators,
  keepLettersAndDigits,
];

/** The limits of decoding. */
interface Limits {
  /** How many encodings may be nested. */
  readonly depth: number;
  /** How many characters all texts together may have. */
  readonly maxCharacters: number;
}

/** Returns the texts and everything that can be decoded from them, or null if it exceeds `maxCharacters`. */
export function decodeRepeatedly(
  texts: readonly string[],
  decoders: readonly Decoder[],
  { depth, maxCharacters }: Limits,
): string[] | null {
  const found = new Set(texts);
  let characters = texts.reduce((sum, { length }) => sum + length, 0);
  let layer: readonly string[] = [...found];
  for (let level = 0; level < depth && characters <= maxCharacters; level += 1) {
    const next: string[] = [];
    for (const text of layer) {
      for (const decoded of decoders.flatMap((decode) => decode(text))) {
        if (decoded.length < 3 || found.has(decoded)) continue;
        characters += decoded.length;
        if (characters > maxCharacters) return null;
        found.add(decoded);
        next.push(decoded);
      }
    }
    layer = next;
  }
  return characters > maxCharacters ? null : [...found];
}
