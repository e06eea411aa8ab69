// Reads a request's Content-Type. Only JSON in UTF-8 is accepted: forms, multipart and plain text are what a web page may send
// across sites without asking first. A value that no registry knows may be a misplaced secret and is never repeated.

const JSON_TYPE = 'application/json';
const ADVICE = `Send JSON as ${JSON_TYPE}.`;

/** Well-known types that are refused, which a message may therefore name. */
const REFUSED = new Set([
  'application/graphql',
  'application/graphql+json',
  'application/json-patch+json',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  'application/xml',
  'application/yaml',
  'multipart/form-data',
  'multipart/mixed',
  'text/html',
  'text/json',
  'text/plain',
  'text/xml',
]);

const QUOTED = /"(?:[^"\\]|\\.)*"?/g;
/** One parameter: its name and, if any, its value, which may be quoted. */
const PARAMETER = /;([^=;]*)(?:=[\t ]*("(?:[^"\\]|\\.)*"?|[^;"][^;]*)?)?/g;

/** HTTP's own whitespace and no other: a browser must read the same type as this file does. */
const trimmed = (text: string): string => text.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');

const unquoted = (value: string): string =>
  value.startsWith('"') ? value.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1') : value;

interface MediaType {
  /** Type and subtype, in lower case. */
  readonly essence: string;
  readonly charsets: readonly string[];
}

function parseMediaType(header: string): MediaType {
  const end = header.indexOf(';');
  const parameters = end < 0 ? [] : Array.from(header.slice(end).matchAll(PARAMETER));
  return {
    essence: trimmed(end < 0 ? header : header.slice(0, end)).toLowerCase(),
    charsets: parameters
      .filter(([, name = '', value]) => trimmed(name).toLowerCase() === 'charset' && value !== undefined)
      .map(([, , value = '']) => trimmed(unquoted(trimmed(value))).toLowerCase()),
  };
}

/** The encoding that a charset stands for; null for one that no registry knows. */
function encodingOf(charset: string): string | null {
  try {
    return new TextDecoder(charset).encoding;
  } catch {
    return null;
  }
}

function charsetProblem(charset: string): string | null {
  const encoding = encodingOf(charset);
  if (encoding === 'utf-8') return null;
  return encoding === null
    ? 'The content type names a charset that is not UTF-8. Send the body as UTF-8.'
    : `The content type names the charset ${charset}. Send the body as UTF-8.`;
}

function typeProblem(essence: string): string | null {
  if (essence === JSON_TYPE) return null;
  if (essence === '') return `The request has no content type. ${ADVICE}`;
  if (essence === 'application/graphql-response+json') {
    return `The content type ${essence} is for responses. Send the request as ${JSON_TYPE}.`;
  }
  return `${REFUSED.has(essence) ? `The content type ${essence}` : 'This content type'} is not accepted. ${ADVICE}`;
}

/** Why a body of this Content-Type is not accepted; null when it is JSON in UTF-8. */
export function contentTypeProblem(header: string | null): string | null {
  if (header?.replace(QUOTED, '').includes(',')) return `The request has more than one content type. ${ADVICE}`;
  const { essence, charsets } = parseMediaType(header ?? '');
  return typeProblem(essence) ?? charsets.map(charsetProblem).find((problem) => problem !== null) ?? null;
}
