// A canary: a secret with a core that occurs nowhere else, and the search for it, or for a piece of it, in any spelling.

/** Letters that no name, key or text of ours puts side by side like this. */
const ALPHABET = 'QXZJVKWY';
const PIECE = 6;

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

const base64Cores = (core: string): string[] =>
  // Inside a longer text the core begins at any of three places of the encoding; its ends depend on what stands beside.
  [0, 1, 2].map((shift) => {
    const encoded = Buffer.from('x'.repeat(shift) + core).toString('base64');
    return encoded.slice(shift === 0 ? 0 : 4, -4);
  });

function spellings({ core }: Canary): string[] {
  const pieces = Array.from({ length: core.length - PIECE + 1 }, (_, at) => core.slice(at, at + PIECE));
  const plain = pieces.flatMap((piece) => [piece, piece.toLowerCase(), reversed(piece)]);
  return [...plain, ...base64Cores(core), Buffer.from(core).toString('hex')];
}

/** The first canary of which a text holds a piece, in any spelling; undefined when it holds none. */
export function findCanary(text: string, canaries: readonly Canary[]): Canary | undefined {
  const lower = text.toLowerCase();
  return canaries.find((canary) =>
    spellings(canary).some((spelling) => text.includes(spelling) || lower.includes(spelling.toLowerCase())),
  );
}
