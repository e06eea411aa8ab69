// Secrets of many kinds are encoded up to three times, cut and put into a text. Patchbay shows no text from which six consecutive
// characters of the secret can be decoded. The test decodes the texts itself.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textIfFreeOfSecrets } from '../../src/secrets/secret-search/text-if-free-of-secrets.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { fuzz, RUNS } from './run-cases.ts';

interface Spelling {
  readonly write: (text: string) => string;
  /** Returns every decoding of a text that was cut anywhere. */
  readonly read: (text: string) => readonly string[];
}

const units = (text: string, write: (unit: string) => string): string => text.split('').map(write).join('');
const bytes = (text: string, write: (byte: number) => string): string => [...Buffer.from(text)].map(write).join('');
const hexOf = (value: number, length: number): string => value.toString(16).padStart(length, '0');
const turned = (text: string): string => Array.from(text).toReversed().join('');
const percentRead = (text: string): string[] => [
  text.replace(/(%[0-9a-f]{2})+/gi, (found) => Buffer.from(found.replaceAll('%', ''), 'hex').toString()),
];
const unitRead = (pattern: RegExp) => (text: string) => [
  text.replace(pattern, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
];
const from = (text: string, starts: number, encoding: 'base64' | 'hex'): string[] =>
  Array.from({ length: starts }, (_, start) => Buffer.from(text.slice(start), encoding).toString());
const spaced = (sign: string): Spelling => ({
  write: (text) => Array.from(text).join(sign),
  read: (text) =>
    [0, 1].map((odd) =>
      Array.from(text)
        .filter((_, at) => at % 2 === odd)
        .join(''),
    ),
});

const SIMPLE = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' } as Readonly<Record<string, string>>;
const SPELLINGS: Readonly<Record<string, Spelling>> = {
  json: {
    write: (text) => JSON.stringify(text).slice(1, -1),
    read: (text) => [text.replace(/\\(.)/gs, (_whole, sign: string) => SIMPLE[sign] ?? sign)],
  },
  jsonUnits: {
    write: (text) => units(text, (unit) => `\\u${hexOf(unit.charCodeAt(0), 4)}`),
    read: unitRead(/\\u([0-9a-f]{4})/g),
  },
  percent: { write: encodeURIComponent, read: percentRead },
  percentAll: { write: (text) => bytes(text, (byte) => `%${hexOf(byte, 2)}`), read: percentRead },
  form: {
    write: (text) => new URLSearchParams({ a: text }).toString().slice(2),
    read: (text) => percentRead(text.replaceAll('+', ' ')),
  },
  entities: {
    write: (text) => units(text, (unit) => `&#x${hexOf(unit.charCodeAt(0), 2)};`),
    read: unitRead(/&#x([0-9a-f]{2,4});/g),
  },
  base64: { write: (text) => Buffer.from(text).toString('base64'), read: (text) => from(text, 4, 'base64') },
  base64url: { write: (text) => Buffer.from(text).toString('base64url'), read: (text) => from(text, 4, 'base64') },
  hex: { write: (text) => Buffer.from(text).toString('hex'), read: (text) => from(text, 2, 'hex') },
  turned: { write: turned, read: (text) => [turned(text)] },
  blanks: spaced(' '),
  dots: spaced('.'),
};

const ascii = fc.string({ unit: 'grapheme-ascii', minLength: 6, maxLength: 40 });
const secrets = fc.oneof(
  ascii,
  fc.stringMatching(/^[A-Za-z0-9]{6,24}$/),
  fc.stringMatching(/^\d{6,20}$/),
  fc.stringMatching(/^[A-Za-z0-9+/]{40,120}={0,2}$/),
  fc.string({ unit: fc.constantFrom(...Array.from('äéßçñØżłжщ接続密碼💥🔑 a1')), minLength: 8, maxLength: 20 }),
  fc.tuple(ascii, ascii).map(([key, pin]) => JSON.stringify({ kind: 'key', key, pin })),
  fc
    .tuple(ascii, ascii)
    .map(([user, word]) => `postgres://${encodeURIComponent(user)}:${encodeURIComponent(word)}@db/x`),
  fc
    .stringMatching(/^[A-Za-z0-9+/]{64}$/)
    .map((line) => `-----BEGIN KEY-----\n${line}\n${turned(line)}\n-----END KEY-----\n`),
);

const cases = fc.record({
  secret: secrets,
  chain: fc.array(fc.constantFrom(...Object.keys(SPELLINGS)), { maxLength: 3 }),
  isLoud: fc.boolean(),
  // Base64 differs with the number of bytes before the text.
  before: fc.constantFrom('', 'x', 'xy', 'key '),
  start: fc.double({ min: 0, max: 1, noNaN: true }),
  part: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
  around: fc.constantFrom(['', ''], ['It is ', ', look.'], ['Bad: "', '"'], ['(', ') at 12']),
});

const PIECE = 6;
const folded = (text: string): string => text.normalize('NFKC').toLowerCase();
/** Leaves out the first and last line of a PEM text, which are not secret. */
const piecesOf = (secret: string): Set<string> => {
  const text = folded(secret.replaceAll(/-----(BEGIN|END) KEY-----/g, ' '));
  return new Set(Array.from({ length: Math.max(text.length - PIECE + 1, 0) }, (_, at) => text.slice(at, at + PIECE)));
};

const readAll = (text: string, chain: readonly string[]): string[] =>
  chain.reduceRight((texts, name) => texts.flatMap((reading) => SPELLINGS[name]?.read(reading) ?? []), [text]);

describe('The search for secrets in vendor texts', () => {
  it('the search lets no text pass from which a part of a secret can be decoded', async () => {
    const counts = await fuzz({
      what: 'vendor text',
      arbitrary: cases,
      lanes: 1,
      runs: RUNS * 5,
      run: async ({ secret, chain, isLoud, before, start, part, around }) => {
        const spelled = chain.reduce(
          (text, name) => SPELLINGS[name]?.write(text) ?? text,
          before + (isLoud ? secret.toUpperCase() : secret),
        );
        const at = part === 1 ? 0 : Math.floor(start * spelled.length);
        const cut = spelled.slice(at, part === 1 ? undefined : at + Math.ceil(part * 60));
        const shown = textIfFreeOfSecrets(around[0] + cut + around[1], [new Secret(secret)]);
        const pieces = piecesOf(secret);
        const readings = readAll(cut, chain).map(folded);
        const isReadable = readings.some((reading) => [...pieces].some((piece) => reading.includes(piece)));
        if (shown === null) return { kind: isReadable ? 'told and hidden' : 'not told and hidden', wrong: null };
        return {
          kind: isReadable ? 'told and shown' : 'not told and shown',
          wrong: isReadable ? `shown: ${shown}` : null,
        };
      },
    });
    // Some texts must be shown and some hidden, or the test would prove nothing.
    expect(counts['told and hidden']).toBeGreaterThan(RUNS);
    expect(counts['not told and shown']).toBeGreaterThan(RUNS / 10);
  }, 120_000);
});
