// A text in every spelling that it may stand for: escapes undone, codes decoded, turned round, joined, and all of that again.
// It knows no secret and judges nothing.

/** What one way of spelling gives back of a text; nothing where the text has none of it. */
type Decoder = (text: string) => readonly string[];

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

const withoutEscapes: Decoder = (text) =>
  text.includes('\\')
    ? [
        text.replace(
          /\\u([0-9a-f]{4})|\\u\{([0-9a-f]{1,5})\}|\\x([0-9a-f]{2})|\\(.)/gis,
          (_whole, four?: string, braced?: string, two?: string, one = '') => {
            const hex = four ?? braced ?? two;
            return hex === undefined ? (CONTROLS[one] ?? one) : String.fromCodePoint(Number.parseInt(hex, 16));
          },
        ),
      ]
    : [];

const fromPercent = (text: string): string =>
  text
    .replace(/%u([0-9a-f]{4})/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());

const withoutPercents: Decoder = (text) =>
  // A form writes a blank as a plus; elsewhere a plus is one.
  /[%+]/.test(text) ? [fromPercent(text), fromPercent(text.replaceAll('+', ' '))] : [];

/** HTML's names of what a keyboard has beside letters and digits. */
const ENTITIES =
  'excl!quot"num#dollar$percnt%amp&apos\'lpar(rpar)ast*plus+comma,period.sol/colon:semi;lt<equals=gt>quest?commat@lsqb[bsol\\rsqb]Hat^lowbar_grave`lcub{verbar|rcub}nbsp ';
const BY_ENTITY = new Map(
  [...ENTITIES.matchAll(/([A-Za-z]+)([^A-Za-z])/g)].map(([, name = '', sign = '']) => [name, sign]),
);

const MOST_CODE_POINT = 0x10_ffff;

function characterOf(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return BY_ENTITY.get(name) ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code <= MOST_CODE_POINT ? String.fromCodePoint(code) : whole;
}

const withoutEntities: Decoder = (text) =>
  text.includes('&') ? [text.replace(/&(?:#(\d{1,8})|#x([0-9a-f]{1,6})|([a-z]{2,6}));?/gi, characterOf)] : [];

/** What reads as text in bytes: of those that were cut or never were text it is little, and that keeps the work small. */
function fromBytes(bytes: readonly Buffer[]): string[] {
  const runs = bytes.flatMap((one) =>
    one
      .toString()
      .replaceAll('\0', '') // UTF-16 has one beside each plain letter
      .split(/[^\P{Cc}\s]+|\uFFFD+/u)
      .filter(({ length }) => length >= 3),
  );
  return runs.length > 0 ? [runs.join('\n')] : [];
}

/** A token may have been cut, or have letters before it: it is read from each of the places where it may begin. */
const decoded =
  (tokens: RegExp, encoding: 'base64' | 'hex', starts: readonly number[]): Decoder =>
  (text) => {
    const found = text.match(tokens) ?? [];
    return starts.flatMap((start) => fromBytes(found.map((token) => Buffer.from(token.slice(start), encoding))));
  };

const fromBase64 = decoded(/[A-Za-z0-9+/_-]{4,}/g, 'base64', [0, 1, 2, 3]);
const fromHex = decoded(/[0-9a-f]{6,}/gi, 'hex', [0, 1]);

/** Bytes as a list of numbers: how Node prints a buffer in JSON. */
const fromNumbers: Decoder = (text) => {
  const lists = text.match(/\d{2,3}(?:[,\s]{1,3}\d{2,3}){2,}/g) ?? [];
  return fromBytes(lists.map((list) => Buffer.from(list.split(/[,\s]+/).map(Number))));
};

const reversed: Decoder = (text) => [Array.from(text).toReversed().join('')];
const withoutBlanks: Decoder = (text) => [text.replace(/\s+/g, '')];
const lettersAndDigits: Decoder = (text) => [lettersAndDigitsOf(text)];

/** The same sign between each two characters: taken out by itself, for others like it may belong to the text. */
const withoutDots: Decoder = (text) => [
  text.replace(/.([^\p{L}\p{N}\s])(?:.\1){3,}.?/gsu, (run) =>
    Array.from(run)
      .filter((_, at) => at % 2 === 0)
      .join(''),
  ),
];

/** Letters and digits alone. */
export const lettersAndDigitsOf = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '');

/** Spellings in which a text is still read by people. */
export const ESCAPE_DECODERS: readonly Decoder[] = [withoutEscapes, withoutPercents, withoutEntities];

export const CODE_DECODERS: readonly Decoder[] = [...ESCAPE_DECODERS, fromBase64, fromHex, fromNumbers];

export const ALL_DECODERS: readonly Decoder[] = [
  ...CODE_DECODERS,
  reversed,
  withoutBlanks,
  withoutDots,
  lettersAndDigits,
];

/**
 * The texts themselves and all that is made of them.
 * @param depth how many steps are taken one after another.
 * @param most how many characters that may come to; null when it is more.
 */
export function decodeRepeatedly(
  texts: readonly string[],
  steps: readonly Decoder[],
  depth: number,
  most: number,
): string[] | null {
  const known = new Set(texts);
  let characters = texts.reduce((sum, { length }) => sum + length, 0);
  let layer: readonly string[] = [...known];
  for (let level = 0; level < depth && characters <= most; level += 1) {
    const next: string[] = [];
    for (const text of layer) {
      for (const one of steps.flatMap((step) => step(text))) {
        if (one.length < 3 || known.has(one)) continue;
        characters += one.length;
        if (characters > most) return null;
        known.add(one);
        next.push(one);
      }
    }
    layer = next;
  }
  return characters > most ? null : [...known];
}
