// A canary is a secret with a core that occurs nowhere else. This file creates canaries and searches texts for a core, or a piece of it, in any encoding.

/** Letters that no name, key or text of the project has in such sequences. */
const ALPHABET = 'QXZJVKWY';
const PIECE = 6;
/** The prefix of cores of digits only, which are searched as a whole. */
const DIGITS = '7310946258';

export interface Canary {
  readonly core: string;
}

export const reversed = (text: string): string => Array.from(text).toReversed().join('');

let made = 0;

export function makeCanary(): Canary {
  made += 1;
  // The number in base 8, written with the alphabet, makes each core unique.
  const digits = Array.from((made + 4096).toString(8), (digit) => ALPHABET[Number(digit)] ?? '').join('');
  return { core: `Q${digits}ZXQJ${reversed(digits)}V` };
}

/** Returns a canary of digits only. */
export function makeNumber(): Canary {
  made += 1;
  return { core: `${DIGITS}${String(made).padStart(8, '0')}` };
}

const base64Cores = (core: string): string[] =>
  // Inside a longer text the core begins at one of three offsets of base64. The ends of its encoding depend on the adjacent text.
  [0, 1, 2].map((shift) => {
    const encoded = Buffer.from('x'.repeat(shift) + core).toString('base64');
    return encoded.slice(shift === 0 ? 0 : 4, -4);
  });

/** Returns all sequences of six letters of the core, forward and reversed. */
const pieces = ({ core }: Canary): string[] =>
  Array.from({ length: core.length - PIECE + 1 }, (_, at) => core.slice(at, at + PIECE)).flatMap((piece) => [
    piece,
    reversed(piece),
  ]);

const encoded = ({ core }: Canary): string[] =>
  [...base64Cores(core), Buffer.from(core).toString('hex')].map((text) => text.toLowerCase());

// Random bytes may contain any six letters by chance. The search therefore ignores keyed digests and UUIDs, and decodes the id of a
// connection before it searches it.
const DIGEST = /(?<=^|\n|hmac-sha256:)[\w-]{43}(?=$|[\n"])/g;
const UUID = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/gi;
const ID = /\bdjE6[\w-]+/g;

const withoutChance = (text: string): string =>
  text
    .replaceAll(DIGEST, 'digest')
    .replaceAll(ID, (id) => Buffer.from(id, 'base64url').toString('latin1'))
    .replaceAll(UUID, 'uuid');

/** Matches the runs of letters that may be a piece of a core, which are much shorter than the text. */
const RUNS = new RegExp(`[${ALPHABET}]{${PIECE},}`, 'gi');

/** Returns the first canary of which the text contains a piece, in any encoding, or undefined. */
export function findCanary(said: string, canaries: readonly Canary[]): Canary | undefined {
  const text = withoutChance(said).toLowerCase();
  const runs = (text.match(RUNS) ?? []).join(' ').toUpperCase();
  return canaries.find((canary) =>
    canary.core.startsWith(DIGITS)
      ? [canary.core, reversed(canary.core), ...encoded(canary)].some((one) => text.includes(one))
      : pieces(canary).some((piece) => runs.includes(piece)) || encoded(canary).some((one) => text.includes(one)),
  );
}

const ANY = new RegExp(`[${ALPHABET}]{${PIECE}}|[${ALPHABET.toLowerCase()}]{${PIECE}}|${DIGITS}`);
const TOKENS = /[A-Za-z0-9+/_-]{12,}/g;

/** Returns the decodings of a token, from every offset. */
const decoded = (token: string): string[] => [
  ...[0, 1, 2, 3].map((from) => Buffer.from(token.slice(from), 'base64').toString('latin1')),
  ...(/^[\da-f]+$/i.test(token) ? [0, 1].map((from) => Buffer.from(token.slice(from), 'hex').toString('latin1')) : []),
];

/** Returns a piece of any canary, plain or encoded, with the text around it, or null when there is none. */
export function findAny(said: string): string | null {
  const text = withoutChance(said);
  const plain = ANY.exec(text);
  if (plain) return text.slice(Math.max(0, plain.index - 60), plain.index + 60);
  return (text.match(TOKENS) ?? []).find((token) => decoded(token).some((one) => ANY.test(one))) ?? null;
}

const CORES = new RegExp(`Q[${ALPHABET}]{8,}V|${DIGITS}\\d{8}`, 'g');
/** Matches a JSON string that may be the base64 of a file. */
const FILE = /"([A-Za-z0-9+/]{24,}={0,2})"/g;

/** Returns a body that a vendor received, with the base64 of key files decoded. */
export const opened = (body: string): string =>
  body.replaceAll(FILE, (_all, text: string) => Buffer.from(text, 'base64').toString());

/** Returns all whole canaries in a body that a vendor received, with repetitions. */
export const coresIn = (body: string): string[] => opened(body).match(CORES) ?? [];
