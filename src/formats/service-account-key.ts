// One reader for the JSON key files of service accounts: says what is wrong with a text by a code, and gives the document as it
// is to be sent. No value of a key is in what it says.
import { readKey, isPath } from './keys-and-certificates.ts';
import { placeholderKind } from './placeholders.ts';
import { unwrapFileText, isPemLike } from './pem.ts';

export type JsonKeyProblem =
  'NOT_JSON' | 'PATH' | 'PEM_KEY' | 'MASK_INSIDE' | 'OTHER_TYPE' | 'PUBLIC_KEY_INSIDE' | 'PATH_INSIDE';
export type JsonKeyWarning = 'UNREADABLE_INSIDE';

export type JsonKeyReading =
  | { readonly problem: JsonKeyProblem }
  | { readonly problem: null; readonly text: string; readonly doubts: readonly JsonKeyWarning[] };

type Document = Record<string, unknown>;

function parsed(text: string): Document | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Document) : null;
  } catch {
    return null; // the parser's own message quotes the text
  }
}

/** Line breaks inside the texts of a document, which a shell made of \n, written as JSON wants them. */
function withEscapedBreaks(text: string): string {
  let isInText = false;
  let made = '';
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] as string;
    if (sign === '"') isInText = !isInText;
    if (isInText && sign === '\\') {
      made += sign + (text[at + 1] ?? '');
      at += 1;
    } else made += isInText && sign === '\n' ? '\\n' : isInText && sign === '\r' ? '' : sign;
  }
  return made;
}

function hasPlaceholder(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return placeholderKind(value) === 'MASK' || /^\$?\{\{?[^{}]+\}\}?$/.test(value);
  if (typeof value !== 'object' || value === null || depth > 10) return false;
  return Object.values(value).some((one) => hasPlaceholder(one, depth + 1));
}

/** The type of the key file and the private key inside, and what is wrong with them. Another text than PEM is left to the vendor, who knows more kinds of keys. */
function readInside(document: Document, text: string): JsonKeyReading {
  const { type, private_key: key } = document;
  if (type !== undefined && type !== 'service_account') return { problem: 'OTHER_TYPE' };
  if (typeof key !== 'string') return { problem: null, text, doubts: [] };
  const reading = readKey(key, 'tlsKey');
  if (reading.problem === null) {
    const isSame = key.trimEnd() === reading.text.trimEnd();
    return {
      problem: null,
      text: isSame ? text : JSON.stringify({ ...document, private_key: reading.text }),
      doubts: reading.doubts.length > 0 || reading.isEncrypted ? ['UNREADABLE_INSIDE'] : [],
    };
  }
  if (reading.problem === 'MASK_INSIDE') return { problem: 'MASK_INSIDE' };
  if (reading.problem === 'PATH') return { problem: 'PATH_INSIDE' };
  if (reading.problem === 'PUBLIC_KEY' || reading.problem === 'CERTIFICATE') return { problem: 'PUBLIC_KEY_INSIDE' };
  return { problem: null, text, doubts: ['UNREADABLE_INSIDE'] };
}

/** The text of a key file that was given as it is or as base64, and its document; null where it holds none. */
function parseKeyFile(given: string): { readonly text: string; readonly document: Document | null } {
  // A text that is right already stays letter by letter.
  const text = parsed(given) ? given : unwrapFileText(given);
  const whole = parsed(text) ? text : withEscapedBreaks(text);
  const document = parsed(whole);
  return { text: document ? whole : text, document };
}

export const isServiceAccountDocument = (given: string): boolean => parseKeyFile(given).document !== null;

/** The account that a key file names as its own; null when it names none, or is none. */
export function clientEmailIn(given: string): string | null {
  const email = parseKeyFile(given).document?.['client_email'];
  return typeof email === 'string' && /^[^\s@;?&#]+@[^\s@;?&#]+$/.test(email) ? email : null;
}

/** Reads a key file given as its text, or as base64 of it. */
export function readJsonKey(given: string): JsonKeyReading {
  const { text, document } = parseKeyFile(given);
  if (document) return hasPlaceholder(document) ? { problem: 'MASK_INSIDE' } : readInside(document, text);
  if (text.startsWith('{')) return { problem: 'NOT_JSON' };
  if (isPemLike(text)) return { problem: 'PEM_KEY' };
  return { problem: isPath(text) ? 'PATH' : 'NOT_JSON' };
}
