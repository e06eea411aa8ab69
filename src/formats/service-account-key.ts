// Reads the JSON key files of Google service accounts. It reports problems as codes, which never quote the key, and returns the
// document in the form in which it is sent.
import { readKey, isPath } from './keys-and-certificates.ts';
import { placeholderKind } from './placeholders.ts';
import { unwrapFileText, isPemLike } from './pem.ts';

export type JsonKeyProblem =
  'NOT_JSON' | 'PATH' | 'PEM_KEY' | 'PLACEHOLDER_INSIDE' | 'OTHER_TYPE' | 'PUBLIC_KEY_INSIDE' | 'PATH_INSIDE';
export type JsonKeyWarning = 'UNREADABLE_INSIDE' | 'NO_KEY_INSIDE' | 'NO_ACCOUNT_INSIDE';

export type JsonKeyReading =
  | { readonly problem: JsonKeyProblem }
  | { readonly problem: null; readonly text: string; readonly warnings: readonly JsonKeyWarning[] };

type Document = Record<string, unknown>;

function parsed(text: string): Document | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Document) : null;
  } catch {
    return null; // the parser's message quotes the text
  }
}

/** Returns the JSON text with the line breaks inside its strings escaped. A shell may have replaced `\n` by a line break. */
function withEscapedBreaks(text: string): string {
  let isInString = false;
  let result = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string;
    if (character === '"') isInString = !isInString;
    if (isInString && character === '\\') {
      result += character + (text[at + 1] ?? '');
      at += 1;
    } else result += isInString && character === '\n' ? '\\n' : isInString && character === '\r' ? '' : character;
  }
  return result;
}

function hasPlaceholder(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return placeholderKind(value) === 'MASK' || /^\$?\{\{?[^{}]+\}\}?$/.test(value);
  if (typeof value !== 'object' || value === null || depth > 10) return false;
  return Object.values(value).some((nested) => hasPlaceholder(nested, depth + 1));
}

const isMissing = (part: unknown): boolean => typeof part !== 'string' || part.trim() === '';

/** Returns the warnings for parts that the key file of a service account always has and this document lacks. */
function missingParts({ private_key: key, client_email: email }: Document): JsonKeyWarning[] {
  return [
    ...(isMissing(key) ? (['NO_KEY_INSIDE'] as const) : []),
    ...(isMissing(email) ? (['NO_ACCOUNT_INSIDE'] as const) : []),
  ];
}

/**
 * Checks the `type` of a key file and the private key inside it. A private key that is not PEM is accepted with a warning, because
 * the vendor may know more kinds of keys.
 */
function checkDocument(document: Document, text: string): JsonKeyReading {
  const { type, private_key: key } = document;
  if (type !== undefined && type !== 'service_account') return { problem: 'OTHER_TYPE' };
  const missing = missingParts(document);
  if (typeof key !== 'string' || missing.includes('NO_KEY_INSIDE')) return { problem: null, text, warnings: missing };
  const reading = readKey(key, 'tlsKey');
  if (reading.problem === null) {
    const isSame = key.trimEnd() === reading.text.trimEnd();
    const isUnreadable = reading.warnings.length > 0 || reading.isEncrypted;
    return {
      problem: null,
      text: isSame ? text : JSON.stringify({ ...document, private_key: reading.text }),
      warnings: [...(isUnreadable ? (['UNREADABLE_INSIDE'] as const) : []), ...missing],
    };
  }
  if (reading.problem === 'PLACEHOLDER_INSIDE') return { problem: 'PLACEHOLDER_INSIDE' };
  if (reading.problem === 'PATH') return { problem: 'PATH_INSIDE' };
  if (reading.problem === 'PUBLIC_KEY' || reading.problem === 'CERTIFICATE') return { problem: 'PUBLIC_KEY_INSIDE' };
  return { problem: null, text, warnings: ['UNREADABLE_INSIDE', ...missing] };
}

/** Returns the JSON text of a key file and its parsed document, or null as the document if there is none. Unwraps base64. */
function parseKeyFile(input: string): { readonly text: string; readonly document: Document | null } {
  // A text that is valid JSON is sent unchanged.
  const text = parsed(input) ? input : unwrapFileText(input);
  const whole = parsed(text) ? text : withEscapedBreaks(text);
  const document = parsed(whole);
  return { text: document ? whole : text, document };
}

/** Returns the account that a key file names, or null if the text is no JSON document. The email is null if it names none. */
export function readServiceAccount(text: string): { readonly email: string | null } | null {
  const { document } = parseKeyFile(text);
  if (document === null) return null;
  const email = document['client_email'];
  return { email: typeof email === 'string' && /^[^\s@;?&#]+@[^\s@;?&#]+$/.test(email) ? email : null };
}

/** Reads a key file from its JSON text or from base64 of that text. */
export function readJsonKey(input: string): JsonKeyReading {
  const { text, document } = parseKeyFile(input);
  if (document) return hasPlaceholder(document) ? { problem: 'PLACEHOLDER_INSIDE' } : checkDocument(document, text);
  if (text.startsWith('{')) return { problem: 'NOT_JSON' };
  if (isPemLike(text)) return { problem: 'PEM_KEY' };
  return { problem: isPath(text) ? 'PATH' : 'NOT_JSON' };
}
