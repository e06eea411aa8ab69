// Reads and writes PEM text. Callers send it in many forms: with line breaks written as \n, on one line, indented, percent-encoded,
// in quotes, or in base64. Unambiguous wrappings are removed. The content of the blocks is not checked here.
import { trimInvisible } from './invisible-characters.ts';

export interface PemBlock {
  /** The text after BEGIN, such as `PRIVATE KEY`. */
  readonly label: string;
  /** The headers of a key in the traditional encrypted format, such as `Proc-Type: 4,ENCRYPTED`. */
  readonly headers: readonly string[];
  /** The base64 body. */
  readonly lines: readonly string[];
}

/** The blocks of a text, or null if a BEGIN line and an END line do not match. */
export type Pem = readonly PemBlock[] | null;

const BEGIN = '-----BEGIN ';
const END = '-----END ';
const DASHES = '-----';
/** In characters. A longer line was written without line breaks. */
const LONGEST_LINE = 76;
/** The standard line length of PEM, in characters. */
const WIDTH = 64;

const isBase64 = (text: string): boolean => /^[A-Za-z0-9+/]+={0,2}$/.test(text);

/** Returns a base64 line in lines of the standard length if it is too long. */
const foldLine = (line: string): string[] =>
  line.length > LONGEST_LINE && isBase64(line) ? (line.match(/.{1,64}/g) ?? []) : [line];

function linesOf(content: string): string[] {
  const lines = content.split(/\r\n|[\n\r]/).map(trimInvisible);
  const filled = lines.filter((line) => line !== '');
  // On a single line, blanks replace the line breaks.
  const parts = filled.length === 1 ? (filled[0] as string).split(/\s+/) : filled;
  return parts.flatMap(foldLine);
}

const OLD_HEADERS = /^\s*(Proc-Type:\s*4,\s*ENCRYPTED)\s+(DEK-Info:\s*[\w-]+,\s*[\dA-Fa-f]+)\s+/;

function blockOf(label: string, content: string): PemBlock {
  const [head = '', ...headers] = OLD_HEADERS.exec(content) ?? [];
  return { label, headers, lines: linesOf(content.slice(head.length)) };
}

/** Reads the blocks of a text in linear time. Text between blocks is ignored, because some tools write comments there. */
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

/** Returns the standard PEM text of a block, with a line break at its end. */
export const writePem = ({ label, headers, lines }: PemBlock): string =>
  [
    `${BEGIN}${label}${DASHES}`,
    ...(headers.length > 0 ? [...headers, ''] : []),
    ...lines,
    `${END}${label}${DASHES}`,
    '',
  ].join('\n');

/** Returns a PEM block that holds the bytes. */
export const pemFromBytes = (label: string, bytes: Buffer): string =>
  writePem({ label, headers: [], lines: bytes.toString('base64').match(new RegExp(`.{1,${WIDTH}}`, 'g')) ?? [] });

/** Returns whether the text contains the start of a BEGIN or END line. */
export const isPemLike = (text: string): boolean => text.includes(BEGIN) || text.includes(END);

function percentDecoded(text: string): string | null {
  // In form encoding a blank is written as +, and a + as %2B.
  const isForm = /BEGIN\+/.test(text);
  try {
    return decodeURIComponent(isForm ? text.replaceAll('+', ' ') : text);
  } catch {
    return null; // a percent sign without a valid escape
  }
}

function jsonText(text: string): string | null {
  if (!/^".*"$/s.test(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : null;
  } catch {
    return null; // the parser's message quotes the text
  }
}

/** Returns the base64 of a `data:` URL. Any other text is returned unchanged. */
export const stripDataUrlHead = (text: string): string => text.replace(/^data:[\w/.+-]*(?:;[\w=.-]+)*;base64,/i, '');

/** Returns the decoded text of base64 or base64url, or null if the text is neither or holds binary data. */
export function decodeBase64Text(text: string): string | null {
  const packed = stripDataUrlHead(text).replaceAll(/\s/g, '');
  if (packed.length < 4 || !/^[\w+/-]+={0,2}$/.test(packed)) return null;
  const bytes = Buffer.from(packed, 'base64');
  const decoded = bytes.toString();
  return decoded.includes('\ufffd') || decoded.includes('\0') ? null : decoded;
}

/** Returns the text without its outermost wrapping, or null if there is no wrapping that is recognized with certainty. */
function unwrapOnce(text: string): string | null {
  const json = jsonText(text);
  if (json !== null) return json;
  // A JSON document contains PEM text with JSON escapes, which must stay.
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

const MAX_LAYERS = 5;

/** Returns a key file or PEM text without the wrappings that it got on its way, such as quotes, escapes and base64. */
export function unwrapFileText(input: string): string {
  let text = trimInvisible(input);
  for (let layer = 0; layer < MAX_LAYERS; layer += 1) {
    const inside = unwrapOnce(text);
    if (inside === null) break;
    text = trimInvisible(inside);
  }
  return text;
}
