// PEM texts as people really send them: with the line breaks written as \n, on one line, indented, percent-encoded, in quotes,
// as base64 of the whole. What is unambiguous is undone; what the blocks hold is not looked at here.
import { trimInvisible } from './invisible-characters.ts';

export interface PemBlock {
  /** What stands behind BEGIN: `PRIVATE KEY`. */
  readonly label: string;
  /** Headers of an old encrypted key, as `Proc-Type: 4,ENCRYPTED`. */
  readonly headers: readonly string[];
  readonly lines: readonly string[];
}

/** The blocks of a text; null where a BEGIN and an END line do not fit together. */
export type Pem = readonly PemBlock[] | null;

const BEGIN = '-----BEGIN ';
const END = '-----END ';
const DASHES = '-----';
/** The longest line that a block may have; a longer one was written without line breaks. */
const LONGEST_LINE = 76;
const WIDTH = 64;

const isBase64 = (text: string): boolean => /^[A-Za-z0-9+/]+={0,2}$/.test(text);

/** A line of base64 that is too long, in lines of the usual width. */
const folded = (line: string): string[] =>
  line.length > LONGEST_LINE && isBase64(line) ? (line.match(/.{1,64}/g) ?? []) : [line];

function linesOf(content: string): string[] {
  const lines = content.split(/\r\n|[\n\r]/).map(trimInvisible);
  const given = lines.filter((line) => line !== '');
  // On one line blanks stand for the line breaks.
  const parts = given.length === 1 ? (given[0] as string).split(/\s+/) : given;
  return parts.flatMap(folded);
}

const OLD_HEADERS = /^\s*(Proc-Type:\s*4,\s*ENCRYPTED)\s+(DEK-Info:\s*[\w-]+,\s*[\dA-Fa-f]+)\s+/;

function blockOf(label: string, content: string): PemBlock {
  const [head = '', ...headers] = OLD_HEADERS.exec(content) ?? [];
  return { label, headers, lines: linesOf(content.slice(head.length)) };
}

/** Reads the blocks one after another, in time proportional to the text. What stands between them is a comment of some tool. */
export function readPem(text: string): Pem {
  const blocks: PemBlock[] = [];
  let from = 0;
  for (;;) {
    const begin = text.indexOf(BEGIN, from);
    const end = text.indexOf(END, from);
    if (begin < 0) return end < 0 ? blocks : null;
    const labelEnd = text.indexOf(DASHES, begin + BEGIN.length);
    const label = text.slice(begin + BEGIN.length, Math.max(labelEnd, 0));
    const next = text.indexOf(BEGIN, begin + 1);
    const isWhole = end > labelEnd && labelEnd > begin && (next < 0 || next > end);
    if (!isWhole || !/^[A-Z\d #]{1,40}$/.test(label) || !text.startsWith(label + DASHES, end + END.length)) return null;
    blocks.push(blockOf(label, text.slice(labelEnd + DASHES.length, end)));
    from = end + END.length + label.length + DASHES.length;
  }
}

/** A block as every reader of PEM takes it, with a line break at its end. */
export const writePem = ({ label, headers, lines }: PemBlock): string =>
  [
    `${BEGIN}${label}${DASHES}`,
    ...(headers.length > 0 ? [...headers, ''] : []),
    ...lines,
    `${END}${label}${DASHES}`,
    '',
  ].join('\n');

/** The bytes of a body in base64. */
export const pemFromBytes = (label: string, bytes: Buffer): string =>
  writePem({ label, headers: [], lines: bytes.toString('base64').match(new RegExp(`.{1,${WIDTH}}`, 'g')) ?? [] });

export const isPemLike = (text: string): boolean => text.includes(BEGIN) || text.includes(END);

function percentDecoded(text: string): string | null {
  // A form writes blanks as +, and then each + of base64 as %2B.
  const isForm = /BEGIN\+/.test(text);
  try {
    return decodeURIComponent(isForm ? text.replaceAll('+', ' ') : text);
  } catch {
    return null; // a percent sign that begins no escape
  }
}

function jsonText(text: string): string | null {
  if (!/^".*"$/s.test(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : null;
  } catch {
    return null; // the parser's own message quotes the text
  }
}

/** The base64 behind the head of a `data:` URL; any other text as it is. */
export const stripDataUrlHead = (text: string): string => text.replace(/^data:[\w/.+-]*(?:;[\w=.-]+)*;base64,/i, '');

/** The text that base64 of either alphabet stands for, lines joined; null where it is none or stands for bytes. */
export function decodeBase64Text(text: string): string | null {
  const packed = stripDataUrlHead(text).replaceAll(/\s/g, '');
  if (packed.length < 4 || !/^[\w+/-]+={0,2}$/.test(packed)) return null;
  const bytes = Buffer.from(packed, 'base64');
  const decoded = bytes.toString();
  return decoded.includes('\ufffd') || decoded.includes('\0') ? null : decoded;
}

/** One layer of writing less; null when there is none that can be told for sure. */
function unwrapOnce(text: string): string | null {
  const json = jsonText(text);
  if (json !== null) return json;
  // A JSON document has PEM texts inside, with escapes of its own.
  if (text.startsWith('{')) return null;
  if (/^(['"`])[^]*\1$/.test(text) && isPemLike(text)) return text.slice(1, -1);
  if (/-----BEGIN(?:\+|%20)/.test(text)) return percentDecoded(text);
  if (isPemLike(text)) {
    if (/\\{1,4}[nr]/.test(text)) return text.replaceAll(/(?:\\{1,4}r)?\\{1,4}n|\\{1,4}r/g, '\n');
    return /%0[ADad]/.test(text) ? percentDecoded(text) : null;
  }
  const inside = decodeBase64Text(text);
  return inside !== null && /^(?:\s|\ufeff)*(?:-----BEGIN |\{|"|LS0tLS1CRUdJTi|eyJ|ewo)/.test(inside) ? inside : null;
}

const MOST_LAYERS = 5;

/** The text of a key file or of a PEM text, whatever it was wrapped in on its way. */
export function unwrapFileText(given: string): string {
  let text = trimInvisible(given);
  for (let layer = 0; layer < MOST_LAYERS; layer += 1) {
    const inside = unwrapOnce(text);
    if (inside === null) break;
    text = trimInvisible(inside);
  }
  return text;
}
