// A canary: a secret with a core that occurs nowhere else, and the search for it, or for a piece of it, in any spelling.

/** Letters that no name, key or text of ours puts side by side like this. */
const ALPHABET = 'QXZJVKWY';
const PIECE = 6;
/** Begins the cores that are digits alone: those are found whole. */
const DIGITS = '7310946258';

export interface Canary {
  readonly core: string;
}

export const reversed = (text: string): string => Array.from(text).toReversed().join('');

let made = 0;

export function makeCanary(): Canary {
  made += 1;
  // Digits to the base of the alphabet: each canary has a core of its own.
  const digits = Array.from((made + 4096).toString(8), (digit) => ALPHABET[Number(digit)] ?? '').join('');
  return { core: `Q${digits}ZXQJ${reversed(digits)}V` };
}

/** A canary of digits alone. */
export function makeNumber(): Canary {
  made += 1;
  return { core: `${DIGITS}${String(made).padStart(8, '0')}` };
}

const base64Cores = (core: string): string[] =>
  // Inside a longer text the core begins at any of three places of the encoding; its ends depend on what stands beside.
  [0, 1, 2].map((shift) => {
    const encoded = Buffer.from('x'.repeat(shift) + core).toString('base64');
    return encoded.slice(shift === 0 ? 0 : 4, -4);
  });

function spellings({ core }: Canary): string[] {
  const isNumber = core.startsWith(DIGITS);
  const pieces = isNumber
    ? [core]
    : Array.from({ length: core.length - PIECE + 1 }, (_, at) => core.slice(at, at + PIECE));
  const plain = pieces.flatMap((piece) => [piece, piece.toLowerCase(), reversed(piece)]);
  return [...plain, ...base64Cores(core), Buffer.from(core).toString('hex')];
}

// What is made of random bytes holds any six letters now and then: keyed digests and UUIDs are left out, and an id of a
// connection is looked at as the text that it encodes.
const DIGEST = /(?<=^|\n|hmac-sha256:)[\w-]{43}(?=$|[\n"])/g;
const UUID = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/gi;
const ID = /\bdjE6[\w-]+/g;

const withoutChance = (text: string): string =>
  text
    .replaceAll(DIGEST, 'digest')
    .replaceAll(ID, (id) => Buffer.from(id, 'base64url').toString('latin1'))
    .replaceAll(UUID, 'uuid');

/** The first canary of which a text holds a piece, in any spelling; undefined when it holds none. */
export function findCanary(said: string, canaries: readonly Canary[]): Canary | undefined {
  const text = withoutChance(said);
  const lower = text.toLowerCase();
  return canaries.find((canary) =>
    spellings(canary).some((spelling) => text.includes(spelling) || lower.includes(spelling.toLowerCase())),
  );
}

const ANY = new RegExp(`[${ALPHABET}]{${PIECE}}|[${ALPHABET.toLowerCase()}]{${PIECE}}|${DIGITS}`);
const TOKENS = /[A-Za-z0-9+/_-]{12,}/g;

/** A text may begin anywhere in what encodes it. */
const decoded = (token: string): string[] => [
  ...[0, 1, 2, 3].map((from) => Buffer.from(token.slice(from), 'base64').toString('latin1')),
  ...(/^[\da-f]+$/i.test(token) ? [0, 1].map((from) => Buffer.from(token.slice(from), 'hex').toString('latin1')) : []),
];

/** A piece of any canary ever made, plain or encoded, with what stands around it; null when there is none. */
export function findAny(said: string): string | null {
  const text = withoutChance(said);
  const plain = ANY.exec(text);
  if (plain) return text.slice(Math.max(0, plain.index - 60), plain.index + 60);
  return (text.match(TOKENS) ?? []).find((token) => decoded(token).some((one) => ANY.test(one))) ?? null;
}
